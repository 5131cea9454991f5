"""Months and weeks of the calendar, with those beside them as far as readers may turn the pages."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.utils import timezone

#: Years before and after this one that the calendar shows: a crawler comes to an end.
YEARS_BACK, YEARS_AHEAD = 5, 2
#: Months around today that search engines may keep.
MONTHS_INDEXED = 12
WEEK = timedelta(days=7)


def is_shown(day: date) -> bool:
    """Whether the calendar reaches to this day."""
    this = timezone.localdate().year
    return this - YEARS_BACK <= day.year <= this + YEARS_AHEAD


@dataclass(frozen=True)
class Month:
    """A month, by its first day."""

    first: date

    @classmethod
    def of(cls, day: date) -> "Month":
        """The month of a day."""
        return cls(day.replace(day=1))

    @property
    def end(self) -> date:
        """The day after its last."""
        return (self.first + timedelta(days=32)).replace(day=1)

    @property
    def weeks(self) -> list[list[date]]:
        """Its weeks from Monday to Sunday, filled up with days of the months beside it."""
        day = self.first - timedelta(days=self.first.weekday())
        weeks = []
        while day < self.end:
            weeks.append([day + timedelta(days=number) for number in range(7)])
            day += WEEK
        return weeks

    @property
    def path(self) -> str:
        """Its address below the calendar's."""
        return f"{self.first.year}/{self.first.month:02d}/"

    @property
    def is_shown(self) -> bool:
        """Whether the calendar has a page for it."""
        return is_shown(self.first)

    @property
    def previous(self) -> "Month | None":
        """The month before; None at the edge of the calendar."""
        before = Month.of(self.first - timedelta(days=1))
        return before if before.is_shown else None

    @property
    def next(self) -> "Month | None":
        """The month after; None at the edge of the calendar."""
        after = Month(self.end)
        return after if after.is_shown else None

    @property
    def is_near(self) -> bool:
        """Whether it is so near to today that search engines may keep it."""
        today = timezone.localdate()
        away = (self.first.year - today.year) * 12 + self.first.month - today.month
        return abs(away) <= MONTHS_INDEXED


@dataclass(frozen=True)
class Week:
    """A week, by its Monday."""

    monday: date

    @classmethod
    def of(cls, day: date) -> "Week":
        """The week of a day."""
        return cls(day - timedelta(days=day.weekday()))

    @property
    def days(self) -> list[date]:
        """From Monday to Sunday."""
        return [self.monday + timedelta(days=number) for number in range(7)]

    @property
    def end(self) -> date:
        """The Monday after it."""
        return self.monday + WEEK

    @property
    def sunday(self) -> date:
        """Its last day."""
        return self.monday + timedelta(days=6)

    @property
    def number(self) -> int:
        """Its number in the year, as offices count weeks."""
        return self.monday.isocalendar().week

    @property
    def path(self) -> str:
        """Its address below the calendar's."""
        return f"tuan/{self.monday.isoformat()}/"

    @property
    def is_shown(self) -> bool:
        """Whether the calendar has a page for it: any of its days is in the years that are shown."""
        return is_shown(self.monday) or is_shown(self.sunday)

    @property
    def previous(self) -> "Week | None":
        """The week before; None at the edge of the calendar."""
        before = Week(self.monday - WEEK)
        return before if before.is_shown else None

    @property
    def next(self) -> "Week | None":
        """The week after; None at the edge of the calendar."""
        after = Week(self.end)
        return after if after.is_shown else None
