"""Answers for feeds, for the pages about them and for the list of all of them."""

from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.http.response import HttpResponseBase
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.cache import patch_vary_headers
from django.utils.http import http_date, parse_http_date_safe
from django.utils.translation import gettext, pgettext
from django.views.decorators.http import require_safe

from core.listing import LISTING_RENDITIONS
from crossposting.feeds import store
from crossposting.feeds.addresses import FILES, ROOT, Format, Variant, address, folder, identifier, key_of, page_address
from crossposting.feeds.freshness import State
from crossposting.feeds.gathering import PER_PAGE, Gathered, Place, gather, title_of
from crossposting.feeds.json_feed import json_feed
from crossposting.feeds.listing import feed_list
from crossposting.feeds.opml import opml
from crossposting.feeds.paging import Cursor
from crossposting.feeds.polls import CACHE_CONTROL, VARY, not_modified, opened_by_a_person, state_for
from crossposting.feeds.registry import FeedSource, FeedUnavailable, Subject, source_named
from crossposting.feeds.sources import site_name
from crossposting.feeds.xml import atom, rss
from pages.models import BasePage

RETRY_AFTER = "60"
WRITERS = {Format.RSS: rss, Format.ATOM: atom, Format.JSON: json_feed}


@require_safe
def feed(request: HttpRequest, file: str, source: str = "", key: str = "") -> HttpResponseBase:
    """One page of one feed in one of its six ways; a reader that has it already is answered by ``polls.FeedPolls``."""
    kind, variant = source_named(source), FILES.get(file)
    number = key_of(kind, key) if kind else None
    if kind is None or variant is None or number is None:
        raise Http404
    if opened_by_a_person(request):
        return _vary(_page(request, kind, number))
    cursor = Cursor.parse(request.GET)
    if cursor is None:
        raise Http404
    query = kind.canonical_query(request.GET)
    base = request.build_absolute_uri("/")
    state = state_for(kind, number, file, cursor, query, base)
    subject = kind.find(number, request.GET)
    if subject is None:
        raise Http404
    if moved := _moved(request, kind, subject, key, file):
        return moved
    place = Place(source=kind, subject=subject, variant=variant, cursor=cursor, base=base)
    return _vary(_answer(request, place, state))


def _moved(
    request: HttpRequest, source: FeedSource, subject: Subject, key: str, file: str
) -> HttpResponsePermanentRedirect | None:
    """Where an address leads whose thing was renamed, or has gone into another one."""
    now = subject.moved_to or subject
    if key == identifier(source, now):
        return None
    query = request.META.get("QUERY_STRING", "")
    return HttpResponsePermanentRedirect(folder(source, now) + file + (f"?{query}" if query else ""))


def _answer(request: HttpRequest, place: Place, state: State) -> HttpResponse:
    settled = state.settled(place.source.settles_after)
    since = parse_http_date_safe(request.headers.get("If-Modified-Since", ""))
    kept = store.rendered(state.name) if settled else None
    # Only what is kept and holds is known to be the same; a reader that sends an ETag has been answered by it.
    if kept and since is not None and "If-None-Match" not in request.headers and state.last_modified == since:
        return not_modified(state.etag(kept.valid_until))
    if kept is None:
        try:
            kept = _render(place, state)
        except FeedUnavailable:
            return HttpResponse(status=503, headers={"Retry-After": RETRY_AFTER, "Cache-Control": "no-store"})
        if settled:
            store.keep(state.name, kept)
    response = HttpResponse(kept.body, content_type=f"{place.variant.format.value}; charset=utf-8")
    response["Cache-Control"] = CACHE_CONTROL
    response["Access-Control-Allow-Origin"] = "*"  # readers that are web pages; there is nothing secret in a feed
    response["Link"] = ", ".join(links(place))
    if settled:
        response["ETag"] = state.etag(kept.valid_until)
        if state.last_modified:
            response["Last-Modified"] = http_date(state.last_modified)
    if place.source.noindex:
        response["X-Robots-Tag"] = "noindex"
    return response


