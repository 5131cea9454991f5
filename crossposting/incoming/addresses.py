"""Understands what people paste for a YouTube channel: its number, any of its addresses, or its feed."""

import re
from urllib.parse import parse_qsl, unquote, urlsplit

from django.utils.translation import gettext as _

from core.blocks.media import YOUTUBE_HOSTS, YOUTUBE_ID
from crossposting import outgoing
from crossposting.networks import network_settings

CHANNEL_ID = re.compile(r"UC[\w-]{22}", re.ASCII)
_HANDLE = re.compile(r"@[\w.·-]{2,60}")
#: Where a channel's own page names its number.
_NAMED = re.compile(
    r'(?:rel="canonical" href="https://www\.youtube\.com/channel/|feeds/videos\.xml\?channel_id='
    r'|"externalId":"|itemprop="identifier" content=")(UC[\w-]{22})',
    re.ASCII,
)


class Misunderstood(Exception):  # noqa: N818  # says what happened
    """It is no channel, or it cannot be found out which; the words say what to paste instead."""


def feed_url(channel_id: str) -> str:
    """Where the channel's newest videos are listed."""
    return f"{network_settings('youtube').url}/feeds/videos.xml?channel_id={channel_id}"


def channel_url(channel_id: str) -> str:
    """Where people see the channel."""
    return f"https://www.youtube.com/channel/{channel_id}"


def understand(pasted: str) -> str:
    """The number of the channel that is meant. May ask YouTube, for an address with a name instead of the number."""
    pasted = pasted.strip()
    if CHANNEL_ID.fullmatch(pasted):
        return pasted
    if _HANDLE.fullmatch(pasted):
        return _ask_for(f"/{pasted}")
    path, query = _parts(pasted)
    steps = [step for step in path.split("/") if step] + ["", ""]
    number = query.get("channel_id") or (steps[1] if steps[0] == "channel" else "")
    if CHANNEL_ID.fullmatch(number):
        return number
    if number or steps[0] == "channel":
        raise Misunderstood(_("The number of a channel begins with UC and has 24 characters. Some of it is missing."))
    if _HANDLE.fullmatch(steps[0]):
        return _ask_for(f"/{steps[0]}")
    if steps[0] in ("c", "user") and steps[1]:
        return _ask_for(f"/{steps[0]}/{steps[1]}")
    raise Misunderstood(_what_else(steps[0], query))


def _what_else(first: str, query: dict[str, str]) -> str:
    """What was pasted instead of a channel, and what to paste."""
    if first == "playlist" or query.keys() & {"list", "playlist_id"}:
        return _("This is a playlist. Paste the address of the channel itself.")
    if first in ("watch", "shorts", "live", "embed") or YOUTUBE_ID.fullmatch(first):
        return _("This is a single video. Paste the address of the channel it is on.")
    return _("This is not the address of a YouTube channel. It looks like youtube.com/@congdoan.")


def _parts(pasted: str) -> tuple[str, dict[str, str]]:
    """Path and query of an address at YouTube, or at the server that the settings name instead."""
    try:
        parts = urlsplit(pasted if "://" in pasted else f"https://{pasted}")
        host = (parts.hostname or "").lower()
    except ValueError:
        host = ""
    if not host or host not in {*YOUTUBE_HOSTS, urlsplit(network_settings("youtube").url).hostname}:
        raise Misunderstood(_("This is not the address of a YouTube channel. It looks like youtube.com/@congdoan."))
    return unquote(parts.path), dict(parse_qsl(parts.query))


def _ask_for(path: str) -> str:
    """Read the channel's page for its number."""
    site = network_settings("youtube")
    by_hand = _(
        "On YouTube, open the channel, its description, «Share channel», «Copy channel ID», and paste what was copied."
    )
    try:
        answer = outgoing.request("GET", site.url + path, timeout=site.timeout, headers={"Accept": "text/html"})
    except outgoing.OutgoingError as error:
        raise Misunderstood(
            _("YouTube could not be asked which channel that is. %(how)s") % {"how": by_hand}
        ) from error
    if answer.status == 404:
        raise Misunderstood(_("YouTube knows no channel of this name."))
    found = _NAMED.search(answer.body.decode("utf-8", "replace")) if answer.status == 200 else None
    if found is None:
        raise Misunderstood(_("YouTube did not say which channel that is. %(how)s") % {"how": by_hand})
    return found[1]
