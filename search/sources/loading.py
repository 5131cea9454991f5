"""Makes documents of any source's objects, whatever one of them may be like."""

import logging
from collections.abc import Iterable, Iterator
from itertools import batched

from django.db import DatabaseError
from django.utils import timezone

from outbox.claims import delay_before_next, in_plain_words
from search.documents import SearchDocument
from search.models import PendingChange
from search.registry import Source, sources
from search.sources.merging import BATCH

logger = logging.getLogger(__name__)


def load(source: str, ids: Iterable[int]) -> tuple[list[SearchDocument], list[int]]:
    """Make the documents of some objects; return also the ids of those that cannot be made.

    One broken object stands in no other's way: it is put off and shown by ``search_check`` and ``/readyz``.
    """
    known = sources().get(source)
    if known is None:  # the app that registered it is gone
        return [], []
    documents: list[SearchDocument] = []
    broken: list[int] = []
    for some in batched(ids, BATCH):
        found, failed = _load_batch(known, some)
        documents += found
        broken += failed
    return documents, broken


def every_document() -> Iterator[SearchDocument]:
    """Everything that readers may see, in batches: what a new index is built from."""
    for name, source in sources().items():
        for some in batched(source.visible_ids(), BATCH):
            yield from load(name, some)[0]


def _load_batch(source: Source, ids: tuple[int, ...]) -> tuple[list[SearchDocument], list[int]]:
    try:
        return list(source.load(ids)), []
    except DatabaseError:
        raise
    except Exception as error:  # whatever one object's content brings about
        if len(ids) > 1:
            parts = [_load_batch(source, (pk,)) for pk in ids]
            return [document for part in parts for document in part[0]], [pk for part in parts for pk in part[1]]
        logger.warning("%s:%s could not be made into a document.", source.name, ids[0], exc_info=True)
        _put_off(source.name, ids[0], in_plain_words(error))
        return [], list(ids)


def _put_off(source: str, pk: int, error: str) -> None:
    rows = PendingChange.objects.filter(source=source, scope="", object_id=pk, state=PendingChange.State.WAITING)
    if not rows.exists():
        rows = PendingChange.objects.filter(pk=PendingChange.objects.create(source=source, object_id=pk).pk)
    for row in rows:
        row.attempts, row.error = min(row.attempts + 1, 100), error
        row.not_before = timezone.now() + delay_before_next(row.attempts)
        row.save(update_fields=["attempts", "error", "not_before"])
