"""Deleting an account: asked for, called off by logging in, carried out a week later."""

import logging
from datetime import timedelta

from django.contrib.auth import get_user_model
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts import sessions
from accounts.models import DataRequest, DeletionRequest, User
from accounts.records import note
from core.personal_data import erase_all, objections
from core.schedule import periodic

GRACE = timedelta(days=7)
EVERY = timedelta(hours=1)

_log = logging.getLogger(__name__)


class Refused(Exception):  # noqa: N818  # a state, not a mistake
    """This account is not for its owner alone to delete; the message says why."""


@transaction.atomic
def ask(user: User) -> DeletionRequest:
    """Note that a member wants the account deleted, and end all sessions. Raises Refused where something is against it.

    Asked again, the first request stands.
    """
    reasons = objections(user)
    if reasons:
        raise Refused(" ".join(reasons))
    present = DeletionRequest.objects.filter(user=user).first()
    if present is None:
        reference = note(DataRequest.Kind.DELETION_ASKED)
        present = DeletionRequest.objects.create(user=user, reference=reference, due_at=timezone.now() + GRACE)
    sessions.end_all(user)
    return present


def call_off(user: User) -> bool:
    """Whoever logs in again keeps the account. Returns whether there was a request."""
    request = DeletionRequest.objects.filter(user=user).first()
    if request is None:
        return False
    request.delete()
    note(DataRequest.Kind.DELETION_CANCELLED, request.reference)
    return True


def erase_due() -> None:
    """Delete the accounts whose week is over. One that fails is tried again in an hour and keeps no other waiting."""
    due = DeletionRequest.objects.filter(due_at__lte=timezone.now()).values_list("pk", flat=True)
    for pk in list(due):
        try:
            _erase_one(pk)
        except Exception:  # noqa: BLE001  # whatever an app's eraser raises, the others wait for theirs
            _log.exception("An account could not be erased")


@transaction.atomic
def _erase_one(pk: int) -> None:
    request = DeletionRequest.objects.select_for_update().filter(pk=pk).first()
    if request is None:  # called off this very moment
        return
    user = get_user_model().objects.get(pk=request.user_id)
    if objections(user):  # appointed meanwhile: an administrator decides
        return
    user.delete()  # erases on its way, see accounts.signal_handlers
    note(DataRequest.Kind.DELETED, request.reference)


def erase_before_delete(instance: User, **kwargs: object) -> None:
    """Signal handler: whoever deletes an account, and how, nothing of the person stays."""
    with transaction.atomic():
        erase_all(instance)


def register() -> None:
    """Called when the app is ready."""
    periodic("accounts_erase", every=EVERY, label=_("Erase accounts whose owners asked for it"))(erase_due)
    periodic("accounts_sessions", every=timedelta(hours=12), label=_("Forget sessions that have ended"))(
        sessions.forget_ended
    )