def _render(place: Place, state: State) -> store.Rendered:
    gathered: Gathered = gather(place, timezone.localtime(state.changed).replace(microsecond=0))
    return store.Rendered(WRITERS[place.variant.format](gathered.document), gathered.valid_until)


def links(place: Place) -> list[str]:
    """The ``Link`` headers by which WebSub finds the hubs and the one name of the feed."""
    hubs = settings.WEBSUB_HUBS if place.source.pushes else ()
    return [*(f'<{hub}>; rel="hub"' for hub in hubs), f'<{place.address(place.cursor)}>; rel="self"']


# For people ---------------------------------------------------------------------------------------------------------


def _vary[R: HttpResponseBase](response: R) -> R:
    patch_vary_headers(response, [VARY])
    return response


@require_safe
def feed_page(request: HttpRequest, source: str, key: str = "") -> HttpResponseBase:
    """What a feed is for, its addresses, and what is in it, for people."""
    kind = source_named(source)
    number = key_of(kind, key) if kind else None
    if kind is None or number is None:
        raise Http404
    return _page(request, kind, number, key)


def _page(request: HttpRequest, source: FeedSource, number: str, key: str | None = None) -> HttpResponseBase:
    subject = source.find(number, request.GET)
    if subject is None:
        raise Http404
    if key is not None and (moved := _moved(request, source, subject, key, "")):
        return moved
    place = Place(
        source=source,
        subject=subject,
        variant=Variant(Format.RSS, full=True),
        cursor=Cursor(),
        base=request.build_absolute_uri("/"),
    )
    available = True
    try:
        ids = source.ids(subject, Cursor(), PER_PAGE).ids[:SHOWN]
    except FeedUnavailable:
        ids, available = [], False
    rows = BasePage.objects.listed().with_card_data(LISTING_RENDITIONS).in_bulk(ids)
    name = site_name() or settings.WAGTAIL_SITE_NAME
    context: dict[str, Any] = {
        "feed": subject,
        "heading": subject.title or name,
        "addresses": [
            {"label": variant.format.label, "full": variant.full, "url": place.address(variant=variant)}
            for variant in FILES.values()
        ],
        "main_address": place.address(),
        "items": [rows[pk] for pk in ids if pk in rows],
        "available": available,
        "breadcrumbs": _trail(),
        "canonical_url": place.absolute(page_address(source, subject)),
        "noindex": True,
        "feed_links": feed_links(source, subject, name) if source.name else [],
    }
    return TemplateResponse(request, "crossposting/feeds/feed_page.html", context)


SHOWN = 10


def feed_links(source: FeedSource, subject: Subject, name: str) -> list[dict[str, str]]:
    """What a page's head says of a feed, so that browsers and readers find it."""
    return [
        {
            "type": variant.format.value,
            "title": f"{title_of(subject, name)} ({variant.format.label})",
            "url": address(source, subject, variant),
        }
        for variant in FILES.values()
        if variant.full
    ]


def _trail() -> list[dict[str, str]]:
    return [{"title": pgettext("trail", "Home"), "url": "/"}, {"title": gettext("Feeds"), "url": ROOT}]


@require_safe
def directory(request: HttpRequest) -> HttpResponse:
    """All feeds, for people."""
    context = {
        "heading": "",
        "groups": feed_list(),
        "breadcrumbs": _trail()[:1],
        "canonical_url": request.build_absolute_uri(ROOT),
    }
    return TemplateResponse(request, "crossposting/feeds/directory.html", context)


@require_safe
def feeds_opml(request: HttpRequest) -> HttpResponse:
    """All feeds, for programs: a reader subscribes to them at one go."""
    body = opml(feed_list(), title_of(Subject(), site_name()), request.build_absolute_uri("/"))
    return HttpResponse(
        body,
        content_type="text/x-opml; charset=utf-8",
        headers={"Cache-Control": CACHE_CONTROL, "Access-Control-Allow-Origin": "*"},
    )


@require_safe
def old_address(request: HttpRequest, file: str) -> HttpResponse:
    """Addresses that programs try by themselves lead to the portal's feed."""
    return HttpResponsePermanentRedirect(ROOT + file)
