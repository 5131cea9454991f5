"""What a reader chose in a listing's form, parsed from the address and printed back into it."""

from dataclasses import dataclass, field, replace
from datetime import date, datetime
from urllib.parse import urlencode

from django.http import QueryDict
from django.utils.translation import gettext as _

from core.text import clean_text

DATE_FORMATS = ("%Y-%m-%d", "%d/%m/%Y", "%d-%m-%Y", "%d.%m.%Y")
MAX_CHOICES = 20
TOPIC, UNIT, KIND, DATE_FROM, DATE_TO, PAGE = "chu-de", "don-vi", "loai", "tu", "den", "trang"
GROUPS = (TOPIC, UNIT, KIND)


@dataclass(frozen=True, kw_only=True)
class Filters:
    """Chosen values by group, a range of days (both included) and the page's number."""

    chosen: dict[str, tuple[str, ...]] = field(default_factory=dict)
    date_from: date | None = None
    date_to: date | None = None
    number: int = 1
    errors: tuple[str, ...] = ()

    @classmethod
    def parse(cls, data: QueryDict) -> "Filters":
        """Read the address; what makes no sense is left out and named in ``errors``."""
        errors: list[str] = []
        chosen = {
            key: tuple(dict.fromkeys(filter(None, (clean_text(value).strip().lower() for value in data.getlist(key)))))[
                :MAX_CHOICES
            ]
            for key in GROUPS
        }
        date_from = _parse_date(data.get(DATE_FROM, ""), errors)
        date_to = _parse_date(data.get(DATE_TO, ""), errors)
        if date_from and date_to and date_from > date_to:
            date_from, date_to = date_to, date_from
        number = data.get(PAGE, "")
        return cls(
            chosen={key: values for key, values in chosen.items() if values},
            date_from=date_from,
            date_to=date_to,
            number=int(number) if number.isascii() and number.isdigit() and len(number) < 9 and int(number) > 0 else 1,
            errors=tuple(errors),
        )

    @property
    def active(self) -> bool:
        """Whether anything narrows the listing."""
        return bool(self.chosen or self.date_from or self.date_to)

    def values(self, group: str) -> tuple[str, ...]:
        """The chosen values of a group."""
        return self.chosen.get(group, ())

    def without(self, group: str, value: str) -> "Filters":
        """The same filters less one value."""
        rest = tuple(item for item in self.values(group) if item != value)
        chosen = {**self.chosen, group: rest}
        return replace(self, chosen={key: values for key, values in chosen.items() if values}, number=1)

    def query(self, *, number: int | None = None) -> str:
        """The address's query, in one canonical order, with its question mark; "" when nothing is chosen."""
        pairs = [(group, value) for group in GROUPS for value in sorted(self.values(group))]
        if self.date_from:
            pairs.append((DATE_FROM, self.date_from.isoformat()))
        if self.date_to:
            pairs.append((DATE_TO, self.date_to.isoformat()))
        page = self.number if number is None else number
        if page > 1:
            pairs.append((PAGE, str(page)))
        return f"?{urlencode(pairs)}" if pairs else ""


def _parse_date(text: str, errors: list[str]) -> date | None:
    text = text.strip()
    if not text:
        return None
    for pattern in DATE_FORMATS:
        try:
            parsed = datetime.strptime(text[:20], pattern).date()  # noqa: DTZ007  # a calendar day has no time zone
        except ValueError:
            continue
        if 1900 <= parsed.year < 2200:  # other years are slips of the finger, and calendars end at 9999
            return parsed
    errors.append(_("«%(text)s» is not a date. Write it as 16/12/2025.") % {"text": text[:20]})
    return None
