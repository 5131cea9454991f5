"""What a reader asks of the search page: words and choices, read from the address and printed back into it."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import Any
from urllib.parse import urlencode

from django.http import QueryDict
from django.urls import reverse
from django.utils.functional import cached_property

from core.narrowing import (
    DATE_FROM,
    DATE_TO,
    PAGE,
    chosen_days,
    chosen_values,
    day_start,
    page_number,
)
from core.text import clean_text
from search import registry
from search.engines.contract import Sort

WORDS, SORT, VERBATIM = "q", "sap-xep", "nguyen-van"
NEWEST_FIRST = "moi-nhat"
#: People's questions are shorter; what is pasted beyond it is left out, and the page says so.
MAX_LENGTH = 500


@dataclass(frozen=True, kw_only=True)
class Question:
    """Words, chosen values by facet, days (both included), order and the number of the page."""

    text: str = ""
    chosen: dict[str, tuple[str, ...]] = field(default_factory=dict)
    date_from: date | None = None
    date_to: date | None = None
    sort: Sort = "relevance"
    verbatim: bool = False
    number: int = 1
    shortened: bool = False
    errors: tuple[str, ...] = ()

    @classmethod
    def parse(cls, data: QueryDict) -> "Question":
        """Read the address; whatever it holds, a question comes of it."""
        typed = " ".join(clean_text(data.get(WORDS, "")[: 10 * MAX_LENGTH]).split())
        chosen = {facet.key: chosen_values(data, facet.param) for facet in registry.facets()}
        date_from, date_to, errors = chosen_days(data)
        return cls(
            text=_cut(typed),
            chosen={key: values for key, values in chosen.items() if values},
            date_from=date_from,
            date_to=date_to,
            sort="date" if data.get(SORT) == NEWEST_FIRST else "relevance",
            verbatim=data.get(VERBATIM) == "1",
            number=page_number(data),
            shortened=len(typed) > MAX_LENGTH,
            errors=errors,
        )

    # What is asked ----------------------------------------------------------------------------------------------

    @property
    def narrowed(self) -> bool:
        """Whether anything but the words narrows the results."""
        return bool(self.chosen or self.date_from or self.date_to)

    @cached_property
    def filters(self) -> dict[str, Any]:
        """Facets and days as engines take them."""
        return {
            "filters": self.chosen,
            "date_from": day_start(self.date_from) if self.date_from else None,
            "date_to": day_start(self.date_to + timedelta(days=1)) if self.date_to else None,
        }

    # The same question, otherwise -------------------------------------------------------------------------------

    def without(self, key: str, value: str) -> "Question":
        """Less one chosen value."""
        rest = tuple(item for item in self.chosen.get(key, ()) if item != value)
        chosen = {**self.chosen, key: rest}
        return replace(self, chosen={name: values for name, values in chosen.items() if values}, number=1)

    def with_value(self, key: str, value: str) -> "Question":
        """With one more chosen value."""
        values = tuple(dict.fromkeys((*self.chosen.get(key, ()), value)))
        return replace(self, chosen={**self.chosen, key: values}, number=1)

    def without_day(self, name: str) -> "Question":
        """Without the first or the last day."""
        if name == DATE_FROM:
            return replace(self, date_from=None, number=1)
        return replace(self, date_to=None, number=1)

    def without_filters(self) -> "Question":
        """The words alone."""
        return replace(self, chosen={}, date_from=None, date_to=None, number=1)

    def saying(self, text: str, *, verbatim: bool = False) -> "Question":
        """Other words, the same filters."""
        return replace(self, text=text, verbatim=verbatim, number=1)

    def sorted_by(self, sort: Sort) -> "Question":
        """In another order."""
        return replace(self, sort=sort, number=1)

    # The address ------------------------------------------------------------------------------------------------

    def pairs(self) -> list[tuple[str, str]]:
        """What stands in the address apart from the number of the page, in one canonical order."""
        pairs = [(WORDS, self.text)] if self.text else []
        pairs += [
            (facet.param, value) for facet in registry.facets() for value in sorted(self.chosen.get(facet.key, ()))
        ]
        pairs += [
            (name, day.isoformat()) for name, day in ((DATE_FROM, self.date_from), (DATE_TO, self.date_to)) if day
        ]
        return pairs + self.manner()

    def manner(self) -> list[tuple[str, str]]:
        """How to search and in which order, as pairs of the address."""
        pairs = [(SORT, NEWEST_FIRST)] if self.sort == "date" else []
        return pairs + ([(VERBATIM, "1")] if self.verbatim else [])

    def url(self, *, number: int | None = None, more: Sequence[tuple[str, str]] = ()) -> str:
        """The one address of this question; of one of its pages if a number is given."""
        page = self.number if number is None else number
        pairs = [*self.pairs(), *([(PAGE, str(page))] if page > 1 else []), *more]
        return search_url() + (f"?{urlencode(pairs)}" if pairs else "")


def search_url() -> str:
    """The address of the search page."""
    return reverse("search")


def _cut(text: str) -> str:
    """The words that fit; cut at a word if there is one."""
    if len(text) <= MAX_LENGTH:
        return text
    return text[: MAX_LENGTH + 1].rpartition(" ")[0] or text[:MAX_LENGTH]
