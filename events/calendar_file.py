"""Events as iCalendar (RFC 5545), for phones and office programs.

The same events give the same bytes, whenever they are asked for: times of publication stand for the time of writing.
"""

from collections.abc import Callable, Iterable
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

from django.utils import timezone
from django.utils.translation import gettext as _
from icalendar import STATUS, TRANSP, Calendar, Event

from events.choices import EventKind, Status

if TYPE_CHECKING:
    from events.models import EventPage

PRODUCT = "-//union-portal//events//VI"
REFRESH = timedelta(hours=1)
_STATUS = {Status.CANCELLED: STATUS.CANCELLED, Status.POSTPONED: STATUS.TENTATIVE}

Address = Callable[["EventPage"], str | None]


def calendar_of(events: Iterable["EventPage"], *, address: Address, name: str, source: str = "") -> bytes:
    """The file of some events; ``source`` is the address of a calendar that is read again and again."""
    made = Calendar.new(
        prodid=PRODUCT, method="PUBLISH", name=name, refresh_interval=REFRESH if source else None, source=source or None
    )
    made.add("X-WR-TIMEZONE", timezone.get_default_timezone_name())
    if source:
        made.add("X-PUBLISHED-TTL", REFRESH)
    for event in events:
        made.add_component(_entry(event, address(event) or ""))
    content: bytes = made.to_ical()
    return content


def _entry(event: "EventPage", url: str) -> Event:
    first, last = _times(event)
    published = event.last_published_at or event.first_published_at or event.start
    status = Status(event.status)
    entry: Event = Event.new(
        # Of the page, not of its address: an entry that was taken in follows the page wherever it goes.
        uid=str(event.translation_key),
        stamp=published.astimezone(UTC),
        last_modified=published.astimezone(UTC),
        sequence=_sequence(event, published),
        summary=_title(event, status),
        start=first,
        end=last,
        location=_place(event),
        description=_description(event, url),
        url=url or None,
        categories=[str(EventKind(event.kind).label)],
        status=_STATUS.get(status, STATUS.CONFIRMED),
        transparency=TRANSP.TRANSPARENT if event.all_day or status != Status.PLANNED else TRANSP.OPAQUE,
    )
    return entry


def _times(event: "EventPage") -> tuple[Any, Any]:
    """Days for whole days, the last one excluded as the format wants it; moments in UTC for everything else."""
    if event.all_day:
        return event.first_day, event.last_day + timedelta(days=1)
    return event.start.astimezone(UTC), event.end.astimezone(UTC) if event.end else None


def _sequence(event: "EventPage", published: datetime) -> int:
    """Grows with every publication: the minutes since the first one."""
    since = event.first_published_at or published
    return max(0, int((published - since) // timedelta(minutes=1)))


def _title(event: "EventPage", status: Status) -> str:
    """Programs that show no status show a title."""
    words = {Status.CANCELLED: _("Cancelled: %(title)s"), Status.POSTPONED: _("Postponed: %(title)s")}
    return words[status] % {"title": event.title} if status in words else event.title


def _place(event: "EventPage") -> str | None:
    return event.place or event.shown_online_url or (_("Online") if event.online_url else None)


def _description(event: "EventPage", url: str) -> str:
    lines = [
        event.status_reason,
        event.summary,
        _("Presided by: %(name)s") % {"name": event.chair} if event.chair else "",
        _("Taking part: %(names)s") % {"names": event.participants} if event.participants else "",
        event.shown_online_url,
        url,
    ]
    return "\n".join(filter(None, lines))
