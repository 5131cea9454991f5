"""What is stored about a person, by app: shown to the person on request, and erased with the account.

Apps register what they keep; ``accounts`` hands it out and erases it. Not to be confused with
``search.personal_data``, which recognises personal data in what readers type, so as not to keep it.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise


@dataclass(frozen=True, kw_only=True)
class PersonalData:
    """What one app keeps about people."""

    name: str
    #: Everything about a user, as plain JSON in words that the person understands.
    export: Callable[[Any], Any]
    #: Removes it, or cuts it off from the person. Runs in the transaction that deletes the user, before that.
    erase: Callable[[Any], None]
    #: Why a user cannot delete the account alone; None where nothing speaks against it.
    objection: Callable[[Any], str | Promise | None] | None = None
    #: Models with a reference to the user that this answers for, as ``app.Model``; a test finds what nobody does.
    covers: frozenset[str] = frozenset()


_registered: dict[str, PersonalData] = {}


def register_personal_data(
    name: str,
    *,
    export: Callable[[Any], Any],
    erase: Callable[[Any], None],
    objection: Callable[[Any], str | Promise | None] | None = None,
    covers: Iterable[str] = (),
) -> None:
    """Say what an app keeps about people. The name is the part's key in what people download."""
    present = _registered.get(name)
    if present is not None and present.export is not export:
        raise ValueError(f"The personal data {name!r} are already registered.")
    _registered[name] = PersonalData(
        name=name, export=export, erase=erase, objection=objection, covers=frozenset(covers)
    )


def forget_personal_data(name: str) -> None:
    """Take a part out of the registry; tests register parts of their own."""
    _registered.pop(name, None)


def all_personal_data() -> list[PersonalData]:
    """Every registered part, by name."""
    return [_registered[name] for name in sorted(_registered)]


def export_all(user: Any) -> dict[str, Any]:
    """Everything stored about a user, by part."""
    return {part.name: part.export(user) for part in all_personal_data()}


def erase_all(user: Any) -> None:
    """Have every app erase what it keeps; the caller deletes the user in the same transaction."""
    for part in all_personal_data():
        part.erase(user)


def objections(user: Any) -> list[str]:
    """What speaks against a user's deleting the account alone."""
    found = (part.objection(user) for part in all_personal_data() if part.objection is not None)
    return [str(reason) for reason in found if reason]
