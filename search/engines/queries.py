"""The contract's clauses as tantivy's queries, and the schema they speak of."""

from collections.abc import Collection
from datetime import datetime
from functools import lru_cache

import tantivy
from tantivy import Occur, Query

from search.analysis.understanding import CITED_NUMBERS, EXACT, EXACT_PAIRS, FOLDED, OWN_NUMBERS
from search.engines.contract import AllOf, Clause, Phrase, SearchRequest, Term
from search.engines.records import NO_DATE, Record

TOKENIZER = "whitespace"


@lru_cache(maxsize=1)
def schema() -> tantivy.Schema:
    """Token streams without positions (pairs do for phrases), and what filters, sorts and is given back."""
    builder = tantivy.SchemaBuilder()
    builder.add_text_field("k", stored=True, tokenizer_name="raw", index_option="basic")
    for name in (EXACT, EXACT_PAIRS):
        builder.add_text_field(name, tokenizer_name=TOKENIZER, index_option="freq")
    for name in (FOLDED, OWN_NUMBERS, CITED_NUMBERS):
        builder.add_text_field(name, tokenizer_name=TOKENIZER, index_option="basic")
    builder.add_text_field("facet", tokenizer_name="raw", index_option="basic", fast=True)
    builder.add_unsigned_field("above", indexed=True)
    builder.add_integer_field("date", indexed=True, fast=True)
    builder.add_boolean_field("fades", fast=True)
    builder.add_text_field("fingerprint", stored=True, tokenizer_name="raw", index_option="basic")
    builder.add_bytes_field("forward", stored=True)  # a text field would be indexed too, as one huge term
    builder.add_bytes_field("d", stored=True)
    return builder.build()


def document(record: Record) -> tantivy.Document:
    """A record by this schema."""
    streams = record.streams
    made = tantivy.Document()
    made.add_text("k", record.key)
    made.add_text(EXACT, " ".join(streams.exact))
    made.add_text(EXACT_PAIRS, " ".join(streams.exact_pairs))
    made.add_text(FOLDED, " ".join(streams.folded))
    made.add_text(OWN_NUMBERS, " ".join(record.own_numbers))
    made.add_text(CITED_NUMBERS, " ".join(record.cited_numbers))
    for facet in record.facets:
        made.add_text("facet", facet)
    for page_id in record.source.above:
        made.add_unsigned("above", page_id)
    made.add_integer("date", record.timestamp)
    made.add_boolean("fades", record.source.fades)
    made.add_text("fingerprint", record.fingerprint)
    made.add_bytes("forward", record.forward)
    made.add_bytes("d", record.source.serialized)
    return made


def ranking(request: SearchRequest, *, match: bool) -> Query:
    """What is found, ranked by the plan's words; without ``match`` whatever has any of them."""
    scores = [(Occur.Should, part) for clause in request.plan.score if (part := _query(clause)) is not None]
    if not scores:
        return condition(request)
    if match:
        return Query.boolean_query([*_conditions(request, ""), *scores])
    # Shoulds alone let tantivy skip what cannot come among the best; next to a must they no longer ask for any.
    narrowing = _narrowing(request, "")
    if any(occur == Occur.Must for occur, _part in narrowing):
        return Query.boolean_query([*narrowing, (Occur.Must, Query.boolean_query(scores))])
    return Query.boolean_query([*narrowing, *scores])


def condition(request: SearchRequest, *, leaving_out: str = "") -> Query:
    """What is found, without ranking; ``leaving_out`` a facet's own choice."""
    return Query.boolean_query(_conditions(request, leaving_out))


def _conditions(request: SearchRequest, leaving_out: str) -> list[tuple[Occur, Query]]:
    match = _query(request.plan.match) if request.plan.match is not None else Query.all_query()
    found = Query.const_score_query(match if match is not None else Query.empty_query(), 0.0)
    return [(Occur.Must, found), *_narrowing(request, leaving_out)]


def _narrowing(request: SearchRequest, leaving_out: str) -> list[tuple[Occur, Query]]:
    """What the reader chose and what nobody may see."""
    parts: list[tuple[Occur, Query]] = []
    for key, values in request.filters.items():
        if key != leaving_out:
            chosen = Query.term_set_query(schema(), "facet", [f"{key}={value}" for value in values])
            parts.append((Occur.Must, Query.const_score_query(chosen, 0.0)))
    if request.date_from or request.date_to:
        parts.append((Occur.Must, Query.const_score_query(_between(request.date_from, request.date_to), 0.0)))
    parts += [(Occur.MustNot, part) for clause in request.plan.without if (part := _query(clause)) is not None]
    if request.hidden:
        parts.append((Occur.MustNot, by_keys(request.hidden)))
    if request.hidden_below:
        parts.append((Occur.MustNot, Query.term_set_query(schema(), "above", sorted(request.hidden_below))))
    return parts


def _between(start: datetime | None, end: datetime | None) -> Query:
    lower = int(start.timestamp()) if start else NO_DATE + 1
    upper = int(end.timestamp()) if end else -NO_DATE
    return Query.range_query(
        schema(), "date", tantivy.FieldType.Integer, lower_bound=lower, upper_bound=upper, include_upper=False
    )


def by_key(key: str) -> Query:
    """The document of a key."""
    return Query.term_query(schema(), "k", key, "basic")


def by_keys(keys: Collection[str]) -> Query:
    """The documents of some keys."""
    return Query.term_set_query(schema(), "k", sorted(keys))


def _query(clause: Clause) -> Query | None:
    """None for a clause that nothing can satisfy because it is empty."""
    if isinstance(clause, Term):
        query = Query.term_query(schema(), clause.field, clause.token, "freq")
        if clause.flat:
            return Query.const_score_query(query, clause.boost)
        return query if clause.boost == 1.0 else Query.boost_query(query, clause.boost)
    if isinstance(clause, Phrase):
        raise TypeError("Fields hold no positions: phrases are pairs.")
    parts = [part for inner in clause.parts if (part := _query(inner)) is not None]
    if not parts:
        return None
    if isinstance(clause, AllOf):
        return Query.boolean_query([(Occur.Must, part) for part in parts])
    if clause.at_least > 1:
        return Query.boolean_query(
            [(Occur.Should, part) for part in parts], minimum_number_should_match=min(clause.at_least, len(parts))
        )
    return Query.boolean_query([(Occur.Should, part) for part in parts])
