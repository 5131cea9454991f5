"""The admin's search in PostgreSQL's text search."""

from typing import Any

from wagtail.search.backends.database.postgres.postgres import ObjectIndexer, PostgresIndex, PostgresSearchBackend

from core.admin_search.folding import FoldingBackendMixin, FoldingIndexMixin


class FoldingPostgresIndex(FoldingIndexMixin, PostgresIndex):
    """Folds here, since the ``unaccent`` extension would have to be installed and leaves punctuation to the parser."""

    indexer_class = ObjectIndexer


class SearchBackend(FoldingBackendMixin, PostgresSearchBackend):
    """What WAGTAILSEARCH_BACKENDS names; Wagtail asks for this class name."""

    index_class = FoldingPostgresIndex

    def __init__(self, params: dict[str, Any]) -> None:
        """Take every word as it is: to PostgreSQL's usual English, «thẻ» and «an» are words without meaning."""
        super().__init__({"SEARCH_CONFIG": "simple", **params})
