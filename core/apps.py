"""Configuration of the app."""

from django.apps import AppConfig


class CoreConfig(AppConfig):
    """Vietnamese text, shared blocks and registries; no models, and imports none of our apps."""

    name = "core"
    verbose_name = "Core"
