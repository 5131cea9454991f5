"""Reads of the newsroom."""

from typing import Any
from urllib.parse import quote

from django.db.models import Q
from django.http import HttpRequest
from django.utils.translation import pgettext

from archives.related import more_like
from pages.models import BasePage
from pages.querysets import BasePageQuerySet


def all_news() -> BasePageQuerySet:
    """Every published item of the newsroom."""
    return BasePage.objects.listed().filter(listing="news")


def item_context(page: BasePage, request: HttpRequest) -> dict[str, Any]:
    """What stands around a news item."""
    section = page.get_parent() if page.depth else None
    index = section.get_parent() if section else None
    trail = [{"title": pgettext("trail", "Home"), "url": "/"}]
    trail += [{"title": ancestor.title, "url": ancestor.url} for ancestor in (index, section) if ancestor]
    previous, following = neighbours(page)
    return {
        "breadcrumbs": trail,
        "authors": list(page.authors.all()),
        "cover_credit": page.cover.credit if page.cover else "",
        "previous": previous,
        "next": following,
        "related": more_like(page, limit=3),
        "share_links": share_links(page, request),
    }


def neighbours(page: BasePage) -> tuple[BasePage | None, BasePage | None]:
    """The items before and after this one in its section, by the order of the listing."""
    if not page.section_id or not page.display_date or not page.pk:
        return None, None
    items = BasePage.objects.listed().filter(section=page.section_id)
    earlier = Q(display_date__lt=page.display_date) | Q(display_date=page.display_date, pk__lt=page.pk)
    later = Q(display_date__gt=page.display_date) | Q(display_date=page.display_date, pk__gt=page.pk)
    return (
        items.filter(earlier, display_date__lte=page.display_date).order_by("-display_date", "-id").first(),
        items.filter(later, display_date__gte=page.display_date).order_by("display_date", "id").first(),
    )


def share_links(page: BasePage, request: HttpRequest) -> list[dict[str, str]]:
    """Plain links that share without anybody's script; «copy» and «print» are made useful by ours."""
    address = quote(page.get_full_url(request) or "", safe="")
    return [
        {"key": "zalo", "label": "Zalo", "url": f"https://zalo.me/share?url={address}"},
        {"key": "facebook", "label": "Facebook", "url": f"https://www.facebook.com/sharer/sharer.php?u={address}"},
    ]
