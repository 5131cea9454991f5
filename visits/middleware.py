"""Notes each view of a public page in the journal."""

import re
from collections.abc import Callable, Mapping
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase

from visits import arrivals
from visits.journal import NO_PAGE, site_journal

#: Where nobody reads: the admin, accounts, Wagtail's own pages for log-in and passwords.
PRIVATE = ("/admin/", "/tai-khoan/", "/_util/")
#: Machines that say they are. Few and certain words: a reader who is not counted is worse than a machine that is.
#: «Cubot» makes telephones. The names at the beginning fetch previews of links; the browsers inside the networks' own
#: apps begin with «Mozilla».
_MACHINE = re.compile(
    r"(?<!cu)bot\b|crawl|spider|slurp|facebookexternalhit|facebookcatalog|meta-external|cardyb|skypeuripreview|"
    r"headless|lighthouse|"
    r"^(?:curl|wget|python|go-http-client|java|okhttp|libwww|apache-httpclient|union-portal|http\.rb|node|axios|"
    r"mastodon|pleroma|akkoma|misskey|friendica|synapse|whatsapp|viber|zalo|telegram|snapchat)\b",
    re.IGNORECASE,
)


def is_view(request: HttpRequest, response: HttpResponseBase) -> bool:
    """Whether this answer is a page that a reader asked for and got."""
    headers = request.META
    return (
        request.method == "GET"
        and response.status_code == 200
        and response.get("Content-Type", "").startswith("text/html")
        and not request.path_info.startswith(PRIVATE)
        and not getattr(request, "is_preview", False)
        and _was_served(request)
        and not _fetched_in_advance(headers)
        and headers.get("HTTP_SEC_FETCH_DEST", "document") == "document"
        and is_reader(headers.get("HTTP_USER_AGENT", ""))
    )


def _fetched_in_advance(headers: Mapping[str, Any]) -> bool:
    """A browser, or Facebook's app, fetches what a reader may look at next."""
    purpose = headers.get("HTTP_SEC_PURPOSE", headers.get("HTTP_PURPOSE", ""))
    return "prefetch" in purpose or headers.get("HTTP_X_PURPOSE", "") == "preview"


def is_reader(agent: str) -> bool:
    """Whether a browser's name is not known to be a machine's; browsers always have one."""
    return bool(agent) and not _MACHINE.search(agent)


def _was_served(request: HttpRequest) -> bool:
    """A page of the tree was really shown, not the question for its password."""
    match = request.resolver_match
    return match is None or match.url_name != "wagtail_serve" or hasattr(request, "visited_page_id")


def reader_address(request: HttpRequest) -> str:
    """The reader's address: with a trusted proxy in front what that proxy says, which is the last of the list."""
    if settings.TRUSTED_PROXY:
        forwarded: str = request.META.get("HTTP_X_FORWARDED_FOR", "")
        if forwarded:
            return forwarded.rpartition(",")[2].strip()
    return str(request.META.get("REMOTE_ADDR", ""))


class VisitCounter:
    """Middleware; costs some microseconds and cannot fail a request. A mark on a link outlives a redirect.

    Stands just inside the one that turns an answer into «not modified»: that reader sees the page, too.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer, then note."""
        response = self.get_response(request)
        if is_view(request, response):
            page_id = getattr(request, "visited_page_id", NO_PAGE)
            site_journal().note(
                page_id,
                reader_address(request),
                request.META.get("HTTP_USER_AGENT", ""),
                arrivals.source_of(request, page_id),
            )
        elif 301 <= response.status_code <= 308:
            arrivals.carry_mark(request, response)
        return response
