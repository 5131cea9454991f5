"""What a unit's page shows of the calendar."""

from urllib.parse import urlencode

from events import selectors
from organisations.models import Unit
from organisations.parts import UnitPart, register_part

ON_UNIT_PAGE = 4


def register() -> None:
    """Called when the app is ready."""
    register_part("events", coming_of_unit, order=10)


def coming_of_unit(unit: Unit) -> UnitPart | None:
    """What comes next, of the unit and of all below it; one query."""
    events = selectors.coming_events(ON_UNIT_PAGE, below=unit)
    if not events:
        return None
    return UnitPart(
        template="events/unit_part.html",
        context={"events": events, "url": f"/lich-cong-tac/danh-sach/?{urlencode({'don-vi': unit.slug})}"},
        styles="css/event-rows.css",
        pages=frozenset(event.pk for event in events),
    )
