"""Configuration of the app."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SearchConfig(AppConfig):
    """Vietnamese full-text search of everything readers may see, on one of two engines."""

    name = "search"
    verbose_name = _("Search")

    def ready(self) -> None:
        """Register what can be found, and follow its changes once the models are loaded."""
        from search import counting, health, indexing, panels, related, renewal, signal_handlers, upkeep
        from search.sources import facets, files, pages

        for module in (pages, files, facets, indexing, upkeep, health, counting, panels, related):
            module.register()
        signal_handlers.connect()
        renewal.connect()
