"""What can be searched and by what it can be narrowed; each app registers its part when it is ready."""

from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass
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


PageAdapter = Callable[[Any], SearchDocument]

_sources: dict[str, Source] = {}
_facets: dict[str, Facet] = {}
_adapters: dict[type, PageAdapter] = {}


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


def page_adapter(model: type) -> Callable[[PageAdapter], PageAdapter]:
    """Register how pages of a type become documents (decorator); types without one use the general adapter."""

    def register(adapter: PageAdapter) -> PageAdapter:
        _adapters[model] = adapter
        return adapter

    return register


def adapter_for(model: type) -> PageAdapter | None:
    """The adapter of a type or of the nearest type it builds on."""
    return next((_adapters[base] for base in model.__mro__ if base in _adapters), None)
