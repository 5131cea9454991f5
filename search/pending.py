"""Writes down what the index must learn, in the transaction of the change, and wakes the worker."""

from collections.abc import Iterable
from datetime import timedelta
from uuid import uuid4

from django.db import transaction
from django.utils import timezone

from outbox.models import Consequence, State
from outbox.services import enqueue
from search.models import EVERYTHING, PendingChange

INDEX = "search_index"
REBUILD = "search_rebuild"


def note(source: str, ids: Iterable[int], *, hides: bool = False) -> None:
    """Objects have changed. With ``hides`` readers may not see them any more, and no search shows them from now on."""
    _write(PendingChange(source=source, object_id=pk, hides=hides) for pk in ids)


def note_scope(source: str, scope: str, pk: int, *, hides: bool = False) -> None:
    """Everything in a scope must be looked at again: the pages below a page, those of a topic.

    ``hides`` works for pages below a page only.
    """
    _write([PendingChange(source=source, scope=scope, object_id=pk, hides=hides)])


def ask_for_rebuild() -> PendingChange:
    """Let the worker build the whole index anew, while the old one serves."""
    with transaction.atomic():
        row: PendingChange = PendingChange.objects.rebuilds().first() or PendingChange.objects.create(scope=EVERYTHING)
        wake(REBUILD)
    return row


def _write(rows: Iterable[PendingChange]) -> None:
    rows = list(rows)
    if rows:
        with transaction.atomic():
            PendingChange.objects.bulk_create(rows, batch_size=1000)
            wake(INDEX)


def wake(kind: str) -> None:
    """Have the worker come round, once per transaction however much it changes.

    A consequence that another transaction wrote does not count: the worker may carry it out before this one commits.
    """
    connection = transaction.get_connection()
    asked = any(callback is _asked for _sids, callback, *_rest in connection.run_on_commit)
    if asked and Consequence.objects.filter(kind=kind, state=State.WAITING).exists():
        return
    enqueue(kind, f"{kind}:{uuid4().hex}", {})
    transaction.on_commit(_asked)


def wake_again(kind: str) -> None:
    """Have the worker come round once more, after others have had their turn."""
    with transaction.atomic():
        enqueue(kind, f"{kind}:{uuid4().hex}", {}, available_at=timezone.now() + timedelta(seconds=1))


def _asked() -> None:
    """Marks a transaction that has woken the worker; savepoints that are rolled back take their mark along."""
