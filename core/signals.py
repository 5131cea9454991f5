"""Signals between apps that must not import each other."""

from dataclasses import dataclass, field
from typing import Any, Literal
from uuid import uuid4

from django.dispatch import Signal

PageEventName = Literal["published", "updated", "unpublished", "moved", "deleted"]


@dataclass(frozen=True, kw_only=True)
class PageChange:
    """One thing that happened to a page, as readers see it.

    ``page`` is the page as it is now; it may be the base row, not the specific type, and after ``deleted`` it is only
    good for reading. ``old_url_path`` is where it stood before, ``old_title`` what it was called, ``was_live`` whether
    readers saw it there. A page that
    is ``moved`` takes what is below it along; it may itself be a draft, with published pages below.
    ``keys`` are the surrogate keys of everything that showed the page before or shows it now. ``id`` is drawn once per
    change: it makes consequences idempotent.
    """

    event: PageEventName
    page: Any
    old_url_path: str
    old_title: str = ""
    was_live: bool = True
    keys: frozenset[str] = frozenset()
    id: str = field(default_factory=lambda: uuid4().hex)


#: Sent inside the transaction of the change, once per event; provides ``change`` (a PageChange). A receiver that raises
#: undoes the change itself: receivers write rows and nothing else.
page_changed = Signal()

#: Something that readers see is changing; provides ``keys`` (surrogate keys). Send it inside the transaction of the
#: change: the generations of the keys are bumped when it commits.
readers_see_change = Signal()
