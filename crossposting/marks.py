"""Marks on the links that channels carry, so that the portal can count for itself who came from where.

``utm_source`` is the network, ``utm_medium`` is «social», ``utm_campaign`` names channel and page (``k3-125``). They
are the same for every delivery of a page to a channel, so a post that is repeated or changed keeps its count. Feeds
carry none: programs post their items elsewhere, and a reader from there would count as one from the feed.
"""

import re
from dataclasses import replace
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from crossposting.channels.contract import Announcement
from crossposting.counting import LINK
from visits import arrivals

if TYPE_CHECKING:
    from crossposting.models import Channel

#: The letter of channels among the sources of arrivals.
LETTER = "k"
_BEGINS = "utm_source="


def source_of(channel_id: int) -> str:
    """A channel's name as a source."""
    return f"{LETTER}{channel_id}"


def with_mark(announcement: Announcement, channel: "Channel") -> Announcement:
    """The same, with the channel's mark on the link, also where the editor's own words name it."""
    if not announcement.url:
        return announcement
    campaign = arrivals.mark(source_of(channel.pk), announcement.page_id)
    mark = f"{_BEGINS}{channel.network}&utm_medium=social&utm_campaign={campaign}"
    joint = "&" if urlsplit(announcement.url).query else "?"
    link = f"{announcement.url}{joint}{mark}"
    text = LINK.sub(lambda found: link if found[0] == announcement.url else found[0], announcement.text)
    return replace(announcement, url=link, text=text)


def names_link(text: str, link: str) -> bool:
    """Whether a text names a link of ours, marked or plain, and not that of a page below it."""
    plain = plain_link(link)
    return bool(plain) and re.search(rf"{re.escape(plain)}(?![\w/%.~-]*[\w/%~])", text) is not None


def plain_link(link: str) -> str:
    """A link of ours without its mark."""
    return link.partition(f"?{_BEGINS}")[0].partition(f"&{_BEGINS}")[0]
