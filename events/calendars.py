"""The views of the calendar: a month, a week, what comes, what was. Each has an address below the calendar's own."""

import re
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any, ClassVar

from django.http import Http404, HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _, pgettext

from core.narrowing import page_number, page_numbers, parse_day
from core.templatetags.portal_text import WEEKDAYS, vi_date
from events import moments, selectors
from events.choices import EventKind
from events.narrowing import Choice
from events.periods import Month, Week

if TYPE_CHECKING:
    from events.models import EventIndexPage, EventPage

WEEK, COMING, PAST = "tuan", "danh-sach", "da-qua"
PER_PAGE = 20
_MONTH = re.compile(r"([0-9]{4})/(0[1-9]|1[0-2])")
_WEEK = re.compile(rf"{WEEK}/([0-9]{{4}}-[0-9]{{2}}-[0-9]{{2}})")
_RESERVED = re.compile(rf"[0-9]{{1,4}}|{WEEK}|{COMING}|{PAST}")


@dataclass(frozen=True)
class Entry:
    """An event on one of its days."""

    event: "EventPage"
    hour: str
    continues: bool


@dataclass
class Day:
    """A day with what stands in it."""

    day: date
    entries: list[Entry] = field(default_factory=list)
    is_today: bool = False
    is_outside: bool = False

    @property
    def weekday(self) -> str:
        """Thứ Hai to Chủ nhật."""
        return WEEKDAYS[self.day.weekday()]


class View(ABC):
    """One way to look at the calendar."""

    template: ClassVar[str]
    #: Which of the tabs it is.
    name: ClassVar[str]

    @abstractmethod
    def context(self, page: "EventIndexPage", choice: Choice, request: HttpRequest) -> dict[str, Any]:
        """What its template shows, ``heading`` and ``path`` (its address below the calendar's) among it."""


def find(components: Sequence[str]) -> View | None:
    """The view at an address below the calendar's; None where there is none. Raises Http404 beyond its years."""
    path = "/".join(components)
    if match := _MONTH.fullmatch(path):
        return MonthView(_shown(Month(_day_of(f"{match[1]}-{match[2]}-01"))))
    if match := _WEEK.fullmatch(path):
        return WeekView(_shown(Week.of(_day_of(match[1]))))
    named: dict[str, Callable[[], View]] = {WEEK: ThisWeek, COMING: ComingView, PAST: PastView}
    return named[path]() if path in named else None


def _day_of(text: str) -> date:
    complaints: list[str] = []
    day = parse_day(text, complaints.append)
    if day is None:
        raise Http404
    return day


def _shown[P: (Month, Week)](period: P) -> P:
    if not period.is_shown:
        raise Http404
    return period


def is_reserved(slug: str) -> bool:
    """Whether an event with this address would hide behind a view, or look like a year."""
    return bool(_RESERVED.fullmatch(slug or ""))


def context_of(page: "EventIndexPage", view: View, request: HttpRequest) -> dict[str, Any]:
    """What every view shows, and what this one does."""
    choice = Choice.parse(request.GET)
    context = view.context(page, choice, request)
    here = f"{page.url}{context['path']}"
    narrowed = f"{context['heading']}: {choice.words}" if choice else context["heading"]
    return {
        "noindex": False,
        **context,
        **({"noindex": True} if choice else {}),
        "heading": narrowed,
        "title": page.title,
        "choice": choice,
        "here": here,
        "canonical_url": request.build_absolute_uri(f"{here}{context.get('query', choice.query)}"),
        "tabs": _tabs(page, view, choice, context),
        "units": selectors.units_with_events(also=choice.unit),
        "kinds": EventKind.choices,
        "breadcrumbs": [
            {"title": pgettext("trail", "Home"), "url": "/"},
            *([{"title": page.title, "url": page.url}] if context["path"] else []),
        ],
        "subscription": subscription(request, choice),
    }


