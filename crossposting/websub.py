"""WebSub: tells hubs which feeds have news, so that they carry it to subscribers at once.

A change of a page is one consequence, which finds out in whose feeds the page stands and asks for one further one for
each hub: a hub that is away is tried again without the others being told twice.
"""

from collections.abc import Iterable, Iterator
from hashlib import blake2b
from typing import Any

import urllib3
from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _, gettext_lazy
from urllib3.exceptions import HTTPError

from core.consequences import Hopeless, Job, consequence
from crossposting.feeds.addresses import FILES, address
from crossposting.feeds.registry import FeedSource, Subject, source_named, sources
from outbox.services import enqueue
from pages.models import BasePage

TELL, PING = "websub", "websub_ping"
PAGE_EVENTS = ("published", "updated", "unpublished", "moved", "deleted")
#: With the networks that posts go to: nothing else in the worker waits for a slow hub.
LANE = "network"
TIMEOUT = urllib3.Timeout(connect=10, read=20)
#: Answers that may be another one a little later.
PASSING = {408, 425, 429}


class NotTold(Exception):  # noqa: N818  # says what happened
    """A hub did not take the news; it is told again later."""


def _concerns_hubs(page: Any) -> bool:
    return bool(settings.WEBSUB_HUBS) and page.listed


def topics_showing(page_ids: Iterable[int]) -> list[str]:
    """The addresses of every feed that shows some pages, or did until now, each once.

    They lie below ``BASE_URL``: subscribers and hubs know a feed by one address.
    """
    found: dict[tuple[str, str], tuple[FeedSource, Subject]] = {}
    ids = set(page_ids)
    pages = list(BasePage.objects.filter(pk__in=ids).select_related("unit"))
    for page in pages:
        for source in _pushing():
            for subject in source.showing(page):
                found.setdefault((source.name, subject.key), (source, subject))
    whole = source_named("")
    if whole and len(pages) < len(ids):  # what is deleted is only known to have stood in the portal's own feed
        found.setdefault(("", ""), (whole, Subject()))
    base = settings.WAGTAILADMIN_BASE_URL
    return [
        base + address(source, subject, variant) for source, subject in found.values() for variant in FILES.values()
    ]


def _pushing() -> Iterator[FeedSource]:
    return (source for source in sources() if source.pushes)


def tell_hubs(job: Job) -> None:
    """Ask for one consequence a hub."""
    topics = topics_showing(job.payload["pages"])
    with transaction.atomic():
        for hub in settings.WEBSUB_HUBS:
            name = blake2b(hub.encode(), digest_size=6).hexdigest()
            payload = {"hub": hub, "topics": topics, "title": job.payload.get("title", "")}
            enqueue(PING, f"{PING}:{name}:{job.key}", payload)


def ping(job: Job) -> None:
    """Tell one hub of all feeds that have news; the first that it does not take ends the attempt.

    A hub that is told twice fetches the feed twice, and its subscribers notice nothing.
    """
    hub = job.payload["hub"]
    if hub not in settings.WEBSUB_HUBS:
        return  # taken out of the settings meanwhile
    with urllib3.PoolManager(num_pools=1, retries=False, timeout=TIMEOUT) as pool:
        for topic in job.payload["topics"]:
            _tell(pool, hub, topic)


def _tell(pool: urllib3.PoolManager, hub: str, topic: str) -> None:
    # WebSub leaves the form to the hubs: some read hub.url, others hub.topic.
    form = {"hub.mode": "publish", "hub.url": topic, "hub.topic": topic}
    try:
        answer = pool.request("POST", hub, fields=form, encode_multipart=False, redirect=False)
    except HTTPError as error:
        raise NotTold(_("The hub %(hub)s could not be reached.") % {"hub": hub}) from error
    if 200 <= answer.status < 300:
        return
    said = " ".join(answer.data[:300].decode(errors="replace").split())
    words = _("The hub %(hub)s answered with status %(status)d: %(words)s") % {
        "hub": hub,
        "status": answer.status,
        "words": said,
    }
    if 400 <= answer.status < 500 and answer.status not in PASSING:
        raise Hopeless(words)
    raise NotTold(words)


def register() -> None:
    """Called when the app is ready."""
    consequence(TELL, label=gettext_lazy("Find the feeds with news"), page_events=PAGE_EVENTS, wants=_concerns_hubs)(
        tell_hubs
    )
    consequence(PING, label=gettext_lazy("Tell a hub of news"), lane=LANE, max_attempts=10)(ping)
