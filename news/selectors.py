"""Reads of the newsroom."""

from typing import Any
from urllib.parse import quote

from django.http import HttpRequest

from archives.related import surroundings
from pages.models import BasePage
from pages.querysets import BasePageQuerySet


def all_news() -> BasePageQuerySet:
    """Every published item of the newsroom."""
    return BasePage.objects.listed().filter(listing="news")


def item_context(page: BasePage, request: HttpRequest) -> dict[str, Any]:
    """What stands around a news item."""
    around = surroundings(page, neighbours=True)
    return {
        "breadcrumbs": around.breadcrumbs,
        "authors": list(page.authors.all()),
        "cover_credit": page.cover.credit if page.cover else "",
        "previous": around.previous,
        "next": around.next,
        "related": around.related,
        "share_links": share_links(page, request),
    }


def share_links(page: BasePage, request: HttpRequest) -> list[dict[str, str]]:
    """Plain links that share without anybody's script; «copy» and «print» are made useful by ours."""
    address = quote(page.get_full_url(request) or "", safe="")
    return [
        {"key": "zalo", "label": "Zalo", "url": f"https://zalo.me/share?url={address}"},
        {"key": "facebook", "label": "Facebook", "url": f"https://www.facebook.com/sharer/sharer.php?u={address}"},
    ]
