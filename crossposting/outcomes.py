"""Writes down what became of an attempt: each end closes it, sets the state and arranges the next turn, all at once."""

from collections.abc import Callable
from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone

from crossposting import ledger, planning
from crossposting.channels.contract import (
    AccessLost,
    ChannelError,
    Posted,
    Refused,
    StillWorking,
    Unanswered,
    Unsupported,
)
from crossposting.claiming import MAX_ASKED, Outcome, Work
from crossposting.ledger import Action, State
from crossposting.models import Channel, Delivery
from crossposting.networks import network_settings
from outbox.claims import delay_before_next

#: With pauses of 4 seconds to an hour, these take some four hours.
MAX_ATTEMPTS = 14


class Invalid(ChannelError):  # noqa: N818  # says what is the case
    """The network would refuse it; the words say why."""


def cope(work: Work, error: ChannelError) -> None:
    """Write down what stood in the way, and what follows from it."""
    match error:
        case AccessLost():
            _lose_access(work, error)
        case Refused():
            _refused(work, error)
        case StillWorking():
            end(work, Outcome.PROCESSING, error.words, "", _later(timedelta(seconds=error.after), same_state=True))
        case Unanswered():
            end(work, Outcome.UNANSWERED, error.words, error.code, _unknown)
        case Invalid():
            end(work, Outcome.REFUSED, error.words, error.code, _give_up)
        case Unsupported():
            end(work, Outcome.REFUSED, error.words, error.code, _call_off)
        case _:
            end(work, Outcome.NOT_REACHED, error.words, error.code, _again)


Next = Callable[[Delivery], datetime | None]


def end(work: Work, outcome: str, words: str, code: str, then: Next) -> None:
    """Close the attempt, set the state and arrange the next turn, all in one transaction."""
    with transaction.atomic():
        ledger.end_attempt(work.attempt, outcome, words, code)
        delivery = ledger.locked(work.delivery.pk)
        if delivery.turn != work.delivery.turn or delivery.state in ledger.FINAL:
            return
        delivery.words, delivery.code = words[:4000], code[:60]
        at = then(delivery)
        if at is None:
            delivery.save()
        else:
            ledger.next_turn(delivery, at=at)


def _give_up(delivery: Delivery) -> datetime | None:
    ledger.note(delivery, State.GAVE_UP, delivery.words, delivery.code)
    return None


def _call_off(delivery: Delivery) -> datetime | None:
    ledger.note(delivery, State.CANCELLED, delivery.words, delivery.code)
    return None


def _again(delivery: Delivery) -> datetime | None:
    """Not reached, or refused for the moment: later again, with growing pauses, or given up."""
    if delivery.state == State.UNKNOWN:
        return _ask_later(delivery)
    if delivery.attempts >= MAX_ATTEMPTS:
        return _give_up(delivery)
    ledger.note(delivery, State.FAILED, delivery.words, delivery.code)
    return timezone.now() + delay_before_next(max(1, delivery.attempts))


def _ask_later(delivery: Delivery) -> datetime | None:
    """The question itself failed; after many times a person has to look."""
    if delivery.asked >= MAX_ASKED:
        return None
    return timezone.now() + delay_before_next(delivery.asked + 1)


def _unknown(delivery: Delivery) -> datetime | None:
    """It may be there. Ask after a while; repeat where repeating is harmless; else wait for a person."""
    provider = delivery.channel.provider
    if delivery.action != Action.POST:
        return _again(delivery)
    if not provider.can_ask and provider.repeat_is_harmless:
        return _again(delivery)
    if delivery.state != State.UNKNOWN:
        delivery.asked = 0
    ledger.note(delivery, State.UNKNOWN, delivery.words, delivery.code)
    return _when_to_ask(delivery) if provider.can_ask else None


def _when_to_ask(delivery: Delivery) -> datetime:
    wait = network_settings(delivery.channel.network).ask_after
    return ledger.spread(timezone.now() + timedelta(seconds=wait), min(1.0, wait))


def unforeseen(delivery: Delivery) -> datetime | None:
    """An error of ours: unknown if anything may be out, else an attempt like any other."""
    return _unknown(delivery) if delivery.out_since is not None else _again(delivery)


def absent(delivery: Delivery) -> datetime | None:
    """Asked, and not there. Asked often enough, it is posted again."""
    if delivery.asked < delivery.channel.provider.asks:
        return _when_to_ask(delivery)
    if delivery.attempts >= MAX_ATTEMPTS:
        return _give_up(delivery)
    ledger.note(delivery, State.FAILED, delivery.words)
    delivery.out_since, delivery.asked = None, 0
    return timezone.now()


def _later(after: timedelta, *, same_state: bool = False) -> Next:
    def then(delivery: Delivery) -> datetime | None:
        if not same_state:
            ledger.note(delivery, State.FAILED, delivery.words, delivery.code)
            delivery.attempts = max(0, delivery.attempts - 1)  # to be asked to wait is no failure
            delivery.out_since = None
        return ledger.spread(timezone.now() + after, 1.0)

    return then


def _refused(work: Work, error: Refused) -> None:
    if error.final and not work.asking:
        end(work, Outcome.REFUSED, error.words, error.code, _give_up)
    elif error.after is not None:
        until = ledger.pause(work.channel, error.after)
        wait = _later(until - timezone.now(), same_state=work.asking)
        end(work, Outcome.REFUSED, error.words, error.code, wait)
    else:
        end(work, Outcome.REFUSED, error.words, error.code, _again)


def _lose_access(work: Work, error: AccessLost) -> None:
    """Raise the alarm, and hold the delivery back until somebody has mended the channel."""
    ledger.mark_broken(work.channel, error.words, version=work.channel.secrets_version)

    def hold(delivery: Delivery) -> datetime | None:
        if delivery.state != State.UNKNOWN:
            ledger.note(delivery, State.FAILED, delivery.words, delivery.code)
            delivery.attempts = max(0, delivery.attempts - 1)
            delivery.out_since = None
        mended = not Channel.objects.filter(pk=delivery.channel_id, state=Channel.State.BROKEN).exists()
        return timezone.now() + timedelta(seconds=2) if mended else None

    end(work, Outcome.REFUSED, error.words, error.code, hold)


def arrived(work: Work, posted: Posted | None) -> None:
    with transaction.atomic():
        ledger.end_attempt(work.attempt, Outcome.DONE)
        delivery = ledger.locked(work.delivery.pk)
        if delivery.state == State.SENT:
            return
        ledger.mark_sent(delivery, posted)
        if delivery.action == Action.UPDATE and delivery.post is not None:
            Delivery.objects.filter(pk=delivery.post.pk).update(prepared=delivery.prepared)
        if delivery.action == Action.POST:
            planning.catch_up(delivery)
