"""The dashboard's panel of views."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from django.utils import timezone

from core.dashboard import DashboardPanel, register_panel
from visits import figures

PAGES_SHOWN = 5


class VisitsPanel(DashboardPanel):
    """«What do readers read»: for everybody who may enter the admin."""

    name = "visits"
    order = 60
    template_name = "visits/panel.html"

    def get_context_data(self, parent_context: Mapping[str, Any] | None = None) -> dict[str, Any]:
        """Gather the figures; one query, for the titles."""
        known = figures.current()
        today = timezone.localdate()
        return {
            "today": known.on(today),
            "yesterday": known.on(today - timedelta(days=1)),
            "week": sum(views for _day, views in known.last_days()),
            "most_read": figures.with_titles(list(known.most_read))[:PAGES_SHOWN],
        }


def register() -> None:
    """Called when the app is ready."""
    register_panel(VisitsPanel)
