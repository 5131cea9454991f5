"""Builds the whole index anew while the old one serves.

A request is a pending change of everything: it stays until the new index is in use, so a worker that is killed begins
again. In the worker the build runs in a thread of its own, and changes go on being written to the old index; they are
kept, and written to the new one after the switch.
"""

import logging
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from itertools import batched
from pathlib import Path

from django.conf import settings
from django.db import close_old_connections, connections, transaction
from django.utils import timezone

from core.locks import AlreadyHeld, file_lock
from outbox.claims import delay_before_next, in_plain_words
from outbox.worker import Worker
from pagecache.generations import bump
from pages.models import BasePage
from search import checking
from search.documents import SearchDocument
from search.engines import current_engine
from search.engines.contract import Engine, EngineUnavailable
from search.models import IndexBuild, PendingChange
from search.models.pending import PendingQuerySet
from search.pending import INDEX, ask_for_rebuild, wake_again
from search.sources.loading import every_document
from search.surrogates import INDEX as INDEX_KEY

logger = logging.getLogger(__name__)

State = PendingChange.State
#: The progress of a build is noted so often, in documents.
NOTE_EVERY = 500


@dataclass(frozen=True)
class Turn:
    """Leave to write. ``keep`` says that a new index is being built, which will need the change too."""

    granted: bool
    keep: bool


class _Building:
    """What this process is building."""

    def __init__(self) -> None:
        self.lock = threading.Lock()
        self.thread: threading.Thread | None = None
        self.running = False
        self.looked = False


_building = _Building()


@contextmanager
def writing() -> Iterator[Turn]:
    """Write to the index, unless it is just being replaced or compacted."""
    granted = _building.lock.acquire(blocking=False)
    try:
        yield Turn(granted, _building.running)
    finally:
        if granted:
            _building.lock.release()


def begin(engine: Engine) -> None:
    """Build: in the worker beside its other work, elsewhere now."""
    if _building.running:
        return
    if not Worker.at_work:
        build(engine)
        return
    _building.running = True
    _building.thread = threading.Thread(target=_build_in_thread, args=[engine], name="search-rebuild", daemon=True)
    _building.thread.start()


def _build_in_thread(engine: Engine) -> None:
    try:
        close_old_connections()
        build(engine)
    except EngineUnavailable as error:
        logger.warning("The index could not be built anew: %s", error)
    except Exception:
        logger.exception("The index could not be built anew.")
    finally:
        _building.running = False
        connections.close_all()


def build(engine: Engine) -> int:
    """Build a new index, put it into use and end the requests that were there at the start; return its documents.

    Raises EngineUnavailable; the requests stay then.
    """
    with _building.lock:
        _building.running = True
    requests = PendingChange.objects.filter(pk__in=list(PendingChange.objects.rebuilds().values_list("pk", flat=True)))
    # What is committed now, the build will read: exactly these rows, since another may yet commit with a lower number.
    covered = list(PendingChange.objects.exclude(state=State.HIDING).values_list("pk", flat=True))
    started = time.monotonic()
    try:
        with _Switch() as switch:
            count = engine.rebuild(_noting(requests, switch))
            bump([INDEX_KEY])
            with transaction.atomic():
                _end(covered)
                PendingChange.objects.scoped().update(progress=0)
                PendingChange.objects.filter(state=State.KEPT).update(state=State.WAITING)
                note_build(engine, seconds=time.monotonic() - started)
            _building.running = False
    except EngineUnavailable:
        raise
    except Exception as error:
        _put_off(requests, error)
        raise
    finally:
        _building.running = False
    wake_again(INDEX)
    return count


def _end(covered: list[int]) -> None:
    """End the rows that the new index covers; those that hide stay until every reader has opened it."""
    for some in batched(covered, 1000):
        rows = PendingChange.objects.filter(pk__in=some)
        rows.filter(hides=True).update(state=State.HIDING, written_at=timezone.now())
        rows.filter(hides=False).delete()


class _Switch:
    """Holds back all writing from the last document of a new index until it is in use."""

    def __init__(self) -> None:
        self.held = False

    def hold(self) -> None:
        """Called when the last document has been handed over."""
        _building.lock.acquire()
        self.held = True

    def __enter__(self) -> "_Switch":
        return self

    def __exit__(self, *error: object) -> None:
        if self.held:
            _building.lock.release()


def _noting(requests: PendingQuerySet, switch: _Switch) -> Iterator[SearchDocument]:
    """Every document; the number of those handed over stands in the request, for whoever waits for it."""
    number = 0
    for number, document in enumerate(every_document(), start=1):
        yield document
        if number % NOTE_EVERY == 0:
            requests.update(progress=number)
    requests.update(progress=number)
    switch.hold()


def _put_off(requests: PendingQuerySet, error: Exception) -> None:
    for request in requests:
        request.attempts, request.error = min(request.attempts + 1, 100), in_plain_words(error)
        request.not_before = timezone.now() + delay_before_next(request.attempts)
        request.save(update_fields=["attempts", "error", "not_before"])


def note_build(engine: Engine, *, seconds: float, compacted: bool = False) -> None:
    """Remember how large the index is when nothing in it is superfluous."""
    status = engine.status()
    IndexBuild.objects.create(
        engine=engine.name, compacted=compacted, documents=status.documents, bytes=status.bytes, seconds=seconds
    )


def take_up_kept() -> None:
    """Write again what was kept for a new index that never came: its build was killed or failed."""
    kept = PendingChange.objects.filter(state=State.KEPT)
    if not _building.running and kept.exists():
        kept.update(state=State.WAITING)


def build_in_workers_stead(engine: Engine) -> int | None:
    """Build here and now; return the number of documents, or None when a worker runs, who alone may write then."""
    folder = Path(settings.DATA_DIR) / "run"
    folder.mkdir(parents=True, exist_ok=True)
    try:
        with file_lock(folder / "worker.lock", wait=False):
            return build(engine)
    except AlreadyHeld:
        return None


def build_if_missing(*, at_most: int, say: Callable[[str], None]) -> int | None:
    """Before the site starts: build a missing index of few pages at once; the worker builds one of many.

    Return the number of documents, or None when nothing was built.
    """
    with suppress(EngineUnavailable):
        engine = current_engine()
        if engine.status().needs_rebuild and BasePage.objects.count() <= at_most:
            say("Making the index of the readers' search ...")
            return build_in_workers_stead(engine)
    return None


def ask_if_needed() -> None:
    """Ask for a build when there is no index, or one made by another version of the analysis or of the documents."""
    with suppress(EngineUnavailable):
        engine = current_engine()
        needed = engine.status().needs_rebuild
        if not needed and not _building.looked:  # the code does not change while it runs
            needed = checking.made_otherwise(engine)
            _building.looked = True
        if needed and not PendingChange.objects.rebuilds().exists():
            ask_for_rebuild()
