"""What every answer of the API has in common: methods, headers, and the state by which a poll costs next to nothing."""

import json
import re
from collections.abc import Callable, Sequence
from functools import cache, wraps
from hashlib import blake2b
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotModified, HttpResponsePermanentRedirect
from django.http.response import HttpResponseBase
from django.urls import Resolver404, resolve
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from wagtail.api.v2.utils import BadRequestError

from api import store
from crossposting.feeds.freshness import State, state_of

View = Callable[..., HttpResponseBase]

_TAG = re.compile(r'"[0-9a-f-]+"')

JSON = "application/json; charset=utf-8"
#: Where a view notes on its request until when its answer holds, if not for as long as its pages do.
HOLDS_UNTIL = "api_holds_until"
#: What is withdrawn leaves at once; to ask costs next to nothing.
CACHE_CONTROL = "public, max-age=0, must-revalidate"
METHODS = "GET, HEAD, OPTIONS"
#: Any web page may read, and none sends a cookie along: without «Allow-Credentials» browsers keep them back.
HEADERS = {
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Expose-Headers": "ETag, Retry-After",
    "X-Robots-Tag": "noindex",
    "X-Content-Type-Options": "nosniff",
}
PREFLIGHT = {
    "Allow": METHODS,
    "Access-Control-Allow-Methods": METHODS,
    "Access-Control-Allow-Headers": "If-None-Match, Content-Type",
    "Access-Control-Max-Age": "86400",
}


def public(view: View, keys: Sequence[str] | None) -> View:
    """Let anybody read what a view answers.

    ``keys`` are the surrogate keys of everything it may show; None for answers that must not be kept by anybody.
    """

    @wraps(view)
    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if request.method == "OPTIONS":
            response: HttpResponseBase = HttpResponse(status=204, headers=PREFLIGHT)
        elif request.method not in {"GET", "HEAD"}:
            response = message(_("The interface can only be read."), 405)
            response["Allow"] = METHODS
        else:
            response = _read(view, keys, request, args, kwargs)
        for name, value in HEADERS.items():
            response[name] = value
        response.headers.setdefault("Cache-Control", CACHE_CONTROL)
        return response

    answer.csrf_exempt = True  # type: ignore[attr-defined]  # Django's own mark; what reads only needs no token
    return answer


def _read(
    view: View, keys: Sequence[str] | None, request: HttpRequest, args: tuple[Any, ...], kwargs: dict[str, Any]
) -> HttpResponseBase:
    if keys is None:
        response = _answered(view, request, args, kwargs)
        response.headers.setdefault("Cache-Control", "no-cache")
        return response
    state = _state(keys, request)
    known = request.META.get("HTTP_IF_NONE_MATCH", "")
    if known and state.is_current(known):
        return HttpResponseNotModified(headers={"ETag": _tag(state, known)})
    kept = store.kept(state.name)
    if kept is None:
        response = _answered(view, request, args, kwargs)
        if response.status_code != 200 or response.streaming:
            response.headers.setdefault("Cache-Control", "no-cache")
            return response
        body: bytes = response.content  # type: ignore[attr-defined]  # a streamed one has been sent on
        ends = [store.next_end(), getattr(request, HOLDS_UNTIL, None)]
        kept = store.Kept(body, min(filter(None, ends), default=None))
        store.keep(state.name, kept)
    # No «Last-Modified»: what expires changes an answer without any change that has a date.
    return HttpResponse(kept.body, content_type=JSON, headers={"ETag": state.etag(kept.valid_until)})


def _tag(state: State, known: str) -> str:
    """Of the tags that a reader has sent the one that is current."""
    return next((tag for tag in _TAG.findall(known) if state.name in tag and state.is_current(tag)), known)


def _state(keys: Sequence[str], request: HttpRequest) -> State:
    """The state of what an address shows. Some answers tell what holds today, so a day is a state of its own."""
    query = urlencode(sorted((name, values) for name, values in request.GET.lists()), doseq=True)
    today = timezone.localdate().isoformat()
    return state_of(keys, "api", _definitions(), today, request.path, query, request.build_absolute_uri("/"))


@cache
def _definitions() -> str:
    """Names the present definitions: whoever holds an answer made by others is given a new one."""
    from api.openapi import document  # it describes the views, which import this module

    return blake2b(json.dumps(document(""), sort_keys=True).encode(), digest_size=8).hexdigest()


def _answered(view: View, request: HttpRequest, args: tuple[Any, ...], kwargs: dict[str, Any]) -> HttpResponseBase:
    try:
        response: Any = view(request, *args, **kwargs)
    except BadRequestError as error:
        return message(str(error), 400)
    except Http404:
        return message(_("There is nothing here, or not everybody may see it."), 404)
    if hasattr(response, "render"):
        response.render()
    return response


def message(words: str, status: int, **more: Any) -> HttpResponse:
    """An answer that is a sentence."""
    return as_json({"message": words, **more}, status)


def as_json(data: Any, status: int = 200) -> HttpResponse:
    """Plain data as an answer."""
    return HttpResponse(json.dumps(data, ensure_ascii=False), content_type=JSON, status=status)


def nothing_here(request: HttpRequest, path: str = "") -> HttpResponseBase:
    """Addresses below the API that are none; one that lacks only its last slash leads on."""
    if not request.path.endswith("/"):
        try:
            match = resolve(f"{request.path_info}/")
        except Resolver404:  # it cannot be: the address of this view takes everything
            raise Http404 from None
        if match.url_name != "nothing-here":
            query = request.META.get("QUERY_STRING", "")
            return HttpResponsePermanentRedirect(f"{request.path}/" + (f"?{query}" if query else ""))
    raise Http404
