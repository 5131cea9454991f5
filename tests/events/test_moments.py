"""When an event is: its days, its end, its state and its words, without a database."""

from datetime import UTC, date, datetime
from types import SimpleNamespace

import pytest
from django.utils import timezone

from events import moments
from events.calendars import is_reserved
from events.choices import EventKind, State, Status
from events.periods import Month, Week

VIETNAM = timezone.get_default_timezone()


def at(*parts):
    """A moment by the portal's clock."""
    return datetime(*parts, tzinfo=VIETNAM)


def event(start, end=None, *, all_day=False, kind=EventKind.MEETING, status=Status.PLANNED):
    return SimpleNamespace(start=start, end=end, all_day=all_day, kind=kind, status=status)


MORNING = event(at(2026, 11, 26, 8), at(2026, 11, 26, 11, 30))
TWO_DAYS = event(at(2026, 11, 26, 8), at(2026, 11, 27, 11, 30))
NO_END = event(at(2026, 11, 26, 21, 30))
LATE = event(at(2026, 11, 26, 23, 30))
UNTIL_MIDNIGHT = event(at(2026, 11, 26, 20), at(2026, 11, 27))
WHOLE_DAY = event(at(2026, 11, 26), all_day=True)
THREE_DAYS = event(at(2026, 12, 30), at(2027, 1, 1), all_day=True)
DEADLINE = event(at(2026, 11, 27, 17), kind=EventKind.DEADLINE)
LEAP_DAY = event(at(2028, 2, 28), at(2028, 2, 29), all_day=True)


@pytest.mark.parametrize(
    ("given", "last_day", "over"),
    [
        (MORNING, date(2026, 11, 26), at(2026, 11, 26, 11, 30)),
        (TWO_DAYS, date(2026, 11, 27), at(2026, 11, 27, 11, 30)),
        (NO_END, date(2026, 11, 26), at(2026, 11, 26, 23, 30)),
        (LATE, date(2026, 11, 26), at(2026, 11, 27)),  # it does not reach into a day that nobody spoke of
        (UNTIL_MIDNIGHT, date(2026, 11, 26), at(2026, 11, 27)),
        (WHOLE_DAY, date(2026, 11, 26), at(2026, 11, 27)),
        (THREE_DAYS, date(2027, 1, 1), at(2027, 1, 2)),
        (DEADLINE, date(2026, 11, 27), at(2026, 11, 27, 17, 1)),
        (LEAP_DAY, date(2028, 2, 29), at(2028, 3, 1)),
    ],
)
def test_days_are_those_of_the_portals_clock(given, last_day, over):
    assert (moments.last_day(given), moments.over_at(given)) == (last_day, over)


def test_an_hour_before_seven_belongs_to_the_same_vietnamese_day():
    given = event(at(2026, 11, 26, 6).astimezone(UTC))

    assert moments.first_day(given) == date(2026, 11, 26)


@pytest.mark.parametrize(
    ("given", "now", "state"),
    [
        (MORNING, at(2026, 11, 25, 23, 59), State.COMING),
        (MORNING, at(2026, 11, 26), State.TODAY),
        (MORNING, at(2026, 11, 26, 8), State.UNDER_WAY),
        (MORNING, at(2026, 11, 26, 11, 30), State.OVER),
        (TWO_DAYS, at(2026, 11, 27, 3), State.UNDER_WAY),
        (WHOLE_DAY, at(2026, 11, 26, 15), State.TODAY),
        (THREE_DAYS, at(2026, 12, 31, 15), State.UNDER_WAY),
        (THREE_DAYS, at(2027, 1, 2), State.OVER),
        (DEADLINE, at(2026, 11, 27, 17, 1), State.OVER),
        (event(at(2026, 11, 26, 8), status=Status.CANCELLED), at(2027, 1, 1), State.CANCELLED),
        (event(at(2026, 11, 26, 8), status=Status.POSTPONED), at(2026, 11, 26, 9), State.POSTPONED),
    ],
)
def test_how_it_stands(given, now, state):
    assert moments.state_of(given, now) == state


@pytest.mark.parametrize(
    ("given", "words", "short", "note"),
    [
        (MORNING, "8:00–11:30, Thứ Năm, 26/11/2026", "8:00–11:30", "8:00 26/11/2026"),
        (TWO_DAYS, "8:00, 26/11/2026 – 11:30, 27/11/2026", "26/11 – 27/11/2026", "26/11–27/11/2026"),
        (NO_END, "21:30, Thứ Năm, 26/11/2026", "21:30", "21:30 26/11/2026"),
        (UNTIL_MIDNIGHT, "20:00–24:00, Thứ Năm, 26/11/2026", "20:00–24:00", "20:00 26/11/2026"),
        (WHOLE_DAY, "Cả ngày Thứ Năm, 26/11/2026", "cả ngày", "26/11/2026"),
        (THREE_DAYS, "Thứ Tư, 30/12/2026 – Thứ Sáu, 1/1/2027", "30/12/2026 – 1/1/2027", "30/12/2026–1/1/2027"),
    ],
)
def test_in_words(given, words, short, note):
    assert (moments.when_in_words(given), moments.short_when(given), moments.note_of(given)) == (words, short, note)


@pytest.mark.parametrize(
    ("first", "weeks", "begins", "ends"),
    [
        (date(2027, 2, 1), 4, date(2027, 2, 1), date(2027, 2, 28)),  # exactly four weeks
        (date(2028, 2, 1), 5, date(2028, 1, 31), date(2028, 3, 5)),
        (date(2026, 11, 1), 6, date(2026, 10, 26), date(2026, 12, 6)),
    ],
)
def test_a_month_is_whole_weeks_from_monday_to_sunday(first, weeks, begins, ends):
    grid = Month(first).weeks

    assert (len(grid), grid[0][0], grid[-1][-1]) == (weeks, begins, ends)


def test_the_turn_of_the_year():
    week = Week.of(date(2027, 1, 1))

    assert (week.monday, week.number) == (date(2026, 12, 28), 53)
    assert Month(date(2026, 12, 1)).next == Month(date(2027, 1, 1))


def test_addresses_of_the_calendar_itself_are_taken():
    assert all(map(is_reserved, ["2026", "12", "tuan", "danh-sach", "da-qua"]))
    assert not any(map(is_reserved, ["2026-1", "tuan-12", "danh-sach-moi", ""]))
