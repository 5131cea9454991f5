"""Panels of the admin's first page: apps register them here, ``outbox`` puts them on the page."""

from typing import Any, ClassVar

from wagtail.admin.ui.components import Component


class DashboardPanel(Component):
    """A panel of the dashboard. Subclasses set ``template_name`` and give ``get_context_data``."""

    #: Smaller stands higher; Wagtail's own panels begin at 100.
    order: ClassVar[int] = 100
    #: Who sees it: a permission such as ``"outbox.view_consequence"``; empty for every editor.
    permission: ClassVar[str] = ""

    def visible_to(self, user: Any) -> bool:
        """Whether this user sees the panel."""
        return not self.permission or bool(user.has_perm(self.permission))


_panels: list[type[DashboardPanel]] = []


def register_panel(panel: type[DashboardPanel]) -> type[DashboardPanel]:
    """Add a panel to the dashboard (class decorator)."""
    if panel not in _panels:
        _panels.append(panel)
    return panel


def panels_for(user: Any) -> list[DashboardPanel]:
    """The panels this user sees, in order."""
    return sorted((panel for panel in (cls() for cls in _panels) if panel.visible_to(user)), key=lambda p: p.order)
