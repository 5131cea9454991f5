"""Looks at YouTube channels: what is new becomes a draft, each video once for ever, whoever looks and however often.

A video's row and its draft come in one transaction, and the row's number is unique: two workers, a kill in between, a
feed that repeats itself, or an editor who deletes the draft make no second one.
"""

import logging
import random
import time
from dataclasses import dataclass
from datetime import timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _, ngettext

from crossposting import outgoing
from crossposting.channels.answers import seconds_to_wait
from crossposting.incoming import covers, feed
from crossposting.incoming.addresses import feed_url
from crossposting.incoming.registry import Video, draft_maker
from crossposting.models import IncomingVideo, VideoSource
from crossposting.networks import network_settings
from outbox.services import enqueue
from pages.models import BasePage

logger = logging.getLogger(__name__)

KIND = "incoming"
EVERY = timedelta(minutes=15)
LONGEST_PAUSE = timedelta(hours=24)
#: Seconds for one look with all its pictures. What is left is taken at the next.
WORKER_SECONDS, PERSON_SECONDS = 120.0, 20.0
PICTURE_SECONDS = 8.0


class Trouble(Exception):  # noqa: N818  # says what happened
    """The channel cannot be read now; the words are for people. ``after``: YouTube names the seconds to wait."""

    def __init__(self, words: str, *, after: float = 0) -> None:
        super().__init__(words)
        self.after = after


@dataclass(frozen=True)
class Looked:
    """How a look went."""

    well: bool
    words: str
    drafts: int = 0


def look(source: VideoSource, *, seconds: float = WORKER_SECONDS) -> Looked:
    """Look at a channel and make drafts of what is new; what stood in the way is written down, never raised."""
    try:
        taken = _take_all(source, time.monotonic() + seconds)
    except Trouble as trouble:
        return _note_trouble(source, str(trouble), after=trouble.after)
    except Exception as error:
        logger.exception("The look at the YouTube channel %s met something unforeseen.", source.pk)
        return _note_trouble(source, _("An unforeseen error: %(error)s.") % {"error": type(error).__name__})
    all_taken = not taken.waiting and not taken.failed
    now = timezone.now()
    VideoSource.objects.filter(pk=source.pk).update(
        name=source.name,
        looked_at=now,
        next_look_at=now + (timedelta(minutes=1) if taken.waiting else _spread(EVERY)),
        failures=0,
        error=_("Some videos could not become drafts. The portal will try again.") if taken.failed else "",
        etag=source.etag if all_taken else "",
        last_modified=source.last_modified if all_taken else "",
    )
    return Looked(not taken.failed, _words(taken), taken.made)


@dataclass
class _Taken:
    """What became of the new videos of a feed."""

    made: int = 0
    #: There was no time left.
    waiting: int = 0
    failed: int = 0


def _words(taken: _Taken) -> str:
    words = []
    if taken.made:
        words.append(ngettext("%(count)d new draft.", "%(count)d new drafts.", taken.made) % {"count": taken.made})
    if taken.waiting:
        words.append(_("The others follow within minutes."))
    if taken.failed:
        words.append(_("Some videos could not become drafts. The portal will try again."))
    return " ".join(words) or _("Nothing new.")


def _take_all(source: VideoSource, deadline: float) -> _Taken:
    """Take what is new, the oldest first."""
    taken = _Taken()
    found = _fetch(source)
    if found is None:
        return taken
    source.name = source.name or found.title[:100]
    section = source.section
    if section is None:
        raise Trouble(_("The section for the drafts is gone. Choose another one."))
    known = set(
        IncomingVideo.objects.filter(video_id__in=[v.id for v in found.videos]).values_list("video_id", flat=True)
    )
    for video in reversed([video for video in found.videos if video.id not in known]):
        if time.monotonic() >= deadline:
            taken.waiting += 1
            continue
        try:
            taken.made += _take(source, section, video, _cover(video, deadline))
        except Exception:
            logger.exception("The video %s did not become a draft.", video.id)
            taken.failed += 1
    return taken


