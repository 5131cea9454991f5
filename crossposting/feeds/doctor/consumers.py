"""Who reads feeds, and what each of them needs: a validator, feed readers, and tools that carry items elsewhere.

What tools need comes from what they publish about themselves; where one says nothing, from what its kind needs.
"""

from collections.abc import Iterator
from datetime import timedelta
from urllib.parse import urlsplit

from django.utils import timezone
from django.utils.translation import gettext as _, gettext_lazy

from crossposting.feeds.doctor.findings import Consumer, Finding, Level, Opinion
from crossposting.feeds.doctor.reading import ReadFeed, ReadItem, ReadPicture
from crossposting.feeds.doctor.validator import Markup, is_web_address, validator_says

MEGABYTE = 1024 * 1024
LARGE_FEED, TOO_LARGE_FEED = MEGABYTE, 8 * MEGABYTE
LONG_TITLE = 150
ASLEEP = timedelta(days=30)
SHOWN_LARGE = (600, 315)
#: Bytes and shape that networks take when they fetch a picture by its address.
TELEGRAM_BYTES, ZALO_BYTES, FACEBOOK_BYTES = 5 * MEGABYTE, MEGABYTE, 8 * MEGABYTE
TELEGRAM_SIDES, TELEGRAM_RATIO = 10_000, 20


def readers_say(feed: ReadFeed) -> Iterator[Finding]:
    """What people notice in a feed reader."""
    if not feed.items:
        yield Finding(Level.NOTE, _("The feed is empty: nothing has been published here yet."))
    if feed.size > LARGE_FEED:
        largest = max(feed.items, key=lambda item: len(item.html), default=None)
        size = f"{feed.size / MEGABYTE:.1f}".replace(".", ",")
        words = _("The feed is large (%(size)s MB); on a weak network it loads slowly. This item is the longest.")
        level = Level.ERROR if feed.size > TOO_LARGE_FEED else Level.WARNING
        yield Finding(level, words % {"size": size}, largest)
    for item in feed.items:
        if len(item.title) > LONG_TITLE:
            yield Finding(Level.NOTE, _("The title is so long that readers cut it."), item)
        if not item.summary.strip() or item.summary.strip() == item.title.strip():
            yield Finding(Level.NOTE, _("There is no summary: the list shows the title alone."), item)
        if any(not picture.get("alt", "").strip() for picture in Markup(item.html).pictures):
            yield Finding(Level.WARNING, _("A picture has no description for who cannot see it."), item)


def posting_tools_say(feed: ReadFeed) -> Iterator[Finding]:
    """What every tool needs that asks a feed now and then and posts what is new in it."""
    yield from _reachable(feed)
    newest = max((item.published for item in feed.items if item.published), default=None)
    if newest and timezone.now() - newest > ASLEEP:
        yield Finding(Level.NOTE, _("Nothing new for 30 days: some tools stop asking a feed that sleeps."))
    links: dict[str, ReadItem] = {}
    for item in feed.items:
        if not item.id or item.published is None or not item.title:
            yield Finding(Level.ERROR, _("Without name, title and date, the item is never posted."), item)
        if item.link in links:
            yield Finding(Level.ERROR, _("Another item has the same address: one of the two is never posted."), item)
        links[item.link] = item


def _reachable(feed: ReadFeed) -> Iterator[Finding]:
    parts = urlsplit(feed.self_url)
    host = parts.hostname or ""
    if host in {"localhost", "127.0.0.1", "::1"} or host.endswith((".local", ".internal")):
        yield Finding(Level.ERROR, _("The address works on this machine only; nobody outside can read the feed."))
    elif parts.scheme != "https":
        yield Finding(Level.WARNING, _("The address does not begin with https://; many tools refuse it."))


def with_pictures_say(feed: ReadFeed) -> Iterator[Finding]:
    """The same, and a picture in each of the three places where tools look for one."""
    yield from posting_tools_say(feed)
    for item in feed.items:
        if item.picture is None:
            yield Finding(Level.WARNING, _("The item has no picture."), item)
        elif not any(picture.get("src") == item.picture.url for picture in Markup(item.html).pictures):
            yield Finding(Level.NOTE, _("The picture does not stand in the text, where some tools look for it."), item)
        elif item.picture.type not in {"image/jpeg", "image/png"}:
            yield Finding(Level.ERROR, _("The picture is neither JPEG nor PNG."), item)


