"""Counts the log of searches, in the worker: by day and query, into the database of counts.

What is rare may still be about a person, whose name no rule recognises. So a query that was not asked at least three
times and on at least two days is forgotten after a week, and everything after a year.
"""

import logging
import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from itertools import batched
from pathlib import Path

from django.db import transaction
from django.db.models import Count, Max, Q, Sum
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.schedule import periodic
from search import report
from search.log import KEY, SearchLog, kept_words, site_log
from search.spelling import spelling_key
from visits.folding import Folding
from visits.journal import local_day
from visits.models import DailyClick, DailySearch
from visits.routers import ALIAS

logger = logging.getLogger(__name__)

#: A query asked less often, or on fewer days, is rare.
RARE_TIMES, RARE_DAYS = 3, 2
RARE_KEPT = timedelta(days=7)
KEPT = timedelta(days=365)
#: Different queries counted on one day; whoever sends made-up ones fills no disk and no report.
MOST_QUERIES_A_DAY = 20_000
QUERY_LENGTH = 150
BATCH = 400
_SEARCH = re.compile(r"(\d{9,11}) S (\d{1,10}) (\S.*)")
_CLICK = re.compile(r"(\d{9,11}) C (\d{1,4}) (\S+) (\S.*)")

Query = tuple[date, str]


@dataclass
class _Count:
    """What some lines say about one query on one day."""

    spelling: str = ""
    searches: int = 0
    in_vain: int = 0
    results: int | None = None
    clicks: int = 0
    places: int = 0


@dataclass
class _Counts:
    """What some lines add up to."""

    queries: dict[Query, _Count] = field(default_factory=dict)
    clicks: Counter[tuple[date, str, str, int]] = field(default_factory=Counter)
    damaged: int = 0

    @classmethod
    def of(cls, lines: Iterable[bytes]) -> "_Counts":
        """Add up lines; a power cut or a full disk may have left some that say nothing."""
        counts = cls()
        for line in lines:
            if line.strip(b"\0"):
                counts.damaged += not counts.add(line.decode("utf-8", "replace"))
        return counts

    def add(self, line: str) -> bool:
        """Add one line; return whether it said something."""
        if found := _SEARCH.fullmatch(line):
            moment, total, text = int(found[1]), int(found[2]), found[3]
            if count := self._count_of(moment, text):
                count.searches += 1
                count.in_vain += total == 0
                count.results = total
        elif found := _CLICK.fullmatch(line):
            moment, place, key, text = int(found[1]), int(found[2]), found[3], found[4]
            count = self._count_of(moment, text) if KEY.fullmatch(key) else None
            if count:
                count.clicks += 1
                count.places += place
                self.clicks[local_day(moment), spelling_key(text)[:QUERY_LENGTH], key, place] += 1
        else:
            return False
        return True

    def _count_of(self, moment: int, text: str) -> _Count | None:
        if not kept_words(text):  # written by a version with other rules
            return None
        count = self.queries.setdefault((local_day(moment), spelling_key(text)[:QUERY_LENGTH]), _Count())
        count.spelling = fuller(count.spelling, text)
        return count


def fuller(known: str, other: str) -> str:
    """The spelling to show: the one with more diacritics, rather not all in capitals, else the one known before."""

    def marks(text: str) -> tuple[int, bool]:
        return sum(not char.isascii() for char in text), not text.isupper()

    return other if not known or marks(other) > marks(known) else known


class SearchFolding(Folding):
    """Adds the log's lines to the counts of searches."""

    prefix = "searches"

    def fold(self, lines: list[bytes], path: Path) -> None:
        """Add up the lines and store what they add up to."""
        counts = _Counts.of(lines)
        if counts.damaged:
            logger.warning("%d damaged lines of %s were not counted.", counts.damaged, path.name)
        for day in {day for day, _query in counts.queries}:
            kept = _add_queries(day, {query: count for (of, query), count in counts.queries.items() if of == day})
            clicks = {(query, key, place): n for (of, query, key, place), n in counts.clicks.items() if of == day}
            _add_clicks(day, {click: n for click, n in clicks.items() if click[0] in kept})


