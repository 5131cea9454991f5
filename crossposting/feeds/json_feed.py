"""JSON Feed 1.1 (https://www.jsonfeed.org/version/1.1/)."""

import json
from typing import Any

from crossposting.feeds.documents import FeedDocument, FeedItem

VERSION = "https://jsonfeed.org/version/1.1"


def json_feed(document: FeedDocument) -> bytes:
    """A feed as JSON."""
    data: dict[str, Any] = {
        "version": VERSION,
        "title": document.title,
        "home_page_url": document.home_url,
        "feed_url": document.self_url,
        "description": document.description,
        "language": document.language,
        "icon": document.logo_url,
        "favicon": document.icon_url,
        "authors": [{"name": document.publisher}],
        "next_url": document.next,
        "hubs": [{"type": "WebSub", "url": hub} for hub in document.hubs],
    }
    data = {name: value for name, value in data.items() if value}
    data["items"] = [_item(item) for item in document.items]
    return json.dumps(data, ensure_ascii=False, separators=(",", ":")).encode()


def _item(item: FeedItem) -> dict[str, Any]:
    data: dict[str, Any] = {
        "id": item.id,
        "url": item.url,
        "title": item.title,
        "content_html": item.html,
        "summary": item.summary,
        "date_published": item.published.isoformat(),
        "date_modified": item.updated.isoformat(),
        "language": item.language,
        "authors": [{"name": author.name, **({"url": author.url} if author.url else {})} for author in item.authors],
        "tags": list(item.categories),
    }
    if item.picture:
        picture = item.picture
        data["image"] = picture.url
        data["attachments"] = [{"url": picture.url, "mime_type": picture.type, "size_in_bytes": picture.bytes}]
    if item.film:
        film = item.film
        attached = {"url": film.url, "mime_type": film.type, "size_in_bytes": film.bytes}
        if film.seconds:
            attached["duration_in_seconds"] = film.seconds
        data.setdefault("attachments", []).append(attached)
    return {name: value for name, value in data.items() if value}
