"""When an event is: its days, when it is over, how it stands, and all of it in words."""

from datetime import date, datetime, timedelta
from typing import Protocol

from django.utils import timezone
from django.utils.translation import gettext as _, pgettext

from core.narrowing import day_start
from core.templatetags.portal_text import vi_date, vi_time, weekday_date
from events.choices import EventKind, State, Status

#: How long something takes that says no end, for «under way»; never beyond its day.
LASTS = timedelta(hours=2)
INSTANT = timedelta(minutes=1)
DAY = timedelta(days=1)


class Timed(Protocol):
    """What has a time, such as an event's page."""

    start: datetime
    end: datetime | None
    all_day: bool
    kind: str
    status: str


def first_day(event: Timed) -> date:
    """The day on which it begins, by the portal's clock."""
    return timezone.localdate(event.start)


def last_day(event: Timed) -> date:
    """The last day on which any of it takes place; what ends at midnight does not reach into the new day."""
    if event.all_day:
        return timezone.localdate(event.end or event.start)
    return max(first_day(event), timezone.localdate(over_at(event) - timedelta(microseconds=1)))


def over_at(event: Timed) -> datetime:
    """The moment from which it is over."""
    try:
        if event.all_day:
            return day_start(last_day(event) + DAY)
        if event.end:
            return event.end
        lasts = INSTANT if event.kind == EventKind.DEADLINE else LASTS
        return min(event.start + lasts, day_start(first_day(event) + DAY))
    except OverflowError:  # a draft with a slip of the finger: year 9999
        return event.start


def state_of(event: Timed, now: datetime | None = None) -> State:
    """How it stands; the first that holds."""
    now = now or timezone.now()
    if event.status == Status.CANCELLED:
        return State.CANCELLED
    if event.status == Status.POSTPONED:
        return State.POSTPONED
    if over_at(event) <= now:
        return State.OVER
    if event.start <= now:
        return State.TODAY if event.all_day and first_day(event) == last_day(event) else State.UNDER_WAY
    return State.TODAY if first_day(event) == timezone.localdate(now) else State.COMING


# In words -----------------------------------------------------------------------------------------------------------


def when_in_words(event: Timed) -> str:
    """«8:00–11:30, Thứ Năm, 26/11/2026»; over several days «8:00, 26/11/2026 – 11:30, 27/11/2026»."""
    first, last = first_day(event), last_day(event)
    if event.all_day:
        if first == last:
            return _("All day, %(day)s") % {"day": weekday_date(first)}
        return f"{weekday_date(first)} – {weekday_date(last)}"
    if event.end is None:
        return f"{vi_time(event.start)}, {weekday_date(first)}"
    if first == last:
        return f"{vi_time(event.start)}–{_end_time(event, event.end)}, {weekday_date(first)}"
    return f"{vi_time(event.start)}, {vi_date(first)} – {_end_time(event, event.end)}, {vi_date(last)}"


def short_when(event: Timed) -> str:
    """Beside the day itself: «8:00–11:30», «cả ngày», «26/11 – 28/11/2026»."""
    first, last = first_day(event), last_day(event)
    if first != last:
        year = f"/{first.year}" if first.year != last.year else ""
        return f"{first.day}/{first.month}{year} – {vi_date(last)}"
    if event.all_day:
        return pgettext("hours of an event", "all day")
    if event.end is None:
        return vi_time(event.start)
    return f"{vi_time(event.start)}–{_end_time(event, event.end)}"


def note_of(event: Timed) -> str:
    """On cards, where the date of publication would mislead: «8:00 26/11/2026», «26/11–28/11/2026»."""
    first = first_day(event)
    if first != last_day(event):
        return short_when(event).replace(" ", "")
    return vi_date(first) if event.all_day else f"{vi_time(event.start)} {vi_date(first)}"


def hours_on(event: Timed, day: date) -> str:
    """The hour that stands before it on one of its days; "" where it goes on from the day before or takes all day."""
    return "" if event.all_day or day != first_day(event) else vi_time(event.start)


def _end_time(event: Timed, end: datetime) -> str:
    """Midnight is the end of the day before: «20:00–24:00»."""
    ends_with_day = timezone.localdate(end) > last_day(event)
    return "24:00" if ends_with_day else vi_time(end)
