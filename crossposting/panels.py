"""The dashboard's panel of channels: an alarm when access is lost, and what waits for a person."""

from typing import Any

from core.dashboard import register_panel
from crossposting import rights
from pages.panels import QuietPanel

SHOWN = 5


class ChannelsPanel(QuietPanel):
    """«Channels»: not there when all is well."""

    name = "channels"
    order = 40
    permission = "crossposting.view_delivery"
    template_name = "crossposting/admin/panel.html"

    def gather(self, request: Any) -> dict[str, Any]:
        """Broken channels, and deliveries that will not end well by themselves."""
        broken = list(rights.channels_for(request.user).broken())
        rows = list(rights.deliveries_for(request.user).needing_a_person()[: SHOWN + 1])
        if not broken and not rows:
            return {}
        return {
            "broken": broken,
            "rows": rows[:SHOWN],
            "more": len(rows) > SHOWN,
            "may_mend": request.user.has_perm("crossposting.change_channel"),
        }


def register() -> None:
    """Called when the app is ready."""
    register_panel(ChannelsPanel)
