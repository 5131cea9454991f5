"""What a feed says, whatever it is written in."""

from dataclasses import dataclass, field
from datetime import datetime

from crossposting.feeds.pictures import Picture


@dataclass(frozen=True, kw_only=True)
class Author:
    """Who wrote an item, by name, with an address where there is a page of theirs."""

    name: str
    url: str = ""


@dataclass(frozen=True, kw_only=True)
class Film:
    """A video file of the portal's own that an item is about; ``url`` is absolute once the item is made."""

    url: str
    type: str
    bytes: int
    seconds: int = 0
    width: int = 0
    height: int = 0


@dataclass(frozen=True, kw_only=True)
class FeedItem:
    """One item. All addresses are absolute, all texts can stand in XML."""

    id: str
    url: str
    title: str
    summary: str
    html: str
    published: datetime
    updated: datetime
    language: str = "vi"
    authors: tuple[Author, ...] = ()
    categories: tuple[str, ...] = ()
    picture: Picture | None = None
    film: Film | None = None
    page_id: int = 0

    @property
    def corrected(self) -> bool:
        """Whether readers were shown something new after the item went live."""
        return self.updated > self.published


@dataclass(frozen=True, kw_only=True)
class FeedDocument:
    """One page of a feed. ``first``, ``next`` and ``previous`` are the pages beside it, "" where there are none."""

    id: str
    title: str
    description: str
    self_url: str
    home_url: str
    icon_url: str
    logo_url: str
    publisher: str
    updated: datetime
    items: list[FeedItem] = field(default_factory=list)
    hubs: tuple[str, ...] = ()
    first: str = ""
    next: str = ""
    previous: str = ""
    style_url: str = ""
    language: str = "vi"
    ttl_minutes: int = 15
    full: bool = True
