"""Answers readers that have a feed already, before anything else looks at the request.

Most requests for feeds are such polls. What they send says all that is needed: the address which generations count, the
ETag which state the reader has. So no route is looked up, no middleware runs, and no query is made.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.core.exceptions import DisallowedHost
from django.http import HttpRequest, HttpResponse, HttpResponseNotModified
from django.http.response import HttpResponseBase

from crossposting.feeds.addresses import FILES, ROOT, key_of
from crossposting.feeds.freshness import State, state_of
from crossposting.feeds.paging import Cursor
from crossposting.feeds.registry import FeedSource, source_named

CACHE_CONTROL = "public, max-age=0, must-revalidate"  # what is withdrawn leaves at once; to ask costs next to nothing
VARY = "Sec-Fetch-Dest"
_FILE = "|".join(re.escape(name) for name in FILES)
_ADDRESS = re.compile(rf"{ROOT}(?:([a-z-]+)/(?:([a-z0-9-]+)/)?)?({_FILE})")


@dataclass(frozen=True)
class Address:
    """What an address says by itself."""

    source: FeedSource
    key: str
    file: str


def parse_address(path: str) -> Address | None:
    """Read the path of a feed's address; None for any other."""
    match = _ADDRESS.fullmatch(path)
    name, identifier, file = match.groups("") if match else ("", "", "")
    source = source_named(name) if match else None
    key = key_of(source, identifier) if source else None
    return Address(source, key, file) if source and key is not None else None


def opened_by_a_person(request: HttpRequest) -> bool:
    """Whether a browser opens the address as a page of its own: it alone says so, and no program for feeds does.

    ``Accept`` tells nothing: programs copy it from browsers.
    """
    return request.META.get("HTTP_SEC_FETCH_DEST") == "document" and "text/html" in request.META.get("HTTP_ACCEPT", "")


def state_for(source: FeedSource, key: str, file: str, cursor: Cursor, query: str, base: str) -> State:
    """The state of what an address shows at this moment, under the name by which the portal is known to the reader."""
    shown = (source.name, key, query, file, base, urlencode(cursor.pairs), *settings.WEBSUB_HUBS)
    return state_of(source.keys(key), *shown)


def not_modified(etag: str) -> HttpResponse:
    """The answer to a reader that has what would be sent."""
    return HttpResponseNotModified(headers={"ETag": etag, "Cache-Control": CACHE_CONTROL, "Vary": VARY})


class FeedPolls:
    """Middleware; stands before all others."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer a poll with a current ETag; leave all else to the rest."""
        known = request.META.get("HTTP_IF_NONE_MATCH")
        if known and request.path_info.startswith(ROOT) and request.method in {"GET", "HEAD"}:
            answer = self._answer(request, known)
            if answer is not None:
                return answer
        return self.get_response(request)

    @staticmethod
    def _answer(request: HttpRequest, known: str) -> HttpResponse | None:
        address = parse_address(request.path_info)
        data: Any = request.GET if request.META.get("QUERY_STRING") else {}
        cursor = Cursor.parse(data)
        if address is None or cursor is None or opened_by_a_person(request):
            return None
        try:
            base = request.build_absolute_uri("/")
        except DisallowedHost:
            return None
        query = address.source.canonical_query(data) if data else ""
        state = state_for(address.source, address.key, address.file, cursor, query, base)
        return not_modified(known) if state.is_current(known) else None
