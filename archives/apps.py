"""Configuration of the app."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ArchivesConfig(AppConfig):
    """Listings of items by section, topic, author, unit and date; sitemaps. No models."""

    name = "archives"
    verbose_name = _("Archives")

    def ready(self) -> None:
        """Connect what must be connected once the models are loaded."""
        from archives import (
            feeds,
            films,
            surrogates,  # noqa: F401  # registers the key of the listings
        )

        feeds.register()
        films.connect()
