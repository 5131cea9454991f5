"""What a reader chose in a listing's form, parsed from the address and printed back into it."""

from dataclasses import dataclass, field, replace
from datetime import date
from urllib.parse import urlencode

from django.http import QueryDict

from core.narrowing import DATE_FROM, DATE_TO, PAGE, chosen_days, chosen_values, page_number

TOPIC, UNIT, KIND = "chu-de", "don-vi", "loai"
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
        chosen = {key: chosen_values(data, key) for key in GROUPS}
        date_from, date_to, errors = chosen_days(data)
        return cls(
            chosen={key: values for key, values in chosen.items() if values},
            date_from=date_from,
            date_to=date_to,
            number=page_number(data),
            errors=errors,
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
