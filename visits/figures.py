"""The figures that pages show: a small file the worker writes after counting, read by the web processes.

So the front page asks the database of counts nothing, and stays whole when that database is away.
"""

import json
import os
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db.models import Sum
from django.utils import timezone

from pages.models import BasePage
from visits.models import DailyPage, DailyTotal

FILE = "figures.json"
#: A process reads the file again after so many seconds.
FRESH_FOR = 30.0
DAYS_SHOWN = 7
#: Days in the file: the week before is there when the worker stands still.
DAYS_KEPT = 14
MOST_READ = 10


@dataclass(frozen=True)
class Figures:
    """What was counted, as of the worker's last run."""

    total: int = 0
    views: Mapping[date, int] = field(default_factory=dict)
    #: Numbers of pages with their views of the last seven days, the most read first.
    most_read: tuple[tuple[int, int], ...] = ()

    def on(self, day: date) -> int:
        """The views of a day."""
        return self.views.get(day, 0)

    def last_days(self, count: int = DAYS_SHOWN) -> list[tuple[date, int]]:
        """The last days with their views; today comes last."""
        today = timezone.localdate()
        days = [today - timedelta(days=ago) for ago in reversed(range(count))]
        return [(day, self.on(day)) for day in days]


@dataclass(frozen=True)
class ReadPage:
    """A page with its views."""

    page_id: int
    title: str
    url: str
    views: int


def write(folder: Path) -> None:
    """Write the file from the database, in one step, unless it would be the same."""
    today = timezone.localdate()
    recent = DailyTotal.objects.filter(day__gt=today - timedelta(days=DAYS_KEPT))
    figures = {
        "total": DailyTotal.objects.aggregate(sum=Sum("views"))["sum"] or 0,
        "views": {day.isoformat(): views for day, views in recent.values_list("day", "views").order_by("day")},
        "most_read": most_read_since(today - timedelta(days=DAYS_SHOWN - 1), MOST_READ),
    }
    text = json.dumps(figures)
    path = folder / FILE
    if path.exists() and path.read_text(encoding="ascii") == text:
        return
    temporary = path.with_name(f".{FILE}.{os.getpid()}")
    temporary.write_text(text, encoding="ascii")
    temporary.replace(path)


def most_read_since(day: date, limit: int) -> list[tuple[int, int]]:
    """Numbers of the most read pages since a day, with their views."""
    rows = DailyPage.objects.filter(day__gte=day).values_list("page_id").annotate(sum=Sum("views"))
    return [(page_id, views) for page_id, views in rows.order_by("-sum", "page_id")[:limit]]


def _parse(data: dict[str, Any]) -> Figures:
    return Figures(
        total=int(data["total"]),
        views={date.fromisoformat(day): int(views) for day, views in data["views"].items()},
        most_read=tuple((int(page_id), int(views)) for page_id, views in data["most_read"]),
    )


_read: dict[Path, tuple[float, Figures]] = {}


def current() -> Figures:
    """The figures, at most half a minute behind the file; empty before anything was counted."""
    path = Path(settings.DATA_DIR) / "visits" / FILE
    now = time.monotonic()
    known = _read.get(path)
    if known is None or now - known[0] >= FRESH_FOR:
        try:
            figures = _parse(json.loads(path.read_text(encoding="ascii")))
        except (OSError, ValueError, KeyError, TypeError, AttributeError):
            figures = Figures()
        known = _read[path] = (now, figures)
    return known[1]


def forget() -> None:
    """Read the file anew at the next question."""
    _read.clear()


def with_titles(rows: list[tuple[int, int]]) -> list[ReadPage]:
    """Give page numbers their titles, in one query; pages that readers cannot reach any more are left out."""
    if not rows:
        return []
    pages = BasePage.objects.filter(pk__in=[page_id for page_id, _views in rows], live=True).defer_streamfields()
    by_id = {page.pk: page for page in pages}
    return [
        ReadPage(page_id, by_id[page_id].title, by_id[page_id].url or "", views)
        for page_id, views in rows
        if page_id in by_id
    ]
