"""The infographics' feed, and how one reads there."""

from django.utils.translation import gettext_lazy as _

from crossposting.feeds.registry import register_source, register_template
from crossposting.feeds.sources import CornerFeed
from infographics.models import InfographicIndexPage, InfographicPage


def register() -> None:
    """Called when the app is ready."""
    register_source(
        CornerFeed("infographic", _("Infographics"), order=25, listing="infographics", front=InfographicIndexPage)
    )
    register_template(InfographicPage, "infographics/feed_infographic.html")
