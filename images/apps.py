"""Configuration of the app."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ImagesConfig(AppConfig):
    """Pictures with text alternative, credit and licence."""

    name = "images"
    verbose_name = _("Pictures")
