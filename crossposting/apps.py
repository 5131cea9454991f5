"""Configuration of the app."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CrosspostingConfig(AppConfig):
    """What leaves the portal by itself: feeds, WebSub, deliveries to channels."""

    name = "crossposting"
    verbose_name = _("Distribution")

    def ready(self) -> None:
        """Register what must be registered once the models are loaded."""
        from crossposting import campaigns, consequences as channels, panels, permissions, websub
        from crossposting.feeds import consequences, signal_handlers, sources
        from crossposting.incoming import waiting  # noqa: F401  # registers its panel of the dashboard
        from crossposting.sharing import panels as sharing

        sources.register()
        consequences.register()
        signal_handlers.connect()
        websub.register()
        channels.register()
        campaigns.register()
        panels.register()
        permissions.register()
        sharing.register()
