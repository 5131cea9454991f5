"""Tries channels before the next post is due, so that a lost access raises its alarm at once."""

import logging
from dataclasses import dataclass
from datetime import timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from crossposting import ledger, tokens
from crossposting.channels.contract import AccessLost, ChannelError, Health, TokenExpired
from crossposting.models import Channel

logger = logging.getLogger(__name__)

CHECK_EVERY = timedelta(minutes=15)


@dataclass(frozen=True)
class Trial:
    """What trying a connection showed; ``lost`` when a person has to mend it."""

    well: bool
    words: str
    lost: bool = False


def check(channel: Channel) -> Trial:
    """Try the connection, renew what ends soon, and write down how it went."""
    if channel.provider.by_hand:
        ledger.mark_well(channel, "", {})
        return Trial(True, _("Nothing to connect: texts are copied by hand."))
    try:
        used, health = _try(channel)
    except AccessLost as error:
        ledger.mark_broken(channel, error.words)
        return Trial(False, error.words, lost=True)
    except ChannelError as error:
        Channel.objects.filter(pk=channel.pk).update(checked_at=timezone.now())
        return Trial(False, error.words)
    except Exception as error:
        logger.exception("The check of the channel %s met something unforeseen.", channel.pk)
        return Trial(False, _("An unforeseen error: %(error)s.") % {"error": type(error).__name__})
    ledger.mark_well(used, health.words, health.facts)
    return Trial(True, health.words)


def _try(channel: Channel) -> tuple[Channel, Health]:
    channel = tokens.with_fresh_token(channel)
    try:
        return channel, channel.provider.check(tokens.connect(channel))
    except TokenExpired:
        if not channel.provider.renews:
            raise
        channel = tokens.renew(channel)
        return channel, channel.provider.check(tokens.connect(channel))


def check_due() -> None:
    """Ask for a check of each channel that has not been tried for a while (a periodic job)."""
    before = timezone.now() - CHECK_EVERY
    for channel in Channel.objects.in_use().exclude(checked_at__gt=before):
        if not channel.provider.by_hand:
            with transaction.atomic():
                ledger.ask_for_check(channel)
