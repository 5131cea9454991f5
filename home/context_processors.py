"""What every template may use; nothing is read from the database until a template asks."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils import timezone
from django.utils.functional import SimpleLazyObject

from home.models import SiteSettings


def portal(request: HttpRequest) -> dict[str, Any]:
    """The site's settings, the main menu and today's date."""
    portal_settings = SimpleLazyObject(lambda: SiteSettings.for_request(request))
    return {
        "portal": portal_settings,
        "navigation": SimpleLazyObject(lambda: navigation(portal_settings, request.path)),
        "today": timezone.localdate(),
        "search_page_url": _search_url(),  # not «search_url»: Wagtail's dialogs take that for one of theirs
        "at_home": request.path == "/",
        "member": SimpleLazyObject(lambda: _member(request)),
        "is_editor": SimpleLazyObject(lambda: _is_editor(_member(request))),
    }


def _member(request: HttpRequest) -> Any:
    """Who is logged in; an anonymous reader's session is never touched, so that the answer stays cacheable."""
    if settings.SESSION_COOKIE_NAME not in request.COOKIES:
        return None
    user = getattr(request, "user", None)
    return user if user is not None and user.is_authenticated else None


def _is_editor(member: Any) -> bool:
    """Whether the admin is open to whoever is logged in; two queries, and only where somebody is."""
    return member is not None and member.has_perm("wagtailadmin.access_admin")


def navigation(portal_settings: Any, path: str) -> list[dict[str, Any]]:
    """The main menu, with the entry marked that the reader is in."""
    entries = []
    for block in portal_settings.menu:
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
