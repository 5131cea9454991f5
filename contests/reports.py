"""A contest for spreadsheets and for programs."""

from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _, pgettext

from contests import drawing, ranking
from contests.models import ContestPage, Entry
from core.templatetags.portal_text import vi_datetime


def entry_headings() -> list[str]:
    """Of the table of a round."""
    return [
        pgettext("in a ranking", "Place"),
        _("Full name"),
        _("Last digits of the number"),
        _("Unit"),
        _("Points"),
        _("Result in %"),
        _("Guess"),
        _("Seconds"),
        _("Begun"),
        _("Handed in"),
        _("Ticket"),
        _("Certificate"),
    ]


def entry_line(rank: int, entry: Entry) -> list[Any]:
    """One entry in the order of the headings."""
    return [
        rank,
        entry.shown_name,
        entry.last_digits,
        entry.unit_name,
        entry.points,
        entry.percent,
        entry.guess,
        entry.seconds,
        vi_datetime(entry.started_at),
        vi_datetime(entry.submitted_at),
        entry.ticket,
        entry.certificate.written_code if entry.certificate and entry.certificate.is_valid else "",
    ]


def as_data(page: ContestPage) -> dict[str, Any]:
    """The whole contest as plain data: rounds with their rankings, entries that do not count, lots.

    Neither what holds an entry (its code) nor what its person is known by is in it.
    """
    return {
        "contest": page.title,
        "address": page.get_full_url(),
        "exported_at": _iso(timezone.now()),
        "rounds": [_round(one) for one in page.rounds.all()],
        "draws": [drawing.public_state(one) for one in page.draws.select_related("page", "round")],
    }


def _round(round_: Any) -> dict[str, Any]:
    ranked = ranking.ranked(round_).defer("drawn")
    others = Entry.objects.filter(round=round_).exclude(pk__in=ranked.order_by().values("pk")).defer("drawn")
    return {
        "title": round_.title,
        "opens_at": _iso(round_.opens_at),
        "closes_at": _iso(round_.closes_at),
        "questions": round_.questions,
        "minutes_allowed": round_.minutes_allowed,
        "entrants": ranking.entrants_of(round_),
        "ranking": [{"place": place, **_entry(one)} for place, one in enumerate(ranked, start=1)],
        "not_ranked": [{**_entry(one), "taken_out_because": one.cancelled_because} for one in others],
        "units": [
            {"unit": row.unit.name if row.unit else "", "entrants": row.entrants, "mean": row.mean, "best": row.best}
            for row in ranking.by_unit([round_.pk])
        ],
    }


def _entry(entry: Entry) -> dict[str, Any]:
    return {
        "ticket": entry.ticket,
        "name": entry.name,
        "last_digits": entry.last_digits,
        "unit": entry.unit_name,
        "points": entry.points,
        "percent": entry.percent,
        "guess": entry.guess,
        "seconds": entry.seconds,
        "begun": _iso(entry.started_at),
        "handed_in": _iso(entry.submitted_at),
    }


def _iso(moment: Any) -> str | None:
    return timezone.localtime(moment).isoformat(timespec="seconds") if moment else None
