"""Prints a page's metadata in its head."""

import json
from typing import Any

from django import template
from django.http import HttpRequest
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from archives.metadata import for_context
from core.qr import qr_path

register = template.Library()
_UNSAFE = {ord("<"): "\\u003C", ord(">"): "\\u003E", ord("&"): "\\u0026", 0x2028: "\\u2028", 0x2029: "\\u2029"}


@register.inclusion_tag("components/meta.html", takes_context=True)
def page_meta(context: Any) -> dict[str, Any]:
    """Canonical address, description, OpenGraph and JSON-LD of whatever the template shows."""
    request: HttpRequest | None = context.get("request")
    if request is None:
        return {"meta": None}
    return {
        "meta": for_context(request, context.flatten()),
        "portal": context.get("portal"),
        "noindex": context.get("noindex") or getattr(request, "is_preview", False),
        "listing": context.get("listing"),
    }


@register.filter
def json_ld(data: Any) -> SafeString:
    """Print data for a script element of JSON; no text in it can end the element."""
    return mark_safe(json.dumps(data, ensure_ascii=False).translate(_UNSAFE))  # made harmless above


@register.simple_tag
def page_qr(url: str) -> SafeString:
    """Draw an address as a QR code for paper: one SVG path, small enough to stand in every article."""
    side, path = qr_path(url)
    return format_html(
        '<svg class="qr" viewBox="-2 -2 {0} {0}" role="img" aria-label="QR"><path d="{1}"/></svg>',
        side + 4,
        path,
    )
