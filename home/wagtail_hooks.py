"""The admin's look, menu and help, and linked systems."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.templatetags.static import static
from django.urls import URLPattern, reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.views.home import (
    RecentEditsPanel,
    UserObjectsInWorkflowModerationPanel,
    WorkflowObjectsToModeratePanel,
)
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet

from home import help as guide
from home.models import LinkedSystem
from organisations.permissions import unit_scope

#: Wagtail's own help, in English and on somebody else's site.
WAGTAIL_HELP = ("whats-new-in-wagtail", "editor-guide")
#: Reports for who runs the portal; an editor for some units can do nothing with them.
REPORTS_FOR_ALL_UNITS = {"site-history", "page-types-usage", "workflow-tasks"}


class LinkedSystemViewSet(SnippetViewSet):
    """List, create and edit linked systems."""

    model = LinkedSystem
    icon = "link"
    menu_label = _("Linked systems")
    menu_order = 320
    add_to_admin_menu = True
    list_display = ["name", "url", "state"]


register_snippet(LinkedSystemViewSet)


@hooks.register("insert_global_admin_css")
def portal_styles() -> SafeString:
    """The portal's colours; another tint where it does not run for readers."""
    sheets = ["admin/portal.css", *(["admin/development.css"] if settings.DEBUG else [])]
    return format_html_join("", '<link rel="stylesheet" href="{}">', ((static(sheet),) for sheet in sheets))


@hooks.register("insert_global_admin_js")
def portal_script() -> SafeString:
    """Words that Wagtail's scripts have in English only."""
    return format_html('<script type="module" src="{}"></script>', static("admin/portal.js"))


@hooks.register("register_admin_urls")
def guide_urls() -> list[URLPattern]:
    """The editors' guide under ``/admin/huong-dan/``; Wagtail lets only editors in."""
    return guide.urlpatterns


@hooks.register("register_help_menu_item")
def guide_menu_item() -> MenuItem:
    """The way to the guide."""
    return MenuItem(_("Guide for editors"), reverse("home_guide_first"), name="guide", icon_name="help", order=100)


@hooks.register("construct_help_menu")
def drop_foreign_help(request: HttpRequest, menu_items: list[Any]) -> None:
    """Only help in the editors' language, on this site."""
    menu_items[:] = [item for item in menu_items if not item.name.startswith(WAGTAIL_HELP)]


@hooks.register("construct_reports_menu")
def drop_reports_for_all_units(request: HttpRequest, menu_items: list[Any]) -> None:
    """Editors for some units see the reports they can use."""
    if unit_scope(request.user) is not None:
        menu_items[:] = [item for item in menu_items if item.name not in REPORTS_FOR_ALL_UNITS]


@hooks.register("construct_homepage_panels", order=200)
def arrange_dashboard(request: HttpRequest, panels: list[Any]) -> None:
    """What waits for this user's decision stands high; «My pages» says what Wagtail's own panel of the kind says."""
    panels[:] = [panel for panel in panels if not isinstance(panel, UserObjectsInWorkflowModerationPanel)]
    for panel in panels:
        if isinstance(panel, WorkflowObjectsToModeratePanel):
            panel.order = 20
        elif isinstance(panel, RecentEditsPanel):
            panel.order = 35
