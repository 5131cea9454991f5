"""Reads the Atom feed of a YouTube channel. What is wrong with one entry keeps no other from being read."""

import re
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import ParseError, fromstring
from django.utils import timezone
from django.utils.translation import gettext as _

from core.blocks.media import YOUTUBE_ID, youtube_id
from core.text import clean_text
from crossposting.counting import LINK, Measure, shorten
from crossposting.incoming.registry import Video

ATOM, YT, MEDIA = (
    "{http://www.w3.org/2005/Atom}",
    "{http://www.youtube.com/xml/schemas/2015}",
    "{http://search.yahoo.com/mrss/}",
)
#: More than YouTube lists; whatever else says it is a feed is not read without an end.
MAX_ENTRIES = 50
TITLE_LENGTH, SUMMARY_LENGTH = 200, 300
_ONLY_TAGS = re.compile(r"[\s#@]*(?:[#@][\w.-]+\s*)+")


class NotAFeed(Exception):  # noqa: N818  # says what is the case
    """It cannot be read; the words say why."""


@dataclass
class Feed:
    """What a feed says."""

    title: str
    videos: list[Video] = field(default_factory=list)
    #: Entries that name no video.
    broken: int = 0


def read(body: bytes) -> Feed:
    """Read a feed; raises NotAFeed."""
    try:
        root = fromstring(body, forbid_dtd=True)
    except (ParseError, DefusedXmlException, ValueError, LookupError):
        root = None
    if root is None or root.tag != f"{ATOM}feed":
        raise NotAFeed(_("What YouTube answered is not the feed of a channel."))
    feed = Feed(title=_text(root, f"{ATOM}title"))
    seen: set[str] = set()
    for entry in root.findall(f"{ATOM}entry")[:MAX_ENTRIES]:
        video = _video(entry)
        if video is None:
            feed.broken += 1
        elif video.id not in seen:
            seen.add(video.id)
            feed.videos.append(video)
    return feed


def _video(entry: Any) -> Video | None:
    number = _number(entry)
    if not number:
        return None
    group = entry.find(f"{MEDIA}group")
    published_at = _moment(_text(entry, f"{ATOM}published"))
    thumbnail = group.find(f"{MEDIA}thumbnail") if group is not None else None
    title = _text(entry, f"{ATOM}title") or (_text(group, f"{MEDIA}title") if group is not None else "")
    description = _text(group, f"{MEDIA}description", lines=True) if group is not None else ""
    return Video(
        id=number,
        url=f"https://www.youtube.com/watch?v={number}",
        title=shorten(title, TITLE_LENGTH, Measure()) or _untitled(published_at),
        summary=_summary(description),
        published_at=published_at,
        thumbnail=str(thumbnail.get("url") or "") if thumbnail is not None else "",
    )


def _number(entry: Any) -> str:
    """The video's number: from its own element, from the entry's name, or from its link."""
    named = _text(entry, f"{ATOM}id").removeprefix("yt:video:")
    link = entry.find(f"{ATOM}link")
    candidates = [_text(entry, f"{YT}videoId"), named, youtube_id(link.get("href", "")) if link is not None else ""]
    return next((number for number in candidates if YOUTUBE_ID.fullmatch(number)), "")


def _text(element: Any, name: str, *, lines: bool = False) -> str:
    found = element.find(name)
    text = clean_text("".join(found.itertext())) if found is not None else ""
    return text.strip() if lines else " ".join(text.split())


def _summary(description: str) -> str:
    """The first paragraph that says something: addresses and hashtags do not."""
    for part in re.split(r"\n\s*\n", description.replace("\r\n", "\n")):
        said = " ".join(LINK.sub("", part).split())
        if said and not _ONLY_TAGS.fullmatch(said):
            return shorten(said, SUMMARY_LENGTH, Measure())
    return ""


def _untitled(published_at: datetime | None) -> str:
    if published_at is None:
        return _("Video without a title")
    return _("Video of %(day)s") % {"day": timezone.localtime(published_at).strftime("%d/%m/%Y")}


def _moment(text: str) -> datetime | None:
    try:
        moment = datetime.fromisoformat(text)
        return moment.replace(tzinfo=moment.tzinfo or UTC).astimezone(UTC)
    except (ValueError, OverflowError):
        return None