def _tabs(page: "EventIndexPage", view: View, choice: Choice, context: dict[str, Any]) -> list[dict[str, Any]]:
    """The ways to look, each at the time that is shown now."""
    day: date = context.get("day") or timezone.localdate()
    today = timezone.localdate()
    month, week = Month.of(day), Week.of(day)
    paths = {
        "month": (pgettext("view of a calendar", "Month"), "" if month == Month.of(today) else month.path),
        "week": (pgettext("view of a calendar", "Week"), f"{WEEK}/" if week == Week.of(today) else week.path),
        "list": (pgettext("view of a calendar", "List"), f"{COMING}/"),
    }
    return [
        {"label": label, "url": f"{page.url}{path}{choice.query}", "current": name == view.name}
        for name, (label, path) in paths.items()
    ]


def subscription(request: HttpRequest, choice: Choice) -> dict[str, str]:
    """The addresses by which a phone's own calendar follows what is shown."""
    address = request.build_absolute_uri(f"/lich-cong-tac.ics{choice.query}")
    return {"url": address, "webcal": f"webcal:{address.partition(':')[2]}"}


def days_with(events: Iterable["EventPage"], days: Iterable[date]) -> dict[date, Day]:
    """The days, each with the events that take place in it; an event of several days stands in each of them."""
    today = timezone.localdate()
    found = {day: Day(day, is_today=day == today) for day in days}
    first, last = min(found), max(found)
    for event in events:
        day = max(event.first_day, first)
        while day <= min(event.last_day, last):
            found[day].entries.append(Entry(event, moments.hours_on(event, day), day > event.first_day))
            day += timedelta(days=1)
    return found


def _neighbours(page: "EventIndexPage", choice: Choice, period: Month | Week) -> dict[str, Any]:
    """The pages before and after, each with its name; None at the edge of the calendar."""
    return {
        name: {"url": f"{page.url}{beside.path}{choice.query}", "label": _short_label(beside)} if beside else None
        for name, beside in (("previous", period.previous), ("next", period.next))
    }


def _short_label(period: Month | Week) -> str:
    if isinstance(period, Month):
        return _("Month %(month)s") % {"month": period.first.month}
    return _("Week %(number)s") % {"number": period.number}


class MonthView(View):
    """A month as a table of its weeks; on a phone, the days on which there is something."""

    template = "events/month.html"
    name = "month"

    def __init__(self, month: Month) -> None:
        self.month = month

    @property
    def path(self) -> str:
        """Below the calendar's own address."""
        return self.month.path

    def context(self, page: "EventIndexPage", choice: Choice, request: HttpRequest) -> dict[str, Any]:
        """Its weeks; two queries."""
        month = self.month
        weeks = month.weeks
        shown = choice.narrow(selectors.events_between(month.first, month.end))
        days = days_with(shown, (day for week in weeks for day in week))
        for day in days.values():
            day.is_outside = day.day.month != month.first.month
            if day.is_outside:
                day.entries = []
        today = timezone.localdate()
        label = _("Month %(month)s/%(year)s") % {"month": month.first.month, "year": month.first.year}
        return {
            "path": self.path,
            "heading": f"{page.title} – {label.lower()}",
            "label": label,
            "weeks": [[days[day] for day in week] for week in weeks],
            "weekdays": WEEKDAYS,
            "is_empty": not any(day.entries for day in days.values()),
            "is_now": month == Month.of(today),
            "day": today if month == Month.of(today) else month.first,
            "now_url": f"{page.url}{choice.query}",
            "noindex": not month.is_near,
            **_neighbours(page, choice, month),
        }


class ThisMonth(MonthView):
    """The month of today, at the calendar's own address."""

    def __init__(self) -> None:
        super().__init__(Month.of(timezone.localdate()))

    @property
    def path(self) -> str:
        """The calendar itself."""
        return ""


