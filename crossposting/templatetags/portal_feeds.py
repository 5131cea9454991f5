"""Tells templates which feed belongs to what they show."""

from collections.abc import Mapping
from typing import Any

from django import template
from django.utils.safestring import SafeString
from wagtail.blocks import StreamValue

from crossposting.feeds.addresses import page_address
from crossposting.feeds.content import stream_html
from crossposting.feeds.registry import FeedSource, Subject, source_named, sources
from crossposting.feeds.views import feed_links as links_of

register = template.Library()


def _found(context: Mapping[str, Any]) -> tuple[FeedSource, Subject] | None:
    for source in sources():
        subject = source.of_context(context)
        if subject is not None:
            return source, subject
    return None


@register.inclusion_tag("components/feed_links.html", takes_context=True)
def feed_links(context: Any) -> dict[str, Any]:
    """Print the feeds of the portal and of what the page shows, for browsers and readers; asks no query."""
    flat = context.flatten()
    found = _found(flat)
    whole = source_named("")
    name = getattr(flat.get("portal"), "name", "")
    links = links_of(*found, name) if found else flat.get("feed_links", [])
    return {"links": [*(links_of(whole, Subject(), name) if whole else []), *links]}


@register.simple_tag(takes_context=True)
def page_feed(context: Any) -> str:
    """The page about the feed of what is shown, or ""."""
    found = _found(context.flatten())
    return page_address(*found) if found else ""


@register.filter
def feed_stream(value: StreamValue) -> SafeString:
    """Print a stream as it reads in feeds."""
    return stream_html(value)
