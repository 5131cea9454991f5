"""Reads a feed as it is sent, in whichever way it is written: the doctor judges the bytes, not what made them."""

import json
from dataclasses import dataclass, field
from datetime import datetime
from email.utils import parsedate_to_datetime
from typing import Any

from lxml import etree

ATOM = "{http://www.w3.org/2005/Atom}"
CONTENT = "{http://purl.org/rss/1.0/modules/content/}encoded"
MEDIA = "{http://search.yahoo.com/mrss/}content"
CREATOR = "{http://purl.org/dc/elements/1.1/}creator"


class NotAFeed(Exception):  # noqa: N818  # says what was read
    """What was sent cannot be read at all; the message says why."""


@dataclass(frozen=True, kw_only=True)
class ReadPicture:
    """A picture as an item names it; 0 and "" for what is not said."""

    url: str
    bytes: int = 0
    type: str = ""
    width: int = 0
    height: int = 0


@dataclass(frozen=True, kw_only=True)
class ReadItem:
    """An item as a reader sees it."""

    id: str
    title: str
    link: str
    summary: str
    html: str
    published: datetime | None
    updated: datetime | None
    author: str
    picture: ReadPicture | None


@dataclass(frozen=True, kw_only=True)
class ReadFeed:
    """A feed as a reader sees it."""

    size: int
    title: str
    link: str
    description: str
    self_url: str
    hubs: list[str] = field(default_factory=list)
    items: list[ReadItem] = field(default_factory=list)


def read(body: bytes) -> ReadFeed:
    """Read RSS, Atom or JSON Feed; raises NotAFeed."""
    try:
        if body.lstrip().startswith(b"{"):
            return _json(json.loads(body), len(body))
        root = etree.fromstring(body, etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True))
        return _rss(root[0], len(body)) if root.tag == "rss" else _atom(root, len(body))
    except (ValueError, LookupError, TypeError, etree.XMLSyntaxError) as error:
        raise NotAFeed(str(error)) from error


def moment(text: str | None) -> datetime | None:
    """A date as RSS or as Atom writes it; None for what is none."""
    for parse in (parsedate_to_datetime, datetime.fromisoformat):
        try:
            found = parse(text or "")
        except (ValueError, TypeError):
            continue
        return found if found.tzinfo else None
    return None


def _number(text: Any) -> int:
    return int(text) if str(text or "").isdigit() else 0


def _rss(channel: Any, size: int) -> ReadFeed:
    links = {rel: [link.get("href", "") for link in _links(channel, rel)] for rel in ("self", "hub")}
    return ReadFeed(
        size=size,
        title=channel.findtext("title") or "",
        link=channel.findtext("link") or "",
        description=channel.findtext("description") or "",
        self_url="".join(links["self"][:1]),
        hubs=links["hub"],
        items=[_rss_item(item) for item in channel.findall("item")],
    )


def _links(element: Any, rel: str) -> list[Any]:
    return [link for link in element.findall(f"{ATOM}link") if link.get("rel", "alternate") == rel]


def _rss_item(item: Any) -> ReadItem:
    published = moment(item.findtext("pubDate"))
    return ReadItem(
        id=item.findtext("guid") or "",
        title=item.findtext("title") or "",
        link=item.findtext("link") or "",
        summary=item.findtext("description") or "",
        html=item.findtext(CONTENT) or item.findtext("description") or "",
        published=published,
        updated=moment(item.findtext(f"{ATOM}updated")) or published,
        author=item.findtext(CREATOR) or item.findtext("author") or "",
        picture=_picture(item.find("enclosure"), item.find(MEDIA), "url"),
    )


def _picture(enclosure: Any, media: Any, name: str) -> ReadPicture | None:
    if enclosure is None:
        return None
    media = media if media is not None else {}
    return ReadPicture(
        url=enclosure.get(name) or "",
        bytes=_number(enclosure.get("length")),
        type=enclosure.get("type") or "",
        width=_number(media.get("width")),
        height=_number(media.get("height")),
    )


def _atom(root: Any, size: int) -> ReadFeed:
    return ReadFeed(
        size=size,
        title=root.findtext(f"{ATOM}title") or "",
        link="".join(link.get("href", "") for link in _links(root, "alternate")[:1]),
        description=root.findtext(f"{ATOM}subtitle") or "",
        self_url="".join(link.get("href", "") for link in _links(root, "self")[:1]),
        hubs=[link.get("href", "") for link in _links(root, "hub")],
        items=[_atom_entry(entry) for entry in root.findall(f"{ATOM}entry")],
    )


def _atom_entry(entry: Any) -> ReadItem:
    return ReadItem(
        id=entry.findtext(f"{ATOM}id") or "",
        title=entry.findtext(f"{ATOM}title") or "",
        link="".join(link.get("href", "") for link in _links(entry, "alternate")[:1]),
        summary=entry.findtext(f"{ATOM}summary") or "",
        html=entry.findtext(f"{ATOM}content") or "",
        published=moment(entry.findtext(f"{ATOM}published")),
        updated=moment(entry.findtext(f"{ATOM}updated")),
        author=entry.findtext(f"{ATOM}author/{ATOM}name") or "",
        picture=_picture(next(iter(_links(entry, "enclosure")), None), entry.find(MEDIA), "href"),
    )


def _json(data: dict[str, Any], size: int) -> ReadFeed:
    return ReadFeed(
        size=size,
        title=data.get("title", ""),
        link=data.get("home_page_url", ""),
        description=data.get("description", ""),
        self_url=data.get("feed_url", ""),
        hubs=[hub.get("url", "") for hub in data.get("hubs", [])],
        items=[_json_item(item) for item in data["items"]],
    )


def _json_item(item: dict[str, Any]) -> ReadItem:
    attached = next(iter(item.get("attachments", [])), None)
    return ReadItem(
        id=str(item.get("id", "")),
        title=item.get("title", ""),
        link=item.get("url", ""),
        summary=item.get("summary", ""),
        html=item.get("content_html", ""),
        published=moment(item.get("date_published")),
        updated=moment(item.get("date_modified")),
        author="".join(author.get("name", "") for author in item.get("authors", [])[:1]),
        picture=ReadPicture(
            url=attached.get("url", ""),
            bytes=_number(attached.get("size_in_bytes")),
            type=attached.get("mime_type", ""),
        )
        if attached
        else None,
    )
