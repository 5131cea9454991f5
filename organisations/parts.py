"""What other apps show on a unit's page; each registers its part when it is ready."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from organisations.models import Unit


@dataclass(frozen=True, kw_only=True)
class UnitPart:
    """A section of a unit's page: its template is given ``part``, the context here.

    ``styles`` names a sheet that it needs, ``pages`` the pages it shows: these do not stand among the news once more.
    """

    template: str
    context: dict[str, Any]
    styles: str = ""
    pages: frozenset[int] = field(default_factory=frozenset)


#: Gives the part for a unit in a fixed number of queries; None where there is nothing to show.
Maker = Callable[[Unit], UnitPart | None]
_makers: dict[str, tuple[int, Maker]] = {}


def register_part(name: str, maker: Maker, *, order: int) -> None:
    """Add a section to the page of every unit."""
    _makers[name] = (order, maker)


def parts_of(unit: Unit) -> list[UnitPart]:
    """The sections of a unit, in order."""
    made = (maker(unit) for _order, maker in sorted(_makers.values(), key=lambda registered: registered[0]))
    return [part for part in made if part is not None]
