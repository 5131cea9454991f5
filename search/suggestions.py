"""What the letters typed so far may become: frequent searches, topics and titles, found without diacritics too.

A table of some thousand lines is held in each process and renewed every few minutes; a look into it takes well under
a millisecond. Titles are checked against the database before they are shown, so nothing hidden is ever suggested, and
what the table does not hold yet is found by the search engine once a whole word is typed.
"""

import logging
import re
import threading
import time
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import accumulate

from django.db import DatabaseError
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from outbox.signal_handlers import address
from pages.models import BasePage
from search.questions import Question
from search.registry import kind_of_page, kinds
from search.report import lines, sought
from search.service import closest
from search.sources.pages import OTHER_PAGES, visible_pages
from search.spelling import spelling_key
from taxonomy.models import Topic

logger = logging.getLogger(__name__)

SHOWN = 8
#: The engine is asked when the table gives fewer than this.
FEW = 4
TITLES = 5_000
RENEWED_EVERY = 300.0
SEARCHES, SEARCH_DAYS = 300, 30
#: A search becomes a suggestion when it cannot be one person's alone.
LEAST_SEARCHES, LEAST_DAYS = 5, 2
#: Lines looked at for words that do not follow one another.
SCANNED = 2_000


@dataclass(frozen=True, slots=True)
class Entry:
    """Something to suggest; ``page`` is the id of a page, whose being public is checked each time."""

    text: str
    url: str
    kind: str
    page: int = 0


class Table:
    """Entries in order of worth, and their folded words as one long text, which Python searches at memory's speed."""

    def __init__(self, entries: list[Entry]) -> None:
        self.entries = entries
        self.folded = [f" {spelling_key(entry.text)} \n" for entry in entries]
        self.text = "".join(self.folded)
        self.starts = [0, *accumulate(map(len, self.folded))][:-1]

    def matching(self, key: str, limit: int) -> list[Entry]:
        """Entries that begin with the words, then those that hold them together, then those that hold them apart."""
        found: dict[int, None] = {}
        beginning: list[int] = []
        inside: list[int] = []
        of_kind: Counter[str] = Counter()
        for line in self._lines(f" {key}", SCANNED):
            kind = self.entries[line].kind
            of_kind[kind] += 1
            if of_kind[kind] <= SHOWN:  # room for other kinds
                (beginning if self.folded[line].startswith(f" {key}") else inside).append(line)
            if len(beginning) >= limit:
                break
        found.update(dict.fromkeys([*beginning, *inside]))
        *whole, begun = key.split()
        if len(found) < limit and whole:
            needed = [f" {word} " for word in whole]
            for line in self._lines(max(needed, key=len), SCANNED):
                if f" {begun}" in self.folded[line] and all(word in self.folded[line] for word in needed):
                    found[line] = None
        return [self.entries[line] for line in list(found)[:limit]]

    def _lines(self, needle: str, limit: int) -> Iterator[int]:
        place = 0
        for _step in range(limit):
            place = self.text.find(needle, place)
            if place < 0:
                return
            line = bisect_right(self.starts, place) - 1
            yield line
            place = self.starts[line] + len(self.folded[line])


# The table ------------------------------------------------------------------------------------------------------------


class _Held:
    """The table of this process. One thread renews it, the others go on with the old one meanwhile."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._table: Table | None = None
        self._made = 0.0

    def __call__(self) -> Table:
        table = self._table
        if table is None:
            with self._lock:
                table = self._table  # made by another thread while this one waited
                return self._make() if table is None else table
        if time.monotonic() - self._made > RENEWED_EVERY and self._lock.acquire(blocking=False):
            try:
                return self._make()
            finally:
                self._lock.release()
        return table

    def _make(self) -> Table:
        self._table = table = Table([*_searches(), *_topics(), *_titles()])
        self._made = time.monotonic()
        return table

    def forget(self) -> None:
        """Make it anew at the next use."""
        self._table = None


current_table = _Held()


def _searches() -> list[Entry]:
    try:
        often = lines(sought("most", SEARCH_DAYS)[:SEARCHES])
    except DatabaseError:
        logger.exception("Frequent searches cannot be read: suggestions go on without them.")
        return []
    return [
        Entry(line.spelling, Question(text=line.spelling).url(), _("Search"))
        for line in often
        if line.searches >= LEAST_SEARCHES and line.days >= LEAST_DAYS and line.results
    ]


def _topics() -> list[Entry]:
    return [Entry(topic.name, topic.url, _("Topic")) for topic in Topic.objects.all()]


def _titles() -> list[Entry]:
    """The newest items, after the pages that have no date: sections, units, standard pages."""
    lasting = visible_pages().filter(listed=False).order_by("depth", "pk")
    newest = visible_pages().filter(listed=True).newest_first()
    return [_entry(page) for pages in (lasting, newest) for page in pages.only(*_TITLE_FIELDS)[:TITLES]]


_TITLE_FIELDS = ("title", "url_path", "content_type")


def _entry(page: BasePage) -> Entry:
    model = page.cached_content_type.model_class()
    kind = _kind(kind_of_page(model, OTHER_PAGES).slug) if model else ""
    return Entry(page.title, address(page.url_path), kind, page.pk)


def _kind(slug: str) -> str:
    kind = kinds().get(slug)
    return capfirst(str(kind.label)) if kind else ""


# Suggesting -----------------------------------------------------------------------------------------------------------


def suggest(text: str) -> list[Entry]:
    """The best suggestions for what has been typed, each text once; none for nothing."""
    key = spelling_key(text)
    if not key:
        return []
    found = _public(_matching(text, key))
    if len(found) < FEW and len(key) > 2:
        found += [Entry(item.plain_title, item.url, _kind(item.kind)) for item in closest(text, SHOWN)]
    return _mixed({entry.url: entry for entry in reversed(found)})


def _mixed(found: dict[str, Entry]) -> list[Entry]:
    """Not all of one kind while there are others: eight units would hide the article."""
    entries = list(reversed(found.values()))
    seen: Counter[str] = Counter()
    first: list[Entry] = []
    rest: list[Entry] = []
    for entry in entries:
        seen[entry.kind] += 1
        (first if seen[entry.kind] <= SHOWN // 2 else rest).append(entry)
    shown = set(map(id, [*first, *rest][:SHOWN]))
    return [entry for entry in entries if id(entry) in shown]


def _matching(text: str, key: str) -> list[Entry]:
    """What goes on from the letters typed.

    A last y is compared as i in a whole word alone: «quy» is «quỹ» or becomes «quyền», but it does not become «quit».
    """
    table = current_table()
    if re.search(r"y\W*$", text, re.IGNORECASE) and key.endswith("i"):
        return [*table.matching(f"{key} ", 4 * SHOWN), *table.matching(f"{key[:-1]}y", SHOWN)]
    return table.matching(key, 4 * SHOWN)


def _public(entries: list[Entry]) -> list[Entry]:
    ids = {entry.page for entry in entries if entry.page}
    public = set(BasePage.objects.published().filter(pk__in=ids).values_list("pk", flat=True)) if ids else set()
    return [entry for entry in entries if not entry.page or entry.page in public]
