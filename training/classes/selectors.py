"""Reads of classes: the page, the list of those present, the figures of a year."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _

from archives.related import surroundings
from archives.sharing import share_links
from core.text import sort_key
from organisations.models import Unit
from training.classes.standing import SEATED, WAITING, standing_of
from training.classes.words import given_name, short_when
from training.members import reader_of

if TYPE_CHECKING:
    from training.models import ClassPage, Registration


def class_context(page: "ClassPage", request: HttpRequest) -> dict[str, Any]:
    """A class with its seats, and the ticket of a member who has one."""
    around = surroundings(page)
    user = reader_of(request)
    own = page.registrations.active().filter(user=user).first() if page.pk and user else None
    return {
        "breadcrumbs": around.breadcrumbs,
        "related": around.related,
        "share_links": share_links(page, request),
        "standing": standing_of(page),
        "ticket": own,
        "signed_in": user is not None,
        "event": event_data(page, request),
    }


def event_data(page: "ClassPage", request: HttpRequest) -> dict[str, Any]:
    """The class as schema.org describes an event, for search engines."""
    schema = "https://schema.org/"
    online, on_site = bool(page.online_url), bool(page.place)
    mode = "Mixed" if online and on_site else "Online" if online else "Offline"
    places: list[dict[str, Any]] = []
    if on_site:
        places.append({"@type": "Place", "name": page.place, "address": page.place})
    if online:  # the link itself is for those who have a ticket
        places.append({"@type": "VirtualLocation", "url": request.build_absolute_uri(page.url or request.path)})
    data: dict[str, Any] = {
        "@context": schema.rstrip("/"),
        "@type": "EducationEvent",
        "name": page.title,
        "description": page.summary,
        "startDate": _iso(page.start),
        "endDate": _iso(page.end),
        "eventStatus": f"{schema}{'EventCancelled' if page.is_cancelled else 'EventScheduled'}",
        "eventAttendanceMode": f"{schema}{mode}EventAttendanceMode",
        "location": places,
        "organizer": {"@type": "Organization", "name": page.unit.name} if page.unit else None,
        "maximumAttendeeCapacity": page.seats,
        "isAccessibleForFree": True,
        "inLanguage": "vi",
    }
    return {name: value for name, value in data.items() if value}


def _iso(moment: Any) -> str:
    return timezone.localtime(moment).isoformat(timespec="seconds") if moment else ""


def add_class_facts(items: Iterable[Any]) -> None:
    """Tell the classes of a listing when and where they are; one query, none without a class."""
    from training.models import ClassPage  # the models import this module

    classes = {item.pk: item for item in items if item.specific_class is ClassPage}
    if not classes:
        return
    facts = ClassPage.objects.filter(pk__in=classes).values_list("pk", "start", "place", "online_url", "is_cancelled")
    for pk, start, place, online_url, is_cancelled in facts:
        where = place or (_("online") if online_url else "")
        words = [_("Cancelled") if is_cancelled else "", short_when(start), where]
        classes[pk].course_note = " · ".join(filter(None, words))


# Whom an organiser sees ---------------------------------------------------------------------------------------------


def attendance(page: "ClassPage") -> list["Registration"]:
    """Everybody with a place, in the order of Vietnamese lists: by the given name; those who wait come last."""
    people = page.registrations.active().select_related("unit", "certificate")
    return sorted(people, key=lambda one: (one.is_waiting and not one.is_present, _place_in_list(one.name)))


def _place_in_list(name: str) -> str:
    return sort_key(f"{given_name(name)} {name}")


def with_counts(classes: QuerySet["ClassPage"]) -> QuerySet["ClassPage"]:
    """Classes with how many have a seat, wait and were present."""

    def counted(conditions: Mapping[str, Any]) -> Count:
        return Count("registrations", filter=Q(**{f"registrations__{name}": it for name, it in conditions.items()}))

    present = {"cancelled_at": None, "attended_at__isnull": False}
    return classes.annotate(taken=counted(SEATED), waiting=counted(WAITING), present=counted(present))


# The figures of a year ----------------------------------------------------------------------------------------------


@dataclass
class UnitOfYear:
    """What a unit did in a year. ``unit`` is None for what belongs to no unit."""

    unit: Unit | None
    #: Classes that it held.
    classes: int = 0
    #: People present there, from wherever.
    present: int = 0
    #: Its own people, present at any class.
    people: int = 0
    #: Its members who finished a course online.
    finished: int = 0

    @property
    def name(self) -> str:
        """The unit's name, or words in its place."""
        return self.unit.name if self.unit else _("Without a unit")


def classes_of_year(year: int, scope: frozenset[int] | None = None) -> list[UnitOfYear]:
    """The figures of each unit, also of those that did nothing; five queries.

    ``scope`` holds the ids of the units that may be seen, None for all: as :func:`organisations.permissions.unit_scope`
    says it. A class counts once it is over, unless it was cancelled or never published.
    """
    from training.models import ClassPage, Enrolment, Registration  # as above

    present = Registration.objects.present().filter(page__start__year=year, page__is_cancelled=False)
    came = Exists(present.filter(page=OuterRef("pk")))
    held = ClassPage.objects.filter(Q(live=True) | came, start__year=year, end__lte=timezone.now(), is_cancelled=False)
    finished = Enrolment.objects.filter(completed_at__year=year)
    figures = {
        "classes": _by_unit(held, "unit"),
        "present": _by_unit(present, "page__unit"),
        "people": _by_unit(present, "unit"),
        "finished": _by_unit(finished, "unit"),
    }
    with_figures = {pk for counted in figures.values() for pk in counted if pk is not None}
    wanted = Unit.objects.filter(Q(pk__in=Unit.objects.current(_last_day(year))) | Q(pk__in=with_figures))
    units: list[Unit | None] = list(wanted if scope is None else wanted.filter(pk__in=scope))
    if scope is None and any(None in counted for counted in figures.values()):
        units.append(None)
    return [
        UnitOfYear(unit, **{name: counted.get(unit.pk if unit else None, 0) for name, counted in figures.items()})
        for unit in units
    ]


def _last_day(year: int) -> Any:
    today = timezone.localdate()
    return today if year >= today.year else today.replace(year=year, month=12, day=31)


def _by_unit(rows: QuerySet, unit: str) -> dict[int | None, int]:
    counted = rows.order_by().values(unit).annotate(number=Count("pk"))
    return {row[unit]: row["number"] for row in counted}
