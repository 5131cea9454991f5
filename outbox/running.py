"""Carries out one consequence."""

import logging

from django.db import transaction
from django.utils.translation import gettext as _

from core.consequences import Hopeless, Job, Kind, kind_named
from outbox.claims import LeaseLost, mark_done, record_failure
from outbox.models import Consequence

logger = logging.getLogger(__name__)


def carry_out(row: Consequence) -> bool:
    """Run the handler of a claimed row and end the attempt; return whether it went well. Never raises an Exception."""
    kind: Kind | None = None
    try:
        kind = _handled_kind(row)
        job = Job(kind=row.kind, key=row.key, payload=row.payload, attempt=row.attempts)
        if kind.transactional:
            with transaction.atomic():
                mark_done(row)
                kind.handler(job)
        else:
            kind.handler(job)
            mark_done(row)
    except LeaseLost:
        logger.warning("%s was taken over by another worker; its result here does not count.", row.key)
        return False
    except Exception as error:  # noqa: BLE001  # whatever a handler raises is recorded in its row
        _end_badly(row, error, kind)
        return False
    return True


def _handled_kind(row: Consequence) -> Kind:
    try:
        return kind_named(row.kind)
    except KeyError:
        raise Hopeless(_("Nothing in this installation handles «%(kind)s».") % {"kind": row.kind}) from None


def _end_badly(row: Consequence, error: Exception, kind: Kind | None) -> None:
    try:
        record_failure(row, error, kind)
    except LeaseLost:
        logger.warning("%s was taken over by another worker after it had failed here.", row.key)
    except Exception:
        # The row stays leased and comes back when the lease runs out.
        logger.exception("The failure of %s could not be recorded.", row.key)
