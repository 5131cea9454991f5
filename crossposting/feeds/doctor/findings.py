"""What the doctor says, and about which item."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from enum import IntEnum

from django.utils.functional import Promise

from crossposting.feeds.doctor.reading import ReadFeed, ReadItem

Text = str | Promise


class Level(IntEnum):
    """How bad it is."""

    NOTE = 1
    WARNING = 2
    ERROR = 3


@dataclass(frozen=True)
class Finding:
    """One thing to say; without an item it is about the feed itself."""

    level: Level
    words: Text
    item: ReadItem | None = None


@dataclass(frozen=True, kw_only=True)
class Consumer:
    """Somebody who reads feeds, what they need, and what they would say."""

    name: Text
    needs: Text
    says: Callable[[ReadFeed], Iterable[Finding]]


@dataclass(frozen=True)
class Opinion:
    """What one consumer says of one feed, the worst first."""

    consumer: Consumer
    findings: list[Finding] = field(default_factory=list)

    @property
    def level(self) -> Level | None:
        """The worst of it; None when there is nothing to say."""
        return max((finding.level for finding in self.findings), default=None)
