"""The search page, as a page and as data, and what it suggests while somebody types."""

from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.template.response import TemplateResponse
from django.utils.cache import patch_cache_control
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from search.editorial import Suggestion, best_bets_for
from search.log import record_search
from search.questions import Question
from search.results import Results, as_data
from search.service import browse, find
from search.suggestions import suggest

#: What the page shows to whoever does not know what search understands: what it does, and a search that does it.
EXAMPLES = (
    (_("Without diacritics, and with a slip"), "tro cap that nghiep"),
    (_("Words that follow one another, between quotation marks"), '"tai nạn lao động"'),
    (_("Without a word: a minus before it"), "nghỉ phép -thai sản"),
    (_("A document by half of its number"), "nd 145 2020"),
)


@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """Answer the question in the address; with ``format=json``, as data."""
    question = Question.parse(request.GET)
    asked = bool(question.text or question.narrowed)
    if request.GET.get("format") == "json":
        return _data(find(question, excerpts=False) if asked else browse())
    results = find(question) if asked else browse()
    context: dict[str, Any] = {
        "listing": results,
        "asked": asked,
        "best_bets": _best_bets(results) if asked else [],
        "examples": [(label, words, Question(text=words).url()) for label, words in EXAMPLES],
        "heading": question.text,
        "canonical_url": request.build_absolute_uri(results.url(results.number)),
        "noindex": True,
        "no_searchbox": True,
    }
    if asked and results.available and question.text and question.number == 1 and not question.narrowed:
        record_search(request, question.text, results.total)
    return _never_shared(TemplateResponse(request, "search/results.html", context))


@require_safe
def suggestions(request: HttpRequest) -> HttpResponse:
    """Name titles, topics and frequent searches that the typed letters may become."""
    found = suggest(Question.parse(request.GET).text)
    return _never_shared(_json({"suggestions": [{"text": s.text, "url": s.url, "kind": s.kind} for s in found]}))


def _best_bets(results: Results) -> list[Suggestion]:
    """What editors put first; on the first page of unfiltered results only, where they meant it to stand."""
    question = results.question
    if question.number > 1 or question.narrowed or question.sort == "date" or not question.text:
        return []
    return best_bets_for(question.text)


def _data(results: Results) -> HttpResponse:
    """Programs are told by the status that the engine is away; people read it in a sentence of an ordinary page.

    That page keeps status 200, since what stands in front of a portal likes to put its own error page in the place of
    a 503, and then nobody reads the sentence.
    """
    response = _json(as_data(results), status=200 if results.available else 503)
    if not results.available:
        response["Retry-After"] = "30"
    return _never_shared(response)


def _json(data: dict[str, Any], status: int = 200) -> HttpResponse:
    return JsonResponse(data, status=status, json_dumps_params={"ensure_ascii": False})


def _never_shared(response: HttpResponse) -> HttpResponse:
    """What is hidden now must not live on in a cache; and search engines index pages, not searches."""
    patch_cache_control(response, private=True, no_cache=True)
    response["X-Robots-Tag"] = "noindex"
    return response
