"""Classes in the admin: their lists, the way there from a page, the report of the year."""

from collections.abc import Iterator
from typing import Any

from django.templatetags.static import static
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.widgets.button import Button

from training.admin.attendance import LIST, ClassesMenuItem, ClassesViewSet
from training.admin.yearly import REPORT, YearlyViewSet
from training.models import ClassPage


@hooks.register("register_admin_viewset")
def register_classes() -> list[Any]:
    """The lists and the report."""
    return [ClassesViewSet(), YearlyViewSet()]


@hooks.register("register_reports_menu_item")
def register_yearly_report() -> MenuItem:
    """The report stands with the others."""
    return ClassesMenuItem(
        _("Training by unit"), reverse(REPORT), name="training-yearly", icon_name="calendar-check", order=860
    )


@hooks.register("register_page_header_buttons")
def list_of_edited_class(page: Any, user: Any, view_name: str, next_url: str | None = None) -> Iterator[Button]:
    """From the page's own editor to its list."""
    yield from _list_button(page, user, 5)


@hooks.register("register_page_listing_more_buttons")
def list_of_listed_class(page: Any, user: Any, next_url: str | None = None) -> Iterator[Button]:
    """From a line of the explorer."""
    yield from _list_button(page, user, 5)


def _list_button(page: Any, user: Any, priority: int) -> Iterator[Button]:
    if page.pk and page.specific_class is ClassPage and page.permissions_for_user(user).can_edit():
        yield Button(_("List of the class"), reverse(LIST, args=[page.pk]), icon_name="group", priority=priority)


@hooks.register("insert_global_admin_css")
def style_classes() -> SafeString:
    """The lists' own style."""
    return format_html('<link rel="stylesheet" href="{}">', static("admin/classes.css"))
