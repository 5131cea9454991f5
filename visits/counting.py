"""Counts views: what the journal's lines add up to, by day, page and reader."""

import logging
import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from pathlib import Path

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.schedule import periodic
from visits import arrivals, figures
from visits.folding import CHUNK, Folding
from visits.journal import NO_PAGE, Journal, local_day, site_journal
from visits.models import DailyPage, DailyTotal, DailyVisitor

logger = logging.getLogger(__name__)

#: A reader's key of the day before is needed for so long, for lines written at midnight.
KEYS_KEPT = timedelta(minutes=10)
BATCH = 500
_LINE = re.compile(rb"(\d{9,11}) (\d{1,18}) ([0-9a-f]{24})(?: (%s))?" % arrivals.SOURCE.encode())


@dataclass
class _Counts:
    """What some lines add up to."""

    views: Counter[date] = field(default_factory=Counter)
    pages: Counter[tuple[date, int]] = field(default_factory=Counter)
    visitors: dict[date, set[str]] = field(default_factory=dict)
    arrived: arrivals.Arrivals = field(default_factory=arrivals.Arrivals)
    damaged: int = 0

    @classmethod
    def of(cls, lines: Iterable[bytes]) -> "_Counts":
        """Add up lines; a power cut or a full disk may have left some that say nothing."""
        counts = cls()
        for line in lines:
            found = _LINE.fullmatch(line)
            if found is None:
                counts.damaged += bool(line.strip(b"\0"))
                continue
            day, page_id = local_day(int(found[1])), int(found[2])
            counts.views[day] += 1
            key = found[3].decode("ascii")
            counts.visitors.setdefault(day, set()).add(key)
            if page_id != NO_PAGE:
                counts.pages[day, page_id] += 1
            if found[4]:
                counts.arrived.add(day, found[4].decode("ascii"), page_id, key)
        return counts


class ViewFolding(Folding):
    """Adds the journal's lines to the counts of views."""

    def fold(self, lines: list[bytes], path: Path) -> None:
        """Add up the lines and store what they add up to."""
        counts = _Counts.of(lines)
        if counts.damaged:
            logger.warning("%d damaged lines of %s were not counted.", counts.damaged, path.name)
        _add_totals(counts)
        _add_pages(counts)
        counts.arrived.store()


def count_journal(journal: Journal, *, chunk: int = CHUNK) -> bool:
    """Count what is new; return whether all of it was counted."""
    return ViewFolding(journal).count(chunk=chunk)


def first_uncounted(journal: Journal) -> int | None:
    """When the oldest view was seen that is not counted yet, as seconds of the epoch."""
    moments = []
    folding = ViewFolding(journal)
    for path in journal.waiting_files():
        with path.open("rb") as file:
            file.seek(folding.counted_up_to(path))
            lines = file.read(4096).split(b"\n")
        moments += [int(found[1]) for found in map(_LINE.fullmatch, lines) if found][:1]
    return min(moments, default=None)


def _add_totals(counts: _Counts) -> None:
    for day, views in counts.views.items():
        total, _created = DailyTotal.objects.get_or_create(day=day)
        total.views += views
        total.visitors += _add_visitors(day, sorted(counts.visitors[day]))
        total.save(update_fields=["views", "visitors"])


def _add_visitors(day: date, keys: list[str]) -> int:
    """Note readers of a day; return how many of them are new."""
    new = 0
    for start in range(0, len(keys), BATCH):
        batch = keys[start : start + BATCH]
        known = set(DailyVisitor.objects.filter(day=day, key__in=batch).values_list("key", flat=True))
        rows = [DailyVisitor(day=day, key=key) for key in batch if key not in known]
        DailyVisitor.objects.bulk_create(rows)
        new += len(rows)
    return new


def _add_pages(counts: _Counts) -> None:
    for day in {day for day, _page in counts.pages}:
        added = {page_id: views for (of, page_id), views in counts.pages.items() if of == day}
        numbers = sorted(added)
        for start in range(0, len(numbers), BATCH):
            batch = numbers[start : start + BATCH]
            known = dict(DailyPage.objects.filter(day=day, page_id__in=batch).values_list("page_id", "views"))
            DailyPage.objects.bulk_create(
                [DailyPage(day=day, page_id=pk, views=known.get(pk, 0) + added[pk]) for pk in batch],
                update_conflicts=True,
                unique_fields=["day", "page_id"],
                update_fields=["views"],
            )


def tidy(journal: Journal, now: datetime) -> None:
    """Delete what nobody needs any more: salts and readers' keys of days gone by, old counts, files counted."""
    journal.forget_salts(timezone.localdate(now))
    keys_before = timezone.localdate(now - KEYS_KEPT)
    DailyVisitor.objects.filter(day__lt=keys_before).delete()
    arrivals.forget_old(timezone.localdate(now), keys_before)
    ViewFolding(journal).forget_finished(now)


def count_visits() -> None:
    """Count, tidy up, and write the figures that pages show. A portal nobody visits touches no database."""
    journal = site_journal()
    journal.forget_salts(timezone.localdate())
    if not journal.waiting_files():
        return
    if count_journal(journal):
        tidy(journal, timezone.now())
    figures.write(journal.folder)


def register() -> None:
    """Called when the app is ready."""
    periodic("visits", every=timedelta(minutes=1), label=_("Count views"))(count_visits)
