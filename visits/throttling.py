"""Slows down whoever tries out codes, and whoever signs up without end."""

from django.core.cache import cache
from django.http import HttpRequest

from visits.middleware import reader_address

#: Looks at certificates from one address within a minute, per process; a class of forty stays below.
MOST = 60
WINDOW_SECONDS = 60


def is_too_often(
    request: HttpRequest, what: str = "certificate-looks", *, most: int = MOST, seconds: int = WINDOW_SECONDS
) -> bool:
    """Count one more of these from the reader's address; whether that is more than ``most`` within the time."""
    key = f"{what}:{reader_address(request)}"
    cache.add(key, 0, seconds)
    try:
        return cache.incr(key) > most
    except ValueError:  # it ran out between the two lines
        return False
