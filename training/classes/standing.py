"""How the sign-up of a class stands at this moment."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Count, Q
from django.utils import timezone

if TYPE_CHECKING:
    from training.models import ClassPage

#: Who holds a seat, and who waits for one.
SEATED = {"cancelled_at": None, "is_waiting": False, "is_walk_in": False}
WAITING = {"cancelled_at": None, "is_waiting": True, "attended_at": None}


@dataclass(frozen=True)
class Standing:
    """A class with its seats counted."""

    page: "ClassPage"
    taken: int = 0
    waiting: int = 0

    @property
    def free(self) -> int | None:
        """Seats that are left; None where there is no limit."""
        return None if self.page.seats is None else max(0, self.page.seats - self.taken)

    @property
    def state(self) -> str:
        """One of "cancelled", "past", "closed", "full", "open", the first that holds."""
        page = self.page
        if page.is_cancelled:
            return "cancelled"
        if page.is_over:
            return "past"
        if page.sign_up_end <= timezone.now():
            return "closed"
        return "full" if self.is_full else "open"

    @property
    def is_open(self) -> bool:
        """Whether one can still sign up, be it to wait."""
        return self.state in {"open", "full"}

    @property
    def is_full(self) -> bool:
        """Whether the next one has to wait."""
        return self.free == 0


def standing_of(page: "ClassPage") -> Standing:
    """Count the seats of a class; one query, none before its first save."""
    if not page.pk:
        return Standing(page)
    counted = page.registrations.aggregate(
        taken=Count("pk", filter=Q(**SEATED)), waiting=Count("pk", filter=Q(**WAITING))
    )
    return Standing(page, counted["taken"], counted["waiting"])
