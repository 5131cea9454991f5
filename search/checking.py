"""Compares the index with the database, both ways, by key and fingerprint, in bounded memory.

The database is read in batches; what the index holds waits in a small database on disk that lasts as long as the
comparison. A difference that a pending change explains is no fault, and one that was there only because something
changed while the comparison ran is looked at again.
"""

import random
import sqlite3
import time
from collections.abc import Callable, Collection, Iterable, Iterator
from contextlib import closing
from dataclasses import dataclass, field
from itertools import batched, islice
from typing import Any

from django.utils import timezone

from pages.models import BasePage
from search import pending
from search.engines.contract import Engine
from search.models import PendingChange
from search.registry import scope_ids, sources
from search.sources.loading import load
from search.sources.merging import BATCH
from search.sources.pages import PAGE

#: Keys named in a report; the counts are of all.
NAMED = 100
#: How often, and after how long, differences are looked at again before they count as faults.
ROUNDS, PAUSE = 3, 1.0

HANDFUL = 40

Difference = dict[str, str]
MISSING, STALE, UNEXPECTED = "missing", "stale", "unexpected"


@dataclass
class Report:
    """What the comparison found. ``differences`` maps keys to what is wrong with them."""

    engine: str
    in_index: int = 0
    in_database: int = 0
    pending: int = 0
    differences: Difference = field(default_factory=dict)
    broken: list[str] = field(default_factory=list)
    seconds: float = 0.0

    @property
    def ok(self) -> bool:
        """Whether the index holds what readers may see and nothing else."""
        return not self.differences and not self.broken

    def as_json(self) -> dict[str, Any]:
        """The report for ``--json``."""
        kinds = {kind: [key for key, what in self.differences.items() if what == kind] for kind in WHAT}
        return {
            "ok": self.ok,
            "engine": self.engine,
            "index": self.in_index,
            "database": self.in_database,
            "pending": self.pending,
            **{kind: {"count": len(keys), "keys": sorted(keys)[:NAMED]} for kind, keys in kinds.items()},
            "broken": {"count": len(self.broken), "keys": sorted(self.broken)[:NAMED]},
            "seconds": round(self.seconds, 1),
        }


WHAT = (MISSING, STALE, UNEXPECTED)


def compare(engine: Engine, *, wait: Callable[[float], None] = time.sleep) -> Report:
    """Compare everything. Raises EngineUnavailable."""
    started = time.monotonic()
    report = Report(engine.name)
    with closing(_Ledger()) as ledger:
        report.in_index = ledger.take_index(engine.fingerprints())
        for source, batch in _batches():
            documents, broken = load(source, batch)
            report.in_database += len(documents)
            report.broken += [f"{source}:{pk}" for pk in broken]
            report.differences.update(ledger.compare({doc.key: doc.fingerprint() for doc in documents}))
        report.differences.update(ledger.left_over())
    for _round in range(ROUNDS):
        if not report.differences:
            break
        wait(PAUSE)
        report.differences = _still(engine, report.differences)
    report.differences, explained = without_pending(report.differences)
    report.pending = explained
    for key in report.broken:
        report.differences.pop(key, None)
    report.seconds = time.monotonic() - started
    return report


def sample(engine: Engine, size: int) -> Difference:
    """Compare some of what readers may see and some of what the index holds."""
    share = size / max(size, engine.status().documents)
    any_of = random.Random()  # noqa: S311  # guards nothing
    keys = {f"{source}:{pk}" for source, batch in _batches() for pk in batch if any_of.random() < share}
    index = {key: print_ for key, print_ in engine.fingerprints() if key in keys or any_of.random() < share}
    return without_pending(_differences(keys | set(index), index))[0]


def made_otherwise(engine: Engine) -> bool:
    """Whether the index was made by code that makes other documents: most of a handful would be different today."""
    some = dict(islice(engine.fingerprints(), HANDFUL))
    stale = [key for key, what in without_pending(_differences(some, some))[0].items() if what == STALE]
    return len(stale) > len(some) / 2


