"""How many readers came from where: what the marks on links (``crossposting.marks``) add up to."""

from collections.abc import Iterable
from datetime import date, timedelta

from django.utils import timezone

from crossposting.marks import LETTER, source_of
from crossposting.models import Channel, Delivery
from visits import arrivals

#: What «lately» means in the list of channels.
DAYS = 30


def known_links(pairs: set[arrivals.Pair]) -> set[arrivals.Pair]:
    """Which channels have, or had, a delivery of which pages: no other mark is ours."""
    rows = Delivery.objects.posts().filter(
        channel__in={channel for channel, _page in pairs}, page_id__in={page for _channel, page in pairs}
    )
    return pairs & set(rows.order_by().values_list("channel_id", "page_id").distinct())


def register() -> None:
    """Called when the app is ready."""
    arrivals.register_source(LETTER, known_links)


def clicks_of(deliveries: Iterable[Delivery]) -> dict[int, int]:
    """Readers who came by the link of each post, by the number of the delivery; one query for all.

    What is posted twice on one channel has one mark, and its deliveries one count.
    """
    pairs = {d.pk: (source_of(d.channel_id), d.page_id) for d in deliveries if d.action == Delivery.Action.POST}
    counts = arrivals.readers_of(pairs.values())
    return {pk: counts.get(pair, 0) for pk, pair in pairs.items()}


def clicks_by_day(delivery: Delivery) -> list[tuple[date, int]]:
    """The same for one post, day by day, the last first."""
    return arrivals.readers_by_day(source_of(delivery.channel_id), delivery.page_id)


def clicks_lately(channels: Iterable[Channel]) -> dict[int, int]:
    """Readers who came from each channel within the last thirty days, by the number of the channel."""
    sources = {channel.pk: source_of(channel.pk) for channel in channels}
    counts = arrivals.readers_by_source(sources.values(), timezone.localdate() - timedelta(days=DAYS - 1))
    return {pk: counts.get(source, 0) for pk, source in sources.items()}
