"""Configuration of the app."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class EventsConfig(AppConfig):
    """The work calendar: meetings, conferences, activities and deadlines, with their papers."""

    name = "events"
    verbose_name = _("Work calendar")

    def ready(self) -> None:
        """Connect what must be connected once the models are loaded."""
        from archives.kinds import register_kind
        from events import (
            api,
            channels,  # noqa: F401  # registers what an event announces
            feeds,
            panels,
            search,
            units,
        )
        from events.models import EventPage

        register_kind("lich", EventPage)
        feeds.register()
        api.register()
        search.register()
        panels.register()
        units.register()
