"""Brings the index up to what the database holds; runs in the worker, the only process that writes the index.

Whatever woke it, it takes all pending changes in batches and writes the index once per batch. A row goes only after
the engine has stored its change. While the engine is out of reach, rows stay and a periodic job tries again.
"""

import logging
import time
from collections import defaultdict
from collections.abc import Collection
from datetime import timedelta
from itertools import islice

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.consequences import Job, consequence
from core.schedule import periodic
from pagecache.generations import bump
from search import rebuilding, related
from search.documents import SearchDocument
from search.engines import current_engine
from search.engines.contract import Engine, EngineUnavailable
from search.models import PendingChange
from search.pending import INDEX, REBUILD, wake_again
from search.registry import scope_ids
from search.sources.loading import load
from search.sources.merging import BATCH
from search.surrogates import INDEX as INDEX_KEY

logger = logging.getLogger(__name__)

State = PendingChange.State
#: Scopes looked at, and objects written, in one go.
SCOPES, SCOPE_BATCH = 50, 2 * BATCH
#: A branch of thousands is indexed in turns, so that what is published meanwhile is not kept waiting.
TURN = 3.0
#: Readers of the index see a change within a second; what was hidden stays so for a little longer.
SEEN_AFTER = timedelta(seconds=5)
CATCH_UP_EVERY = timedelta(seconds=10)
LEASE = timedelta(minutes=10)


def drain() -> int:
    """Index everything that is pending; return the number of documents written or removed.

    Raises nothing when the engine is unavailable: it says so in the log, and what is pending stays.
    """
    try:
        return _Drain(current_engine()).run()
    except EngineUnavailable as error:
        logger.warning("The index could not be written: %s", error)
        return 0


class _Drain:
    """One turn of work."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine
        self.until = time.monotonic() + TURN
        self.count = 0

    def run(self) -> int:
        """Do what is due: requests to build anew, then single changes, then branches, a turn's worth of them."""
        if PendingChange.objects.waiting().rebuilds().exists():
            rebuilding.begin(self.engine)
        while self._singles() or self._scopes():
            if time.monotonic() > self.until and PendingChange.objects.waiting().exists():
                wake_again(INDEX)
                break
        PendingChange.objects.filter(state=State.HIDING, written_at__lt=timezone.now() - SEEN_AFTER).delete()
        return self.count

    def _singles(self) -> bool:
        rows = list(PendingChange.objects.waiting().single()[:BATCH])
        if not rows:
            return False
        with rebuilding.writing() as turn:
            if not turn.granted:
                return False
            written, failed = self._index({(row.source, row.object_id) for row in rows})
            related.note_indexed(written, gone={row.key for row in rows} - written - failed)
            _settle_singles([row for row in rows if row.key not in failed], written, keep=turn.keep)
        return True

    def _scopes(self) -> bool:
        """Index some of what branches and other scopes hold; several small ones in one go, a large one in parts."""
        with rebuilding.writing() as turn:
            # Read inside: the end of a rebuild sends branches back to their beginning.
            rows = list(PendingChange.objects.waiting().scoped()[:SCOPES]) if turn.granted else []
            objects: set[tuple[str, int]] = set()
            finished, unfinished = [], []
            for row in rows:
                room = SCOPE_BATCH - len(objects)
                if room <= 0:
                    break
                ids = list(islice(scope_ids(row.source, row.scope, row.object_id, row.progress), room))
                objects |= {(row.source, pk) for pk in ids}
                if len(ids) < room:
                    finished.append(row)
                else:
                    unfinished.append((row, ids[-1]))
            if rows:
                self._index(objects)
            for row, last in unfinished:
                PendingChange.objects.filter(pk=row.pk).update(progress=last)
            for row in finished:
                _settle_scope(row, keep=turn.keep)
        return bool(rows)

    def _index(self, objects: Collection[tuple[str, int]]) -> tuple[set[str], set[str]]:
        """Write the present state of some objects; return the keys that readers may see, and those that failed."""
        by_source: dict[str, list[int]] = defaultdict(list)
        for source, pk in sorted(objects):
            by_source[source].append(pk)
        documents: list[SearchDocument] = []
        failed: set[str] = set()
        for source, ids in by_source.items():
            found, broken = load(source, ids)
            documents += found
            failed |= {f"{source}:{pk}" for pk in broken}
        written = {document.key for document in documents}
        asked = {f"{source}:{pk}" for source, pk in objects}
        self.engine.write(documents, remove=asked - written - failed)
        bump([INDEX_KEY])
        self.count += len(asked - failed)
        return written, failed


def _settle_singles(rows: list[PendingChange], written: set[str], *, keep: bool) -> None:
    """End rows whose change the engine has stored: exactly these, since a later change has a row of its own."""
    ours = PendingChange.objects.filter(pk__in=[row.pk for row in rows])
    if keep:
        ours.update(state=State.KEPT)
        return
    hiding = [row.pk for row in rows if row.hides and row.key not in written]
    ours.filter(pk__in=hiding).update(state=State.HIDING, written_at=timezone.now())
    ours.exclude(pk__in=hiding).delete()
    for row in rows:
        if row.key in written:  # visible again: what hid it has had its time
            PendingChange.objects.filter(
                state=State.HIDING, scope="", source=row.source, object_id=row.object_id
            ).delete()


def _settle_scope(row: PendingChange, *, keep: bool) -> None:
    this = PendingChange.objects.filter(pk=row.pk)
    if keep:
        this.update(state=State.KEPT, progress=0)
    elif row.hides:
        this.update(state=State.HIDING, written_at=timezone.now())
    else:
        this.delete()
        PendingChange.objects.filter(
            state=State.HIDING, scope=row.scope, source=row.source, object_id=row.object_id
        ).delete()


def catch_up() -> None:
    """Do what no consequence has brought about: after an outage of the engine, a crash, or a pause."""
    rebuilding.take_up_kept()
    rebuilding.ask_if_needed()
    drain()


def _carry_out(job: Job) -> None:
    drain()


def register() -> None:
    """Called when the app is ready. Both kinds do the same: they look at what is pending."""
    consequence(INDEX, label=_("Follow in the search index"), lease=LEASE, urgent=True)(_carry_out)
    consequence(REBUILD, label=_("Build the search index anew"), lease=LEASE, urgent=True)(_carry_out)
    periodic("search_catch_up", every=CATCH_UP_EVERY, label=_("Follow in the search index"))(catch_up)
