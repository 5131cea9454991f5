"""What a validator would say: the rules of RSS 2.0, RFC 4287 and JSON Feed that a feed can break."""

import re
from collections import Counter
from collections.abc import Iterator
from datetime import timedelta
from html.parser import HTMLParser
from urllib.parse import urlsplit

from django.utils import timezone
from django.utils.translation import gettext as _

from crossposting.feeds.doctor.findings import Finding, Level
from crossposting.feeds.doctor.reading import ReadFeed, ReadItem

_RISKY = {"script", "style", "iframe", "object", "embed", "form", "input", "svg", "link", "meta"}
_MARKUP = re.compile(r"</\w+>|&(?:amp|lt|gt|quot|#\d+);")


class Markup(HTMLParser):
    """The tags of a text that a validator would name, and its pictures."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.risky: set[str] = set()
        self.relative: list[str] = []
        self.pictures: list[dict[str, str]] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note what the tag brings along."""
        values = {name: value or "" for name, value in attrs}
        self.risky |= {tag} & _RISKY
        self.risky |= {name for name in values if name == "style" or name.startswith("on")}
        self.relative += [values[name] for name in ("href", "src") if name in values and not has_scheme(values[name])]
        if tag == "img":
            self.pictures.append(values)


def has_scheme(address: str) -> bool:
    """Whether an address leads somewhere from anywhere."""
    return bool(urlsplit(address).scheme)


def is_web_address(address: str) -> bool:
    """Whether an address can be opened from elsewhere."""
    parts = urlsplit(address)
    return parts.scheme in {"http", "https"} and bool(parts.netloc) and address.isascii()


def validator_says(feed: ReadFeed) -> Iterator[Finding]:
    """Judge the feed, then each of its items."""
    for value, words in (
        (feed.title, _("The feed has no title.")),
        (is_web_address(feed.link), _("The feed does not say which page it belongs to.")),
        (is_web_address(feed.self_url), _("The feed does not name its own address.")),
    ):
        if not value:
            yield Finding(Level.ERROR, words)
    yield from _said_twice(feed)
    for item in feed.items:
        yield from _item(item)
        yield from _dates(item)
        yield from _text(item)
        yield from _picture(item)


def _said_twice(feed: ReadFeed) -> Iterator[Finding]:
    ids = Counter(item.id for item in feed.items)
    moments = Counter(item.updated for item in feed.items if item.updated)
    for item in feed.items:
        if item.id and ids[item.id] > 1:
            yield Finding(Level.ERROR, _("Another item has the same name (guid)."), item)
        if item.updated and moments[item.updated] > 1:
            yield Finding(Level.NOTE, _("Another item was changed at exactly the same moment."), item)


def _item(item: ReadItem) -> Iterator[Finding]:
    if not item.id:
        yield Finding(Level.ERROR, _("The item has no name (guid)."), item)
    if not item.title.strip():
        yield Finding(Level.ERROR, _("The item has no title."), item)
    elif _MARKUP.search(item.title):
        yield Finding(Level.WARNING, _("The title looks like HTML; readers differ in how they show it."), item)
    if not is_web_address(item.link):
        yield Finding(Level.ERROR, _("The item leads nowhere: its address is not complete."), item)
    if not item.author:
        yield Finding(Level.WARNING, _("The item names no author."), item)


def _dates(item: ReadItem) -> Iterator[Finding]:
    if item.published is None:
        yield Finding(
            Level.ERROR, _("The item does not say when it went live, or not in a form that programs read."), item
        )
    elif item.published > timezone.now() + timedelta(minutes=10):
        yield Finding(Level.WARNING, _("The item says that it went live in the future."), item)
    elif item.updated and item.updated < item.published:
        yield Finding(Level.WARNING, _("The item says that it was changed before it went live."), item)


def _text(item: ReadItem) -> Iterator[Finding]:
    markup = Markup(item.html)
    if not item.html.strip():
        yield Finding(Level.WARNING, _("The item has no text."), item)
    if markup.risky:
        words = _("The text holds what readers refuse: %(names)s.") % {"names": ", ".join(sorted(markup.risky))}
        yield Finding(Level.ERROR, words, item)
    if markup.relative:
        words = _("The text has an address that works on the portal only: %(address)s") % {
            "address": markup.relative[0]
        }
        yield Finding(Level.ERROR, words, item)


def _picture(item: ReadItem) -> Iterator[Finding]:
    picture = item.picture
    if picture is None:
        return
    if not is_web_address(picture.url):
        yield Finding(Level.ERROR, _("The address of the picture is not complete."), item)
    if not picture.bytes or not picture.type:
        yield Finding(Level.ERROR, _("The size or the type of the picture is missing."), item)
