"""Configuration of the app."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PagesConfig(AppConfig):
    """The one base of every page."""

    name = "pages"
    verbose_name = _("Pages")

    def ready(self) -> None:
        """Connect what must be connected once the models are loaded."""
        from pages import (
            consequences,  # noqa: F401  # registers its handlers
            personal_data,
            privacy,
            signal_handlers,
        )

        personal_data.register()
        privacy.connect()
        signal_handlers.connect()
