"""The dashboard's panel of frames: how often each was put to use."""

from typing import Any

from core.dashboard import register_panel
from frames import selectors
from organisations.permissions import unit_scope
from pages.panels import QuietPanel

SHOWN = 6


class FramesPanel(QuietPanel):
    """«Avatar frames»: not there before the first download. One query."""

    name = "frames"
    order = 62
    template_name = "frames/admin/panel.html"

    def gather(self, request: Any) -> dict[str, Any]:
        """The frames of the user's units."""
        frames = selectors.most_downloaded(unit_scope(request.user), SHOWN)
        return {"frames": frames} if frames else {}


def register() -> None:
    """Called when the app is ready."""
    register_panel(FramesPanel)
