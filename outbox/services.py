"""Writes to the outbox: asking for a consequence, asking again, calling off."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any
from uuid import uuid4

from django.db import transaction
from django.utils import timezone

from core.consequences import kind_named
from outbox.models import Consequence, State
from outbox.querysets import ConsequenceQuerySet


class OutsideTransactionError(RuntimeError):
    """A consequence was asked for outside the transaction of the change that causes it."""


def enqueue(
    kind: str, key: str, payload: dict[str, Any], *, available_at: datetime | None = None, again: bool = False
) -> Consequence:
    """Write the row of a consequence; must be called in the transaction of the change that causes it.

    Asking twice with the same key gives the one row. With ``again``, one already done goes back to waiting: for
    consequences of a state («this is due») that may come back, not of an event.
    """
    kind_named(kind)  # a slip of the pen in the kind fails here, in the change's own transaction
    if not transaction.get_connection().in_atomic_block:
        raise OutsideTransactionError(f"enqueue({kind!r}) must be called inside transaction.atomic().")
    row, created = Consequence.objects.get_or_create(
        key=key, defaults={"kind": kind, "payload": payload, "available_at": available_at or timezone.now()}
    )
    if again and not created and row.state == State.DONE:
        row.state, row.attempts, row.finished_at = State.WAITING, 0, None
        row.available_at = available_at or timezone.now()
        row.save(update_fields=["state", "attempts", "finished_at", "available_at"])
    return row


def enqueue_once(kind: str, payload: dict[str, Any]) -> Consequence:
    """Write a consequence that nothing else can ask for: the key is drawn."""
    return enqueue(kind, f"{kind}:{uuid4().hex}", payload)


def retry(consequences: ConsequenceQuerySet) -> int:
    """Let failed, given-up or cancelled consequences be tried now, with all their attempts; return how many."""
    return consequences.filter(state__in=(State.FAILED, State.GAVE_UP, State.CANCELLED)).update(
        state=State.WAITING, attempts=0, available_at=timezone.now(), finished_at=None
    )


def cancel(consequences: ConsequenceQuerySet) -> int:
    """Call off consequences that are not running and not done; return how many."""
    return consequences.filter(state__in=(State.WAITING, State.FAILED, State.GAVE_UP)).update(
        state=State.CANCELLED, finished_at=timezone.now()
    )


def forget_finished(*, before: datetime) -> int:
    """Delete what was done or cancelled before a moment, a bounded number at a time; return how many."""
    finished = Consequence.objects.filter(state__in=(State.DONE, State.CANCELLED), finished_at__lt=before)
    ids: Iterable[int] = list(finished.order_by("finished_at").values_list("pk", flat=True)[:1000])
    return Consequence.objects.filter(pk__in=ids).delete()[0]
