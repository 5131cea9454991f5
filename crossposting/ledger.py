"""Writes to the ledger. Each is one transaction in which the state of a delivery and its next step change together.

A delivery moves in turns: each turn is one row of the outbox, which brings the worker, its leases and its recovery. A
row of an earlier turn does nothing, so that it does not matter how often the outbox runs it.
"""

import random
from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from crossposting.channels.contract import Posted
from crossposting.models import Attempt, Channel, Delivery
from crossposting.querysets import DeliveryQuerySet
from outbox.services import enqueue

KIND = "delivery"
CHECK_KIND = "channel_check"
State, Action = Delivery.State, Delivery.Action
FINAL = (State.SENT, State.GAVE_UP, State.CANCELLED)


class NotNow(Exception):  # noqa: N818  # an answer to a person who asked
    """What was asked for does not go with the state the delivery is in; the words say why."""


def plan(
    channel: Channel, page: Any, *, publication: str, action: str = Action.POST, post: Delivery | None = None,
    at: datetime | None = None,
) -> Delivery:  # fmt: skip
    """Write a delivery, or return the one there is for this channel, page, publication and action."""
    at = at or timezone.now()
    delivery, created = Delivery.objects.get_or_create(
        channel=channel,
        page_id=page.pk,
        action=action,
        publication=publication[:64],
        defaults={
            "unit_id": page.unit_id,
            "title": page.title[:255],
            "post": post,
            "not_before": at,
            "wanted_at": at,
        },
    )
    if created and not channel.provider.by_hand:
        next_turn(delivery, at=at)
    return delivery


@transaction.atomic
def move(pk: int, at: datetime) -> Delivery:
    """Let a post that waits for its time go out at another one."""
    delivery = locked(pk)
    if not delivery.waits_for_its_time:
        raise NotNow(_("It does not wait for a time of its own."))
    delivery.not_before = delivery.wanted_at = at
    if delivery.channel.provider.by_hand:
        delivery.save()
    else:
        next_turn(delivery, at=at)
    return delivery


def next_turn(delivery: Delivery, *, at: datetime | None = None) -> None:
    """Let the worker take the delivery up at a moment; saves the whole row. Call it inside a transaction."""
    delivery.turn += 1
    delivery.not_before = at or timezone.now()
    delivery.save()
    enqueue(
        KIND,
        f"{KIND}:{delivery.pk}:{delivery.turn}",
        {"delivery": delivery.pk, "turn": delivery.turn, "title": delivery.title},
        available_at=delivery.not_before,
    )


def locked(pk: int) -> Delivery:
    """The delivery, which nobody else changes until the transaction ends."""
    rows = Delivery.objects.select_for_update(of=("self",)).select_related("channel__unit", "post")
    return rows.get(pk=pk)


def end_attempt(attempt: Attempt, outcome: str, words: str = "", code: str = "") -> None:
    """Note how an attempt ended."""
    attempt.outcome, attempt.words, attempt.code, attempt.ended_at = outcome, words[:4000], code[:60], timezone.now()
    attempt.save(update_fields=["outcome", "words", "code", "ended_at"])


def note(delivery: Delivery, state: str, words: str = "", code: str = "") -> None:
    """Set the state with the words for it, in memory."""
    delivery.state, delivery.words, delivery.code = state, words[:4000], code[:60]
    settled = state in FINAL
    delivery.settled_at = (delivery.settled_at or timezone.now()) if settled else None


def mark_sent(delivery: Delivery, posted: Posted | None, words: str = "") -> None:
    """It is there. Call it inside a transaction, with the row locked."""
    note(delivery, State.SENT, words)
    delivery.out_since = None
    if posted is not None:
        delivery.remote_id, delivery.remote_url = posted.id[:500], posted.url[:1000]
    delivery.save()
    if delivery.post is not None and delivery.action == Action.WITHDRAW:
        Delivery.objects.filter(pk=delivery.post.pk).update(withdrawn_at=timezone.now())


# What people ask for -------------------------------------------------------------------------------------------------


@transaction.atomic
def retry(pk: int) -> Delivery:
    """Try again now, with all attempts. A channel whose access was lost is tried first."""
    delivery = locked(pk)
    if not delivery.can_retry:
        raise NotNow(_("It has not failed: there is nothing to try again."))
    _begin_anew(delivery)
    return delivery


def _begin_anew(delivery: Delivery) -> None:
    """Back to waiting, as if asked for this moment."""
    if not delivery.channel.enabled:
        raise NotNow(_("The channel is switched off. Switch it on first."))
    note(delivery, State.WAITING)
    delivery.attempts = delivery.asked = 0
    delivery.out_since, delivery.wanted_at = None, timezone.now()
    if delivery.channel.provider.by_hand:
        delivery.save()
        return
    if delivery.channel.is_broken:
        ask_for_check(delivery.channel)
    next_turn(delivery)


