"""Configuration of the app."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class FramesConfig(AppConfig):
    """Avatar frames: a campaign's frame around everybody's own photo, put together in the reader's browser."""

    name = "frames"
    verbose_name = _("Avatar frames")

    def ready(self) -> None:
        """Connect what must be connected once the models are loaded."""
        from archives.kinds import register_kind
        from frames import api, covers, feeds, panels  # noqa: F401  # covers registers a consequence
        from frames.models import FramePage

        register_kind("khung-anh", FramePage)
        feeds.register()
        api.register()
        panels.register()
