"""Records and the contract's clauses as Elasticsearch takes them: plain dicts, as they travel."""

from base64 import b64decode, b64encode
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import batched
from typing import Any
from zlib import crc32

from search.analysis.understanding import CITED_NUMBERS, EXACT, EXACT_PAIRS, FOLDED, OWN_NUMBERS
from search.engines.contract import AllOf, Candidate, Clause, Phrase, SearchRequest, Term
from search.engines.records import NO_DATE, Record, moment

type Body = dict[str, Any]

MOST_VALUES = 20_000
#: Elasticsearch refuses more values in one list of terms.
MOST_TERMS = 50_000
#: Lucene leaves the constant k1 + 1 out of BM25; what is worth a fixed amount must be as much smaller.
LUCENE_SCALE = 2.2
#: How far down a list may be read.
WINDOW = 100_000


def source_of(record: Record) -> Body:
    """The fields of a record."""
    streams = record.streams
    return {
        "k": record.key,
        EXACT: streams.exact,
        EXACT_PAIRS: streams.exact_pairs,
        FOLDED: " ".join(streams.folded),
        OWN_NUMBERS: " ".join(sorted(record.own_numbers)),
        CITED_NUMBERS: " ".join(sorted(record.cited_numbers)),
        "facet": record.facets,
        "above": list(record.source.above),
        "date": record.timestamp,
        "fades": record.source.fades,
        "fingerprint": record.fingerprint,
        "forward": b64encode(record.forward).decode(),
        "d": record.source.serialized.decode(),
    }


def candidate_of(hit: Body) -> Candidate:
    """What a second look needs of a hit."""
    source = hit["_source"]
    return Candidate(hit["_score"] or 0.0, b64decode(source["forward"]), moment(source["date"]), source["fades"])


# Searches ---------------------------------------------------------------------------------------------------------


def copy_of(request: SearchRequest) -> str:
    """Names the copy of the shards that answers: the same for all pages of a question, since copies differ in order."""
    return f"{crc32(repr(request.plan.match).encode()):x}"


@dataclass(frozen=True)
class Window:
    """A part of the list and what is read of each document in it."""

    offset: int
    limit: int
    fields: tuple[str, ...]


def page(request: SearchRequest, window: Window, *, match: bool) -> Body:
    """The best documents, or the newest; equals by key, so that pages neither repeat nor leave out anything.

    Without ``match`` the best are whatever has any of the plan's words.
    """
    offset = window.offset
    limit = max(0, min(window.limit, WINDOW - offset))
    by_date = request.sort == "date"
    by = [{"date": "desc"}, {"k": "asc"}] if by_date else ["_score", {"k": "asc"}]
    return {
        "query": _condition(request) if by_date else _ranking(request, match=match),
        "from": offset if limit else 0,
        "size": limit,
        "sort": by,
        "track_total_hits": False,
        "_source": list(window.fields),
    }


def counts(request: SearchRequest) -> Iterator[tuple[str, Body]]:
    """Searches that only count: of everything (named ""), and of each facet chosen from without its own choice."""
    if request.facets:
        yield "", _count(request, facets=True)
        for key in request.filters:
            if key in request.facets:
                yield key, _count(request, facets=True, leaving_out=key)
    elif request.count:
        yield "", _count(request, facets=False)


def _count(request: SearchRequest, *, facets: bool, leaving_out: str = "") -> Body:
    body: Body = {"query": _condition(request, leaving_out), "size": 0, "track_total_hits": True}
    if facets:
        body["aggs"] = {"facets": {"terms": {"field": "facet", "size": MOST_VALUES}}}
    return body


def values(answer: Body) -> dict[str, dict[str, int]]:
    """The counts of all values of all facets in the answer to a search that counts."""
    found: dict[str, dict[str, int]] = {}
    for bucket in answer["aggregations"]["facets"]["buckets"]:
        key, _equals, value = bucket["key"].partition("=")
        found.setdefault(key, {})[value] = bucket["doc_count"]
    return found


# Clauses ----------------------------------------------------------------------------------------------------------


def _ranking(request: SearchRequest, *, match: bool) -> Body:
    scores = [part for clause in request.plan.score if (part := _clause(clause)) is not None]
    query = _condition(request, match=match or not scores)
    if scores:
        query["bool"] |= {"should": scores, "minimum_should_match": 0 if match else 1}
    return query


def _condition(request: SearchRequest, leaving_out: str = "", *, match: bool = True) -> Body:
    """What is found, without ranking; ``leaving_out`` a facet's own choice."""
    plan = request.plan
    filters: list[Body] = []
    if match and plan.match is not None:
        filters.append(_clause(plan.match) or {"match_none": {}})
    for key, chosen in request.filters.items():
        if key != leaving_out:
            filters.append({"terms": {"facet": [f"{key}={value}" for value in chosen]}})
    if request.date_from or request.date_to:
        filters.append(_between(request.date_from, request.date_to))
    without = [part for clause in plan.without if (part := _clause(clause)) is not None]
    without += [{"terms": {"k": list(some)}} for some in batched(sorted(request.hidden), MOST_TERMS)]
    without += [{"terms": {"above": list(some)}} for some in batched(sorted(request.hidden_below), MOST_TERMS)]
    if match and not filters:
        filters.append({"match_all": {}})
    return {"bool": {"filter": filters, "must_not": without}}


def _between(start: datetime | None, end: datetime | None) -> Body:
    between = {"gte": int(start.timestamp()) if start else NO_DATE + 1}
    if end:
        between["lt"] = int(end.timestamp())
    return {"range": {"date": between}}


def _clause(clause: Clause) -> Body | None:
    """None for a clause that nothing can satisfy because it is empty."""
    if isinstance(clause, Term) and clause.flat:
        worth = clause.boost / LUCENE_SCALE
        return {"constant_score": {"filter": {"term": {clause.field: clause.token}}, "boost": worth}}
    if isinstance(clause, Term):
        return {"term": {clause.field: {"value": clause.token, "boost": clause.boost}}}
    if isinstance(clause, Phrase):
        raise TypeError("Fields hold no positions: phrases are pairs.")
    parts = [part for inner in clause.parts if (part := _clause(inner)) is not None]
    if not parts:
        return None
    if isinstance(clause, AllOf):
        return {"bool": {"must": parts}}
    return {"bool": {"should": parts, "minimum_should_match": max(1, min(clause.at_least, len(parts)))}}
