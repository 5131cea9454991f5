"""``/api/v2/search/``: the portal's own search, as programs ask it."""

from collections.abc import Iterable
from typing import Any

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.urls import path
from django.utils.translation import gettext as _, gettext_lazy
from wagtail.documents import get_document_model

from api import parameters, schemas
from api.answers import as_json, message
from api.batches import Batch
from api.parameters import Parameter, read_query
from api.viewsets import router
from core.text import clean_text
from pages.models import BasePage
from search import registry
from search.questions import MAX_LENGTH, Question
from search.results import MAX_RESULTS, PER_PAGE, Result, Results
from search.service import browse, find

RELEVANCE, DATE = "relevance", "date"
LAST_PAGE = MAX_RESULTS // PER_PAGE
RETRY_AFTER = "30"

RESULT = schemas.structure(
    {
        "id": schemas.text(description=gettext_lazy("Source and number, such as page:12.")),
        "kind": schemas.text(),
        "label": schemas.text(description=gettext_lazy("The kind in words.")),
        "title": schemas.text(),
        "excerpt_html": schemas.html() | {"description": gettext_lazy("A passage, with the words in <mark>.")},
        "place": schemas.text(description=gettext_lazy("Where it stands, such as the section.")),
        "date": schemas.text(description=gettext_lazy("As readers see it, 16/12/2025.")),
        "html_url": schemas.address(),
        "detail_url": schemas.nullable(schemas.address()),
        "score": {"type": "number"},
    }
)
FACET_VALUE = schemas.structure(
    {"value": schemas.text(), "label": schemas.text(), "count": schemas.integer(), "chosen": schemas.boolean()}
)
ANSWER = schemas.structure(
    {
        "meta": schemas.structure(
            {
                "total_count": schemas.integer(),
                "page": schemas.integer(1, LAST_PAGE),
                "last_page": schemas.integer(1, LAST_PAGE),
                "applied": schemas.text(
                    description=gettext_lazy("The spelling whose results these are, if it is not what was asked.")
                ),
                "proposed": schemas.text(description=gettext_lazy("Another spelling worth trying.")),
                "partial": schemas.boolean()
                | {"description": gettext_lazy("Nothing holds enough of the words; these hold some.")},
            }
        ),
        "items": schemas.array(schemas.reference("SearchResult")),
        "facets": schemas.table_of(schemas.array(schemas.reference("FacetValue"))),
    }
)
COMPONENTS = {"SearchResult": RESULT, "FacetValue": FACET_VALUE}


def _words(text: str) -> str:
    words = " ".join(clean_text(text).split())
    if not words:
        raise ValueError(_("Write at least one word."))
    if len(words) > MAX_LENGTH:
        raise ValueError(_("These are too many."))
    return words


def _value(text: str) -> str:
    cleaned = clean_text(text).strip().lower()
    if not cleaned:
        raise ValueError(_("A value is empty."))
    return cleaned


def _facet_parameters() -> Iterable[Parameter]:
    for facet in registry.facets():
        legend = facet.legend
        known = (lambda: registry.kinds().keys()) if facet.key == "kind" else None
        yield parameters.several(facet.key, legend, values=known, each=_value)


def list_parameters() -> list[Parameter]:
    """Everything that the address of a search may say."""
    return [
        Parameter(
            name="q",
            schema=schemas.text(minLength=1, maxLength=MAX_LENGTH),
            description=gettext_lazy("The words; as on the search page, with or without diacritics."),
            read=_words,
            example="tien luong toi thieu",
        ),
        *_facet_parameters(),
        parameters.moment("date_from", gettext_lazy("The first day.")),
        parameters.moment("date_to", gettext_lazy("The last day.")),
        parameters.choice(
            "order", gettext_lazy("The closest first (relevance), or the newest (date)."), lambda: (RELEVANCE, DATE)
        ),
        parameters.boolean("verbatim", gettext_lazy("Exactly as written, without corrections.")),
        parameters.integer(
            "page", gettext_lazy("Which page of the results; each holds 20."), minimum=1, maximum=LAST_PAGE
        ),
    ]


def answer(request: HttpRequest) -> HttpResponseBase:
    """Results, with counts by facet. Whoever asks for nothing is given the counts alone."""
    values = read_query(request.GET, list_parameters())
    question = _question(values)
    asked = bool(question.text or question.narrowed)
    results = find(question) if asked else browse()
    if not results.available:
        response = message(_("Search is away for a moment. Please ask again soon."), 503)
        response["Retry-After"] = RETRY_AFTER
        return response
    return as_json(_data(results, Batch([], request, router)))


def _question(values: dict[str, Any]) -> Question:
    days = [values[name].date() if name in values else None for name in ("date_from", "date_to")]
    return Question(
        text=values.get("q", ""),
        chosen={facet.key: values[facet.key] for facet in registry.facets() if facet.key in values},
        date_from=days[0],
        date_to=days[1],
        sort="date" if values.get("order") == DATE else "relevance",
        verbatim=values.get("verbatim", False),
        number=values.get("page", 1),
    )


def _data(results: Results, batch: Batch) -> dict[str, Any]:
    return {
        "meta": {
            "total_count": results.total,
            "page": results.number,
            "last_page": results.last,
            "applied": results.applied,
            "proposed": results.proposed,
            "partial": results.partial,
        },
        "items": [_item(item, batch) for item in results.items],
        "facets": {
            facet.key: [
                {"value": one.value, "label": str(one.label), "count": one.count, "chosen": one.checked}
                for one in results.options(facet.key)
            ]
            for facet in registry.facets()
        },
    }


def _item(item: Result, batch: Batch) -> dict[str, Any]:
    return {
        "id": item.key,
        "kind": item.kind,
        "label": item.label,
        "title": item.plain_title,
        "excerpt_html": str(item.text),
        "place": item.place,
        "date": item.date,
        "html_url": batch.absolute(item.url),
        "detail_url": _detail_url(item, batch),
        "score": round(item.score, 4),
    }


def _detail_url(item: Result, batch: Batch) -> str | None:
    """Where the API itself tells more, for what it has an endpoint."""
    source, _colon, pk = item.key.partition(":")
    model = _models().get(source)
    return batch.detail_url(model, int(pk)) if model and pk.isdecimal() else None


def _models() -> dict[str, Any]:
    models = {endpoint.search_source: endpoint.model for endpoint in router.endpoints.values()}
    return {**models, "page": BasePage, "file": get_document_model()}


class SearchEndpoint:
    """The search among the endpoints; it has a list alone, and nothing of its own to be read one by one."""

    name = "search"
    model = ()
    keys: tuple[str, ...] | None = None
    search_source = ""
    about = gettext_lazy("The portal's search, with counts by kind, section, topic, unit and year.")

    @classmethod
    def list_parameters(cls) -> list[Parameter]:
        """As the viewsets name theirs."""
        return list_parameters()

    @classmethod
    def get_urlpatterns(cls) -> list[Any]:
        """One address."""
        return [path("", view, name="listing")]


def view(request: HttpRequest) -> HttpResponseBase:
    """The view of the endpoint."""
    return answer(request)


view.cls = SearchEndpoint  # type: ignore[attr-defined]  # the router asks the view of an address
