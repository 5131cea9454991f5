"""What lists with a form have in common: choices and days read from an address, options with counts, page numbers."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, time

from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext as _

from core.text import clean_text

DATE_FORMATS = ("%Y-%m-%d", "%d/%m/%Y", "%d-%m-%Y", "%d.%m.%Y")
MAX_CHOICES = 20
OPTIONS_SHOWN = 5
DATE_FROM, DATE_TO, PAGE = "tu", "den", "trang"


@dataclass(frozen=True)
class Option:
    """One value that can be ticked."""

    value: str
    label: str
    count: int
    checked: bool


@dataclass(frozen=True)
class Group:
    """A fieldset of the form: the most frequent options and, folded away, the rest."""

    key: str
    legend: str
    options: list[Option] = field(default_factory=list)
    more: list[Option] = field(default_factory=list)

    @classmethod
    def of(cls, key: str, legend: str, options: Iterable[Option]) -> "Group":
        """Sort chosen options to the front, then by their counts, and fold away the tail."""
        return cls.in_order(key, legend, sorted(options, key=lambda option: (not option.checked, -option.count)))

    @classmethod
    def in_order(cls, key: str, legend: str, options: list[Option]) -> "Group":
        """Fold away the tail of options that are in order already, chosen ones first."""
        shown = max(OPTIONS_SHOWN, sum(option.checked for option in options))
        return cls(key, legend, options[:shown], options[shown:])


@dataclass(frozen=True)
class Chip:
    """A chosen value that one touch takes away."""

    label: str
    remove_url: str


# The address --------------------------------------------------------------------------------------------------------


def chosen_values(data: QueryDict, key: str) -> tuple[str, ...]:
    """The values of a group of tick boxes, each once, cleaned, and not more than anybody ticks by hand."""
    values = (clean_text(value[:200]).strip().lower() for value in data.getlist(key)[: 5 * MAX_CHOICES])
    return tuple(dict.fromkeys(filter(None, values)))[:MAX_CHOICES]


def page_number(data: QueryDict) -> int:
    """The number of the page asked for; 1 for whatever is no such number."""
    number = data.get(PAGE, "")
    return int(number) if number.isascii() and number.isdigit() and len(number) < 9 and int(number) > 0 else 1


def chosen_days(data: QueryDict) -> tuple[date | None, date | None, tuple[str, ...]]:
    """The first and the last day chosen, in order, and sentences about what is no day."""
    errors: list[str] = []
    first = parse_day(data.get(DATE_FROM, ""), errors.append)
    last = parse_day(data.get(DATE_TO, ""), errors.append)
    if first and last and first > last:
        first, last = last, first
    return first, last, tuple(errors)


def parse_day(text: str, complain: Callable[[str], None]) -> date | None:
    """Read a day as browsers and as Vietnamese readers write it; None for nothing and for what is no day."""
    text = clean_text(text[:200]).strip()
    if not text:
        return None
    for pattern in DATE_FORMATS:
        try:
            parsed = datetime.strptime(text[:20], pattern).date()  # noqa: DTZ007  # a calendar day has no time zone
        except ValueError:
            continue
        if 1900 <= parsed.year < 2200:  # other years are slips of the finger, and calendars end at 9999
            return parsed
    complain(_("«%(text)s» is not a date. Write it as 16/12/2025.") % {"text": text[:20]})
    return None


def day_start(day: date) -> datetime:
    """Midnight at the beginning of a day, in the portal's time zone."""
    return timezone.make_aware(datetime.combine(day, time.min))


def day_chips(first: date | None, last: date | None, remove_url: Callable[[str], str]) -> list[Chip]:
    """Chips of a chosen range of days; ``remove_url`` gives the address without one of the two."""
    chips = []
    for name, day, label in ((DATE_FROM, first, _("From %(date)s")), (DATE_TO, last, _("Until %(date)s"))):
        if day:
            chips.append(Chip(label % {"date": f"{day.day}/{day.month}/{day.year}"}, remove_url(name)))
    return chips


# Pages --------------------------------------------------------------------------------------------------------------


def page_numbers(number: int, last: int) -> list[int | None]:
    """Numbers to print: the first, the last, two on each side of this one; None for a gap."""
    near = {1, last, *range(number - 2, number + 3)}
    window: list[int | None] = []
    for candidate in sorted(other for other in near if 1 <= other <= last):
        previous = window[-1] if window else None
        if previous is not None and candidate - previous > 1:
            window.append(previous + 1 if candidate - previous == 2 else None)  # a gap of one number
        window.append(candidate)
    return window
