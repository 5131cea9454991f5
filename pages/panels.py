"""The dashboard's panels about pages of every type."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.models import Revision, get_page_models
from wagtail.permissions import policy_registry

from core.dashboard import DashboardPanel, register_panel
from pages.models import BasePage

#: How far the calendar of the dashboard looks ahead.
CALENDAR_DAYS = 14
#: Rows that a panel shows; the listings hold all.
SHOWN = 12


class QuietPanel(DashboardPanel):
    """A panel that is not there when it has nothing to say."""

    def gather(self, request: Any) -> dict[str, Any]:
        """Return what the template shows; empty for no panel at all."""
        raise NotImplementedError

    def render_html(self, parent_context: Mapping[str, Any] | None = None) -> str:
        """Render, unless there is nothing."""
        request = (parent_context or {})["request"]
        self.gathered = self.gather(request)
        return super().render_html(parent_context) if self.gathered else ""

    def get_context_data(self, parent_context: Mapping[str, Any] | None = None) -> dict[str, Any]:
        """What was gathered."""
        return {"request": (parent_context or {})["request"], **self.gathered}


@dataclass
class Place:
    """A page below which the user may write something."""

    title: str
    url: str


@dataclass
class Writing:
    """A type of page that the user may write, with the places for it."""

    label: str
    icon: str
    description: str
    places: list[Place] = field(default_factory=list)


def writings(user: Any) -> list[Writing]:
    """Every type of item that the user may create, with its sections; the same few queries for any number of both."""
    models = [model for model in get_page_models() if model.is_item and model.is_creatable]
    types = ContentType.objects.get_for_models(
        *{parent for model in models for parent in model.allowed_parent_page_models()}
    )
    by_type: dict[Any, list[BasePage]] = {parent: [] for parent in types}
    for page in BasePage.objects.filter(content_type__in=types.values(), live=True).order_by("path"):
        if page.permissions_for_user(user).can_add_subpage():
            by_type[page.specific_class].append(page)
    found = []
    for model in models:
        parents = [page for parent in model.allowed_parent_page_models() for page in by_type[parent]]
        if parents:
            found.append(_writing(model, parents))
    return found


def _writing(model: type[BasePage], parents: Iterable[BasePage]) -> Writing:
    label = str(model._meta.verbose_name)  # Django's documented model API
    writing = Writing(label[:1].upper() + label[1:], model.admin_icon, str(model.get_page_description()))
    arguments = model._meta.app_label, model._meta.model_name  # same
    for page in parents:
        url = reverse("wagtailadmin_pages:add", args=(*arguments, page.pk))
        writing.places.append(Place(page.title, url))
    return writing


@register_panel
class WritePanel(QuietPanel):
    """One touch from the dashboard to an empty form."""

    name = "write"
    order = 10
    template_name = "pages/admin/write_panel.html"

    def gather(self, request: Any) -> dict[str, Any]:
        """The types and places of this user."""
        found = writings(request.user)
        return {"writings": found} if found else {}


def unfinished_pages(user: Any) -> QuerySet:
    """The user's own pages that readers do not see yet, or not in their newest form; taken-down ones are left out."""
    return (
        BasePage.objects.filter(Q(live=False) | Q(has_unpublished_changes=True), owner=user, expired=False)
        .order_by("-latest_revision_created_at")
        .select_related("unit", "content_type")
        .prefetch_workflow_states()
        .annotate_approved_schedule()
    )


def page_state(page: BasePage) -> tuple[str, str]:
    """Where an unfinished page stands: a key for the style and words for the editor."""
    workflow = page.current_workflow_state
    if workflow and workflow.status == workflow.STATUS_NEEDS_CHANGES:
        return "returned", _("Sent back to you")
    if workflow:
        return "review", _("Waiting for review")
    if page.approved_schedule:
        return "scheduled", _("Scheduled")
    if page.live:
        return "changed", _("Published, with changes not published yet")
    return "draft", _("Draft")


@register_panel
class MyPagesPanel(QuietPanel):
    """What this user has begun and not finished."""

    name = "my_pages"
    order = 30
    template_name = "pages/admin/my_pages_panel.html"

    def gather(self, request: Any) -> dict[str, Any]:
        """The newest, each with its state."""
        pages = list(unfinished_pages(request.user)[: SHOWN + 1])
        rows = [{"page": page, "state": page_state(page)} for page in pages[:SHOWN]]
        return {"rows": rows, "more": len(pages) > SHOWN} if rows else {}


@dataclass
class CalendarEntry:
    """Something that will happen to a page by itself."""

    at: datetime
    page: BasePage
    goes_live: bool

    @property
    def day(self) -> date:
        """The day in the site's own time."""
        return timezone.localtime(self.at).date()


def calendar(user: Any, days: int = CALENDAR_DAYS) -> list[CalendarEntry]:
    """What goes live or is taken down in the days to come, among the pages that the user may change."""
    now = timezone.now()
    window = (now, now + timedelta(days=days))
    revisions = Revision.objects.filter(
        base_content_type=ContentType.objects.get_for_model(BasePage), approved_go_live_at__range=window
    )
    going_live = {int(pk): at for pk, at in revisions.values_list("object_id", "approved_go_live_at")}
    allowed = policy_registry.get_by_type(BasePage).instances_user_has_any_permission_for(user, {"change", "publish"})
    leaving = Q(live=True, expire_at__range=window)
    entries = []
    for page in allowed.filter(leaving | Q(pk__in=going_live)).select_related("unit", "content_type"):
        if page.pk in going_live:
            entries.append(CalendarEntry(going_live[page.pk], page, goes_live=True))
        if page.live and page.expire_at and window[0] <= page.expire_at <= window[1]:
            entries.append(CalendarEntry(page.expire_at, page, goes_live=False))
    return sorted(entries, key=lambda entry: (entry.at, entry.page.pk))


@register_panel
class CalendarPanel(QuietPanel):
    """What will go live or be taken down by itself."""

    name = "calendar"
    order = 40
    template_name = "pages/admin/calendar_panel.html"

    def gather(self, request: Any) -> dict[str, Any]:
        """The entries, day by day."""
        days: dict[date, list[CalendarEntry]] = {}
        for entry in calendar(request.user):
            days.setdefault(entry.day, []).append(entry)
        return {"days": list(days.items()), "today": timezone.localdate()} if days else {}
