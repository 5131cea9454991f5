"""What editors steer search with, read once per process and anew the moment an editor changes it."""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db.models.signals import post_delete, post_save

from core.signals import readers_see_change
from pagecache import generations
from search.models import AbbreviationOff, BestBet, Synonym

logger = logging.getLogger(__name__)

LEXICON = "search-lexicon"
BEST_BETS = "search-best-bets"


@dataclass(frozen=True)
class _Held[T]:
    mark: str
    value: T


class Renewed[T]:
    """A value made from the database and held in this process until the generation of a key changes."""

    def __init__(self, key: str, make: Callable[[], T]) -> None:
        self.key = key
        self.make = make
        self._held: _Held[T] | None = None

    def __call__(self) -> T:
        """The value; costs a look into shared memory, some microseconds, unless an editor changed something."""
        held = self._held
        # The mark is taken first: what changes while the value is made gives it a mark that is stale already.
        mark = self._mark()
        if held is not None and mark and held.mark == mark:
            return held.value
        value = self.make()
        self._held = _Held(mark, value)
        return value

    def _mark(self) -> str:
        try:
            return generations.fingerprint([self.key])
        except Exception:
            logger.exception("The generation of %s cannot be read: it is made anew for each search.", self.key)
            return ""


def _announce(key: str) -> Callable[..., None]:
    def announce(sender: type, **kwargs: Any) -> None:
        # At once for who reads in this very transaction; at its commit for everybody, and by the outbox if the process
        # dies in between.
        generations.bump([key])
        readers_see_change.send(sender=sender, keys={key})

    return announce


_ANNOUNCEMENTS = {
    Synonym: _announce(LEXICON),
    AbbreviationOff: _announce(LEXICON),
    BestBet: _announce(BEST_BETS),
}


def connect() -> None:
    """Called when the app is ready."""
    for model, announce in _ANNOUNCEMENTS.items():
        post_save.connect(announce, sender=model, dispatch_uid=f"search.saved.{model.__name__}")
        post_delete.connect(announce, sender=model, dispatch_uid=f"search.deleted.{model.__name__}")
