"""«Results of study»: figures by course and by unit, and the list of people, to look at and as a spreadsheet.

A user who works for some units sees the people of these units, wherever they study, and everybody who studies a course
of these units: the first are the user's own people, the second the user's own pupils. Names are personal data: nobody
sees them without the right ``training.view_enrolment``.
"""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

import django_filters
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, path
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy
from wagtail.admin.filters import DateRangePickerWidget, WagtailFilterSet
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.tables import Column
from wagtail.admin.views.reports import ReportView
from wagtail.admin.viewsets.base import ViewSet

from core.spreadsheets import csv_response, xlsx_response
from organisations.models import Unit
from training import results
from training.models import CoursePage, Enrolment
from training.permissions import seen_by

MAY_SEE = "training.view_enrolment"
STATES = [
    ("learning", gettext_lazy("Still learning")),
    ("finished", gettext_lazy("Has finished")),
    ("certified", gettext_lazy("With a certificate")),
]


def _courses(request: HttpRequest | None) -> QuerySet[CoursePage]:
    if request is None:
        return CoursePage.objects.none()
    studied = seen_by(request.user, Enrolment).order_by().values("course")
    return CoursePage.objects.filter(pk__in=studied).defer_streamfields().order_by("title")


def _units(request: HttpRequest | None) -> QuerySet[Unit]:
    """Units of the people that the user sees, and the units above them."""
    if request is None:
        return Unit.objects.none()
    people = seen_by(request.user, Enrolment).order_by().values("unit")
    paths = Unit.objects.filter(pk__in=people).values_list("tree_path", flat=True)
    numbers = {int(number) for tree_path in paths for number in tree_path.strip("/").split("/") if number}
    return Unit.objects.filter(pk__in=numbers)


class ResultFilterSet(WagtailFilterSet):
    """Filters of the list and of the figures above it."""

    course = django_filters.ModelChoiceFilter(label=gettext_lazy("Course"), queryset=_courses)
    unit = django_filters.ModelChoiceFilter(
        label=gettext_lazy("Unit, with those below it"), queryset=_units, method="below"
    )
    state = django_filters.ChoiceFilter(label=gettext_lazy("State"), choices=STATES, method="in_state")
    started_at = django_filters.DateFromToRangeFilter(label=gettext_lazy("Begun"), widget=DateRangePickerWidget)
    completed_at = django_filters.DateFromToRangeFilter(label=gettext_lazy("Finished"), widget=DateRangePickerWidget)

    class Meta:
        model = Enrolment
        fields = ["course", "unit", "state", "started_at", "completed_at"]

    def below(self, queryset: QuerySet, name: str, unit: Unit) -> QuerySet:
        """People of a unit and of the units below it."""
        return queryset.filter(unit__tree_path__startswith=unit.tree_path)

    def in_state(self, queryset: QuerySet, name: str, state: str) -> QuerySet:
        """How far they have come."""
        return queryset.filter(
            {
                "learning": Q(completed_at=None),
                "finished": Q(completed_at__isnull=False),
                "certified": Q(certificate__isnull=False, certificate__revoked_at=None),
            }[state]
        )


def _percent(percent: int | None) -> str:
    return "" if percent is None else f"{percent}%"


def _begun(row: results.Row) -> str:
    return date_format(timezone.localtime(row.started_at), "d/m/Y")


def _finished(row: results.Row) -> str:
    return date_format(timezone.localtime(row.completed_at), "d/m/Y") if row.completed_at else ""


