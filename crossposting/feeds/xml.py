"""RSS 2.0 and Atom, written by feedgen.

What feedgen lacks comes in by an extension of its own kind: links to the hub and to the pages beside this one in RSS,
and when an item was corrected. Where feedgen would give every answer the present time, it is told the time.
"""

from collections.abc import Iterator
from datetime import datetime
from html import escape
from typing import Any
from xml.sax.saxutils import quoteattr

from feedgen.entry import FeedEntry
from feedgen.ext.base import BaseEntryExtension, BaseExtension
from feedgen.feed import FeedGenerator
from lxml import etree

from crossposting.feeds.addresses import Format
from crossposting.feeds.documents import FeedDocument, FeedItem, Film

ATOM = "http://www.w3.org/2005/Atom"
GENERATOR = "Union Portal"
_HEAD = b"<?xml version='1.0' encoding='UTF-8'?>\n"


class _FeedExtension(BaseExtension):
    """Adds the links that feedgen leaves out of RSS: ``atom:link`` of hubs and of the pages beside this one."""

    links: tuple[tuple[str, str], ...] = ()

    def extend_rss(self, feed: Any) -> Any:
        """Put them into the channel."""
        channel = feed[0]
        for rel, href in self.links:
            etree.SubElement(channel, f"{{{ATOM}}}link", rel=rel, href=href)
        return feed


class _EntryExtension(BaseEntryExtension):
    """Says in RSS when an item was corrected, and in Atom what its links are, which feedgen leaves out."""

    updated: datetime | None = None
    links: tuple[dict[str, str], ...] = ()

    def extend_atom(self, entry: Any) -> Any:
        """Write the links anew, each with what it leads to."""
        for link in entry.findall("link"):
            entry.remove(link)
        for attributes in self.links:
            etree.SubElement(entry, "link", attributes)
        return entry

    def extend_rss(self, item: Any) -> Any:
        """Add ``atom:updated``; ``pubDate`` stays what it was."""
        if self.updated:
            etree.SubElement(item, f"{{{ATOM}}}updated").text = self.updated.isoformat()
        return item


def rss(document: FeedDocument) -> bytes:
    """A feed as RSS 2.0."""
    generator = _generator(document, Format.RSS)
    for item in document.items:
        entry = _entry(generator, item)
        entry.description(escape(item.summary or item.title, quote=False))  # RSS takes it for HTML
        entry.content(item.html, type="html")
        entry.dc.dc_creator([author.name for author in item.authors])
        entry.portal.updated = item.updated if item.corrected else None
        for category in item.categories:
            entry.category(term=category)
    return _styled(generator.rss_str(), document)


def atom(document: FeedDocument) -> bytes:
    """A feed as Atom."""
    generator = _generator(document, Format.ATOM)
    for item in document.items:
        entry = _entry(generator, item)
        entry.summary(item.summary or item.title)
        entry.content(item.html, type="html")
        for author in item.authors:
            entry.author(name=author.name, **({"uri": author.url} if author.url else {}))
        for category in item.categories:
            entry.category(term=category)
    return _styled(generator.atom_str(), document)


def _generator(document: FeedDocument, written_in: Format) -> FeedGenerator:
    generator = FeedGenerator()
    generator.load_extension("media")
    generator.load_extension("dc")
    generator.register_extension("portal", _FeedExtension, _EntryExtension)
    generator.id(document.id)
    generator.title(document.title)
    generator.description(document.description)  # Atom's subtitle as well
    generator.language(document.language)
    generator.updated(document.updated)
    generator.lastBuildDate(document.updated)
    generator.generator(GENERATOR)
    generator.ttl(document.ttl_minutes)
    generator.author(name=document.publisher)
    generator.icon(document.icon_url)
    if written_in is Format.RSS:
        generator.image(url=document.logo_url, title=document.title, link=document.home_url)
    generator.logo(document.logo_url)
    beside = [("first", document.first), ("next", document.next), ("previous", document.previous)]
    links = [*(("hub", hub) for hub in document.hubs), *((rel, href) for rel, href in beside if href)]
    generator.portal.links = tuple(links)
    generator.link(href=document.self_url, rel="self", type=written_in.value)
    if written_in is Format.ATOM:
        for rel, href in links:
            generator.link(href=href, rel=rel)
    # RSS's own link is the last that feedgen was told.
    generator.link(href=document.home_url, rel="alternate", type="text/html")
    return generator


def _entry(generator: FeedGenerator, item: FeedItem) -> FeedEntry:
    entry = generator.add_entry(order="append")
    entry.id(item.id)
    entry.title(item.title)
    entry.link(href=item.url, rel="alternate")
    entry.portal.links = tuple(_entry_links(item))
    entry.published(item.published)
    entry.updated(item.updated)
    if item.picture:
        picture = item.picture
        entry.enclosure(picture.url, str(picture.bytes), picture.type)
        entry.media.content(
            {
                "url": picture.url,
                "type": picture.type,
                "medium": "image",
                "fileSize": str(picture.bytes),
                "width": str(picture.width),
                "height": str(picture.height),
            },
            group=None,  # a group of one is what validators warn of
        )
    if item.film:
        entry.media.content(_media_film(item.film), group=None)
    return entry


def _media_film(film: Film) -> dict[str, str]:
    """RSS knows one enclosure, which is the picture: tools that carry feeds elsewhere look there. So a film is here."""
    known = {"duration": film.seconds, "width": film.width, "height": film.height}
    return {
        "url": film.url,
        "type": film.type,
        "medium": "video",
        "fileSize": str(film.bytes),
        **{name: str(value) for name, value in known.items() if value},
    }


def _entry_links(item: FeedItem) -> Iterator[dict[str, str]]:
    yield {"rel": "alternate", "type": "text/html", "href": item.url}
    if item.picture:
        picture = item.picture
        yield {"rel": "enclosure", "type": picture.type, "length": str(picture.bytes), "href": picture.url}
    if item.film:
        film = item.film
        yield {"rel": "enclosure", "type": film.type, "length": str(film.bytes), "href": film.url}


def _styled(xml: bytes, document: FeedDocument) -> bytes:
    """Browsers that open the address by mistake show the items by a style sheet."""
    body = xml.partition(b"?>\n")[2]
    style = f'<?xml-stylesheet type="text/css" href={quoteattr(document.style_url)}?>\n' if document.style_url else ""
    return _HEAD + style.encode() + body
