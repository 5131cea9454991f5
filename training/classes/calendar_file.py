"""A class for the calendar of a phone."""

from datetime import UTC
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from django.utils import timezone

if TYPE_CHECKING:
    from training.models import Registration

PRODUCT = "-//union-portal//training//VI"


def calendar_file(registration: "Registration", ticket_url: str) -> bytes:
    """The file behind «add to calendar». Taken in again, it changes the same entry."""
    from icalendar import STATUS, Calendar, Event  # half a second to import, and seldom needed

    page = registration.page
    status = STATUS.TENTATIVE if registration.is_waiting else STATUS.CONFIRMED
    if page.is_cancelled or not registration.is_active:
        status = STATUS.CANCELLED
    link = "" if registration.is_waiting else page.online_url
    event = Event.new(
        uid=f"lop-{page.pk}-{registration.pk}@{urlsplit(ticket_url).hostname}",
        stamp=timezone.now(),
        last_modified=page.last_published_at,
        summary=page.title,
        start=page.start.astimezone(UTC),
        end=page.end.astimezone(UTC),
        location=page.place or None,
        description="\n".join(filter(None, [page.summary, link, ticket_url])),
        url=ticket_url,
        status=status,
    )
    made = Calendar.new(prodid=PRODUCT, method="PUBLISH")
    made.add_component(event)
    content: bytes = made.to_ical()
    return content
