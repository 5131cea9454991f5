"""Who was present: ticked in the list, by the ticket, or by oneself in the room."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.crypto import constant_time_compare, salted_hmac
from django.utils.translation import gettext as _

from training.certificates.codes import ALPHABET, LENGTH, new_code
from training.certificates.issuing import issue_for_class, withdraw_for_absence
from training.classes.signing_up import Person, Refused, locked
from training.models import ClassPage, Registration

#: The code on the wall is good from so long before the class until so long after it.
ROOM_OPENS_BEFORE = timedelta(hours=2)
ROOM_CLOSES_AFTER = timedelta(hours=4)
Source = Registration.Source


def may_organise(user: Any, page: ClassPage) -> bool:
    """Whether somebody keeps the list of a class: who may edit its page in the admin."""
    return bool(
        user is not None and user.has_perm("wagtailadmin.access_admin") and page.permissions_for_user(user).can_edit()
    )


def mark_present(page: ClassPage, ids: Iterable[int] | None, *, by: Any, source: str) -> int:
    """Mark these (everybody who does not wait, where None) as present; returns how many were not before.

    Once the class is over each of them gets the certificate, if it gives one.
    """
    with transaction.atomic():
        page = locked(page.pk)
        rows = page.registrations.active().filter(attended_at=None)
        rows = rows.filter(is_waiting=False) if ids is None else rows.filter(pk__in=list(ids))
        marked = list(rows.values_list("pk", flat=True))
        Registration.objects.filter(pk__in=marked).update(attended_at=timezone.now(), attended_by=by, source=source)
        if page.is_over:
            _give_certificates(page, marked)
    return len(marked)


def mark_absent(page: ClassPage, registration_id: int) -> None:
    """Take a tick back, and with it the certificate that was given for it."""
    with transaction.atomic():
        page = locked(page.pk)
        page.registrations.filter(pk=registration_id).update(attended_at=None, attended_by=None, source="")
        withdraw_for_absence(registration_id, page)


def add_walk_in(page: ClassPage, person: Person, *, by: Any, source: str) -> Registration:
    """Write down who came without signing up; who did sign up with this contact is marked as present instead."""
    with transaction.atomic():
        page = locked(page.pk)
        found = find(page, person.contact, person.user)
        if found is None:
            found = Registration.objects.create(page=page, code=new_code(), is_walk_in=True, **person.fields())
        mark_present(page, [found.pk], by=by, source=source)
    found.refresh_from_db()
    return found


def find(page: ClassPage, contact: str, user: Any = None) -> Registration | None:
    """The registration of a member, or of whoever gave this contact."""
    active = page.registrations.active()
    own = active.filter(user=user).first() if user is not None else None
    return own or (active.filter(contact=contact).first() if contact else None)


def give_certificates(page: ClassPage) -> int:
    """Give everybody who was present the certificate, once; returns how many were given now."""
    if not page.has_certificate or page.is_cancelled:
        raise Refused(_("This class gives no certificates."))
    if not page.is_over:
        raise Refused(_("Certificates are given once the class is over."))
    with transaction.atomic():
        page = locked(page.pk)
        without = page.registrations.present().filter(certificate=None).exclude(name="")
        return _give_certificates(page, list(without.values_list("pk", flat=True)))


def _give_certificates(page: ClassPage, ids: list[int]) -> int:
    if not page.has_certificate or page.is_cancelled:
        return 0
    people = Registration.objects.filter(pk__in=ids).exclude(name="").select_related("unit", "user")
    for registration in people:
        issue_for_class(registration, page)
    return len(people)


# The code in the room -----------------------------------------------------------------------------------------------


def room_secret(page: ClassPage) -> str:
    """What the picture on the wall leads to; nobody can make it up from the number of the page."""
    return f"{page.pk}-{_proof(page.pk)}"


def _proof(page_id: int) -> str:
    digest = salted_hmac("training.rooms", str(page_id), secret=settings.SECRET_KEY, algorithm="sha256").digest()
    return "".join(ALPHABET[byte % len(ALPHABET)] for byte in digest[:LENGTH])


def class_of_secret(secret: str) -> ClassPage | None:
    """The class of a code on the wall; None for one that is wrong."""
    number, _dash, proof = secret.partition("-")
    if not (number.isascii() and number.isdigit() and len(number) < 12 and proof.isascii()):
        return None
    if not constant_time_compare(proof, _proof(int(number))):
        return None
    return ClassPage.objects.filter(pk=int(number), live=True).first()


def room_hours(page: ClassPage) -> tuple[datetime, datetime]:
    """From when until when one can check in there."""
    return page.start - ROOM_OPENS_BEFORE, page.end + ROOM_CLOSES_AFTER


def room_is_open(page: ClassPage) -> bool:
    """Whether one can check in now."""
    opens, closes = room_hours(page)
    return not page.is_cancelled and opens <= timezone.now() <= closes
