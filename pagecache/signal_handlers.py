"""Bumps generations at the moment a change commits."""

from collections.abc import Iterable
from functools import partial
from typing import Any

from django.db import transaction

from core.signals import readers_see_change
from pagecache import generations


def bump_on_commit(sender: Any, keys: Iterable[str], **kwargs: Any) -> None:
    """Bump after the commit: earlier, a reader could store the old page under the new number."""
    transaction.on_commit(partial(generations.bump, frozenset(keys)), robust=True)


def connect() -> None:
    """Called when the app is ready."""
    readers_see_change.connect(bump_on_commit, dispatch_uid="pagecache.bump_on_commit")
