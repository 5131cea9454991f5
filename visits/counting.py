"""Counts the journal's lines, in the worker: each line once, wherever the worker is killed.

The counts and how far the file was counted change in one transaction, so either both are there or neither. A file is
deleted when its day has been over for a day: by then no process writes to it.
"""

import logging
import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.schedule import periodic
from visits import figures
from visits.journal import NO_PAGE, Journal, local_day, site_journal
from visits.models import CountedFile, DailyPage, DailyTotal, DailyVisitor
from visits.routers import ALIAS

logger = logging.getLogger(__name__)

#: Bytes per transaction, some 25,000 lines.
CHUNK = 1024 * 1024
#: Transactions per run, so that a flood keeps the worker from nothing else for long.
CHUNKS_AT_ONCE = 10
#: A reader's key of the day before is needed for so long, for lines written at midnight.
KEYS_KEPT = timedelta(minutes=10)
BATCH = 500
_LINE = re.compile(rb"(\d{9,11}) (\d{1,18}) ([0-9a-f]{24})")


@dataclass
class _Counts:
    """What some lines add up to."""

    views: Counter[date] = field(default_factory=Counter)
    pages: Counter[tuple[date, int]] = field(default_factory=Counter)
    visitors: dict[date, set[str]] = field(default_factory=dict)
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
            counts.visitors.setdefault(day, set()).add(found[3].decode("ascii"))
            if page_id != NO_PAGE:
                counts.pages[day, page_id] += 1
        return counts


def count_journal(journal: Journal, *, chunk: int = CHUNK) -> bool:
    """Count what is new; return whether all of it was counted."""
    budget = CHUNKS_AT_ONCE
    for path in waiting_files(journal):
        while budget and _count_chunk(path, chunk):
            budget -= 1
    return budget > 0


def waiting_files(journal: Journal) -> list[Path]:
    """The files of the journal, oldest first."""
    return sorted(journal.incoming.glob("*.log"))


def counted_up_to(path: Path) -> int:
    """How far a file has been counted. Never beyond its end, also when a power cut has taken that away."""
    row = CountedFile.objects.filter(name=path.name).first()
    return min(row.offset, path.stat().st_size) if row else 0


def first_uncounted(journal: Journal) -> int | None:
    """When the oldest view was seen that is not counted yet, as seconds of the epoch."""
    moments = []
    for path in waiting_files(journal):
        with path.open("rb") as file:
            file.seek(counted_up_to(path))
            lines = file.read(4096).split(b"\n")
        moments += [int(found[1]) for found in map(_LINE.fullmatch, lines) if found][:1]
    return min(moments, default=None)


@transaction.atomic(using=ALIAS)
def _count_chunk(path: Path, size: int) -> bool:
    """Count the next lines of a file; return whether there were any."""
    offset = counted_up_to(path)
    if path.stat().st_size <= offset:
        CountedFile.objects.filter(name=path.name, offset__gt=offset).update(offset=offset)
        return False
    with path.open("rb") as file:
        file.seek(offset)
        block = file.read(size)
    if b"\n" in block:
        block = block[: block.rfind(b"\n") + 1]  # the last line may still be in the writing
    elif len(block) < size:
        return False
    counts = _Counts.of(block.split(b"\n"))
    if counts.damaged:
        logger.warning("%d damaged lines of %s were not counted.", counts.damaged, path.name)
    _add_totals(counts)
    _add_pages(counts)
    CountedFile.objects.update_or_create(name=path.name, defaults={"offset": offset + len(block)})
    return True


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
    """Delete what the day needed and nobody needs any more: salts, readers' keys, files counted to their end."""
    journal.forget_salts(timezone.localdate(now))
    DailyVisitor.objects.filter(day__lt=timezone.localdate(now - KEYS_KEPT)).delete()
    finished = f"{now.astimezone(UTC).date() - timedelta(days=1)}"
    for path in waiting_files(journal):
        if path.name < finished and not _count_chunk(path, CHUNK):
            path.unlink(missing_ok=True)
    with transaction.atomic(using=ALIAS):
        there = [path.name for path in waiting_files(journal)]
        CountedFile.objects.exclude(name__in=there).delete()


def count_visits() -> None:
    """Count, tidy up, and write the figures that pages show. A portal nobody visits touches no database."""
    journal = site_journal()
    journal.forget_salts(timezone.localdate())
    if not waiting_files(journal):
        return
    if count_journal(journal):
        tidy(journal, timezone.now())
    figures.write(journal.folder)


def register() -> None:
    """Called when the app is ready."""
    periodic("visits", every=timedelta(minutes=1), label=_("Count views"))(count_visits)
