from django.apps import AppConfig


class PortalConfig(AppConfig):
    """The project package: settings, addresses, health, process supervision."""

    name = "portal"
    verbose_name = "Portal"

    def ready(self) -> None:
        """Join what does not know each other, once the models are loaded."""
        from portal import search_feeds

        search_feeds.register()
