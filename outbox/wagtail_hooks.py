"""The outbox in Wagtail's admin, and the dashboard that all apps fill."""

from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from core.dashboard import panels_for
from outbox.views import ConsequenceViewSet


class ReportMenuItem(MenuItem):
    """The list, in the menu of reports, for those who may see it."""

    def is_shown(self, request: HttpRequest) -> bool:
        """Whether this user sees the item."""
        return bool(request.user.has_perm("outbox.view_consequence"))


@hooks.register("construct_homepage_panels")
def add_dashboard_panels(request: HttpRequest, panels: list[Any]) -> None:
    """Put the panels that apps registered in ``core.dashboard`` on the admin's first page."""
    panels.extend(panels_for(request.user))


@hooks.register("register_admin_viewset")
def register_outbox_viewset() -> ConsequenceViewSet:
    """List and details of consequences."""
    return ConsequenceViewSet()


@hooks.register("register_reports_menu_item")
def register_outbox_report() -> MenuItem:
    """A way to the list besides the dashboard."""
    return ReportMenuItem(
        _("Waiting and failed work"), reverse("outbox:index"), name="outbox", icon_name="tasks", order=850
    )
