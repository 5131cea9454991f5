"""Examines a feed as it is at this moment: drawn anew, read back from its bytes, and shown to everybody."""

from dataclasses import dataclass, field
from urllib.parse import urlsplit

from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext as _

from crossposting.feeds.addresses import FILES
from crossposting.feeds.doctor.consumers import CONSUMERS, opinions
from crossposting.feeds.doctor.findings import Finding, Level, Opinion
from crossposting.feeds.doctor.reading import NotAFeed, read
from crossposting.feeds.freshness import state_of
from crossposting.feeds.gathering import Place, gather
from crossposting.feeds.paging import Cursor
from crossposting.feeds.polls import parse_address
from crossposting.feeds.registry import FeedUnavailable
from crossposting.feeds.views import WRITERS


class NoSuchFeed(Exception):  # noqa: N818  # says what was asked for
    """The address is not that of a feed of this portal."""


@dataclass(frozen=True, kw_only=True)
class Examination:
    """What came of it. ``pages`` are the pages of the items, by the items' names."""

    address: str
    size: int = 0
    items: int = 0
    opinions: list[Opinion] = field(default_factory=list)
    pages: dict[str, int] = field(default_factory=dict)

    @property
    def worst(self) -> Level | None:
        """The worst that anybody says."""
        return max((opinion.level for opinion in self.opinions if opinion.level), default=None)


def place_of(address: str, base: str) -> Place:
    """The feed of an address, with or without the portal's name; raises NoSuchFeed."""
    parts = urlsplit(address)
    found = parse_address(parts.path)
    query = QueryDict(parts.query)
    subject = found.source.find(found.key, query) if found else None
    if found is None or subject is None:
        raise NoSuchFeed
    return Place(source=found.source, subject=subject, variant=FILES[found.file], cursor=Cursor(), base=base)


def examine(place: Place) -> Examination:
    """Draw the feed as it would be sent now, and let everybody have their say."""
    changed = state_of(place.source.keys(place.subject.key)).changed
    address = place.address()
    try:
        document = gather(place, timezone.localtime(changed)).document
        body = WRITERS[place.variant.format](document)
        feed = read(body)
    except (FeedUnavailable, NotAFeed, ValueError) as error:
        words = _("The feed cannot be read at all: %(reason)s") % {"reason": str(error) or type(error).__name__}
        said = [Opinion(consumer, [Finding(Level.ERROR, words)]) for consumer in CONSUMERS]
        return Examination(address=address, opinions=said)
    pages = {item.id: item.page_id for item in document.items}
    return Examination(address=address, size=len(body), items=len(feed.items), opinions=opinions(feed), pages=pages)
