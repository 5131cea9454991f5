"""The admin's search in SQLite's FTS5."""

from collections.abc import Iterable
from typing import Any

from django.db import models, transaction
from django.db.models import Case, F, Value, When
from wagtail.search.backends.database.sqlite.query import MatchExpression, normalize
from wagtail.search.backends.database.sqlite.sqlite import (
    ObjectIndexer,
    SQLiteAutocompleteQueryCompiler,
    SQLiteFTSIndexEntry,
    SQLiteIndex,
    SQLiteSearchBackend,
    SQLiteSearchQueryCompiler,
)
from wagtail.search.query import MatchAll, Not
from wagtail.search.utils import get_descendants_content_types_pks

from core.admin_search.folding import FoldingBackendMixin, FoldingIndexMixin

#: As many results stand in order of relevance, a few screens of them; the others follow, newest first.
RANKED = 100


class SearchQueryCompiler(SQLiteSearchQueryCompiler):
    """Reads the ranks once.

    Wagtail repeats the search for every result to learn its rank: on 5,000 pages the first letter somebody types
    would keep a web process busy for half a minute.
    """

    def search(self, config: Any, start: int | None, stop: int | None, score_field: str | None = None) -> Any:
        """Return the objects found, the best first unless the caller has an order."""
        query = normalize(self.query)
        if not self.order_by_relevance or score_field or isinstance(query, MatchAll | Not):
            return super().search(config, start, stop, score_field)
        matches = SQLiteFTSIndexEntry.objects.filter(
            MatchExpression(self.fields or self.FTS_TABLE_FIELDS, self.build_search_query(query, config)),
            index_entry__content_type__in=get_descendants_content_types_pks(self.queryset.model),
        ).values_list("index_entry__object_id", flat=True)
        rank = self._build_rank_expression(self.get_search_vectors(), config)
        best = matches.order_by(rank, F("index_entry").desc())[:RANKED]
        order = Case(*[When(pk=key, then=Value(place)) for place, key in enumerate(best)], default=Value(RANKED))
        return self.queryset.filter(pk__in=matches).order_by(order, "-pk")[start:stop]


class AutocompleteQueryCompiler(SearchQueryCompiler, SQLiteAutocompleteQueryCompiler):
    """The same for words of which the last may be incomplete."""


class FoldingSQLiteIndex(FoldingIndexMixin, SQLiteIndex):
    """FTS5's own folding leaves đ, and in the table that Wagtail makes every letter with two diacritics."""

    indexer_class = ObjectIndexer

    def add_items(self, model: type[models.Model], items: Iterable[models.Model]) -> None:
        """Add objects while no other process does.

        Wagtail asks which entries exist and then adds the missing ones. A picture is entered twice when it is uploaded,
        by the form and by a task of the worker: whichever came second between the two would fail, and the upload end
        in an error 500.
        """
        with transaction.atomic(using=self.write_connection.alias):
            super().add_items(model, items)


class SearchBackend(FoldingBackendMixin, SQLiteSearchBackend):
    """What WAGTAILSEARCH_BACKENDS names; Wagtail asks for this class name."""

    query_compiler_class = SearchQueryCompiler
    autocomplete_query_compiler_class = AutocompleteQueryCompiler
    index_class = FoldingSQLiteIndex
