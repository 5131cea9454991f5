"""Who entered and what came out, for whoever may edit the page; lots and taking out, for whoever may publish it."""

from typing import Any
from urllib.parse import urlencode

from django.core.exceptions import PermissionDenied, ValidationError
from django.core.paginator import Paginator
from django.db.models import Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _, gettext_lazy
from django.views.generic import TemplateView
from wagtail.admin import messages
from wagtail.admin.menu import MenuItem
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.admin.viewsets.base import ViewSet
from wagtail.log_actions import log

from contests import drawing, entering, ranking
from contests.identity import identity, normal_phone
from contests.models import ContestPage, Draw, Entry, Round
from contests.reports import entry_headings, entry_line
from contests.rights import SEES_ENTRIES, contests_of, may_decide, may_look
from contests.selectors import standing_in_words
from core.spreadsheets import csv_response, xlsx_response

PER_PAGE = 50
INDEX, CONTEST = "contests:index", "contests:contest"
#: What the log calls it.
TAKEN_OUT, DRAWN = "contests.take_out", "contests.draw"


class ContestsMenuItem(MenuItem):
    """Shown to those who may look at entries."""

    def is_shown(self, request: HttpRequest) -> bool:
        """Whether this user sees the item."""
        return bool(request.user.has_perm(SEES_ENTRIES))


class ContestsView(WagtailAdminTemplateMixin, TemplateView):
    """All contests that the user looks after, the newest first."""

    template_name = "contests/admin/contests.html"
    page_title = gettext_lazy("Contests")
    header_icon = "pick"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Let nobody else in."""
        if not request.user.has_perm(SEES_ENTRIES):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """The way here."""
        return [*self.breadcrumbs_items, {"url": "", "label": self.page_title}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The same few queries, whatever the number of contests."""
        context = super().get_context_data(**kwargs)
        contests = contests_of(self.request.user).select_related("unit").prefetch_related("rounds").order_by("-pk")
        page = Paginator(contests.defer("body"), PER_PAGE).get_page(self.request.GET.get("p"))
        shown = list(page.object_list)
        counts = ranking.counts_of(shown)
        rows = [
            {"page": one, "standing": standing_in_words(list(one.rounds.all())), **counts.get(one.pk, {})}
            for one in shown
        ]
        return {**context, "page": page, "rows": rows}


