"""Answers what a reader asks: understands it, asks the engine, and makes of the hits what pages and programs show."""

import logging
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from django.core.cache import cache
from django.utils.translation import gettext as _

from search import registry
from search.analysis import Understood, understand
from search.engines import current_engine
from search.engines.contract import Engine, EngineUnavailable, Hit, Plan, SearchRequest, SearchResponse
from search.excerpts import excerpt, highlighted, syllables
from search.lexicon import current_lexicon
from search.questions import Question
from search.results import MAX_RESULTS, PER_PAGE, Alternative, Result, Results
from search.visibility import hidden_now

logger = logging.getLogger(__name__)

#: Wider questions tried when nothing is found, and how many of them are offered.
TRIED, OFFERED = 8, 3
BROWSING_SECONDS = 60


def find(question: Question, *, excerpts: bool = True) -> Results:
    """Answer a question. Never raises for what a reader wrote or for an engine that is away."""
    try:
        return _Search(current_engine(), hidden_now()).results(question, excerpts=excerpts)
    except EngineUnavailable as reason:
        logger.warning("Search cannot answer: %s", reason)
        return Results(question=question, available=False)


def closest(text: str, limit: int) -> list[Result]:
    """The first results alone, uncounted and without a second look, for suggestions; none while the engine is away."""
    try:
        search = _Search(current_engine(), hidden_now())
        understood = search.understand(text)
        plan = replace(understood.plan, ranker=None)
        found = [] if understood.empty else search.ask(plan, limit=limit, count=False).hits
    except EngineUnavailable as reason:
        logger.warning("Search cannot answer: %s", reason)
        return []
    return [_result(hit) for hit in found]


def browse() -> Results:
    """Everything, counted by facet, for a page on which nothing has been asked yet. Kept for a minute."""
    counts = cache.get("search:browse")
    if counts is None:
        try:
            counts = _Search(current_engine(), hidden_now()).ask(Plan(), limit=1, facets=_facet_keys()).facets
        except EngineUnavailable as reason:
            logger.warning("Search cannot answer: %s", reason)
            return Results(question=Question(), available=False)
        cache.set("search:browse", counts, BROWSING_SECONDS)
    return Results(question=Question(), counts=counts)


def _facet_keys() -> tuple[str, ...]:
    return tuple(facet.key for facet in registry.facets())


@dataclass
class _Search:
    """The engine, and what it must not show at this moment."""

    engine: Engine
    hidden: tuple[frozenset[str], frozenset[int]]

    def results(self, question: Question, *, excerpts: bool) -> Results:
        understood = self.understand(question.text, verbatim=question.verbatim)
        if understood.empty and not question.narrowed:
            return replace(browse(), question=question, understood=not question.text)
        if understood.empty:  # filters alone: no word to be close to
            question = replace(question, sort="date")
        plan, number, found = self._found(understood, question)
        results = Results(
            question=replace(question, number=number),
            understood=not (understood.empty and question.text),
            partial=plan is not understood.plan,
            total=found.total,
            all_total=self.count(plan) if question.narrowed else found.total,
            items=_lines(found.hits, understood) if excerpts else [_result(hit) for hit in found.hits],
            counts=found.facets,
            applied=understood.applied,
            proposed=understood.proposed,
        )
        return results if found.total or not excerpts else replace(results, alternatives=self._alternatives(results))

    def _found(self, understood: Understood, question: Question) -> tuple[Plan, int, SearchResponse]:
        """The page asked for, or the last one there is; when nothing holds enough of the words, what holds some."""
        plan, number = understood.plan, min(question.number, MAX_RESULTS // PER_PAGE)
        found = self._page(plan, question, number)
        if not found.total and understood.looser and not question.verbatim:
            looser = self._page(understood.looser, question, number)
            if looser.total:
                plan, found = understood.looser, looser
        if not found.hits and found.total and number > 1:
            number = max(1, -(-min(found.total, MAX_RESULTS) // PER_PAGE))
            found = self._page(plan, question, number)
        return plan, number, found

    def understand(self, text: str, *, verbatim: bool = False) -> Understood:
        return understand(text, self.engine.vocabulary(), current_lexicon(), exact=verbatim)

    def _page(self, plan: Plan, question: Question, number: int) -> SearchResponse:
        return self.ask(
            plan,
            **question.filters,
            sort=question.sort,
            offset=(number - 1) * PER_PAGE,
            limit=PER_PAGE,
            facets=_facet_keys(),
        )

    def ask(self, plan: Plan, **options: Any) -> SearchResponse:
        hidden, hidden_below = self.hidden
        return self.engine.search(SearchRequest(plan=plan, hidden=hidden, hidden_below=hidden_below, **options))

    def count(self, plan: Plan, **options: Any) -> int:
        return self.ask(plan, limit=1, **options).total

    # Nothing found ------------------------------------------------------------------------------------------------

    def _alternatives(self, results: Results) -> list[Alternative]:
        """Wider questions that find something, those closest to what was asked first."""
        found = []
        if results.question.narrowed and results.all_total:
            found.append(
                Alternative(label=_("Without filters"), url=results.clear_url, total=results.all_total),
            )
        for label, text in _wider(results.question.text):
            understood = self.understand(text)
            total = 0 if understood.empty else self.count(understood.plan, **results.question.filters)
            if total:
                found.append(Alternative(label=label, url=results.question.saying(text).url(), total=total))
            if len(found) == OFFERED:
                break
        return found


def _wider(text: str) -> Iterator[tuple[str, str]]:
    """The words without quotation marks, without what they exclude, then with one word less, long ones first."""
    words = text.split()
    plain = text.translate(_QUOTES).split()
    if plain != words:
        yield _("Without quotation marks"), " ".join(plain)
    wanted = [word for word in plain if not word.startswith("-")]
    if wanted != plain and wanted:
        yield _("Without the words to leave out"), " ".join(wanted)
    if len(wanted) < 2:
        return
    by_length = sorted(range(len(wanted)), key=lambda place: len(wanted[place]))
    for place in by_length[:TRIED]:
        rest = " ".join(wanted[:place] + wanted[place + 1 :])
        yield _("«%(words)s»") % {"words": rest}, rest


_QUOTES = str.maketrans(dict.fromkeys('"“”„«»', " "))


# Hits ---------------------------------------------------------------------------------------------------------------


def _result(hit: Hit) -> Result:
    return Result(key=hit.key, kind=hit.kind, url=hit.url, plain_title=hit.title, score=hit.score)


def _lines(hits: list[Hit], understood: Understood) -> list[Result]:
    """Hits as lines of the page, with their words marked."""
    asked = understood.applied or understood.proposed or understood.text
    enough = syllables(asked, understood.marks(asked))
    return [_line(hit, understood, enough) for hit in hits]


def _line(hit: Hit, understood: Understood, enough: int) -> Result:
    shown = hit.shown
    label = shown.get("label") or " ".join(filter(None, (shown.get("kind"), shown.get("format"))))
    place = shown.get("section", "")
    return replace(
        _result(hit),
        title=highlighted(hit.title, understood.marks),
        text=excerpt(hit.text, understood.marks, summary=hit.summary, enough=enough),
        label=label,
        place=place if place.casefold() != label.casefold() else "",  # «Video» of the section «Video»
        status=shown.get("status", ""),
        date=shown.get("date", ""),
    )
