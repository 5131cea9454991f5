"""What has a feed, and how a type of page reads in one; each app registers its part when it is ready."""

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Model
from django.utils.functional import Promise

from crossposting.feeds.documents import Film
from crossposting.feeds.paging import Cursor, PageOfIds, ids_before
from pages.models import BasePage
from pages.querysets import BasePageQuerySet

Text = str | Promise


class FeedUnavailable(Exception):  # noqa: N818  # a state, not a mistake
    """What gives the items cannot answer now; readers are asked to come again."""


@dataclass(frozen=True, kw_only=True)
class Subject:
    """One thing that has a feed: a topic, a unit, the answers to a search.

    ``key`` names it among its kind for ever and stands in the address, ``slug`` is there to be read and may change.
    ``query`` is the query of its addresses, for a kind whose things are described by one. ``url`` is where people read
    the same on the portal. ``moved_to`` is the thing that took its place, if one did.
    """

    key: str = ""
    slug: str = ""
    query: str = ""
    title: str = ""
    description: str = ""
    url: str = "/"
    moved_to: "Subject | None" = None


class FeedSource(ABC):
    """A kind of thing that has feeds. A subclass says what there is, what it holds and what makes it stale."""

    #: The part of the address; "" for the portal itself.
    name: str = ""
    #: Heading of the list of these feeds.
    legend: Text = ""
    order: int = 100
    #: Whether the things are numbered: their address is ``12-luong``, and 12 alone finds them.
    numbered: bool = True
    #: For how many seconds after a change an answer may still show the state before it.
    settles_after: float = 0.0
    #: Whether readers may be told of news at once: only of feeds that :meth:`showing` can name.
    pushes: bool = True
    #: Whether search engines should leave the addresses alone.
    noindex: bool = False

    @abstractmethod
    def keys(self, key: str) -> tuple[str, ...]:
        """The surrogate keys of everything in the feed; asks the database nothing."""

    @abstractmethod
    def find(self, key: str, query: Mapping[str, Any]) -> Subject | None:
        """The thing of an address, or None."""

    @abstractmethod
    def subjects(self) -> Iterable[Subject]:
        """Everything of this kind that has a feed worth listing, in the order of the list."""

    @abstractmethod
    def pages(self, subject: Subject) -> BasePageQuerySet:
        """What the feed holds, in no order; only what any reader may see."""

    def showing(self, page: Any) -> Iterator[Subject]:
        """The things in whose feed a page stands."""
        yield from ()

    def of_context(self, context: Mapping[str, Any]) -> Subject | None:
        """The thing that a template shows, found without asking the database."""
        return None

    def ids(self, subject: Subject, cursor: Cursor, size: int) -> PageOfIds:
        """One page of the feed, newest first."""
        return ids_before(self.pages(subject), cursor, size)

    def canonical_query(self, query: Mapping[str, Any]) -> str:
        """What of an address's query belongs to the thing, in one order; for kinds that are described by one."""
        return ""


_sources: dict[str, FeedSource] = {}
_templates: dict[type[Model], str] = {}
#: Given the pages of a feed, finds the films of some by the pages' ids, in a fixed number of queries.
FilmFinder = Callable[[Sequence[BasePage]], Mapping[int, Film]]
_film_finders: list[FilmFinder] = []


def register_source(source: FeedSource) -> None:
    """Give a kind of thing its feeds."""
    _sources[source.name] = source


def forget_source(name: str) -> None:
    """Take a kind out of the registry; tests register kinds of their own."""
    _sources.pop(name, None)


def sources() -> list[FeedSource]:
    """Every kind, in the order of the list of feeds."""
    return sorted(_sources.values(), key=lambda source: (source.order, source.name))


def source_named(name: str) -> FeedSource | None:
    """The kind with this name in the address."""
    return _sources.get(name)


def register_template(model: type[Model], template: str) -> None:
    """Name the template that prints pages of a type in feeds.

    It is given ``page`` and prints plain HTML; addresses may be relative. Without one, the texts of a page are printed
    in the order of its fields.
    """
    _templates[model] = template


def template_for(model: type[Model]) -> str | None:
    """The template of a type, or of the nearest type it builds on."""
    return next((_templates[base] for base in model.__mro__ if base in _templates), None)


def register_films(finder: FilmFinder) -> None:
    """Let feeds name the video files that pages are about; only such as anybody may open."""
    if finder not in _film_finders:
        _film_finders.append(finder)


def films_of(pages: Sequence[BasePage]) -> dict[int, Film]:
    """The films of these pages, by the pages' ids."""
    return {pk: film for finder in _film_finders for pk, film in finder(pages).items()}
