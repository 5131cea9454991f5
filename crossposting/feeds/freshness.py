"""Whether what a reader has is still right, told from the generations alone: no query, no rendering.

An ETag holds the fingerprint of the generations of everything in the feed, and the moment at which its first item
expires, if one does: after it the reader's copy is old although nothing was changed.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import blake2b

from django.utils import timezone

from core.surrogates import SITE
from pagecache.generations import current

#: Part of every fingerprint: what is made otherwise from now on has another state.
DESIGN = "1"
_TAG = re.compile(r'"([0-9a-f]{24})(?:-([0-9a-f]{1,12}))?"')


@dataclass(frozen=True, kw_only=True)
class State:
    """The state of a feed: a name for it, and when it last changed."""

    name: str
    changed: datetime

    def etag(self, valid_until: datetime | None) -> str:
        """The ETag of an answer made in this state."""
        return f'"{self.name}{f"-{int(valid_until.timestamp()):x}" if valid_until else ""}"'

    def is_current(self, if_none_match: str) -> bool:
        """Whether a reader that sends this header has what would be sent now."""
        now = timezone.now().timestamp()
        return any(
            name == self.name and (not until or int(until, 16) > now) for name, until in _TAG.findall(if_none_match)
        )

    def settled(self, seconds: float) -> bool:
        """Whether the last change is so long ago that everything shows it."""
        return not seconds or (timezone.now() - self.changed).total_seconds() >= seconds

    @property
    def last_modified(self) -> int | None:
        """The change's second, rounded up: two changes in one second must not look like one. None until it is over."""
        stamp = int(self.changed.timestamp()) + 1
        return stamp if stamp <= timezone.now().timestamp() else None


def state_of(keys: Sequence[str], *shown: str) -> State:
    """The present state of what is shown under some keys; ``shown`` tells apart what is made of the same things."""
    numbers = current([*keys, SITE])
    text = "\x1f".join((DESIGN, *map(str, numbers), *shown))
    return State(
        name=blake2b(text.encode(), digest_size=12).hexdigest(),
        changed=datetime.fromtimestamp(max(numbers) // 1000 / 1_000_000, UTC),
    )
