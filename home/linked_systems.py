"""Asks the linked systems whether they answer, every ten minutes, in the worker."""

import http.client
import ipaddress
import logging
import socket
import ssl
import time
from datetime import timedelta
from urllib.parse import urlsplit

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.schedule import periodic
from home.models import LinkedSystem
from home.models.systems import SLOW_AFTER_MS

logger = logging.getLogger(__name__)
TIMEOUT_SECONDS = 8


@periodic("linked_systems", every=timedelta(minutes=10), label=_("Ask linked systems whether they answer"))
def check_linked_systems() -> None:
    """Ask each system that wants it, one after the other; no transaction is open meanwhile."""
    for system in LinkedSystem.objects.filter(check_answers=True):
        milliseconds = response_ms(system.url)
        state = LinkedSystem.State
        system.response_ms, system.checked_at = milliseconds, timezone.now()
        if milliseconds is None:
            system.state = state.DOWN
        else:
            system.state = state.SLOW if milliseconds > SLOW_AFTER_MS else state.UP
        system.save(update_fields=["response_ms", "checked_at", "state"])


def response_ms(url: str) -> int | None:
    """Return how long a system took to answer at all, in milliseconds; None when it did not.

    Any HTTP answer counts, also «forbidden»: the question is whether the system is there. Connects to the very address
    that was checked to be public, so that no name can lead the portal into its own network.
    """
    parts = urlsplit(url)
    if parts.scheme not in {"http", "https"} or not parts.hostname:
        return None
    started = time.monotonic()
    try:
        port = parts.port or (443 if parts.scheme == "https" else 80)
        address = _public_address(parts.hostname, port)
        connection = _connect(parts.scheme, parts.hostname, address, port)
        try:
            connection.request("HEAD", parts.path or "/", headers={"User-Agent": "union-portal", "Host": parts.netloc})
            connection.getresponse()
        finally:
            connection.close()
    except (OSError, ValueError, http.client.HTTPException) as error:
        logger.info("%s does not answer: %s", url, error)
        return None
    return round((time.monotonic() - started) * 1000)


def _public_address(host: str, port: int) -> str:
    for *_rest, sockaddr in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM):
        if ipaddress.ip_address(sockaddr[0]).is_global:
            return str(sockaddr[0])
    raise ValueError(f"{host} has no public address")


def _connect(scheme: str, host: str, address: str, port: int) -> http.client.HTTPConnection:
    raw = socket.create_connection((address, port), timeout=TIMEOUT_SECONDS)
    connection = http.client.HTTPConnection(host, port, timeout=TIMEOUT_SECONDS)
    if scheme == "https":
        try:
            raw = ssl.create_default_context().wrap_socket(raw, server_hostname=host)
        except (OSError, ValueError):
            raw.close()
            raise
    connection.sock = raw
    return connection
