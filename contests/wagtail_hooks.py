"""Contests in the admin: the entry of the menu, the way there from a page, and pages that stay."""

from collections.abc import Iterator, Sequence
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _, gettext_lazy
from wagtail import hooks
from wagtail.admin import messages
from wagtail.admin.widgets.button import Button

from contests.admin.views import CONTEST, DRAWN, TAKEN_OUT, ContestsViewSet
from contests.models import ContestPage, Entry
from contests.rights import may_look


@hooks.register("register_admin_viewset")
def register_contests() -> ContestsViewSet:
    """Entries and lots."""
    return ContestsViewSet()


@hooks.register("register_log_actions")
def name_what_happens(actions: Any) -> None:
    """For the log."""
    actions.register_action(TAKEN_OUT, gettext_lazy("Take an entry out"), gettext_lazy("Entry taken out"))
    actions.register_action(DRAWN, gettext_lazy("Draw lots"), gettext_lazy("Lots drawn"))


@hooks.register("register_page_header_buttons")
def entries_of_edited(page: Any, user: Any, view_name: str, next_url: str | None = None) -> Iterator[Button]:
    """From the page's own editor to its entries."""
    yield from _button(page, user)


@hooks.register("register_page_listing_more_buttons")
def entries_of_listed(page: Any, user: Any, next_url: str | None = None) -> Iterator[Button]:
    """From a line of the explorer."""
    yield from _button(page, user)


def _button(page: Any, user: Any) -> Iterator[Button]:
    if page.pk and page.specific_class is ContestPage and may_look(user, ContestPage.objects.get(pk=page.pk)):
        address = reverse(CONTEST, args=[page.pk])
        yield Button(gettext_lazy("Entries and lots"), address, icon_name="group", priority=5)


@hooks.register("before_delete_page")
def keep_entered_contest(request: HttpRequest, page: Any) -> HttpResponse | None:
    """What people have entered is taken off the air, not deleted."""
    return _refused(request, [page]) if request.method == "POST" else None


@hooks.register("before_bulk_action")
def keep_entered_contests(
    request: HttpRequest, action_type: str, objects: Sequence[Any], action_class_instance: Any
) -> HttpResponse | None:
    """The same for many at once."""
    pages = [one for one in objects if hasattr(one, "path")]
    return _refused(request, pages) if action_type == "delete" and pages else None


def _refused(request: HttpRequest, pages: Sequence[Any]) -> HttpResponse | None:
    for page in pages:
        if Entry.objects.filter(round__page__path__startswith=page.path).exists():
            messages.error(request, _("People have entered this contest; it cannot be deleted. Unpublish it instead."))
            return redirect("wagtailadmin_explore", page.get_parent().pk)
    return None