def _add_queries(day: date, counts: dict[str, _Count]) -> set[str]:
    """Store a day's queries; return those that are counted, which above a limit are only those known already."""
    kept: set[str] = set()
    room = MOST_QUERIES_A_DAY - DailySearch.objects.filter(day=day).count()
    for batch in batched(sorted(counts), BATCH):
        rows = {row.query: row for row in DailySearch.objects.filter(day=day, query__in=batch)}
        for query in batch:
            if query not in rows:
                if room <= 0:
                    continue
                room -= 1
                rows[query] = DailySearch(day=day, query=query)
            _add(rows[query], counts[query])
        DailySearch.objects.bulk_create(
            rows.values(),
            update_conflicts=True,
            unique_fields=["query", "day"],
            update_fields=["spelling", "searches", "in_vain", "results", "clicks", "places"],
        )
        kept |= rows.keys()
    return kept


def _add(row: DailySearch, count: _Count) -> None:
    row.spelling = fuller(row.spelling, count.spelling)
    row.searches += count.searches
    row.in_vain += count.in_vain
    row.clicks += count.clicks
    row.places += count.places
    if count.results is not None:
        row.results = count.results


def _add_clicks(day: date, added: dict[tuple[str, str, int], int]) -> None:
    for batch in batched(sorted(added), BATCH):
        known = {
            (row.query, row.key, row.place): row.clicks
            for row in DailyClick.objects.filter(day=day, query__in={query for query, _key, _place in batch})
        }
        DailyClick.objects.bulk_create(
            [
                DailyClick(
                    day=day, query=click[0], key=click[1], place=click[2], clicks=known.get(click, 0) + added[click]
                )
                for click in batch
            ],
            update_conflicts=True,
            unique_fields=["query", "day", "key", "place"],
            update_fields=["clicks"],
        )


def count_log(log: SearchLog) -> bool:
    """Count what is new; return whether all of it was counted."""
    return SearchFolding(log).count()


def count_searches() -> None:
    """Count, tidy up, and write what the dashboard shows. A portal where nobody searches touches no database."""
    log = site_log()
    if not log.waiting_files():
        return
    if count_log(log):
        SearchFolding(log).forget_finished(timezone.now())
    report.write_in_vain(log.folder)


@transaction.atomic(using=ALIAS)
def forget_searches(now: datetime | None = None) -> None:
    """Forget what was rare for a week, and what is a year old."""
    today = timezone.localdate(now)
    asked = DailySearch.objects.values("query").annotate(
        times=Sum("searches"), days=Count("pk", filter=Q(searches__gt=0)), last=Max("day")
    )
    rare = asked.filter(Q(times__lt=RARE_TIMES) | Q(days__lt=RARE_DAYS), last__lte=today - RARE_KEPT)
    for batch in batched(list(rare.values_list("query", flat=True)), BATCH):
        forget_queries(batch)
    for model in (DailySearch, DailyClick):
        model.objects.filter(day__lte=today - KEPT).delete()


def forget_queries(queries: Iterable[str]) -> int:
    """Forget all days of some queries; return how many rows of searches that were."""
    queries = list(queries)
    DailyClick.objects.filter(query__in=queries).delete()
    return DailySearch.objects.filter(query__in=queries).delete()[0]


def forget_and_renew() -> None:
    """The periodic job: forget, and let the dashboard show what is left."""
    forget_searches()
    folder = site_log().folder
    if folder.exists():
        report.write_in_vain(folder)


def register() -> None:
    """Called when the app is ready."""
    periodic("searches", every=timedelta(minutes=1), label=_("Count searches"))(count_searches)
    periodic("searches_forget", every=timedelta(hours=6), label=_("Forget rare and old searches"))(forget_and_renew)
