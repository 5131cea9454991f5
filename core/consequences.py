"""What kinds of consequence exist and who carries them out; the rows and the worker are in ``outbox``.

The registry lives here so that any app may register a handler without importing the outbox.
"""

from collections.abc import Callable, Collection
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from django.utils.functional import Promise

Text = str | Promise


class Hopeless(Exception):  # noqa: N818  # reads as a verdict: ``raise Hopeless("the page is gone")``
    """Raised by a handler when trying again cannot help; the words are shown to people."""


@dataclass(frozen=True, kw_only=True)
class Job:
    """What a handler is given.

    ``key`` is the same at every attempt: hand it to the other side as idempotency token where it takes one.
    """

    kind: str
    key: str
    payload: dict[str, Any]
    attempt: int


Handler = Callable[[Job], None]


@dataclass(frozen=True, kw_only=True)
class Kind:
    """A registered kind of consequence."""

    name: str
    handler: Handler
    label: Text
    transactional: bool = False
    max_attempts: int = 8
    lease: timedelta = timedelta(minutes=2)
    page_events: frozenset[str] = field(default_factory=frozenset)
    wants: Callable[[Any], bool] | None = None
    urgent: bool = False
    lane: str = ""


_kinds: dict[str, Kind] = {}


def consequence(
    name: str,
    *,
    label: Text,
    transactional: bool = False,
    max_attempts: int = 8,
    lease: timedelta = timedelta(minutes=2),
    page_events: Collection[str] = (),
    wants: Callable[[Any], bool] | None = None,
    urgent: bool = False,
    lane: str = "",
) -> Callable[[Handler], Handler]:
    """Register the handler of a kind (decorator).

    A ``transactional`` handler runs inside the transaction that marks its row done: its effect on the database happens
    exactly once, and it must be short and must not touch network, files or pictures. Any other handler runs outside
    transactions, at least once. An ``urgent`` kind goes before all that waits: readers notice, and it is quickly done.
    A kind with a ``lane`` is carried out beside all others, one of that lane at a time: for work that waits for others.

    With ``page_events`` (``published``, ``updated``, ``unpublished``, ``moved``, ``deleted``) a row of this kind is
    written whenever one of these happens to a page for which ``wants(page)`` is true; its payload is
    ``{"event": …, "pages": [ids], "title": …, "change": id}``, the title being that of the first page. By the time
    the handler runs, pages may have changed again or be gone: read the present state and make the world agree with it.
    """

    def register(handler: Handler) -> Handler:
        existing = _kinds.get(name)
        if existing and existing.handler is not handler:
            raise ValueError(f"The consequence {name!r} is already handled by {existing.handler.__qualname__}.")
        _kinds[name] = Kind(
            name=name,
            handler=handler,
            label=label,
            transactional=transactional,
            max_attempts=max_attempts,
            lease=lease,
            page_events=frozenset(page_events),
            wants=wants,
            urgent=urgent,
            lane=lane,
        )
        return handler

    return register


def forget_kind(name: str) -> None:
    """Take a kind out of the registry; tests register kinds of their own."""
    _kinds.pop(name, None)


def kind_named(name: str) -> Kind:
    """Return the registered kind; KeyError when nobody handles it."""
    return _kinds[name]


def kind_label(name: str) -> Text:
    """The words for a kind; the bare name when the app that handled it is gone."""
    kind = _kinds.get(name)
    return kind.label if kind else name


def all_kinds() -> list[Kind]:
    """Every registered kind, by name."""
    return [_kinds[name] for name in sorted(_kinds)]


def urgent_kinds() -> list[str]:
    """The names of the kinds that go before all others."""
    return [name for name, kind in _kinds.items() if kind.urgent]


def lanes() -> dict[str, list[str]]:
    """The lanes beside the main one, each with the names of its kinds."""
    found: dict[str, list[str]] = {}
    for kind in all_kinds():
        if kind.lane:
            found.setdefault(kind.lane, []).append(kind.name)
    return found


def kinds_for_page_event(event: str) -> list[Kind]:
    """The kinds of which a row is written when ``event`` happens to a page."""
    return [kind for kind in all_kinds() if event in kind.page_events]
