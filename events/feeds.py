"""The calendar's feed, and how an event reads there."""

from django.utils.translation import gettext_lazy as _

from crossposting.feeds.registry import register_source, register_template
from crossposting.feeds.sources import CornerFeed
from events.models import EventIndexPage, EventPage


def register() -> None:
    """Called when the app is ready."""
    register_source(CornerFeed("lich-cong-tac", _("Work calendar"), order=28, listing="events", front=EventIndexPage))
    register_template(EventPage, "events/feed_item.html")
