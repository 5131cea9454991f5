"""What every template may use; nothing is read from the database until a template asks."""

from typing import Any

from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils import timezone
from django.utils.functional import SimpleLazyObject

from home.models import SiteSettings


def portal(request: HttpRequest) -> dict[str, Any]:
    """The site's settings, the main menu and today's date."""
    settings = SimpleLazyObject(lambda: SiteSettings.for_request(request))
    return {
        "portal": settings,
        "navigation": SimpleLazyObject(lambda: navigation(settings, request.path)),
        "today": timezone.localdate(),
        "search_url": _search_url(),
    }


def navigation(settings: Any, path: str) -> list[dict[str, Any]]:
    """The main menu, with the entry marked that the reader is in."""
    entries = []
    for block in settings.menu:
        href = block.value.href
        if href:
            current = path == href or (href != "/" and path.startswith(href))
            entries.append({"text": block.value["text"], "url": href, "current": current, "children": []})
    current = [entry for entry in entries if entry["current"]]
    for entry in current:  # «Chính sách» stays unmarked on «Chính sách / Thủ tục» when both are in the menu
        entry["current"] = entry is max(current, key=lambda other: len(other["url"]))
    return entries


def _search_url() -> str:
    try:
        return reverse("search")
    except NoReverseMatch:
        return ""
