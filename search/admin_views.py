"""What editors see in the admin: what readers seek, and the abbreviations that search knows by itself."""

import csv
from collections.abc import Iterable, Iterator
from typing import Any
from urllib.parse import urlencode

from django.contrib.auth.decorators import permission_required
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _, gettext_lazy
from django.views.decorators.http import require_POST
from django.views.generic import TemplateView
from wagtail.admin import messages
from wagtail.admin.menu import MenuItem
from wagtail.admin.utils import get_valid_next_url_from_request
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.admin.viewsets.base import ViewSet
from wagtail.admin.widgets.button import BaseButton, HeaderButton

from core.spreadsheets import inert
from search.counting import forget_queries
from search.editorial import has_best_bet
from search.lexicon import built_in, switch_built_in
from search.models import Synonym
from search.questions import Question
from search.report import SoughtQuery, lines, sought, totals
from search.spelling import spelling_key

PER_PAGE = 50
MOST_EXPORTED = 10_000
PERIODS = (7, 30, 90)
REPORT, FORGET = "search_report:index", "search_report:forget"
BUILT_IN, SWITCH = "search_abbreviations:index", "search_abbreviations:switch"
MAY_SEE = ("search.view_synonym", "search.change_synonym", "search.add_synonym")
MAY_CHANGE = "search.change_synonym"
#: Value in the address, label, explanation, kind of search.report.sought.
KINDS = (
    (
        "khong-thay",
        gettext_lazy("Sought in vain"),
        gettext_lazy(
            "Found nothing when it was sought last. A synonym helps when the portal says it in other words; a "
            "suggested result, when there is one right answer; otherwise something is still to be written."
        ),
        "in_vain",
    ),
    (
        "nhieu-nhat",
        gettext_lazy("Sought most"),
        gettext_lazy("What readers want to know, the most frequent first. Does it have a good answer on the portal?"),
        "most",
    ),
    (
        "khong-bam",
        gettext_lazy("Nobody clicks"),
        gettext_lazy(
            "Sought at least three times with results, of which nobody opened any: the right page may be missing, or "
            "stand too far down under a title that does not say so. A suggested result puts it on top."
        ),
        "unclicked",
    ),
)


def may_see(user: Any) -> bool:
    """Whether a user may look at reports of search."""
    return any(user.has_perm(permission) for permission in MAY_SEE)