def repair(differences: Iterable[str]) -> int:
    """Have the worker look again at what differs; return how much that is."""
    by_source: dict[str, list[int]] = {}
    for key in differences:
        source, _colon, pk = key.rpartition(":")
        by_source.setdefault(source, []).append(int(pk))
    for source, ids in by_source.items():
        pending.note(source, ids)
    return sum(map(len, by_source.values()))


def _batches() -> Iterator[tuple[str, tuple[int, ...]]]:
    for name, source in sources().items():
        for batch in batched(source.visible_ids(), BATCH):
            yield name, batch


def _still(engine: Engine, differences: Difference) -> Difference:
    """What of the differences is still there, by a second look at these keys alone."""
    index = {key: print_ for key, print_ in engine.fingerprints() if key in differences}
    return _differences(differences, index)


def _differences(keys: Collection[str], index: dict[str, str]) -> Difference:
    by_source: dict[str, list[int]] = {}
    for key in sorted(keys):
        source, _colon, pk = key.rpartition(":")
        by_source.setdefault(source, []).append(int(pk))
    database = {doc.key: doc.fingerprint() for source, ids in by_source.items() for doc in load(source, ids)[0]}
    found: Difference = {}
    for key in keys:
        if database.get(key) != index.get(key):
            found[key] = MISSING if key not in index else STALE if key in database else UNEXPECTED
    return found


def without_pending(differences: Difference) -> tuple[Difference, int]:
    """Leave out what the worker has yet to do; return the rest and the number of what was left out."""
    if not differences:
        return {}, 0
    rows = PendingChange.objects.exclude(state=PendingChange.State.HIDING)
    if rows.rebuilds().exists():
        return {}, len(differences)
    explained = {row.key for row in rows.single().iterator()}
    for row in rows.scoped():
        explained |= {f"{row.source}:{pk}" for pk in scope_ids(row.source, row.scope, row.object_id)} & set(differences)
    expired = BasePage.objects.filter(expire_at__lte=timezone.now(), live=True)
    explained |= {f"{PAGE}:{pk}" for pk in expired.values_list("pk", flat=True)}  # hidden; the schedule takes them down
    rest = {key: what for key, what in differences.items() if key not in explained}
    return rest, len(differences) - len(rest)


class _Ledger:
    """What the index holds, on disk; each entry is crossed off when the database has it too."""

    def __init__(self) -> None:
        self.rows = sqlite3.connect("")  # a private file that SQLite removes by itself
        self.rows.execute("CREATE TABLE held (key TEXT PRIMARY KEY, fingerprint TEXT) WITHOUT ROWID")

    def take_index(self, fingerprints: Iterable[tuple[str, str]]) -> int:
        """Write down everything; return how much it is."""
        held = iter(fingerprints)
        while some := list(islice(held, 1000)):
            self.rows.executemany("INSERT OR REPLACE INTO held VALUES (?, ?)", some)
        count: int = self.rows.execute("SELECT count(*) FROM held").fetchone()[0]
        return count

    def compare(self, expected: dict[str, str]) -> Difference:
        """Cross off what the database has; return what the index lacks or has otherwise."""
        places = ",".join("?" * len(expected))
        keys = list(expected)
        held = dict(self.rows.execute(f"SELECT key, fingerprint FROM held WHERE key IN ({places})", keys))  # noqa: S608  # only places
        self.rows.executemany("DELETE FROM held WHERE key = ?", [(key,) for key in held])
        return {key: STALE if key in held else MISSING for key, print_ in expected.items() if held.get(key) != print_}

    def left_over(self) -> Difference:
        """What only the index has."""
        return {key: UNEXPECTED for (key,) in self.rows.execute("SELECT key FROM held")}

    def close(self) -> None:
        """Forget it all."""
        self.rows.close()
