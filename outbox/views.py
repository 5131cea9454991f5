"""The admin's views of the outbox: a list with filters, the details of a row, retry and cancel."""

from typing import Any

import django_filters
from django.contrib.auth.decorators import permission_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import URLPattern, path, reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _, ngettext
from django.views.decorators.http import require_POST
from wagtail.admin import messages
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import Column, DateColumn, TitleColumn
from wagtail.admin.utils import get_valid_next_url_from_request
from wagtail.admin.views import generic
from wagtail.admin.widgets.button import BaseButton, Button

from core.admin_lists import LookOnlyViewSet, posting_button
from core.consequences import all_kinds
from outbox.models import Consequence, State
from outbox.services import cancel, retry

INDEX = "outbox:index"
MAY_ACT = "outbox.change_consequence"


def _kind_choices() -> list[tuple[str, Any]]:
    return [(kind.name, kind.label) for kind in all_kinds()]


class ConsequenceFilterSet(WagtailFilterSet):
    """Filters of the list: state and kind."""

    state = django_filters.MultipleChoiceFilter(label=_("State"), choices=State.choices)
    kind = django_filters.MultipleChoiceFilter(label=_("Kind"), choices=_kind_choices)

    class Meta:
        model = Consequence
        fields = ["state", "kind"]


def _button(label: Any, url: str, icon: str, *, header: bool = False) -> BaseButton:
    return posting_button(label, url, icon, after=reverse(INDEX), header=header)


class ConsequenceIndexView(generic.IndexView):
    """The list. Nothing is created or edited here."""

    default_ordering = "-created_at"
    any_permission_required = ["view", "change"]

    @cached_property
    def columns(self) -> list[Column]:
        """What a person needs to see at a glance."""
        return [
            self._get_title_column_class(TitleColumn)("kind_label", label=_("What"), get_url=self.get_inspect_url),
            Column("about", label=_("About")),
            Column("state", label=_("State"), accessor="get_state_display", sort_key="state"),
            Column("attempts", label=_("Attempts"), sort_key="attempts"),
            Column("last_error", label=_("Last error")),
            DateColumn("created_at", label=_("Created"), sort_key="created_at"),
            DateColumn("available_at", label=_("Not before"), sort_key="available_at"),
        ]

    def get_list_more_buttons(self, instance: Consequence) -> list[BaseButton]:
        """Details; retry and cancel where they make sense and the user may."""
        buttons = [Button(_("Details"), url=self.get_inspect_url(instance), icon_name="info-circle", priority=10)]
        if self.request.user.has_perm(MAY_ACT):
            if instance.can_retry:
                buttons.append(_button(_("Try again"), reverse("outbox:retry", args=[instance.pk]), "rotate"))
            if instance.can_cancel:
                buttons.append(_button(_("Cancel"), reverse("outbox:cancel", args=[instance.pk]), "cross"))
        return buttons

    @cached_property
    def header_buttons(self) -> list[BaseButton]:
        """Retry everything that failed and that the present filters show."""
        if not self.request.user.has_perm(MAY_ACT):
            return []
        url = f"{reverse('outbox:retry_listed')}?{self.request.GET.urlencode()}"
        return [_button(_("Try again all that failed in this list"), url, "rotate", header=True)]


class ConsequenceInspectView(generic.InspectView):
    """All of one row, for the person on the telephone with the developer."""

    any_permission_required = ["view", "change"]


class ConsequenceViewSet(LookOnlyViewSet):
    """List and details under ``/admin/outbox/``."""

    model = Consequence
    name = "outbox"
    icon = "tasks"
    menu_label = _("Waiting and failed work")
    inspect_view_fields = [
        "kind_label",
        "about",
        "state",
        "attempts",
        "last_error",
        "available_at",
        "created_at",
        "finished_at",
        "worker",
        "key",
        "payload",
        "traceback",
    ]
    index_view_class = ConsequenceIndexView
    inspect_view_class = ConsequenceInspectView
    filterset_class = ConsequenceFilterSet
    list_per_page = 50

    def get_urlpatterns(self) -> list[URLPattern]:
        """Only looking; acting has views of its own."""
        return [
            path("", self.index_view, name="index"),
            path("results/", self.index_results_view, name="index_results"),
            path("<int:pk>/", self.inspect_view, name="inspect"),
            path("<int:pk>/retry/", retry_one, name="retry"),
            path("<int:pk>/cancel/", cancel_one, name="cancel"),
            path("retry/", retry_listed, name="retry_listed"),
        ]


def _back(request: HttpRequest) -> HttpResponse:
    return redirect(get_valid_next_url_from_request(request) or reverse(INDEX))


@require_POST
@permission_required(MAY_ACT, raise_exception=True)
def retry_one(request: HttpRequest, pk: int) -> HttpResponse:
    """Let one row be tried again now."""
    row = get_object_or_404(Consequence, pk=pk)
    if retry(Consequence.objects.filter(pk=row.pk)):
        messages.success(request, _("«%(what)s» will be tried again within seconds.") % {"what": row.kind_label})
    else:
        messages.warning(
            request, _("«%(what)s» has not failed: there is nothing to try again.") % {"what": row.kind_label}
        )
    return _back(request)


@require_POST
@permission_required(MAY_ACT, raise_exception=True)
def cancel_one(request: HttpRequest, pk: int) -> HttpResponse:
    """Call one row off."""
    row = get_object_or_404(Consequence, pk=pk)
    if cancel(Consequence.objects.filter(pk=row.pk)):
        messages.success(request, _("«%(what)s» was cancelled.") % {"what": row.kind_label})
    else:
        messages.warning(
            request, _("«%(what)s» is running or done and cannot be cancelled.") % {"what": row.kind_label}
        )
    return _back(request)


@require_POST
@permission_required(MAY_ACT, raise_exception=True)
def retry_listed(request: HttpRequest) -> HttpResponse:
    """Let everything that failed, within the list's filters, be tried again now."""
    filters = ConsequenceFilterSet(request.GET, queryset=Consequence.objects.in_trouble(), request=request)
    count = retry(Consequence.objects.filter(pk__in=filters.qs.order_by().values("pk"))) if filters.is_valid() else 0
    messages.success(
        request,
        ngettext("%(count)d consequence will be tried again.", "%(count)d consequences will be tried again.", count)
        % {"count": count},
    )
    return _back(request)
