"""The dashboard's panel of what waits, what is late and what failed."""

from collections.abc import Mapping
from typing import Any

from core.dashboard import DashboardPanel, register_panel
from core.health import run_checks
from outbox import wagtail_tasks
from outbox.models import Consequence
from outbox.selectors import backlog

#: Failures shown on the dashboard; the list holds all.
SHOWN = 5


class OutboxPanel(DashboardPanel):
    """«What is waiting, what failed»: for those who may do something about it."""

    name = "outbox"
    order = 50
    permission = "outbox.view_consequence"
    template_name = "outbox/panel.html"

    def get_context_data(self, parent_context: Mapping[str, Any] | None = None) -> dict[str, Any]:
        """Gather the figures and the newest failures."""
        request = (parent_context or {})["request"]
        now = backlog()
        failures = Consequence.objects.in_trouble()[:SHOWN] if now.failing or now.gave_up else []
        return {
            "request": request,
            "alarms": [check.detail for check in run_checks().values() if not check.ok],
            "backlog": now,
            "failures": failures,
            "more_failures": max(0, now.failing + now.gave_up - SHOWN),
            "failed_tasks": wagtail_tasks.failed_for_good(),
            "may_act": request.user.has_perm("outbox.change_consequence"),
        }


def register() -> None:
    """Called when the app is ready."""
    register_panel(OutboxPanel)
