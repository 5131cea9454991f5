"""Carries out one turn of a delivery: claim, speak with the network, write down what became of it.

What cannot be known is asked of the network, and where it cannot be asked, of a person. Nothing is ever repeated
blindly.
"""

import logging
from collections.abc import Callable
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from crossposting import ledger, planning, tokens
from crossposting.channels.connection import Connection
from crossposting.channels.contract import (
    RECEIPT,
    ChannelError,
    Posted,
    Prepared,
    Sought,
    TokenExpired,
    Unsupported,
)
from crossposting.claiming import Outcome, Work, claim
from crossposting.ledger import Action
from crossposting.models import Delivery
from crossposting.outcomes import Invalid, absent, arrived, cope, end, unforeseen

logger = logging.getLogger(__name__)

MAYBE_OUT = (Outcome.UNANSWERED, Outcome.INTERRUPTED)


class _Superseded(Exception):  # noqa: N818  # says what happened
    """A person or another turn has changed the delivery meanwhile; what was to be done here is not wanted any more."""


def deliver(delivery_id: int, turn: int) -> None:
    """Carry out one turn. Never raises what a network did: it is written into the ledger."""
    work = claim(delivery_id, turn)
    if work is None:
        return
    try:
        posted = _ask(work) if work.asking else _act(work)
    except _Superseded:
        return
    except ChannelError as error:
        cope(work, error)
    except Exception as error:
        logger.exception("The delivery %s met something unforeseen.", work.delivery.pk)
        words = _("An unforeseen error: %(error)s.") % {"error": type(error).__name__}
        end(work, Outcome.UNANSWERED, words, type(error).__name__, unforeseen)
    else:
        if posted is None and work.asking:
            end(work, Outcome.ABSENT, _("The network was asked: it is not there."), "", absent)
        else:
            arrived(work, posted)


def _act(work: Work) -> Posted | None:
    delivery = work.delivery
    if delivery.action == Action.WITHDRAW:
        post = delivery.post or delivery
        _with_access(work, lambda connection: work.channel.provider.withdraw(connection, post.posted))
        return post.posted
    prepared = _prepared(work)
    limits = work.channel.limits
    if found := work.channel.provider.validate(prepared, limits):
        raise Invalid(" ".join(found))
    provider = work.channel.provider
    if delivery.action == Action.UPDATE:
        post = delivery.post or delivery
        return _with_access(work, lambda connection: provider.update(connection, post.posted, prepared))
    return _with_access(work, lambda connection: provider.send(connection, prepared))


def _prepared(work: Work) -> Prepared:
    """What is sent: composed from the page as it is now, unless an earlier attempt may be there in other words."""
    delivery = work.delivery
    if delivery.progress.get(RECEIPT):
        return delivery.content
    page = delivery.page()
    if page is None or not page.visible_now:
        raise Unsupported(_("The item is no longer published."))
    if delivery.post is not None and delivery.post.withdrawn_at is not None:
        raise Unsupported(_("The post has been taken down."))
    if delivery.prepared and delivery.log.filter(outcome__in=MAYBE_OUT).exists():
        return delivery.content
    prepared = planning.prepare_for(work.channel, page)
    delivery.prepared = prepared.as_json()
    _write(work, prepared=delivery.prepared, title=page.title[:255])
    return prepared


def _ask(work: Work) -> Posted | None:
    delivery = work.delivery
    others = Delivery.objects.filter(channel=work.channel, page_id=delivery.page_id).exclude(pk=delivery.pk)
    sought = Sought(
        prepared=delivery.content,
        since=delivery.created_at,
        known_ids=frozenset(others.exclude(remote_id="").values_list("remote_id", flat=True)),
    )
    return _with_access(work, lambda connection: work.channel.provider.confirm(connection, sought))


def _with_access[T](work: Work, do: Callable[[Connection], T]) -> T:
    """Do something with a token that is good; one that turns out to have ended is renewed once."""
    work.channel = tokens.with_fresh_token(work.channel)
    try:
        return do(_connection(work))
    except TokenExpired:
        if not work.channel.provider.renews:
            raise
        work.channel = tokens.renew(work.channel)
        return do(_connection(work))


def _connection(work: Work) -> Connection:
    delivery = work.delivery

    def keep(progress: dict[str, Any]) -> None:
        _write(work, progress=progress)

    def before_posting() -> None:
        _write(work, out_since=timezone.now())

    return tokens.connect(
        work.channel,
        token=delivery.token,
        created_at=delivery.created_at,
        progress=delivery.progress,
        on_keep=keep,
        before_posting=before_posting,
    )


def _write(work: Work, **values: Any) -> None:
    """Write at once, outside any transaction, what must outlive a kill."""
    held = Delivery.objects.filter(pk=work.delivery.pk, turn=work.delivery.turn).exclude(state__in=ledger.FINAL)
    if not held.update(**values):
        raise _Superseded
    for name, value in values.items():
        setattr(work.delivery, name, value)
