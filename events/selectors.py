"""Reads of the calendar."""

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from django.db.models import Q
from django.http import HttpRequest
from django.utils import timezone

from archives.related import surroundings
from archives.sharing import share_links
from core.narrowing import day_start
from events import dossier, parts
from events.choices import Status
from events.querysets import EventQuerySet
from organisations.models import Unit

if TYPE_CHECKING:
    from events.models import EventPage

ON_FRONT_PAGE = 6
SCHEMA = "https://schema.org/"
_SCHEMA_STATUS = {Status.CANCELLED: "EventCancelled", Status.POSTPONED: "EventPostponed"}


def all_events() -> EventQuerySet:
    """Every event that any reader may see."""
    from events.models import EventPage  # the models import this module

    events: EventQuerySet = EventPage.objects.listed()
    return events


def events_between(first: date, end: date) -> EventQuerySet:
    """What takes place from a day on until before another, in its order."""
    return all_events().between(day_start(first), day_start(end)).for_lists()


def coming_events(limit: int = ON_FRONT_PAGE, *, below: Unit | None = None) -> list["EventPage"]:
    """What takes place next, of a unit and all below it or of everybody; one query."""
    events = all_events().coming().taking_place().for_lists()
    if below:
        events = events.filter(unit__in=Unit.objects.within(below.tree_path))
    return list(events[:limit])


def units_with_events(*, also: Unit | None = None) -> list[Unit]:
    """The units to choose from: those with an event of the last year or to come, and the one chosen; one query."""
    lately = timezone.now() - timedelta(days=365)
    named = all_events().filter(until__gt=lately).order_by().values("unit")
    return list(Unit.objects.filter(Q(pk__in=named) | Q(pk=also.pk if also else None)))


def event_context(page: "EventPage", request: HttpRequest) -> dict[str, Any]:
    """What stands around an event."""
    around = surroundings(page)
    papers = dossier.papers_of(page)
    return {
        "breadcrumbs": around.breadcrumbs,
        "related": around.related,
        "share_links": share_links(page, request),
        "papers": papers,
        "dossier_url": f"{page.url}{parts.DOSSIER}/" if page.pk and page.url and (papers or page.agenda) else "",
        "calendar_url": f"{page.url}{parts.CALENDAR}/" if page.pk and page.url and page.is_dated else "",
        "event": event_data(page, request) if page.is_dated else {},
    }


def event_data(page: "EventPage", request: HttpRequest) -> dict[str, Any]:
    """The event as schema.org describes one, for search engines."""
    here = request.build_absolute_uri(page.url or request.path)
    places: list[dict[str, Any]] = []
    if page.place:
        places.append({"@type": "Place", "name": page.place, "address": page.place})
    if page.online_url:
        places.append({"@type": "VirtualLocation", "url": page.shown_online_url or here})
    mode = "Mixed" if len(places) == 2 else "Online" if page.online_url else "Offline"
    start, end = _schema_times(page)
    data: dict[str, Any] = {
        "@context": SCHEMA.rstrip("/"),
        "@type": "Event",
        "name": page.title,
        "description": page.summary,
        "url": here,
        "startDate": start,
        "endDate": end,
        "eventStatus": f"{SCHEMA}{_SCHEMA_STATUS.get(Status(page.status), 'EventScheduled')}",
        "eventAttendanceMode": f"{SCHEMA}{mode}EventAttendanceMode",
        "location": places,
        "organizer": {"@type": "Organization", "name": page.unit.name} if page.unit else None,
        "isAccessibleForFree": True,
        "inLanguage": "vi",
    }
    return {name: value for name, value in data.items() if value}


def _schema_times(page: "EventPage") -> tuple[str, str]:
    if page.all_day:
        return page.first_day.isoformat(), page.last_day.isoformat()
    end = timezone.localtime(page.end).isoformat(timespec="seconds") if page.end else ""
    return timezone.localtime(page.start).isoformat(timespec="seconds"), end
