"""What each unit did for training in a year: classes held, people reached, courses finished."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _, gettext_lazy
from django.views.generic import TemplateView
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.admin.viewsets.base import ViewSet

from core.spreadsheets import csv_response, xlsx_response
from organisations.permissions import unit_scope
from training.admin.attendance import SEES_CLASSES
from training.classes.selectors import UnitOfYear, classes_of_year

REPORT = "training_yearly:index"
YEARS_SHOWN = 5
EARLIEST = 2000


class YearlyView(WagtailAdminTemplateMixin, TemplateView):
    """The table of one year, also as a file; an editor for some units sees those."""

    template_name = "training/admin/yearly.html"
    page_title = gettext_lazy("Training by unit")
    header_icon = "calendar-check"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Let in who may see lists of classes."""
        if not request.user.has_perm(SEES_CLASSES):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """The way here."""
        return [*self.breadcrumbs_items, {"url": "", "label": self.page_title}]

    @cached_property
    def year(self) -> int:
        """The year asked for; this one unless the address names another."""
        this = timezone.localdate().year
        asked = self.request.GET.get("nam", "")
        is_year = asked.isascii() and asked.isdigit() and len(asked) == 4
        return int(asked) if is_year and EARLIEST <= int(asked) <= this else this

    @cached_property
    def rows(self) -> list[UnitOfYear]:
        """The figures."""
        return classes_of_year(self.year, unit_scope(self.request.user))

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Show the page, or give the file."""
        form = request.GET.get("tai")
        if form not in {"csv", "xlsx"}:
            return super().get(request, *args, **kwargs)
        name, table = f"tap-huan-theo-don-vi-{self.year}", [_headings(), *map(_line, self.rows)]
        return csv_response(name, table) if form == "csv" else xlsx_response(name, str(self.year), table)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The rows and their sums."""
        context = super().get_context_data(**kwargs)
        here, this = reverse(REPORT), timezone.localdate().year
        names = ("classes", "present", "people", "finished")
        years = sorted({self.year, *range(this, this - YEARS_SHOWN, -1)}, reverse=True)
        return {
            **context,
            "year": self.year,
            "years": [(year, f"{here}?nam={year}", year == self.year) for year in years],
            "rows": self.rows,
            "totals": {name: sum(getattr(row, name) for row in self.rows) for name in names},
            "without": sum(not row.classes for row in self.rows if row.unit),
            "csv_url": f"{here}?nam={self.year}&tai=csv",
            "xlsx_url": f"{here}?nam={self.year}&tai=xlsx",
        }


def _headings() -> list[str]:
    return [
        _("Unit"),
        _("Classes held"),
        _("People present there"),
        _("Own people present anywhere"),
        _("Members who finished a course"),
    ]


def _line(row: UnitOfYear) -> list[Any]:
    return [row.name, row.classes, row.present, row.people, row.finished]


class YearlyViewSet(ViewSet):
    """The report under ``/admin/tap-huan-theo-don-vi/``."""

    name = "tap-huan-theo-don-vi"
    url_namespace = "training_yearly"

    def get_urlpatterns(self) -> list[URLPattern]:
        """The one page."""
        return [path("", YearlyView.as_view(), name="index")]
