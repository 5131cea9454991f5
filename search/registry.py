"""What can be searched and by what it can be narrowed; each app registers its part when it is ready."""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils.functional import Promise

from search.documents import SearchDocument

Text = str | Promise


@dataclass(frozen=True, kw_only=True)
class Source:
    """Where documents of one sort come from; their keys are ``name:id``.

    ``visible_ids`` gives every id that readers may see now, in ascending order. ``load`` makes the documents of some
    ids, silently leaving out what readers may not see: what is asked for and not given is taken out of the index.
    """

    name: str
    visible_ids: Callable[[], Iterator[int]]
    load: Callable[[Collection[int]], Iterable[SearchDocument]]


@dataclass(frozen=True, kw_only=True)
class Facet:
    """A way to narrow results: ``param`` stands in the address, ``labels`` gives words for values."""

    key: str
    param: str
    legend: Text
    labels: Callable[[Collection[str]], dict[str, str]]
    order: int = 100


@dataclass(frozen=True, kw_only=True)
class Kind:
    """What a result is, as readers filter by it. ``fades`` is true for news, whose worth falls with age."""

    slug: str
    label: Text
    fades: bool = False


@dataclass(frozen=True, kw_only=True)
class Enrichment:
    """What another app knows about a document; added to what its source says."""

    context: tuple[str, ...] = ()
    text: tuple[str, ...] = ()
    numbers: tuple[str, ...] = ()
    facets: dict[str, tuple[str, ...]] = field(default_factory=dict)
    shown: dict[str, str] = field(default_factory=dict)


#: Given the objects of a batch, says something about some of them by their ids, in a fixed number of queries.
Enricher = Callable[[Sequence[Any]], Mapping[int, Enrichment]]
#: Given a page and what the general source made of it, returns the document. Asks no queries: it runs once a page.
PageAdapter = Callable[[Any, SearchDocument], SearchDocument]
#: Given the id of what changed and the last id done, gives the further ids of a source's objects that say something of
#: it, in ascending order.
Scope = Callable[[int, int], Iterable[int]]

_sources: dict[str, Source] = {}
_facets: dict[str, Facet] = {}
_adapters: dict[type, PageAdapter] = {}
_kinds: dict[str, Kind] = {}
_page_kinds: dict[type, str] = {}
_enrichers: dict[str, list[Enricher]] = {}
_scopes: dict[tuple[str, str], Scope] = {}


def register_source(source: Source) -> None:
    """Make a sort of thing searchable."""
    _sources[source.name] = source


def sources() -> dict[str, Source]:
    """Every source by its name."""
    return dict(_sources)


def forget_source(name: str) -> None:
    """Take a source out of the registry; tests register sources of their own."""
    _sources.pop(name, None)


def register_facet(facet: Facet) -> None:
    """Let readers narrow results by a facet."""
    _facets[facet.key] = facet


def facets() -> list[Facet]:
    """Every facet, in the order in which readers see them."""
    return sorted(_facets.values(), key=lambda facet: (facet.order, facet.key))


def register_kind(kind: Kind, *models: type) -> None:
    """Name a kind of result, and the types of pages that are of it."""
    _kinds[kind.slug] = kind
    _page_kinds.update(dict.fromkeys(models, kind.slug))


def kinds() -> dict[str, Kind]:
    """Every kind by its slug."""
    return dict(_kinds)


def kind_of_page(model: type, default: str) -> Kind:
    """The kind of a type of page, or of the nearest type it builds on."""
    return _kinds[next((_page_kinds[base] for base in model.__mro__ if base in _page_kinds), default)]


def enrich(source: str) -> Callable[[Enricher], Enricher]:
    """Add to what a source says of its objects (decorator): a unit's name, a file's text, an issuer."""

    def register(enricher: Enricher) -> Enricher:
        _enrichers.setdefault(source, []).append(enricher)
        return enricher

    return register


def enrichments(source: str, objects: Sequence[Any]) -> dict[int, list[Enrichment]]:
    """What every app has to say about the objects of a batch, by id."""
    found: dict[int, list[Enrichment]] = {}
    for enricher in _enrichers.get(source, []):
        for pk, enrichment in enricher(objects).items():
            found.setdefault(pk, []).append(enrichment)
    return found


def register_scope(source: str, name: str, ids: Scope) -> None:
    """Say which objects of a source a change of something else concerns: pages of a topic, pages below a page."""
    _scopes[source, name] = ids


def scope_ids(source: str, name: str, pk: int, after: int = 0) -> Iterable[int]:
    """The ids in a scope that come after one; none when the app that named it is gone."""
    ids = _scopes.get((source, name))
    return ids(pk, after) if ids else ()


def page_adapter(model: type) -> Callable[[PageAdapter], PageAdapter]:
    """Register what is special about pages of a type (decorator)."""

    def register(adapter: PageAdapter) -> PageAdapter:
        _adapters[model] = adapter
        return adapter

    return register


def adapter_for(model: type) -> PageAdapter | None:
    """The adapter of a type or of the nearest type it builds on."""
    return next((_adapters[base] for base in model.__mro__ if base in _adapters), None)
