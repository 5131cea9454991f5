"""What readers seek, what they seek in vain, and which results nobody opens; counted over some days."""

import json
import os
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db.models import Count, F, Max, OuterRef, Q, QuerySet, Subquery, Sum
from django.utils import timezone

from visits.models import DailySearch

#: What was sought so often without a click asks for attention; less may be chance.
OFTEN = 3
PANEL_FILE = "in-vain.json"
PANEL_DAYS = 7
PANEL_ROWS = 5


@dataclass(frozen=True, kw_only=True)
class SoughtQuery:
    """One line of the report."""

    query: str
    spelling: str
    searches: int
    days: int
    last: date
    in_vain: int
    results: int
    clicks: int
    places: int

    @property
    def mean_place(self) -> float | None:
        """Where the results that readers chose stood, on average; None when none was chosen."""
        return self.places / self.clicks if self.clicks else None


def sought(kind: str, days: int) -> "QuerySet[DailySearch, dict[str, Any]]":
    """The queries of the last days: «most», «in_vain» or «unclicked», those that matter most first.

    In vain is what found nothing when it was sought last: once a synonym or a new page helps, the next search takes
    it out. Not clicked is what found something at least three times, and nobody opened anything.
    """
    newest = DailySearch.objects.filter(query=OuterRef("query"), searches__gt=0).order_by("-day")
    rows: Any = (
        DailySearch.objects.filter(day__gt=timezone.localdate() - timedelta(days=days))
        .values("query")
        .annotate(
            times=Sum("searches"),
            on_days=Count("pk", filter=Q(searches__gt=0)),
            last=Max("day", filter=Q(searches__gt=0)),
            failed=Sum("in_vain"),
            opened=Sum("clicks"),
            place_sum=Sum("places"),
            words=Subquery(newest.values("spelling")[:1]),
            found=Subquery(newest.values("results")[:1]),
        )
        .filter(times__gt=0)
    )
    if kind == "in_vain":
        return rows.filter(found=0).order_by("-failed", "-times", "query")
    if kind == "unclicked":
        return rows.filter(found__gt=0, opened=0, times__gte=OFTEN).order_by("-times", "query")
    return rows.order_by("-times", "query")


def lines(rows: Iterable[dict[str, Any]]) -> list[SoughtQuery]:
    """Rows of :func:`sought` with names."""
    return [
        SoughtQuery(
            query=row["query"],
            spelling=row["words"],
            searches=row["times"],
            days=row["on_days"],
            last=row["last"],
            in_vain=row["failed"],
            results=row["found"],
            clicks=row["opened"],
            places=row["place_sum"],
        )
        for row in rows
    ]


def totals(days: int) -> dict[str, int]:
    """All searches of the last days: how many, how many of them in vain, and clicks."""
    rows = DailySearch.objects.filter(day__gt=timezone.localdate() - timedelta(days=days))
    sums = rows.aggregate(searches=Sum(F("searches")), in_vain=Sum("in_vain"), clicks=Sum("clicks"))
    return {name: value or 0 for name, value in sums.items()}


def write_in_vain(folder: Path) -> None:
    """Write what the dashboard's panel shows, in one step: the admin's first page asks no database of counts."""
    rows = [[line.spelling, line.searches] for line in lines(sought("in_vain", PANEL_DAYS)[:PANEL_ROWS])]
    text = json.dumps(rows, ensure_ascii=False)
    path = folder / PANEL_FILE
    if path.exists() and path.read_text(encoding="utf-8") == text:
        return
    temporary = path.with_name(f".{PANEL_FILE}.{os.getpid()}")
    temporary.touch(mode=0o600)
    temporary.write_text(text, encoding="utf-8")
    temporary.replace(path)


def sought_in_vain() -> list[tuple[str, int]]:
    """What the panel shows, as of the worker's last run; empty before anything was counted."""
    path = Path(settings.DATA_DIR) / "searches" / PANEL_FILE
    try:
        rows = json.loads(path.read_text(encoding="utf-8"))
        return [(str(words), int(times)) for words, times in rows]
    except (OSError, ValueError, TypeError):
        return []
