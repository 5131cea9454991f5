"""Taking a consequence, and handing it back done or failed.

A claim is one short transaction that writes a lease and the number of the attempt. Whoever ends the attempt must still
hold that lease: a worker that was thought dead and comes back can neither finish nor fail what another took over.
"""

import logging
import random
import traceback
from datetime import timedelta
from uuid import uuid4

from django.core.exceptions import ValidationError
from django.db import OperationalError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from core.consequences import Hopeless, Kind, kind_named, lanes, urgent_kinds
from outbox.models import Consequence, State
from outbox.querysets import ConsequenceQuerySet

logger = logging.getLogger(__name__)

FIRST_DELAY = timedelta(seconds=4)
LONGEST_DELAY = timedelta(hours=1)
UNKNOWN_KIND_LEASE = timedelta(minutes=2)
#: What belongs to no lane of its own, as against one lane (by its name) or everything (None).
MAIN_LANE = ""


class LeaseLost(Exception):  # noqa: N818  # names what happened
    """Somebody else has taken the consequence over."""


def claim_next(worker: str, lane: str | None = None) -> Consequence | None:
    """Take the consequence that has waited longest, an urgent one before others, or None when nothing is due.

    With a ``lane``, only what belongs there; without one, whatever is due.
    """
    now = timezone.now()
    waiting = _in_lane(Consequence.objects.due(now), lane)
    # Looked up without a lock first: an idle worker must not queue for SQLite's write lock twice a second.
    if not waiting.exists():
        return None
    with transaction.atomic():
        due = waiting.select_for_update(skip_locked=True)
        row: Consequence | None = due.filter(kind__in=urgent_kinds()).first() or due.first()
        if row is None:
            return None
        row.state, row.attempts, row.worker, row.lease_token = State.RUNNING, row.attempts + 1, worker, uuid4().hex
        row.lease_expires_at = now + _lease(row)
        row.save(update_fields=["state", "attempts", "worker", "lease_token", "lease_expires_at"])
    return row


def _in_lane(rows: ConsequenceQuerySet, lane: str | None) -> ConsequenceQuerySet:
    if lane is None:
        return rows
    if lane == MAIN_LANE:
        beside = [name for kinds in lanes().values() for name in kinds]
        return rows.exclude(kind__in=beside) if beside else rows
    return rows.filter(kind__in=lanes().get(lane, []))


def _lease(row: Consequence) -> timedelta:
    try:
        return kind_named(row.kind).lease
    except KeyError:
        return UNKNOWN_KIND_LEASE


def extend_leases(worker: str, by: timedelta = timedelta(minutes=2)) -> None:
    """Say that this worker still works on what it took; called by its heartbeat."""
    Consequence.objects.filter(worker=worker, state=State.RUNNING).update(lease_expires_at=timezone.now() + by)


def mark_done(row: Consequence) -> None:
    """End the attempt well. Inside the transaction of a transactional handler this is what makes it happen once."""
    _end(row, state=State.DONE, finished_at=timezone.now(), last_error="", traceback="")


def record_failure(row: Consequence, error: BaseException, kind: Kind | None) -> None:
    """End the attempt badly: wait and try again, or give up where people see it."""
    maximum = kind.max_attempts if kind else 1
    hopeless = isinstance(error, Hopeless) or row.attempts >= maximum
    _end(
        row,
        state=State.GAVE_UP if hopeless else State.FAILED,
        finished_at=timezone.now() if hopeless else None,
        available_at=timezone.now() + delay_before_next(row.attempts),
        last_error=in_plain_words(error),
        traceback="".join(traceback.format_exception(error))[-8000:],
    )
    log = logger.error if hopeless else logger.warning
    log("%s failed at attempt %d of %d: %s", row.key, row.attempts, maximum, error)


def _end(row: Consequence, **values: object) -> None:
    held = Consequence.objects.filter(pk=row.pk, state=State.RUNNING, lease_token=row.lease_token)
    if not held.update(lease_token="", lease_expires_at=None, **values):
        raise LeaseLost(row.key)


def delay_before_next(attempts: int) -> timedelta:
    """How long to wait after an attempt failed: doubling, bounded, and spread so that failures do not march in step."""
    delay = min(FIRST_DELAY * 2 ** min(attempts - 1, 20), LONGEST_DELAY)
    return delay * random.uniform(0.75, 1.25)  # noqa: S311  # spreads load, guards nothing


def recover(*, worker: str = "", host: str = "") -> int:
    """Give back what was taken and never finished; return how many.

    Leases that ran out are given back always. A worker that starts, alone on its host by its file lock, also names the
    ``host``: what earlier workers of this host still hold cannot be in progress any more.
    """
    abandoned = Consequence.objects.expired_leases()
    if host:
        abandoned |= Consequence.objects.filter(state=State.RUNNING, worker__startswith=f"{host}:").exclude(
            worker=worker
        )
    count = 0
    for row in abandoned:
        try:
            kind = kind_named(row.kind)
        except KeyError:
            kind = None
        spent = kind is not None and row.attempts >= kind.max_attempts
        held = Consequence.objects.filter(pk=row.pk, state=State.RUNNING, lease_token=row.lease_token)
        count += held.update(
            state=State.GAVE_UP if spent else State.WAITING,
            finished_at=timezone.now() if spent else None,
            lease_token="",
            lease_expires_at=None,
            last_error=_("The worker stopped in the middle of attempt %(number)d.") % {"number": row.attempts},
        )
    return count


def in_plain_words(error: BaseException) -> str:
    """Say what went wrong so that an editor can act on it or tell it on the telephone."""
    if isinstance(error, Hopeless):
        return str(error)
    if isinstance(error, ValidationError):
        return _("The content is not valid: %(reasons)s") % {"reasons": " ".join(error.messages)}
    if isinstance(error, OperationalError):
        return _("The database was busy or could not be reached.")
    if isinstance(error, TimeoutError):
        return _("The other side did not answer in time.")
    if isinstance(error, ConnectionError):
        return _("The other side could not be reached.")
    if isinstance(error, FileNotFoundError):
        return _("A file is missing: %(file)s.") % {"file": str(error.filename or "").rpartition("/")[2]}
    if isinstance(error, PermissionError):
        return _("A file or folder may not be read or written.")
    if isinstance(error, OSError) and error.errno == 28:
        return _("The disk is full.")
    return f"{type(error).__name__}: {error}"[:500]
