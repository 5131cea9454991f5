"""What sources share: adding what other apps know, and walking ids in steps of bounded size."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Any

from search.documents import SearchDocument
from search.registry import Enrichment

#: Objects read at once. Each batch costs the same few queries.
BATCH = 200
STEP = 2000


def merge(document: SearchDocument, additions: Iterable[Enrichment]) -> SearchDocument:
    """Return the document with what other apps add to it."""
    for more in additions:
        facets = dict(document.facets)
        for key, values in more.facets.items():
            facets[key] = tuple(dict.fromkeys([*facets.get(key, ()), *values]))
        document = replace(
            document,
            context=joined([document.context, *more.context]),
            text="\n".join(filter(None, [document.text, *more.text])),
            numbers=(*document.numbers, *more.numbers),
            facets=facets,
            shown={**document.shown, **more.shown},
        )
    return document


def joined(parts: Iterable[str]) -> str:
    """Titles side by side, each once."""
    return " · ".join(dict.fromkeys(filter(None, parts)))


def ids_in_steps(objects: Any, after: int = 0) -> Iterator[int]:
    """The ids of a query after one, ascending, some thousand at a time: no cursor stays open while work is done."""
    last = after
    while ids := list(objects.filter(pk__gt=last).order_by("pk").values_list("pk", flat=True)[:STEP]):
        yield from ids
        last = ids[-1]
