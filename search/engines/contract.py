"""What every search engine promises; one suite of tests holds all of them to it."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from typing import TYPE_CHECKING, Any, Literal, Protocol

from search.documents import SearchDocument

if TYPE_CHECKING:
    from search.analysis.vocabulary import Vocabulary

# Clauses ------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Term:
    """A token in a field. Tokens come from ``search.analysis``; engines never analyse.

    A ``flat`` one is worth its boost, however rare the token and however long the field.
    """

    field: str
    token: str
    boost: float = 1.0
    flat: bool = False


@dataclass(frozen=True, slots=True)
class Phrase:
    """Tokens that follow one another in a field."""

    field: str
    tokens: tuple[str, ...]
    boost: float = 1.0


@dataclass(frozen=True, slots=True)
class AnyOf:
    """At least some of the parts; their scores add up."""

    parts: tuple["Clause", ...]
    at_least: int = 1


@dataclass(frozen=True, slots=True)
class AllOf:
    """Every part; their scores add up."""

    parts: tuple["Clause", ...]


Clause = Term | Phrase | AnyOf | AllOf


@dataclass(frozen=True, kw_only=True)
class Plan:
    """A reader's words as clauses. ``match`` decides what is found (None: everything), ``score`` ranks it.

    Where much is found, the best by score satisfy ``match`` anyway, and asking for it would only cost time; a
    ``strict`` plan asks for it always.
    """

    match: Clause | None = None
    score: tuple[Clause, ...] = ()
    without: tuple[Clause, ...] = ()
    ranker: "Ranker | None" = None
    strict: bool = False

    def must_match(self, total: int | None, wanted: int) -> bool:
        """Whether ranking asks for ``match``, when ``total`` are found (None: not counted) and ``wanted`` looked at."""
        return self.strict or not self.score or (total is not None and total <= wanted)


@dataclass(frozen=True, slots=True)
class Candidate:
    """One of the best documents by score, with what a second look needs.

    ``forward`` is what ``search.analysis.ranking.forward`` made of the document when it was indexed.
    """

    score: float
    forward: bytes
    date: datetime | None
    fades: bool


class Ranker(Protocol):
    """A second look at the best documents: what a sum over words cannot see."""

    @property
    def depth(self) -> int:
        """How many of the best documents are looked at again."""
        ...

    def rank(self, candidates: Sequence[Candidate]) -> list[float]:
        """A new score for each candidate, in the order given; only their order matters."""
        ...


# Questions and answers ----------------------------------------------------------------------------------------------

Sort = Literal["relevance", "date"]


@dataclass(frozen=True, kw_only=True)
class SearchRequest:
    """One question to an engine.

    Values of one facet are alternatives, facets narrow each other; counts of a facet are taken without its own choice.
    ``hidden`` (keys) and ``hidden_below`` (page ids) leave out what readers may not see any more, whatever the index
    still holds. ``date_from`` is inclusive, ``date_to`` exclusive.
    """

    plan: Plan
    filters: dict[str, tuple[str, ...]] = field(default_factory=dict)
    date_from: datetime | None = None
    date_to: datetime | None = None
    sort: Sort = "relevance"
    offset: int = 0
    limit: int = 20
    facets: tuple[str, ...] = ()
    hidden: frozenset[str] = frozenset()
    hidden_below: frozenset[int] = frozenset()
    count: bool = True


@dataclass(frozen=True)
class Hit:
    """A document found, in its original spelling; ``stored`` is read when more than the key is asked of it."""

    key: str
    score: float
    stored: SearchDocument | bytes = field(repr=False)

    @cached_property
    def document(self) -> SearchDocument:
        """What was indexed."""
        return self.stored if isinstance(self.stored, SearchDocument) else SearchDocument.parse(self.stored)

    @property
    def kind(self) -> str:
        return self.document.kind

    @property
    def title(self) -> str:
        return self.document.title

    @property
    def url(self) -> str:
        return self.document.url

    @property
    def context(self) -> str:
        return self.document.context

    @property
    def summary(self) -> str:
        return self.document.summary

    @property
    def text(self) -> str:
        return self.document.text

    @property
    def date(self) -> datetime | None:
        return self.document.date

    @property
    def fades(self) -> bool:
        return self.document.fades

    @property
    def shown(self) -> dict[str, str]:
        return self.document.shown


@dataclass(frozen=True, kw_only=True)
class SearchResponse:
    """Hits of the page asked for, the number of all, and per facet the number by value."""

    total: int
    hits: list[Hit]
    facets: dict[str, dict[str, int]] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class EngineStatus:
    """How the index stands. ``detail`` is for people.

    ``needs_rebuild`` is true when there is no index or one made by other rules (``version``) than this code's; false
    when the engine cannot be asked.
    """

    ok: bool
    detail: str
    documents: int = 0
    bytes: int = 0
    version: str = ""
    needs_rebuild: bool = False


class EngineUnavailable(Exception):  # noqa: N818  # a state, told to readers in a sentence
    """The engine cannot answer now: it is stopped, out of reach, or its index is not built yet."""


class Engine(Protocol):
    """An index of documents. Reading is open to every process; writing to the worker alone."""

    name: str

    def search(self, request: SearchRequest) -> SearchResponse:
        """Answer; raises :class:`EngineUnavailable` and nothing else."""
        ...

    def similar(self, key: str, *, limit: int, hidden: Collection[str] = ()) -> list[Hit]:
        """The documents most like one that is indexed, best first, without itself."""
        ...

    def vocabulary(self) -> "Vocabulary | None":
        """What the indexed texts are made of; None while nothing is indexed."""
        ...

    def get(self, keys: Collection[str]) -> dict[str, Hit]:
        """What is stored under these keys; missing ones are left out."""
        ...

    def write(self, documents: Iterable[SearchDocument], *, remove: Collection[str] = ()) -> None:
        """Store documents (replacing those of the same key) and take keys out; durable when it returns.

        Readers see it within a second. Writing the same again changes nothing.
        """
        ...

    def rebuild(self, documents: Iterable[SearchDocument]) -> int:
        """Build a new index beside the one in use and switch in one step; return the number of documents."""
        ...

    def fingerprints(self) -> Iterator[tuple[str, str]]:
        """Key and fingerprint of every document in the index, in any order."""
        ...

    def compact(self) -> None:
        """Give back the space of what was replaced or removed."""
        ...

    def status(self) -> EngineStatus:
        """How the index stands, within milliseconds; never raises."""
        ...

    def describe(self) -> dict[str, Any]:
        """Figures for reports: documents, bytes, segments or shards."""
        ...
