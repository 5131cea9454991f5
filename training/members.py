"""Who reads, and whose browser it is, in a word that tells nobody else who that is."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.crypto import salted_hmac


def reader_of(request: HttpRequest) -> Any:
    """Who reads, without touching the session of somebody who has none; None for a visitor."""
    if settings.SESSION_COOKIE_NAME not in request.COOKIES:
        return None
    user = getattr(request, "user", None)
    return user if user is not None and user.is_authenticated else None


def key_of(request: HttpRequest) -> str:
    """A name for the member that the browser's store is kept apart by; "" for a visitor.

    What one member did without network is never sent for another who logs in on the same phone.
    """
    user = reader_of(request)
    return salted_hmac("training.members", str(user.pk), algorithm="sha256").hexdigest()[:16] if user else ""
