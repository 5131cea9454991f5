"""Taking a place in a class and giving it back. Each change locks the class first, so that no seat is given twice."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from core.signals import readers_see_change
from core.surrogates import page_key
from training.certificates.codes import new_code
from training.choices import Access
from training.classes.standing import standing_of
from training.classes.words import same_words
from training.models import ClassPage, Registration

if TYPE_CHECKING:
    from organisations.models import Unit


class Refused(Exception):  # noqa: N818  # a state, not a mistake
    """It cannot be done now; the message says why, in the reader's language."""


class ContactTaken(Refused):
    """Somebody of another name has signed up with this number or address."""


@dataclass(frozen=True, kw_only=True)
class Person:
    """Who wants a place. The contact is in the form of :func:`training.classes.contacts.normalise`, or empty."""

    name: str
    contact: str
    unit: "Unit | None" = None
    unit_name: str = ""
    user: Any = None

    def fields(self) -> dict[str, Any]:
        """The same as columns."""
        unit_name = self.unit.name if self.unit else self.unit_name
        return {
            "name": self.name,
            "contact": self.contact,
            "unit": self.unit,
            "unit_name": unit_name,
            "user": self.user,
        }


def locked(page_id: int) -> ClassPage:
    """The class, locked until the transaction ends."""
    return ClassPage.objects.select_for_update(of=("self",)).get(pk=page_id)


def sign_up(page: ClassPage, person: Person) -> Registration:
    """Give somebody a seat, or a place among those who wait; who has one already gets the same one again.

    The same is who is logged in as the same member, or gives the same contact and name. Raises ContactTaken for the
    contact of somebody of another name, whose ticket is nobody else's to see, and Refused when it is too late.
    """
    with transaction.atomic():
        page = locked(page.pk)
        present = place_of(page, person.user) or _place_by_contact(page, person)
        if present is not None:
            return present
        standing = standing_of(page)
        if not standing.is_open:
            raise Refused(_("Sign-up for this class is over."))
        if page.access == Access.MEMBERS and person.user is None:
            raise Refused(_("This class is for members. Log in to sign up."))
        made = Registration.objects.create(page=page, code=new_code(), is_waiting=standing.is_full, **person.fields())
        tell_readers(page)
        return made


def place_of(page: ClassPage, user: Any) -> Registration | None:
    """The place that a member holds."""
    return page.registrations.active().filter(user=user).first() if user is not None else None


def _place_by_contact(page: ClassPage, person: Person) -> Registration | None:
    present = page.registrations.active().filter(contact=person.contact).first() if person.contact else None
    if present is not None and not same_words(present.name, person.name):
        raise ContactTaken(_("Somebody of another name has signed up with this number or address."))
    return present


def give_back(registration: Registration, *, at_any_time: bool = False) -> None:
    """Give a place back and let the first of those who wait move up. Done again, it changes nothing.

    ``at_any_time`` is for organisers; whoever holds the ticket gives it back before the class begins.
    """
    with transaction.atomic():
        page = locked(registration.page_id)
        row = Registration.objects.get(pk=registration.pk)
        if not row.is_active:
            return
        if row.is_present or (page.has_begun and not at_any_time):
            raise Refused(_("The class has begun; the place can no longer be given back."))
        row.cancelled_at = timezone.now()
        row.save(update_fields=["cancelled_at"])
        fill_seats(page)
        tell_readers(page)


def fill_seats(page: ClassPage) -> int:
    """Let those who wait move up to the seats that are free; returns how many did. The class is locked already."""
    if page.is_cancelled or page.is_over:
        return 0
    free = standing_of(page).free
    first = list(page.registrations.queue().values_list("pk", flat=True)[:free])
    return Registration.objects.filter(pk__in=first).update(is_waiting=False) if first else 0


def position_of(registration: Registration) -> int:
    """The place among those who wait, from 1."""
    ahead = registration.page.registrations.queue().filter(created__lte=registration.created)
    waiting = list(ahead.values_list("pk", flat=True))
    return waiting.index(registration.pk) + 1 if registration.pk in waiting else len(waiting) + 1


def tell_readers(page: ClassPage) -> None:
    """What is stored of the page is stale: it says how many seats are left."""
    readers_see_change.send(sender=Registration, keys={page_key(page.pk)})
