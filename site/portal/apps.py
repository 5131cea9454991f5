from django.apps import AppConfig


class PortalConfig(AppConfig):
    """The project package: settings, addresses, health, process supervision."""

    name = "portal"
    verbose_name = "Portal"