def _cover(video: Video, deadline: float) -> bytes | None:
    return covers.fetch_cover(video, timeout=max(1.0, min(PICTURE_SECONDS, (deadline - time.monotonic()) / 2)))


def _take(source: VideoSource, section: BasePage, video: Video, cover: bytes | None) -> bool:
    """Make the draft, unless somebody else has this moment."""
    image = None
    try:
        with transaction.atomic():
            row, created = IncomingVideo.objects.get_or_create(
                video_id=video.id,
                defaults={"source": source, "title": video.title, "published_at": video.published_at},
            )
            if not created:
                return False
            image = covers.store_cover(video, cover) if cover else None
            row.page = draft_maker().make(video, section=section, unit_id=source.unit_id, cover=image)
            row.save(update_fields=["page"])
    except Exception:
        if image is not None:
            image.file.storage.delete(image.file.name)
        raise
    return True


def _fetch(source: VideoSource) -> feed.Feed | None:
    """Read the feed; None when it has not changed. Remembers, in memory, what YouTube says of its age."""
    headers = {"Accept": "application/atom+xml, application/xml;q=0.9"}
    if source.etag:
        headers["If-None-Match"] = source.etag
    if source.last_modified:
        headers["If-Modified-Since"] = source.last_modified
    try:
        answer = outgoing.request(
            "GET", feed_url(source.channel_id), timeout=network_settings("youtube").timeout, headers=headers
        )
    except outgoing.OutgoingError as error:
        raise Trouble(str(error)) from error
    if answer.status == 304:
        return None
    if answer.status != 200:
        raise _refusal(answer)
    try:
        found = feed.read(answer.body)
    except feed.NotAFeed as error:
        raise Trouble(str(error)) from error
    source.etag = answer.headers.get("etag", "")[:200]
    source.last_modified = answer.headers.get("last-modified", "")[:80]
    return found


def _refusal(answer: outgoing.Answer) -> Trouble:
    status = answer.status
    if status in (404, 410):
        return Trouble(_("YouTube says that this channel is not there (%(status)d).") % {"status": status})
    if status in (429, 503):
        after = seconds_to_wait(answer.headers, 0)
        return Trouble(_("YouTube asks to come back later (%(status)d).") % {"status": status}, after=after)
    if 300 <= status < 400:
        return Trouble(_("YouTube points to another address, where the portal does not follow."))
    return Trouble(_("YouTube answered with the error %(status)d.") % {"status": status})


def _note_trouble(source: VideoSource, words: str, *, after: float = 0) -> Looked:
    """Come back later, and later still each time it goes wrong again."""
    failures = min(source.failures + 1, 100)
    pause = min(EVERY * 2 ** min(failures - 1, 10), LONGEST_PAUSE)
    now = timezone.now()
    VideoSource.objects.filter(pk=source.pk).update(
        looked_at=now,
        next_look_at=now + max(_spread(pause), timedelta(seconds=after)),
        failures=failures,
        error=words[:2000],
    )
    return Looked(False, words)


def _spread(pause: timedelta) -> timedelta:
    """Up to a tenth more, so that channels registered together are not asked in step for ever."""
    return pause * random.uniform(1.0, 1.1)  # noqa: S311  # spreads load, guards nothing


def ask_for_looks() -> None:
    """Let the lane of networks look at each channel that is due (a periodic job)."""
    now = timezone.now()
    for source in VideoSource.objects.in_use().filter(next_look_at__lte=now):
        with transaction.atomic():
            # Whoever is first moves the time on; a second worker finds nothing to move.
            due = VideoSource.objects.filter(pk=source.pk, next_look_at=source.next_look_at)
            if due.update(next_look_at=now + EVERY):
                key = f"{KIND}:{source.pk}:{int(source.next_look_at.timestamp())}"
                enqueue(KIND, key, {"source": source.pk, "title": str(source)})


def look_by_number(source_id: int) -> None:
    """What the worker does with such a row."""
    source = VideoSource.objects.in_use().select_related("section", "unit").filter(pk=source_id).first()
    if source is not None:
        look(source)
