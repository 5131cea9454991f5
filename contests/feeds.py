"""The feed of contests, and how one reads there."""

from django.utils.translation import gettext_lazy as _

from contests.models import ContestIndexPage, ContestPage
from crossposting.feeds.registry import register_source, register_template
from crossposting.feeds.sources import CornerFeed


def register() -> None:
    """Called when the app is ready."""
    register_source(CornerFeed("cuoc-thi", _("Contests"), order=28, listing="contests", front=ContestIndexPage))
    register_template(ContestPage, "contests/feed_item.html")
