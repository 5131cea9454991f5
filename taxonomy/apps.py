"""Configuration of the app."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class TaxonomyConfig(AppConfig):
    """Topics shared by every kind of page."""

    name = "taxonomy"
    verbose_name = _("Topics")
