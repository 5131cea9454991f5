"""What the index needs now and then: its size watched and waste given back, a sample compared with the database."""

import logging
import time
from datetime import timedelta

from django.utils.translation import gettext_lazy as _

from core.schedule import periodic
from search import checking, rebuilding
from search.engines import current_engine
from search.engines.contract import Engine, EngineStatus, EngineUnavailable
from search.models import IndexBuild
from search.pending import ask_for_rebuild

logger = logging.getLogger(__name__)

#: An index may grow by so much beyond what its documents took when it was last compact, before it is compacted.
ALLOWED_GROWTH = 1.5
#: Small indexes are left alone: their overhead is nobody's concern.
SPARED = 32 * 1024 * 1024
SAMPLE = 500


def look_after() -> None:
    """Compact the index if it has grown past what it should be, and compare a sample of it with the database."""
    try:
        engine = current_engine()
        compact_if_grown(engine)
        different = checking.sample(engine, SAMPLE)
    except EngineUnavailable as error:
        logger.warning("The index could not be looked after: %s", error)
        return
    if len(different) > SAMPLE / 10:
        logger.error("Much of the index differs from the database; it is built anew.")
        ask_for_rebuild()
    elif different:
        logger.error("The index differs from the database and is mended: %s", sorted(different)[:20])
        checking.repair(different)


def compact_if_grown(engine: Engine) -> bool:
    """Compact the index when much of it is waste; return whether it was done."""
    if not has_grown(engine, engine.status()):
        return False
    with rebuilding.writing() as turn:
        if not turn.granted or turn.keep:
            return False
        started = time.monotonic()
        engine.compact()
        rebuilding.note_build(engine, seconds=time.monotonic() - started, compacted=True)
    return True


def has_grown(engine: Engine, status: EngineStatus) -> bool:
    """Whether the index takes much more room per document than after it was last built or compacted."""
    last = IndexBuild.objects.filter(engine=engine.name, documents__gt=0).first()
    if last is None or status.bytes < SPARED:
        return False
    return status.bytes > ALLOWED_GROWTH * last.bytes * max(status.documents, last.documents) / last.documents


def register() -> None:
    """Called when the app is ready."""
    periodic("search_upkeep", every=timedelta(hours=24), label=_("Look after the search index"))(look_after)
