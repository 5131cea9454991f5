"""All feeds there are, by kind."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from crossposting.feeds.addresses import Format, Variant, address, page_address
from crossposting.feeds.registry import FeedSource, Subject, Text, sources

#: Where a group is longer, people get its beginning and open the rest.
SHOWN_AT_ONCE = 12


@dataclass(frozen=True)
class Entry:
    """One thing with its feeds."""

    title: str
    url: str
    page: str
    rss: str
    atom: str
    json: str


@dataclass(frozen=True)
class FeedGroup:
    """The feeds of one kind."""

    legend: Text
    entries: list[Entry] = field(default_factory=list)

    @property
    def first(self) -> list[Entry]:
        """What is shown at once."""
        return self.entries[:SHOWN_AT_ONCE]

    @property
    def more(self) -> list[Entry]:
        """What is shown when asked for."""
        return self.entries[SHOWN_AT_ONCE:]


def feed_list() -> list[FeedGroup]:
    """Every feed worth listing: one query or so a kind, whatever their number."""
    groups: dict[str, FeedGroup] = {}
    for source in sources():  # several kinds may stand under one heading
        groups.setdefault(str(source.legend), FeedGroup(source.legend)).entries.extend(_entries(source))
    return [group for group in groups.values() if group.entries]


def _entries(source: FeedSource) -> Iterable[Entry]:
    for subject in source.subjects():
        yield Entry(
            title=subject.title or str(source.legend),
            url=subject.url,
            page=page_address(source, subject),
            rss=_address(source, subject, Format.RSS),
            atom=_address(source, subject, Format.ATOM),
            json=_address(source, subject, Format.JSON),
        )


def _address(source: FeedSource, subject: Subject, written_in: Format) -> str:
    return address(source, subject, Variant(written_in, full=True))
