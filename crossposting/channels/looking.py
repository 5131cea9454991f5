"""Looking for a post whose answer was lost, among what the network says it has."""

from collections.abc import Callable, Iterable, Iterator
from datetime import datetime, timedelta
from itertools import islice
from typing import Any

from crossposting.channels.contract import Sought

CLOCK_DIFFERENCE = timedelta(minutes=5)
#: More than a channel posts while one answer is missing.
MOST_PAGES = 30


def since(
    pages: Iterable[list[dict[str, Any]]], moment: Callable[[dict[str, Any]], datetime], sought: Sought
) -> Iterator[dict[str, Any]]:
    """What may be the post: made since then, and no other delivery's. Looks no further than a page of older ones."""
    earliest = sought.since - CLOCK_DIFFERENCE
    for page in islice(pages, MOST_PAGES):
        young = [post for post in page if moment(post) >= earliest]
        yield from (post for post in young if str(post.get("id")) not in sought.known_ids)
        if not young:
            return
