"""Configuration of the app."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CrosspostingConfig(AppConfig):
    """What leaves the portal by itself: feeds, WebSub, deliveries to channels."""

    name = "crossposting"
    verbose_name = _("Distribution")

    def ready(self) -> None:
        """Register what must be registered once the models are loaded."""
        from crossposting import consequences as channels, panels, permissions, sharing, websub
        from crossposting.feeds import consequences, signal_handlers, sources

        sources.register()
        consequences.register()
        signal_handlers.connect()
        websub.register()
        channels.register()
        panels.register()
        permissions.register()
        sharing.register()
