"""Configuration of the app."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class InfographicsConfig(AppConfig):
    """Infographics: pictures and charts with everything on them in words."""

    name = "infographics"
    verbose_name = _("Infographics")

    def ready(self) -> None:
        """Connect what must be connected once the models are loaded."""
        from archives.kinds import register_kind
        from infographics import api, covers, feeds  # noqa: F401  # covers registers a consequence
        from infographics.models import InfographicPage

        register_kind("infographic", InfographicPage)
        feeds.register()
        api.register()
