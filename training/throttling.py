"""Slows down whoever tries out codes of certificates."""

from django.core.cache import cache
from django.http import HttpRequest

from visits.middleware import reader_address

#: Looks at certificates from one address within a minute, per process; a class of forty stays below.
MOST = 60
WINDOW_SECONDS = 60


def is_too_often(request: HttpRequest) -> bool:
    """Whether this address has looked at too many certificates within a minute."""
    key = f"certificate-looks:{reader_address(request)}"
    cache.add(key, 0, WINDOW_SECONDS)
    try:
        return cache.incr(key) > MOST
    except ValueError:  # it ran out between the two lines
        return False
