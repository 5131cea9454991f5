"""The list of all feeds in OPML 2.0, which readers import."""

from collections.abc import Iterable
from urllib.parse import urljoin

from lxml import etree

from crossposting.feeds.listing import FeedGroup
from crossposting.feeds.markup import plain


def opml(groups: Iterable[FeedGroup], title: str, base: str) -> bytes:
    """One outline a kind, one outline a feed in it."""
    root = etree.Element("opml", version="2.0")
    etree.SubElement(etree.SubElement(root, "head"), "title").text = plain(title)
    body = etree.SubElement(root, "body")
    for group in groups:
        legend = plain(group.legend)
        outline = etree.SubElement(body, "outline", text=legend, title=legend)
        for entry in group.entries:
            name = plain(entry.title)
            etree.SubElement(
                outline,
                "outline",
                type="rss",
                text=name,
                title=name,
                xmlUrl=urljoin(base, entry.rss),
                htmlUrl=urljoin(base, entry.url),
            )
    text: bytes = etree.tostring(root, xml_declaration=True, encoding="UTF-8")
    return text