def facebook_says(feed: ReadFeed) -> Iterator[Finding]:
    """Large previews need a large picture."""
    yield from _reachable(feed)
    for item, picture in _pictures(feed):
        if picture.width and (picture.width < SHOWN_LARGE[0] or picture.height < SHOWN_LARGE[1]):
            yield Finding(Level.WARNING, _("The picture is too small for a large preview."), item)
        if picture.bytes > FACEBOOK_BYTES:
            yield Finding(Level.ERROR, _("The picture is heavier than 8 MB."), item)


def telegram_says(feed: ReadFeed) -> Iterator[Finding]:
    """A photo by its address."""
    yield from _reachable(feed)
    for item, picture in _pictures(feed):
        sides = sorted((picture.width, picture.height))
        if picture.bytes > TELEGRAM_BYTES:
            yield Finding(Level.ERROR, _("The picture is heavier than 5 MB."), item)
        if sum(sides) > TELEGRAM_SIDES or (sides[0] and sides[1] / sides[0] > TELEGRAM_RATIO):
            yield Finding(Level.ERROR, _("The picture is too long or too large for Telegram."), item)


def zalo_says(feed: ReadFeed) -> Iterator[Finding]:
    """An article with a cover."""
    yield from _reachable(feed)
    for item in feed.items:
        if len(item.title) > LONG_TITLE:
            yield Finding(Level.ERROR, _("The title is longer than the 150 characters that Zalo takes."), item)
    for item, picture in _pictures(feed):
        if picture.bytes > ZALO_BYTES:
            yield Finding(Level.ERROR, _("The picture is heavier than the 1 MB that Zalo takes."), item)


def _pictures(feed: ReadFeed) -> Iterator[tuple[ReadItem, ReadPicture]]:
    return ((item, item.picture) for item in feed.items if item.picture and is_web_address(item.picture.url))


CONSUMERS = (
    Consumer(
        name=gettext_lazy("Validator"),
        needs=gettext_lazy("The rules of RSS 2.0, Atom and JSON Feed, as the W3C's validator checks them."),
        says=validator_says,
    ),
    Consumer(
        name=gettext_lazy("Feed readers"),
        needs=gettext_lazy("Short titles, summaries, described pictures, and a feed that loads quickly."),
        says=readers_say,
    ),
    Consumer(
        name="IFTTT",
        needs=gettext_lazy("A name, a date and an address of its own for each item."),
        says=posting_tools_say,
    ),
    Consumer(
        name="Zapier, Make",
        needs=gettext_lazy("A name that never changes, and the moment at which an item went live."),
        says=posting_tools_say,
    ),
    Consumer(
        name="dlvr.it, Buffer",
        needs=gettext_lazy("The same, and a large picture as JPEG or PNG."),
        says=with_pictures_say,
    ),
    Consumer(
        name="Mailchimp, Feedly",
        needs=gettext_lazy("A picture as media:content and in the text."),
        says=with_pictures_say,
    ),
    Consumer(
        name="Facebook",
        needs=gettext_lazy("A picture of at least 600×315 pixels and at most 8 MB, reachable from outside."),
        says=facebook_says,
    ),
    Consumer(
        name="Telegram",
        needs=gettext_lazy("A picture of at most 5 MB, not longer than twenty times its width."),
        says=telegram_says,
    ),
    Consumer(
        name="Zalo",
        needs=gettext_lazy("A title of at most 150 characters and a picture of at most 1 MB."),
        says=zalo_says,
    ),
)


def opinions(feed: ReadFeed) -> list[Opinion]:
    """What everybody says, in the order of the table."""
    return [
        Opinion(consumer, sorted(consumer.says(feed), key=lambda finding: -finding.level)) for consumer in CONSUMERS
    ]
