"""Renews tokens: one process at a time for each channel, because some networks let a refresh token be used only once.

The lease stands in the database, so it holds between threads, processes and machines, and runs out when its holder
dies. Nobody waits inside a transaction.
"""

import logging
import time
from datetime import timedelta
from uuid import uuid4

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from crossposting.channels.connection import Connection
from crossposting.channels.contract import AccessLost, Unreached
from crossposting.models import Channel
from crossposting.networks import network_settings
from crossposting.vault import SealBroken

logger = logging.getLogger(__name__)
POLL_EVERY = 0.1


def connect(channel: Channel, **options: object) -> Connection:
    """A connection with the channel's account."""
    try:
        secrets = channel.secrets
    except SealBroken:
        raise AccessLost(
            _("The stored keys cannot be read any more, because the site's secret key has changed. Enter them again.")
        ) from None
    return Connection(
        network=channel.network,
        config=channel.config,
        secrets=secrets,
        facts=channel.facts,
        **options,  # type: ignore[arg-type]  # passed on as they are
    )


def with_fresh_token(channel: Channel) -> Channel:
    """The channel with a token that will last: renewed when it ends soon."""
    provider = channel.provider
    if provider.renews and provider.token_ends_soon(connect(channel).secrets, timezone.now()):
        return renew(channel)
    return channel


def renew(channel: Channel) -> Channel:
    """Get new tokens, or wait for whoever is getting them; return the channel as it is then.

    ``channel`` is what the caller used and found wanting: when the stored tokens are newer, they are returned.
    """
    patience = network_settings(channel.network).timeout * 2 + 10
    until = time.monotonic() + patience
    while True:
        lease, present = _try_lease(channel, timedelta(seconds=patience))
        if present is not None:
            return present
        if lease:
            return _renew_under(lease, channel)
        if time.monotonic() > until:
            raise Unreached(_("Somebody else has been renewing the access for too long."))
        time.sleep(POLL_EVERY)


def _try_lease(channel: Channel, lasts: timedelta) -> tuple[str, Channel | None]:
    """Take the lease; or return the channel when its tokens are newer by now."""
    now = timezone.now()
    with transaction.atomic():
        row = Channel.objects.select_for_update(of=("self",)).select_related("unit").get(pk=channel.pk)
        if row.secrets_version != channel.secrets_version:
            return "", row
        if row.renewal_lease and row.renewal_lease_until and row.renewal_lease_until > now:
            return "", None
        row.renewal_lease, row.renewal_lease_until = uuid4().hex, now + lasts
        row.save(update_fields=["renewal_lease", "renewal_lease_until"])
    return row.renewal_lease, None


def _renew_under(lease: str, channel: Channel) -> Channel:
    held = Channel.objects.filter(pk=channel.pk, renewal_lease=lease)
    # Read again: the caller's copy may be older than the lease.
    fresh = Channel.objects.select_related("unit").get(pk=channel.pk)
    try:
        changed = fresh.provider.renew(connect(fresh))
    except BaseException:
        held.update(renewal_lease="", renewal_lease_until=None)
        raise
    with transaction.atomic():
        row = Channel.objects.select_for_update(of=("self",)).select_related("unit").get(pk=channel.pk)
        # Also when the lease ran out meanwhile: the old refresh token is spent, so the new pair is all there is.
        row.secrets = {**row.secrets, **changed}
        row.secrets_version += 1
        row.renewal_lease, row.renewal_lease_until = "", None
        row.save(update_fields=["sealed", "secrets_version", "renewal_lease", "renewal_lease_until"])
    logger.info("The access of the channel %s was renewed.", row.name)
    return row
