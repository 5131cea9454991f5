"""Configuration of the app."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SearchConfig(AppConfig):
    """Vietnamese full-text search of everything readers may see, on one of two engines."""

    name = "search"
    verbose_name = _("Search")
