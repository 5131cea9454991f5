"""Takes a turn of a delivery, in one short transaction that is committed before anything is sent.

The moment before a request that readers may see goes out is noted too. A worker that is killed leaves both behind, so
that the next one knows whether a post may be there.
"""

from dataclasses import dataclass
from datetime import timedelta

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from crossposting import ledger
from crossposting.channels.contract import RECEIPT
from crossposting.ledger import Action, State
from crossposting.models import Attempt, Channel, Delivery

#: With growing pauses this is about eleven hours.
MAX_ASKED = 20
Outcome = Attempt.Outcome


@dataclass
class Work:
    """One claimed turn."""

    delivery: Delivery
    channel: Channel
    attempt: Attempt
    asking: bool


def claim(delivery_id: int, turn: int) -> Work | None:
    """Take the turn, in one short transaction; None when there is nothing to do now."""
    with transaction.atomic():
        try:
            delivery = ledger.locked(delivery_id)
        except Delivery.DoesNotExist:
            return None
        if delivery.turn != turn or delivery.state in ledger.FINAL:
            return None
        if delivery.state == State.SENDING and delivery.claimed_turn == turn:
            _take_note_of_interruption(delivery)
        if not _may_go_on(delivery):
            return None
        return _begin(delivery)


def _take_note_of_interruption(delivery: Delivery) -> None:
    """The worker died in this very turn: had anything gone out that readers may see?"""
    words = _("The worker stopped in the middle.")
    may_be_out = delivery.action == Action.POST and delivery.out_since is not None
    if may_be_out and not delivery.progress.get(RECEIPT):
        ledger.note(delivery, State.UNKNOWN, words)
        delivery.asked = 0
    else:
        ledger.note(delivery, State.FAILED, words)
    delivery.save()


def _may_go_on(delivery: Delivery) -> bool:
    """Whether the channel lets anything be done now; writes down what keeps it."""
    channel, now = delivery.channel, timezone.now()
    if not channel.enabled and delivery.state in (State.WAITING, State.FAILED):
        ledger.note(delivery, State.CANCELLED, _("The channel was switched off."))
        delivery.save()
        return False
    if channel.is_broken:
        if delivery.state == State.SENDING:
            ledger.note(delivery, State.FAILED, channel.state_words)
        delivery.save()  # held back until the channel works again
        return False
    if channel.paused_until and channel.paused_until > now:
        ledger.next_turn(delivery, at=ledger.spread(channel.paused_until))
        return False
    if delivery.state == State.UNKNOWN:
        return _may_be_asked(delivery)
    if delivery.action == Action.POST and delivery.wanted_at < now - timedelta(hours=settings.CHANNEL_FRESH_HOURS):
        ledger.note(delivery, State.GAVE_UP, _("It has waited too long to be news. Try again if it still should go."))
        delivery.save()
        return False
    return True


def _may_be_asked(delivery: Delivery) -> bool:
    provider = delivery.channel.provider
    if provider.can_ask and delivery.asked < MAX_ASKED:
        return True
    if provider.repeat_is_harmless:
        ledger.note(delivery, State.FAILED, delivery.words, delivery.code)
        return True
    return False  # a person has to look


def _begin(delivery: Delivery) -> Work:
    for attempt in delivery.log.filter(outcome=Outcome.RUNNING):
        ledger.end_attempt(attempt, Outcome.INTERRUPTED, _("The worker stopped in the middle."))
    asking = delivery.state == State.UNKNOWN
    if asking:
        delivery.asked += 1
    else:
        follows = delivery.state == State.SENDING
        delivery.attempts += 0 if follows else 1
        delivery.out_since = delivery.out_since if follows else None
        delivery.state = State.SENDING
    delivery.claimed_turn = delivery.turn
    delivery.save()
    number = delivery.log.count() + 1
    attempt = Attempt.objects.create(delivery=delivery, number=number, asking=asking)
    return Work(delivery, delivery.channel, attempt, asking)
