"""Looking for a post whose answer was lost, among what the network says it has."""

import time
from collections.abc import Callable, Iterable, Iterator
from datetime import datetime, timedelta
from typing import Any

from django.utils.translation import gettext as _

from crossposting.channels.contract import AccessLost, Refused, Sought, Unreached

CLOCK_DIFFERENCE = timedelta(minutes=5)
#: More than a channel posts while one answer is missing.
MOST_PAGES = 150
#: How often one page of a list is asked for (of a list of twenty pages one in five may fail), and the seconds in which
#: that must be done: a network that does not answer at all must not hold up the others.
TRIES, WITHIN = 6, 10.0
#: Seconds before a page is asked for again; a longer wait that the network names is a pause of the whole channel.
PAUSE, LONGEST_PAUSE = 0.15, 2.0


def since(
    pages: Iterable[list[dict[str, Any]]], moment: Callable[[dict[str, Any]], datetime], sought: Sought
) -> Iterator[dict[str, Any]]:
    """What may be the post: made since then, and no other delivery's. Looks no further than a page of older ones.

    Raises Unreached when even many pages do not lead back to that time: then nobody knows whether it is there.
    """
    earliest = sought.since - CLOCK_DIFFERENCE
    for number, page in enumerate(pages, start=1):
        young = [post for post in page if moment(post) >= earliest]
        yield from (post for post in young if str(post.get("id")) not in sought.known_ids)
        if not young:
            return
        if number >= MOST_PAGES:
            raise Unreached(_("There are too many newer posts to look through."))


def patiently[T](read: Callable[[], T]) -> T:
    """Read one page of a list, several times if need be: reading changes nothing, and a long list has many pages."""
    until = time.monotonic() + WITHIN
    for tried in range(1, TRIES):
        pause = PAUSE * tried
        try:
            return read()
        except AccessLost:
            raise
        except Refused as refusal:
            pause = max(pause, refusal.after or 0)
            if refusal.final or pause > LONGEST_PAUSE or time.monotonic() > until:
                raise
        except Unreached:
            if time.monotonic() > until:
                raise
        time.sleep(pause)
    return read()