@transaction.atomic
def cancel(pk: int, words: str = "") -> Delivery:
    """Call it off, unless it is being sent or is out."""
    delivery = locked(pk)
    if not delivery.can_cancel:
        raise NotNow(_("It is being sent, or is there already, and cannot be called off."))
    note(delivery, State.CANCELLED, words)
    delivery.save()
    return delivery


@transaction.atomic
def it_arrived(pk: int, url: str = "") -> Delivery:
    """A person has looked: it is there."""
    delivery = locked(pk)
    if not delivery.can_be_settled:
        raise NotNow(_("Only what is unknown, was given up or is posted by hand can be ticked off."))
    mark_sent(delivery, Posted(id=delivery.remote_id, url=url or delivery.remote_url), _("Seen by a person."))
    return delivery


@transaction.atomic
def send_again(pk: int) -> Delivery:
    """A person asks for it once more: of a post that is there, a new delivery; of an unknown one, the same again."""
    delivery = locked(pk)
    if not delivery.can_send_again:
        raise NotNow(_("It has not been sent yet."))
    if delivery.state == State.UNKNOWN:
        _begin_anew(delivery)
        return delivery
    if not delivery.channel.enabled:
        raise NotNow(_("The channel is switched off. Switch it on first."))
    page = delivery.page()
    if page is None:
        raise NotNow(_("The page is gone."))
    return plan(delivery.channel, page, publication=f"again-{uuid4().hex[:20]}")


# Channels ------------------------------------------------------------------------------------------------------------


def ask_for_check(channel: Channel) -> None:
    """Let the worker try the connection within seconds. Call it inside a transaction."""
    key = f"{CHECK_KIND}:{channel.pk}:{timezone.now():%Y%m%d%H%M%S}"
    enqueue(CHECK_KIND, key, {"channel": channel.pk, "title": channel.name})


def pause(channel: Channel, seconds: float) -> datetime:
    """Leave a network alone for as long as it asked; the latest end counts."""
    until = timezone.now() + timedelta(seconds=seconds)
    with transaction.atomic():
        row = Channel.objects.select_for_update(of=("self",)).get(pk=channel.pk)
        if row.paused_until is None or row.paused_until < until:
            row.paused_until = until
            row.save(update_fields=["paused_until"])
    return max(until, row.paused_until)


def spread(at: datetime, seconds: float = 3.0) -> datetime:
    """A little later than ``at``, so that what waited together does not come back in step."""
    return at + timedelta(seconds=random.uniform(0, seconds))  # noqa: S311  # spreads load, guards nothing


def mark_broken(channel: Channel, words: str, *, version: int | None = None) -> None:
    """Raise the alarm: a person has to mend it. Not when the keys that failed have been replaced meanwhile."""
    now = timezone.now()
    rows = Channel.objects.filter(pk=channel.pk)
    if version is not None:
        rows = rows.filter(secrets_version=version)
    rows.update(checked_at=now)
    if rows.exclude(state=Channel.State.BROKEN).update(
        state=Channel.State.BROKEN, state_words=words[:2000], state_since=now
    ):
        return
    rows.update(state_words=words[:2000])


@transaction.atomic
def mark_well(channel: Channel, words: str, facts: dict[str, Any]) -> None:
    """The connection works; what was held back goes on."""
    row = Channel.objects.select_for_update(of=("self",)).get(pk=channel.pk)
    before = row.state
    row.state, row.state_words, row.checked_at = Channel.State.WELL, words[:2000], timezone.now()
    row.facts = facts or row.facts
    if before != Channel.State.WELL:
        row.state_since = timezone.now()
    row.save(update_fields=["state", "state_words", "state_since", "checked_at", "facts"])
    if before == Channel.State.BROKEN:
        release(Delivery.objects.filter(channel=row, state__in=(State.WAITING, State.FAILED)))
        if row.provider.can_ask:
            release(Delivery.objects.filter(channel=row, state=State.UNKNOWN))


def release(deliveries: DeliveryQuerySet) -> None:
    """Let deliveries go on that were held back. Call it inside a transaction."""
    for pk in list(deliveries.order_by("id").values_list("pk", flat=True)):
        delivery = locked(pk)
        if delivery.state not in FINAL:
            next_turn(delivery, at=spread(timezone.now(), 1.0))


@transaction.atomic
def switch(channel: Channel, *, on: bool) -> None:
    """Switch a channel on or off. What it missed while it was off is not made up for unless a person asks."""
    channel.enabled = on
    if on:
        channel.active_since = timezone.now()
    else:
        waiting = Delivery.objects.filter(channel=channel, state__in=(State.WAITING, State.FAILED))
        waiting.update(state=State.CANCELLED, words=_("The channel was switched off."), settled_at=timezone.now())
    channel.save(update_fields=["enabled", "active_since"])


def cancel_all(deliveries: Iterable[Delivery], words: str) -> None:
    """Call off what may still be called off."""
    for delivery in deliveries:
        if delivery.can_cancel:
            cancel(delivery.pk, words)