class ResultsView(ReportView):
    """Figures, and a page of the list; the same few queries for three people and for sixty."""

    model = Enrolment
    any_permission_required = ["view"]
    page_title = gettext_lazy("Results of study")
    header_icon = "table"
    template_name = "training/admin/results.html"
    results_template_name = "training/admin/results_list.html"
    index_url_name = "training_results:index"
    index_results_url_name = "training_results:index_results"
    verbose_name_plural = gettext_lazy("courses of members")
    filterset_class = ResultFilterSet
    default_ordering = "-started_at"
    export_headings = {
        "person": gettext_lazy("Name"),
        "unit": gettext_lazy("Unit"),
        "course": gettext_lazy("Course"),
        "lessons": gettext_lazy("Lessons done"),
        "mean": gettext_lazy("Mean result in %"),
        "results_in_words": gettext_lazy("Best results"),
        "started_at": gettext_lazy("Begun"),
        "completed_at": gettext_lazy("Finished"),
        "code": gettext_lazy("Certificate"),
    }
    list_export = list(export_headings)
    columns = [
        Column("person", label=gettext_lazy("Name"), classname="title", width="16%"),
        Column("unit", label=gettext_lazy("Unit")),
        Column("course", label=gettext_lazy("Course")),
        Column("lessons", label=gettext_lazy("Lessons done"), width="9%"),
        Column("mean", label=gettext_lazy("Mean result"), accessor=lambda row: _percent(row.mean), width="9%"),
        Column("started_at", label=gettext_lazy("Begun"), accessor=_begun, sort_key="started_at", width="9%"),
        Column("completed_at", label=gettext_lazy("Finished"), accessor=_finished, sort_key="completed_at", width="9%"),
        Column("code", label=gettext_lazy("Certificate"), width="14%"),
    ]

    def get_base_queryset(self) -> QuerySet:
        """What the user may see; the module says how far that reaches."""
        return seen_by(self.request.user, Enrolment)

    def order_queryset(self, queryset: QuerySet) -> QuerySet:
        """The same moment twice must not shuffle pages."""
        return queryset.order_by(self.ordering, "-pk")

    def get_filtered_queryset(self) -> QuerySet:
        """Filtered once."""
        return self.get_queryset()

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """A spreadsheet needs neither figures nor pages."""
        if self.is_export:
            people = results.with_facts(self.get_queryset()).iterator(chunk_size=results.AT_ONCE)
            return self.as_spreadsheet(results.rows(people), request.GET["export"])
        return super().get(request, *args, **kwargs)

    def get_table(self, object_list: Any) -> Any:
        """The lines of this page."""
        return super().get_table(list(results.rows(object_list)))

    def paginate_queryset(self, queryset: QuerySet, page_size: int) -> Any:
        """Count people, and only then add what is printed of those on the page."""
        paginator, page, people, is_paginated = super().paginate_queryset(queryset, page_size)
        facts = results.with_facts(Enrolment.objects.filter(pk__in=[one.pk for one in people]))
        return paginator, page, list(self.order_queryset(facts)), is_paginated

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The figures, of everybody who is in the list."""
        context: dict[str, Any] = super().get_context_data(**kwargs)
        everybody, by_course, by_unit = results.figures(self.object_list)
        context.update(everybody=everybody, by_course=by_course, by_unit=by_unit)
        return context

    def as_spreadsheet(self, queryset: Iterable[results.Row], spreadsheet_format: str) -> HttpResponse:
        """The portal's own files, in which no cell is a formula."""
        name = f"ket-qua-hoc-tap-{timezone.localdate():%Y%m%d}"
        table = [[str(self.export_headings[field]) for field in self.list_export], *map(self._line, queryset)]
        if spreadsheet_format == self.FORMAT_CSV:
            return csv_response(name, table)
        return xlsx_response(name, str(self.page_title), table)

    def _line(self, row: results.Row) -> list[Any]:
        values = [getattr(row, field) for field in self.list_export]
        return [timezone.localtime(value).date() if isinstance(value, datetime) else value for value in values]


class _ForWhoMaySee(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return bool(request.user.has_perm(MAY_SEE))


class ResultsViewSet(ViewSet):
    """Under ``/admin/ket-qua-hoc-tap/``."""

    name = "ket-qua-hoc-tap"
    url_namespace = "training_results"
    icon = "table"
    menu_label = gettext_lazy("Results of study")
    menu_order = 300
    menu_item_class = _ForWhoMaySee

    def get_urlpatterns(self) -> list[URLPattern]:
        """The page, and its list alone, when one filters."""
        return [
            path("", ResultsView.as_view(), name="index"),
            path("results/", ResultsView.as_view(results_only=True), name="index_results"),
        ]
