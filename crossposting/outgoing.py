"""HTTP to other machines: only to public addresses, each request bounded in time and size, redirects not followed.

A name is looked up once, every address it has is checked, and the connection goes to the checked address itself, so
that a name which changes its answer in between (DNS rebinding) leads nowhere. The certificate is still checked against
the name.
"""

import ipaddress
import json
import logging
import socket
import ssl
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Any
from urllib.parse import SplitResult, urlencode, urlsplit, urlunsplit

import urllib3
from django.conf import settings
from django.utils.translation import gettext as _
from urllib3.exceptions import ConnectTimeoutError, HTTPError, NewConnectionError, ReadTimeoutError, SSLError

logger = logging.getLogger(__name__)

MAX_ANSWER = 2 * 1024 * 1024
USER_AGENT = "UnionPortal/1 (+crossposting)"
#: Carries IPv4 addresses inside IPv6, also private ones.
_NAT64 = ipaddress.ip_network("64:ff9b::/96")

Address = ipaddress.IPv4Address | ipaddress.IPv6Address


class OutgoingError(Exception):
    """A request did not come to a good end; the message is for people and names no secret."""


class NotReached(OutgoingError):  # noqa: N818  # says what happened
    """No connection came about: the other side has seen nothing of the request."""


class AddressRefused(NotReached):
    """The address is one that the portal does not call."""


class _TooLong(HTTPError):  # noqa: N818  # says what happened
    """More came than is read."""


class AnswerLost(OutgoingError):  # noqa: N818  # says what happened
    """The request went out, and no whole answer came back: whether it took effect is unknown."""


@dataclass(frozen=True, kw_only=True)
class Answer:
    """What came back."""

    status: int
    headers: Mapping[str, str] = field(default_factory=dict)
    body: bytes = b""

    def json(self) -> Any:
        """The body as JSON, or None when it is none."""
        try:
            return json.loads(self.body)
        except ValueError:
            return None


def request(
    method: str,
    url: str,
    *,
    timeout: float,
    headers: Mapping[str, str] | None = None,
    params: Mapping[str, str] | None = None,
    body: bytes | None = None,
    fields: list[tuple[str, Any]] | None = None,
) -> Answer:
    """Make one request. ``fields`` are sent as multipart, a file being ``(name, (filename, bytes, type))``.

    ``timeout`` bounds the whole of it, also an answer that trickles in.
    """
    deadline = time.monotonic() + timeout
    parts = _checked_url(url, params)
    address = _checked_address(parts)
    pool = _pool(parts, address)
    target = urlunsplit(("", "", parts.path or "/", parts.query, ""))
    sent = {"User-Agent": USER_AGENT, "Accept": "application/json", "Host": parts.netloc, **(headers or {})}
    if fields is not None:
        body, sent["Content-Type"] = urllib3.encode_multipart_formdata(fields)
    limit = urllib3.Timeout(connect=min(10.0, timeout), read=timeout)
    try:
        response = pool.urlopen(
            method,
            target,
            body=body,
            headers=sent,
            retries=False,
            redirect=False,
            timeout=limit,
            preload_content=False,
            assert_same_host=False,
        )
        with response:
            content = _read(response, deadline)
        return Answer(status=response.status, headers=_lower(response.headers), body=content)
    except (NewConnectionError, ConnectTimeoutError, SSLError) as error:
        raise NotReached(_not_reached_words(parts, error)) from error
    except ReadTimeoutError as error:
        raise AnswerLost(_("%(host)s did not answer in time.") % {"host": parts.hostname}) from error
    except _TooLong as error:
        raise AnswerLost(_("%(host)s answered with more than is read.") % {"host": parts.hostname}) from error
    except (HTTPError, OSError) as error:
        raise AnswerLost(_("%(host)s broke off the connection.") % {"host": parts.hostname}) from error
    finally:
        pool.close()


def form(values: Mapping[str, str]) -> tuple[bytes, dict[str, str]]:
    """Body and headers of a plain form."""
    return urlencode(values).encode(), {"Content-Type": "application/x-www-form-urlencoded"}


def check_url(url: str) -> None:
    """Raise AddressRefused for an address that would not be called; looks the name up."""
    _checked_address(_checked_url(url, None))


def _lower(headers: Any) -> dict[str, str]:
    return {name.lower(): value for name, value in headers.items()}


def _read(response: Any, deadline: float) -> bytes:
    chunks, size = [], 0
    for chunk in response.stream(65536, decode_content=True):
        size += len(chunk)
        if size > MAX_ANSWER:
            raise _TooLong
        if time.monotonic() > deadline:
            raise HTTPError("too slow")
        chunks.append(chunk)
    return b"".join(chunks)


def _not_reached_words(parts: SplitResult, error: Exception) -> str:
    if isinstance(error, SSLError):
        return _("The certificate of %(host)s is not good.") % {"host": parts.hostname}
    return _("%(host)s could not be reached.") % {"host": parts.hostname}


def _checked_url(url: str, params: Mapping[str, str] | None) -> SplitResult:
    parts = urlsplit(url)
    try:
        port = parts.port
    except ValueError:
        port = -1
    if parts.scheme not in {"http", "https"} or not parts.hostname or port == -1 or parts.username is not None:
        raise AddressRefused(_("«%(address)s» is not a web address.") % {"address": url[:200]})
    if params:
        query = "&".join(filter(None, (parts.query, urlencode(params))))
        parts = parts._replace(query=query)
    return parts


def _checked_address(parts: SplitResult) -> Address:
    """Look the name up and return an address that may be called; every address of the name must be."""
    host, port = parts.hostname or "", parts.port or (443 if parts.scheme == "https" else 80)
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise NotReached(_("The name %(host)s is not known.") % {"host": host}) from error
    addresses = [ipaddress.ip_address(str(entry[4][0]).partition("%")[0]) for entry in found]
    for address in addresses:
        if is_public(address) and parts.scheme == "https":
            continue
        if not _is_allowed(address):
            raise AddressRefused(_refusal(host, public=is_public(address)))
    return addresses[0]


def _refusal(host: str, *, public: bool) -> str:
    if public:
        return _("%(host)s must be called by https://, since keys are sent there.") % {"host": host}
    return _("%(host)s is in a private network, which the portal does not call.") % {"host": host}


def is_public(address: Address) -> bool:
    """Whether an address belongs to the open Internet, also one that carries another inside."""
    if isinstance(address, ipaddress.IPv6Address):
        inner = address.ipv4_mapped or address.sixtofour or (address.teredo[1] if address.teredo else None)
        if inner is None and address in _NAT64:
            inner = ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)
        if inner is not None:
            return is_public(inner)
    return address.is_global and not address.is_multicast


def _is_allowed(address: Address) -> bool:
    networks = [ipaddress.ip_network(text) for text in settings.CHANNEL_PRIVATE_NETWORKS]
    return any(address in network for network in networks if network.version == address.version)


@cache
def _tls() -> ssl.SSLContext:
    return ssl.create_default_context()


def _pool(parts: SplitResult, address: Address) -> urllib3.HTTPConnectionPool:
    """A pool of one connection to the checked address, that still speaks to the name."""
    if parts.scheme == "http":
        return urllib3.HTTPConnectionPool(str(address), parts.port or 80, maxsize=1)
    return urllib3.HTTPSConnectionPool(
        str(address),
        parts.port or 443,
        maxsize=1,
        ssl_context=_tls(),
        server_hostname=parts.hostname,
        assert_hostname=parts.hostname,
    )
