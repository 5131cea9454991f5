"""Feeds of searches. Search and crossposting do not know each other: the project joins them."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _

from core.surrogates import LISTING
from crossposting.feeds.paging import Cursor, PageOfIds
from crossposting.feeds.registry import FeedSource, FeedUnavailable, Subject, register_source
from pages.models import BasePage
from pages.querysets import BasePageQuerySet
from search.questions import Question
from search.results import MAX_RESULTS, PER_PAGE, Results
from search.service import find
from search.sources.pages import PAGE
from search.surrogates import INDEX


class SearchFeed(FeedSource):
    """What a search finds, newest first. The address of the search page with «nguon-tin» before it."""

    name = "tim-kiem"
    legend = _("Search")
    order = 90
    numbered = False
    settles_after = 5.0  # readers of the index see a change within a second or two
    pushes = False
    noindex = True

    def keys(self, key: str) -> tuple[str, ...]:
        """What is published and withdrawn, and what the index has followed."""
        return LISTING, INDEX

    def find(self, key: str, query: Mapping[str, Any]) -> Subject | None:
        """A search needs words or choices."""
        question = _question(query)
        if key or not (question.text or question.narrowed):
            return None
        title = _("Search: %(words)s") % {"words": question.text} if question.text else _("Search")
        return Subject(query=urlencode(question.pairs()), title=str(title), url=question.url())

    def subjects(self) -> Iterable[Subject]:
        """There are as many as there are words."""
        return ()

    def pages(self, subject: Subject) -> BasePageQuerySet:
        """Not asked for: the index says what is found, see :meth:`ids`."""
        return BasePage.objects.none()

    def ids(self, subject: Subject, cursor: Cursor, size: int) -> PageOfIds:
        """The pages among the results, by the engine's own pages."""
        if cursor.number > MAX_RESULTS // PER_PAGE:
            return PageOfIds(ids=[])
        results = find(replace(_parsed(subject.query), number=cursor.number), excerpts=False)
        if not results.available:
            raise FeedUnavailable
        keys = (item.key.partition(":") for item in results.items if results.number == cursor.number)
        return PageOfIds(
            ids=[int(pk) for source, _colon, pk in keys if source == PAGE],
            next=Cursor(number=cursor.number + 1) if cursor.number < results.last else None,
            previous=Cursor(number=cursor.number - 1) if cursor.number > 1 else None,
        )

    def canonical_query(self, query: Mapping[str, Any]) -> str:
        """Words and choices, in one order."""
        return urlencode(_question(query).pairs())

    def of_context(self, context: Mapping[str, Any]) -> Subject | None:
        """A page of results."""
        results = context.get("listing")
        if not isinstance(results, Results) or not context.get("asked"):
            return None
        question = replace(results.question.sorted_by("date"), number=1)
        return Subject(query=urlencode(question.pairs()), title=question.text, url=question.url())


def _question(query: Any) -> Question:
    return replace(Question.parse(query), sort="date", number=1)


def _parsed(query: str) -> Question:
    from django.http import QueryDict  # the settings must be read before it is made

    return _question(QueryDict(query))


def register() -> None:
    """Called when the app is ready."""
    register_source(SearchFeed())