class _ForEditorsOfSearch(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return may_see(request.user)


class SearchAdminView(WagtailAdminTemplateMixin, TemplateView):
    """A page for those who may see reports of search."""

    header_icon = "search"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Let nobody else in."""
        if not may_see(request.user):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """The way here."""
        return [*self.breadcrumbs_items, {"url": "", "label": self.page_title}]


class ReportView(SearchAdminView):
    """What is sought most, what in vain, and what nobody clicks, over 7, 30 or 90 days; also as a spreadsheet."""

    template_name = "search/admin/report.html"
    page_title = gettext_lazy("What readers seek")

    @cached_property
    def kind(self) -> tuple[Any, ...]:
        """The list asked for; the first one unless the address says otherwise."""
        return next((kind for kind in KINDS if kind[0] == self.request.GET.get("xem")), KINDS[0])

    @cached_property
    def days(self) -> int:
        """The days asked for."""
        return next((days for days in PERIODS if str(days) == self.request.GET.get("ngay")), PERIODS[1])

    def address(self, **changes: Any) -> str:
        """This page with other choices."""
        return f"{reverse(REPORT)}?{urlencode({'xem': self.kind[0], 'ngay': self.days, **changes})}"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Show the page, or give the file."""
        if request.GET.get("tai") == "csv":
            name = f"tim-kiem-{self.kind[0]}-{self.days}-ngay-{timezone.localdate():%Y%m%d}.csv"
            rows = lines(sought(self.kind[3], self.days)[:MOST_EXPORTED])
            return HttpResponse(
                "".join(_csv(rows)),
                content_type="text/csv; charset=utf-8",
                headers={"Content-Disposition": f'attachment; filename="{name}"'},
            )
        return super().get(request, *args, **kwargs)

    @cached_property
    def header_buttons(self) -> list[BaseButton]:
        """The spreadsheet."""
        return [HeaderButton(_("Download CSV"), url=self.address(tai="csv"), icon_name="download")]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Gather figures and lines; the number of queries does not depend on the number of lines."""
        context = super().get_context_data(**kwargs)
        page = Paginator(sought(self.kind[3], self.days), PER_PAGE).get_page(self.request.GET.get("p"))
        user = self.request.user
        context.update(
            tabs=[(label, self.address(xem=name), name == self.kind[0]) for name, label, _text, _kind in KINDS],
            periods=[(days, self.address(ngay=days), days == self.days) for days in PERIODS],
            explanation=self.kind[2],
            totals=totals(self.days),
            rows=_rows(lines(page.object_list)),
            page=page,
            previous_url=self.address(p=page.previous_page_number()) if page.has_previous() else "",
            next_url=self.address(p=page.next_page_number()) if page.has_next() else "",
            here=self.address(p=page.number),
            may_add_synonym=user.has_perm("search.add_synonym"),
            may_add_best_bet=user.has_perm("search.add_bestbet"),
            may_forget=user.has_perm(MAY_CHANGE),
        )
        return context


def _rows(queries: Iterable[SoughtQuery]) -> list[dict[str, Any]]:
    """Lines with what an editor can do about each, and what has been done already."""
    synonyms = {key: synonym for synonym in Synonym.objects.all() for key in synonym.keys}
    rows = []
    for query in queries:
        words = {"q": query.spelling}
        rows.append(
            {
                "query": query,
                "search_url": Question(text=query.spelling).url(),
                "synonym_url": f"{reverse('wagtailsnippets_search_synonym:add')}?{urlencode(words)}",
                "best_bet_url": f"{reverse('wagtailsnippets_search_bestbet:add')}?{urlencode(words)}",
                "synonym": synonyms.get(query.query),
                "has_best_bet": has_best_bet(query.query),
            }
        )
    return rows


class _Line:
    """Takes what csv writes and hands it back."""

    def write(self, text: str) -> str:
        return text


def _csv(queries: Iterable[SoughtQuery]) -> Iterator[str]:
    """The lines of the spreadsheet; the mark at its beginning tells Excel that it is UTF-8."""
    write = csv.writer(_Line()).writerow
    headings = [_("Query"), _("Searches"), _("Days"), _("Last sought"), _("In vain"), _("Results of the last search")]
    yield "\ufeff" + write([*headings, _("Clicks"), _("Mean place clicked")])
    for query in queries:
        place = "" if query.mean_place is None else f"{query.mean_place:.1f}"
        figures = [query.searches, query.days, query.last.isoformat(), query.in_vain, query.results, query.clicks]
        yield write([inert(query.spelling), *figures, place])


@require_POST
@permission_required(MAY_CHANGE, raise_exception=True)
def forget(request: HttpRequest) -> HttpResponse:
    """Take a query out of the log: it names a person, or is not fit to be read."""
    words = request.POST.get("query", "")
    if forget_queries([words]):
        messages.success(request, _("«%(words)s» was taken out of the log of searches.") % {"words": words})
    return redirect(get_valid_next_url_from_request(request) or reverse(REPORT))


class ReportViewSet(ViewSet):
    """The report under ``/admin/tim-kiem/``."""

    name = "tim-kiem"
    url_namespace = "search_report"
    icon = "search"
    menu_label = gettext_lazy("What readers seek")
    menu_item_class = _ForEditorsOfSearch

    def get_urlpatterns(self) -> list[URLPattern]:
        """The page, and taking a query out."""
        return [path("", ReportView.as_view(), name="index"), path("xoa/", forget, name="forget")]


class AbbreviationsView(SearchAdminView):
    """The abbreviations that search knows by itself, each to be switched off or on."""

    template_name = "search/admin/abbreviations.html"
    page_title = gettext_lazy("Built-in abbreviations")
    header_icon = "openquote"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Find those that hold the words asked for."""
        context = super().get_context_data(**kwargs)
        words = self.request.GET.get("q", "").strip()
        key = spelling_key(words)
        groups = built_in()
        found = [group for group in groups if any(key in spelling_key(form) for form in group.forms)]
        context.update(
            words=words,
            groups=found,
            total=len(groups),
            may_change=self.request.user.has_perm(MAY_CHANGE),
            here=f"{reverse(BUILT_IN)}?{urlencode({'q': words})}" if words else reverse(BUILT_IN),
        )
        return context


@require_POST
@permission_required(MAY_CHANGE, raise_exception=True)
def switch(request: HttpRequest) -> HttpResponse:
    """Switch a built-in abbreviation off or on; the next search knows."""
    group = next((group for group in built_in() if group.key == request.POST.get("key")), None)
    on = request.POST.get("on") == "1"
    if group is not None:
        switch_built_in(group.key, on=on)
        said = _("«%(words)s» is switched on.") if on else _("«%(words)s» is switched off.")
        messages.success(request, said % {"words": group.short})
    return redirect(get_valid_next_url_from_request(request) or reverse(BUILT_IN))


class AbbreviationsViewSet(ViewSet):
    """The list under ``/admin/tu-viet-tat/``."""

    name = "tu-viet-tat"
    url_namespace = "search_abbreviations"
    icon = "openquote"
    menu_label = gettext_lazy("Built-in abbreviations")
    menu_item_class = _ForEditorsOfSearch

    def get_urlpatterns(self) -> list[URLPattern]:
        """The list, and the switch."""
        return [path("", AbbreviationsView.as_view(), name="index"), path("bat-tat/", switch, name="switch")]