class ContestView(WagtailAdminTemplateMixin, TemplateView):
    """One contest: figures, lots, entries to look for."""

    template_name = "contests/admin/contest.html"
    page_title = gettext_lazy("Entries and lots")
    header_icon = "pick"
    contest: ContestPage

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Let nobody else in."""
        self.contest = get_object_or_404(ContestPage.objects.select_related("unit"), pk=kwargs["page_id"])
        if not may_look(request.user, self.contest):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_page_subtitle(self) -> str:
        """The contest."""
        return str(self.contest.title)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """The way here."""
        return [
            *self.breadcrumbs_items,
            {"url": reverse(INDEX), "label": _("Contests")},
            {"url": "", "label": self.page_title, "sublabel": self.contest.title},
        ]

    @property
    def here(self) -> str:
        """This page."""
        return reverse(CONTEST, args=[self.contest.pk])

    def chosen_round(self) -> Round | None:
        """The round looked at: the one asked for, or the last that has begun."""
        rounds = sorted(self.contest.rounds.all(), key=lambda one: one.opens_at)
        wanted = self.request.GET.get("vong", "")
        for one in rounds:
            if str(one.pk) == wanted:
                return one
        begun = [one for one in rounds if one.state != "coming"]
        return next(reversed(begun or rounds), None)

    def entries(self, round_: Round) -> QuerySet[Entry]:
        """Entries of a round, the best first; of whoever is looked for, also those taken out or not finished."""
        wanted = self.request.GET.get("q", "").strip()[:120]
        if not wanted:
            return ranking.ranked(round_).defer("drawn").select_related("certificate")
        try:
            same = Q(identity=identity(self.contest.pk, normal_phone(wanted)))
        except ValidationError:
            same = Q(name__icontains=wanted) | Q(ticket=wanted.upper()) | Q(unit_name__icontains=wanted)
        return Entry.objects.filter(same, round=round_).defer("drawn").select_related("certificate")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Figures of all rounds, entries of one."""
        context = super().get_context_data(**kwargs)
        round_ = self.chosen_round()
        wanted = self.request.GET.get("q", "").strip()[:120]
        counts = ranking.figures(self.contest)
        draws = list(self.contest.draws.select_related("round", "page"))
        for draw in draws:
            drawing.close_list(draw)
        page = None
        if round_ is not None:
            page = Paginator(self.entries(round_), PER_PAGE).get_page(self.request.GET.get("p"))
        return {
            **context,
            "contest": self.contest,
            "round": round_,
            "rounds": [{**counts.get(one.pk, {}), "round": one} for one in self.contest.rounds.all()],
            "draws": draws,
            "page": page,
            "query": wanted,
            "is_ranking": not wanted,
            "may_decide": may_decide(self.request.user, self.contest),
            "entries_query": f"{urlencode({'vong': round_.pk if round_ else '', 'q': wanted})}&",
            "here": self.here,
        }

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Take an entry out, or draw lots."""
        if not may_decide(request.user, self.contest):
            raise PermissionDenied
        if "loai" in request.POST:
            self._take_out(request.POST["loai"])
        elif "rut" in request.POST:
            self._draw(request.POST["rut"])
        return redirect(request.get_full_path())

    def _take_out(self, number: str) -> None:
        entry = get_object_or_404(Entry.objects.filter(round__page=self.contest), pk=_pk(number))
        reason = " ".join(self.request.POST.get("ly-do", "").split())
        if not reason:
            messages.error(self.request, _("Say why the entry is taken out; its person reads it."))
        elif entering.take_out(entry, reason):
            log(self.contest, TAKEN_OUT, user=self.request.user, data={"ticket": entry.ticket, "reason": reason})
            messages.success(self.request, _("The entry of %(name)s counts no more.") % {"name": entry.shown_name})

    def _draw(self, number: str) -> None:
        draw = get_object_or_404(Draw.objects.select_related("page", "round").filter(page=self.contest), pk=_pk(number))
        try:
            drawn = drawing.draw_lots(draw, self.request.POST.get("so", ""), self.request.user)
        except entering.Refused as reason:
            messages.error(self.request, str(reason))
            return
        log(self.contest, DRAWN, user=self.request.user, data={"number": drawn.public_number})
        messages.success(self.request, _("The lots are drawn. Everybody can see and check them."))


def _pk(number: str) -> int:
    if not (number.isascii() and number.isdigit() and len(number) < 12):
        raise Http404
    return int(number)


class ExportView(ContestView):
    """The entries of a round as a table."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """As CSV or XLSX."""
        round_ = get_object_or_404(Round, page=self.contest, pk=kwargs["round_id"])
        name = f"cuoc-thi-{self.contest.slug[:50]}-{timezone.localdate():%Y%m%d}"
        ranked = ranking.ranked(round_).defer("drawn").select_related("certificate").iterator(chunk_size=1000)
        rows = [entry_headings(), *(entry_line(rank, one) for rank, one in enumerate(ranked, start=1))]
        if kwargs["form"] == "csv":
            return csv_response(name, rows)
        if kwargs["form"] == "xlsx":
            return xlsx_response(name, round_.title, rows)
        raise Http404


class ContestsViewSet(ViewSet):
    """Entries and lots under ``/admin/cuoc-thi/``."""

    name = "cuoc-thi"
    url_namespace = "contests"
    icon = "pick"
    menu_label = gettext_lazy("Contests")
    menu_item_class = ContestsMenuItem
    menu_order = 309
    add_to_admin_menu = True

    def get_urlpatterns(self) -> list[URLPattern]:
        """All contests, and one."""
        return [
            path("", ContestsView.as_view(), name="index"),
            path("<int:page_id>/", ContestView.as_view(), name="contest"),
            path("<int:page_id>/tai/<int:round_id>/<str:form>/", ExportView.as_view(), name="export"),
        ]
