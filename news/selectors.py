"""Reads of the newsroom."""

from typing import Any

from django.http import HttpRequest

from archives.related import surroundings
from archives.sharing import share_links
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
