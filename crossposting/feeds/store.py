"""Keeps rendered feeds and the texts of items in ``DATA_DIR/feeds``, shared by all processes of the site.

What is kept is named by the state it shows, so nothing here ever has to be thrown away because it is wrong; what is no
longer asked for goes after some days. An entry that is lost or damaged is made anew.
"""

import logging
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.core.cache import BaseCache, caches
from django.utils import timezone

logger = logging.getLogger(__name__)

ALIAS = "feeds"
#: An answer as large as this is made anew each time it is really asked for, which is once a reader and change.
LARGEST = 8 * 1024 * 1024


@dataclass(frozen=True)
class Rendered:
    """A feed as it is sent."""

    body: bytes
    valid_until: datetime | None

    @property
    def holds(self) -> bool:
        """Whether nothing in it has expired yet."""
        return self.valid_until is None or timezone.now() < self.valid_until


def _cache() -> BaseCache:
    return caches[ALIAS]


def rendered(name: str) -> Rendered | None:
    """A feed that was kept and still holds."""
    found = _read([f"feed:{name}"]).get(f"feed:{name}")
    return found if isinstance(found, Rendered) and found.holds else None


def _read(keys: list[str]) -> dict[str, Any]:
    try:
        return dict(_cache().get_many(keys))
    except Exception:  # a damaged file raises whatever decompressing or unpickling raises
        logger.warning("Kept feeds cannot be read; they are made anew.", exc_info=True)
        return {}


def keep(name: str, feed: Rendered) -> None:
    """Keep a feed for whoever asks next."""
    if len(feed.body) <= LARGEST:
        _cache().set(f"feed:{name}", feed)


def texts(names: Iterable[str]) -> dict[str, tuple[str, str]]:
    """The texts that were kept, by the names of their states."""
    found = _read([f"text:{name}" for name in names])
    return {key.removeprefix("text:"): value for key, value in found.items()}


def keep_texts(texts: Mapping[str, tuple[str, str]]) -> None:
    """Keep the texts of items."""
    small = {f"text:{name}": text for name, text in texts.items() if len(text[0]) <= LARGEST}
    if small:
        _cache().set_many(small)
