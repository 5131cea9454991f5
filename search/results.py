"""What a search found, ready to print: as a page of a listing for the templates, as plain data for programs."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from django.utils.functional import cached_property

from core.narrowing import Chip, Group, Option, day_chips, page_numbers
from search import registry
from search.questions import Question

PER_PAGE = 20
#: Nobody reads on after fifty pages; who wants more is told how to narrow.
MAX_RESULTS = 1_000
#: Values of one facet offered at most. A reader who looks for a smaller unit types its name.
MAX_OPTIONS = 30
#: Links of one facet before anything is asked.
WAYS = 8


@dataclass(frozen=True, kw_only=True)
class Result:
    """One line of the results; title and text are marked HTML, ``plain_title`` is not.

    ``label`` says what it is, ``place`` where it stands, ``status`` whether a rule is in force.
    """

    key: str
    kind: str
    url: str
    plain_title: str
    score: float
    title: str = ""
    text: str = ""
    label: str = ""
    place: str = ""
    status: str = ""
    date: str = ""


@dataclass(frozen=True, kw_only=True)
class Way:
    """A value of a facet as a link, for readers who have typed nothing yet."""

    label: str
    url: str
    count: int


@dataclass(frozen=True, kw_only=True)
class Ways:
    """The most frequent values of one facet."""

    key: str
    legend: str
    entries: list[Way]


@dataclass(frozen=True, kw_only=True)
class Alternative:
    """The same question asked more widely, and how much that finds."""

    label: str
    url: str
    total: int


@dataclass(frozen=True, kw_only=True)
class Results:
    """The answer to a question. ``available`` is false while the engine cannot answer.

    ``applied`` is the spelling whose results these are when it is not what was typed, ``proposed`` another one worth
    trying. ``understood`` is false when nothing that was typed can be searched for, ``partial``
    true when nothing holds enough of the words and these results hold some. ``all_total`` counts what the
    words alone would find.
    """

    question: Question
    available: bool = True
    understood: bool = True
    partial: bool = False
    total: int = 0
    all_total: int = 0
    items: list[Result] = field(default_factory=list)
    counts: dict[str, dict[str, int]] = field(default_factory=dict)
    applied: str = ""
    proposed: str = ""
    alternatives: list[Alternative] = field(default_factory=list)

    # Facets -----------------------------------------------------------------------------------------------------

    @cached_property
    def labels(self) -> dict[str, dict[str, str]]:
        """Words for every value on offer or chosen, by facet."""
        found = {}
        for facet in registry.facets():
            values = {*self._offered(facet.key), *self.question.chosen.get(facet.key, ())}
            found[facet.key] = facet.labels(values) if values else {}
        return found

    def _offered(self, key: str) -> list[str]:
        counts = self.counts.get(key, {})
        return sorted(counts, key=lambda value: (-counts[value], value))[:MAX_OPTIONS]

    def options(self, key: str) -> list[Option]:
        """What can be ticked in a facet, most frequent first; years, newest first. Chosen values are always there."""
        counts, labels, chosen = self.counts.get(key, {}), self.labels[key], self.question.chosen.get(key, ())
        values = dict.fromkeys([*chosen, *self._offered(key)])
        options = [Option(value, labels.get(value, value), counts.get(value, 0), value in chosen) for value in values]
        if _are_numbers(values):
            return sorted(options, key=lambda option: (not option.checked, -int(option.value)))
        return sorted(options, key=lambda option: (not option.checked, -option.count))

    @cached_property
    def groups(self) -> list[Group]:
        """The form's fieldsets; one without a choice to make is left out."""
        groups = [(facet, self.options(facet.key)) for facet in registry.facets()]
        return [
            Group.in_order(facet.param, str(facet.legend), options)
            for facet, options in groups
            if len(options) > 1 or any(option.checked for option in options)
        ]

    @cached_property
    def chosen(self) -> list[Chip]:
        """What is chosen, each with the address without it."""
        chips = [
            Chip(self.labels[key].get(value, value), self.question.without(key, value).url())
            for key, values in self.question.chosen.items()
            for value in values
        ]
        days = self.question.date_from, self.question.date_to
        return chips + day_chips(*days, lambda name: self.question.without_day(name).url())

    @cached_property
    def ways(self) -> list[Ways]:
        """Facets as links, for a page on which nothing has been asked; a year says too little to stand there."""
        ways = []
        for facet in registry.facets():
            options = self.options(facet.key)
            if len(options) > 1 and not _are_numbers(option.value for option in options):
                entries = [
                    Way(
                        label=option.label, url=Question().with_value(facet.key, option.value).url(), count=option.count
                    )
                    for option in options[:WAYS]
                ]
                ways.append(Ways(key=facet.param, legend=str(facet.legend), entries=entries))
        return ways

    # Pages ------------------------------------------------------------------------------------------------------

    @property
    def number(self) -> int:
        """This page's number, from 1."""
        return self.question.number

    @property
    def last(self) -> int:
        """The last page's number."""
        return max(1, -(-min(self.total, MAX_RESULTS) // PER_PAGE))

    @property
    def first_place(self) -> int:
        """The place of this page's first result among all, from 1."""
        return (self.number - 1) * PER_PAGE + 1

    @property
    def more_than_shown(self) -> bool:
        """Whether there are results beyond the last page."""
        return self.total > MAX_RESULTS

    @property
    def limit(self) -> int:
        """How many results can be paged through."""
        return MAX_RESULTS

    @property
    def pages(self) -> list[int | None]:
        """Numbers to print."""
        return page_numbers(self.number, self.last)

    @property
    def previous_url(self) -> str:
        """The page before, or ""."""
        return self.url(self.number - 1) if self.number > 1 else ""

    @property
    def next_url(self) -> str:
        """The page after, or ""."""
        return self.url(self.number + 1) if self.number < self.last else ""

    # Links ------------------------------------------------------------------------------------------------------

    def url(self, number: int) -> str:
        """The address of one page of these results."""
        return self.question.url(number=number)

    @property
    def saved_url(self) -> str:
        """The address under which this search can be kept: always the first page."""
        return self.url(1)

    @property
    def clear_url(self) -> str:
        """The words without filters."""
        return self.question.without_filters().url()

    @property
    def verbatim_url(self) -> str:
        """Exactly what was typed."""
        return self.question.saying(self.question.text, verbatim=True).url()

    @property
    def plain_url(self) -> str:
        """What was typed, with corrections again."""
        return self.question.saying(self.question.text).url()

    @property
    def applied_url(self) -> str:
        """The corrected spelling, as if it had been typed."""
        return self.question.saying(self.applied).url()

    @property
    def proposed_url(self) -> str:
        """The spelling proposed, taken as it stands."""
        return self.question.saying(self.proposed).url()

    @property
    def relevance_url(self) -> str:
        """The closest first."""
        return self.question.sorted_by("relevance").url()

    @property
    def date_url(self) -> str:
        """The newest first."""
        return self.question.sorted_by("date").url()

    @property
    def kept(self) -> list[tuple[str, str]]:
        """What the form of filters must send along: words, order, manner."""
        return replace(self.question, chosen={}, date_from=None, date_to=None).pairs()

    # The form -----------------------------------------------------------------------------------------------------

    @property
    def date_from(self) -> date | None:
        """First day chosen."""
        return self.question.date_from

    @property
    def date_to(self) -> date | None:
        """Last day chosen."""
        return self.question.date_to

    @property
    def errors(self) -> tuple[str, ...]:
        """Sentences about days that are none."""
        return self.question.errors


def _are_numbers(values: Iterable[str]) -> bool:
    return all(value.isdecimal() for value in values)


def as_data(results: Results) -> dict[str, Any]:
    """The answer for programs. A correction is «applied» when the results are those of the other spelling."""
    return {
        "total": results.total,
        "results": [
            {
                "id": item.key,
                "url": item.url,
                "kind": item.kind,
                "title": item.plain_title,
                "score": round(item.score, 4),
            }
            for item in results.items
        ],
        "facets": {facet.param: _facet_data(results, facet) for facet in registry.facets()},
        "corrections": [
            {"text": text, "applied": applied}
            for text, applied in ((results.applied, True), (results.proposed, False))
            if text
        ],
    }


def _facet_data(results: Results, facet: registry.Facet) -> list[Mapping[str, Any]]:
    question = results.question
    return [
        {
            "value": option.value,
            "label": option.label,
            "count": option.count,
            "chosen": option.checked,
            "url": (question.without if option.checked else question.with_value)(facet.key, option.value).url(),
        }
        for option in results.options(facet.key)
    ]
