"""The ranking and the lots, for everybody."""

from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from contests import drawing, lots, ranking, selectors
from contests.models import ContestPage, Entry
from contests.views.taking_part import open_rounds
from organisations.models import Unit

#: Persons whose names readers see; everybody sees the own place on the own page.
SHOWN = 100


@require_safe
def round_ranking(request: HttpRequest, round_id: int) -> HttpResponse:
    """The best of a round, in all or of one unit, and the units."""
    round_ = get_object_or_404(open_rounds(), pk=round_id)
    if not ranking.is_shown(round_.page, round_):
        raise Http404
    people: Any = ranking.ranked(round_).select_related("unit").defer("drawn")
    unit = _unit(request)
    if unit is not None:
        people = people.filter(unit__tree_path__startswith=unit.tree_path)
    rows = [
        {
            "rank": rank,
            "name": entry.shown_name,
            "last_digits": entry.last_digits,
            "unit": entry.unit_name,
            "points": entry.points,
            "seconds": entry.seconds,
            "guess": entry.guess,
        }
        for rank, entry in enumerate(people[:SHOWN], start=1)
    ]
    context = {
        "round": round_,
        "contest": round_.page,
        "rows": rows,
        "unit": unit,
        "units": ranking.by_unit([round_.pk]),
        "entrants": ranking.entrants_of(round_),
        "shows_guess": round_.asks_guess,
        "questions": round_.questions,
        "here": round_.ranking_url,
    }
    return TemplateResponse(request, "contests/ranking.html", context)


@require_safe
def contest_ranking(request: HttpRequest, page_id: int) -> HttpResponse:
    """The best of all rounds together."""
    page = get_object_or_404(ContestPage.objects.published(), pk=page_id)
    if not ranking.is_shown(page):
        raise Http404
    unit = _unit(request)
    rows, entrants = ranking.overall(page, unit, most=SHOWN)
    context = {
        "contest": page,
        "rows": rows,
        "unit": unit,
        "units": ranking.by_unit(page.rounds.values("pk")),
        "entrants": entrants,
        "shows_rounds": True,
        "here": f"/cuoc-thi/xep-hang/{page.pk}/",
    }
    return TemplateResponse(request, "contests/ranking.html", context)


def _unit(request: HttpRequest) -> Unit | None:
    """The unit that a reader narrows the ranking to; an unknown one narrows nothing."""
    slug = request.GET.get("don-vi", "")[:200]
    return Unit.objects.filter(slug=slug).first() if slug else None


@require_safe
def lots_page(request: HttpRequest, draw_id: int) -> HttpResponse:
    """The promise, the list, the winners, and how to check them."""
    draw = _draw(draw_id)
    tickets = Paginator(draw.tickets, 500).get_page(request.GET.get("p"))
    context = {
        "draw": draw,
        "contest": draw.page,
        "winners": _winners(draw),
        "tickets": tickets,
        "method": lots.METHOD_IN_WORDS,
        "json_url": f"{draw.url}ket-qua.json",
    }
    return TemplateResponse(request, "contests/lots.html", context)


@require_safe
@cache_control(max_age=0, must_revalidate=True)
def lots_record(request: HttpRequest, draw_id: int) -> HttpResponse:
    """The same for programs."""
    text = lots.as_json(drawing.public_state(_draw(draw_id)))
    return HttpResponse(text, content_type="application/json; charset=utf-8")


def _draw(draw_id: int) -> Any:
    draw = selectors.draw_of(draw_id)
    if draw is None:
        raise Http404
    return draw


def _winners(draw: Any) -> list[dict[str, Any]]:
    """Winners with their names as far as these may be known still."""
    winners = draw.record.get("winners", [])
    people = Entry.objects.filter(ticket__in=[one["ticket"] for one in winners]).defer("drawn")
    entries = {entry.ticket: entry for entry in people}
    return [{**one, "entry": entries.get(one["ticket"])} for one in winners]
