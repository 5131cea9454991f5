"""The addresses of feeds. They are promised for ever (docs/developers/feeds.md): change none, add only."""

from dataclasses import dataclass
from enum import StrEnum
from urllib.parse import urlencode

from crossposting.feeds.paging import Cursor
from crossposting.feeds.registry import FeedSource, Subject

ROOT = "/nguon-tin/"


class Format(StrEnum):
    """What a feed is written in; the value is its media type."""

    RSS = "application/rss+xml"
    ATOM = "application/atom+xml"
    JSON = "application/feed+json"

    @property
    def label(self) -> str:
        """Its name for people."""
        return {Format.RSS: "RSS", Format.ATOM: "Atom", Format.JSON: "JSON Feed"}[self]


@dataclass(frozen=True)
class Variant:
    """One of the six ways in which every feed can be had."""

    format: Format
    full: bool


FILES: dict[str, Variant] = {
    "rss.xml": Variant(Format.RSS, full=True),
    "atom.xml": Variant(Format.ATOM, full=True),
    "feed.json": Variant(Format.JSON, full=True),
    "rss-tom-tat.xml": Variant(Format.RSS, full=False),
    "atom-tom-tat.xml": Variant(Format.ATOM, full=False),
    "feed-tom-tat.json": Variant(Format.JSON, full=False),
}
_NAMES = {variant: name for name, variant in FILES.items()}

#: Addresses that programs try by themselves, or that other systems had; they lead to the portal's feed.
OLD_ADDRESSES: dict[str, str] = {
    "rss": "rss.xml",
    "rss/": "rss.xml",
    "rss.xml": "rss.xml",
    "feed": "rss.xml",
    "feed/": "rss.xml",
    "feed.xml": "rss.xml",
    "feeds/": "rss.xml",
    "index.xml": "rss.xml",
    "atom": "atom.xml",
    "atom.xml": "atom.xml",
    "feed/atom/": "atom.xml",
    "feed.json": "feed.json",
}


def folder(source: FeedSource, subject: Subject) -> str:
    """The page for people about the feeds of one thing; its feeds lie below."""
    parts = [source.name, identifier(source, subject)]
    return ROOT + "".join(f"{part}/" for part in parts if part)


def page_address(source: FeedSource, subject: Subject) -> str:
    """The same with what describes the thing, if a query does."""
    return folder(source, subject) + (f"?{subject.query}" if subject.query else "")


def address(source: FeedSource, subject: Subject, variant: Variant, cursor: Cursor | None = None) -> str:
    """The address of a feed, or of one of its pages."""
    pairs = urlencode(cursor.pairs) if cursor else ""
    query = "&".join(part for part in (subject.query, pairs) if part)
    return folder(source, subject) + _NAMES[variant] + (f"?{query}" if query else "")


def identifier(source: FeedSource, subject: Subject) -> str:
    """How a thing stands in the address."""
    return f"{subject.key}-{subject.slug}" if source.numbered and subject.slug else subject.key


def key_of(source: FeedSource, identifier: str) -> str | None:
    """The key in an identifier; None for what is none of this kind."""
    if not source.numbered:
        return identifier
    key = identifier.partition("-")[0]
    return key if key.isascii() and key.isdigit() and len(key) < 19 else None
