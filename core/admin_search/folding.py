"""One form of text for the index and for what is typed into the search box."""

import re
from collections.abc import Iterable
from copy import copy
from typing import Any

from anyascii import anyascii
from django.db import models
from wagtail.search.index import BaseField
from wagtail.search.query import MATCH_NONE, And, Boost, Fuzzy, Not, Or, Phrase, PlainText, SearchQuery

from core.text import clean_text

_WORDS = re.compile("[a-z0-9]+")


def fold(text: str) -> str:
    """Return the words of a text as lower-case ASCII: «Số 2581/QĐ-UBND, Đoàn viên» gives ``so 2581 qd ubnd doan vien``.

    Without punctuation no database finds paths, addresses or operators of its own in the text: PostgreSQL would take
    ``2581/QĐ-UBND`` for one word.
    """
    return " ".join(_WORDS.findall(anyascii(clean_text(text)).lower()))


def fold_query(query: str | SearchQuery) -> str | SearchQuery:
    """Fold the words of a query; what has none left finds nothing by itself, and hinders nothing beside it."""
    if isinstance(query, str):
        return fold(query) or MATCH_NONE
    folded = copy(query)
    if isinstance(query, PlainText | Phrase | Fuzzy):
        folded.query_string = fold(query.query_string)
        return folded if folded.query_string else MATCH_NONE
    if isinstance(query, Not | Boost):
        folded.subquery = fold_query(query.subquery)
    elif isinstance(query, And | Or):
        parts = [fold_query(part) for part in query.subqueries]
        folded.subqueries = [part for part in parts if part is not MATCH_NONE]
        return folded if folded.subqueries else MATCH_NONE
    return folded


class FoldedObject:
    """An object as the index sees it: each of its searchable texts as a field of its own, folded."""

    def __init__(self, indexer: Any) -> None:
        instance: models.Model = indexer.obj
        self.pk = instance.pk
        self._fields = [
            _folded_field(field, text)
            for declared in indexer.search_fields
            # PostgreSQL's indexer puts a weight between the two.
            for field, *_, text in indexer.prepare_field(instance, declared)
        ]

    def get_search_fields(self) -> list[BaseField]:
        """Return the fields, those of related objects among them."""
        return self._fields


def _folded_field(field: BaseField, text: str) -> BaseField:
    folded = copy(field)
    folded.get_value = lambda instance: fold(text)  # noqa: ARG005  # the text has been read already
    return folded


class FoldingIndexMixin:
    """Folds what is put into the index."""

    #: The database's own class, which reads an object's searchable texts.
    indexer_class: Any
    backend: Any

    def add_items(self, model: type[models.Model], items: Iterable[models.Model]) -> None:
        """Add objects of one model, or their new texts."""
        folded = [FoldedObject(self.indexer_class(item, self.backend)) for item in items]
        super().add_items(model, folded)  # type: ignore[misc]  # the index this is mixed into


class FoldingBackendMixin:
    """Folds what is searched for."""

    def search(self, query: str | SearchQuery, *args: Any, **kwargs: Any) -> Any:
        """Search for whole words."""
        return super().search(fold_query(query), *args, **kwargs)  # type: ignore[misc]  # the backend it is mixed into

    def autocomplete(self, query: str | SearchQuery, *args: Any, **kwargs: Any) -> Any:
        """Search for words of which the last may be incomplete; nearly every search box of the admin does this."""
        return super().autocomplete(fold_query(query), *args, **kwargs)  # type: ignore[misc]  # same
