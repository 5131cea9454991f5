"""Keeps answers in ``DATA_DIR/api``, shared by all processes, named by the state they show: none is ever wrong."""

import logging
from dataclasses import dataclass
from datetime import datetime

from django.core.cache import caches
from django.utils import timezone

from pages.models import BasePage

logger = logging.getLogger(__name__)

ALIAS = "api"
LARGEST = 1024 * 1024


@dataclass(frozen=True)
class Kept:
    """An answer as it is sent; it holds until something that it may show, or count, expires."""

    body: bytes
    valid_until: datetime | None


def kept(name: str) -> Kept | None:
    """An answer that was kept and still holds."""
    try:
        found = caches[ALIAS].get(name)
    except Exception:  # a damaged file raises whatever decompressing or unpickling raises
        logger.warning("Kept answers cannot be read; they are made anew.", exc_info=True)
        return None
    holds = isinstance(found, Kept) and (found.valid_until is None or timezone.now() < found.valid_until)
    return found if holds else None


def keep(name: str, answer: Kept) -> None:
    """Keep an answer for whoever asks next."""
    if len(answer.body) <= LARGEST:
        caches[ALIAS].set(name, answer)


def next_end() -> datetime | None:
    """The next moment at which a page of the portal leaves by itself; one row of an index."""
    ends = BasePage.objects.filter(live=True, expire_at__gt=timezone.now()).order_by("expire_at")
    return ends.values_list("expire_at", flat=True).first()