class WeekView(View):
    """A week as it hangs on the wall of an office."""

    template = "events/week.html"
    name = "week"

    def __init__(self, week: Week) -> None:
        self.week = week

    def context(self, page: "EventIndexPage", choice: Choice, request: HttpRequest) -> dict[str, Any]:
        """Its days; two queries. Search engines keep the months."""
        week = self.week
        days = days_with(choice.narrow(selectors.events_between(week.monday, week.end)), week.days)
        today = timezone.localdate()
        span = {"number": week.number, "first": vi_date(week.monday), "last": vi_date(week.sunday)}
        return {
            "path": week.path,
            "heading": f"{page.title} – {(_('Week %(number)s') % span).lower()}, {span['first']}–{span['last']}",
            "label": _("Week %(number)s, %(first)s–%(last)s") % span,
            "days": list(days.values()),
            "is_empty": not any(day.entries for day in days.values()),
            "is_now": week == Week.of(today),
            "day": today if week == Week.of(today) else week.monday,
            "now_url": f"{page.url}{WEEK}/{choice.query}",
            "noindex": True,
            **_neighbours(page, choice, week),
        }


class ThisWeek(WeekView):
    """The week of today, at an address that stays."""

    def __init__(self) -> None:
        super().__init__(Week.of(timezone.localdate()))


class ListView(View):
    """One event below the other, twenty a page."""

    template = "events/list.html"
    name = "list"
    path: ClassVar[str]

    def context(self, page: "EventIndexPage", choice: Choice, request: HttpRequest) -> dict[str, Any]:
        """One page of the list; three queries."""
        listing = EventListing(self, choice, f"{page.url}{self.path}", page_number(request.GET))
        return {
            "path": self.path,
            "query": listing.query(listing.number),
            "heading": f"{page.title} – {self.title.lower()}",
            "label": self.title,
            "listing": listing,
            "is_past": self.path == PastView.path,
            "coming_url": f"{page.url}{COMING}/{choice.query}",
            "past_url": f"{page.url}{PAST}/{choice.query}",
            "noindex": self.path == PastView.path or listing.number > 1,
        }

    @property
    @abstractmethod
    def title(self) -> str:
        """What the list holds."""

    @abstractmethod
    def events(self) -> Any:
        """All of it, in its order."""


class ComingView(ListView):
    """What is under way or comes, the next first."""

    path = f"{COMING}/"

    @property
    def title(self) -> str:
        """What the list holds."""
        return _("Coming events")

    def events(self) -> Any:
        """All of it."""
        return selectors.all_events().coming()


class PastView(ListView):
    """What is over, the last first."""

    path = f"{PAST}/"

    @property
    def title(self) -> str:
        """What the list holds."""
        return _("Past events")

    def events(self) -> Any:
        """All of it."""
        return selectors.all_events().past()


class EventListing:
    """A page of a list of events, as the template of page numbers takes it. Raises Http404 beyond the last."""

    def __init__(self, view: ListView, choice: Choice, path: str, number: int) -> None:
        self.choice, self.path, self.number = choice, path, number
        narrowed = choice.narrow(view.events())
        self.total: int = narrowed.order_by().count()
        self.last = max(1, -(-self.total // PER_PAGE))
        if number > self.last:
            raise Http404
        self.items: list[EventPage] = list(narrowed.for_lists()[(number - 1) * PER_PAGE : number * PER_PAGE])
        self.pages = page_numbers(number, self.last)

    def query(self, number: int) -> str:
        """The query of one of its pages."""
        if number == 1:
            return self.choice.query
        return f"{self.choice.query or '?'}{'&' if self.choice else ''}trang={number}"

    def url(self, number: int) -> str:
        """The address of one of its pages."""
        return f"{self.path}{self.query(number)}"

    @property
    def previous_url(self) -> str:
        """The page before, or ""."""
        return self.url(self.number - 1) if self.number > 1 else ""

    @property
    def next_url(self) -> str:
        """The page after, or ""."""
        return self.url(self.number + 1) if self.number < self.last else ""
