"""The dashboard's panel of the calendar: the rest of this week, and what is not ready yet."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.utils import timezone

from core.dashboard import register_panel
from core.narrowing import day_start
from events.choices import EventKind, State
from events.models import EventPage
from events.periods import Week
from events.querysets import EventQuerySet
from organisations.permissions import unit_scope
from pages.panels import QuietPanel

#: Lines of each kind.
SHOWN = 8
#: Days ahead in which a meeting should have its papers, and a draft should be seen.
SOON = timedelta(days=2)
WITH_PAPERS = {EventKind.MEETING, EventKind.CONFERENCE}


@dataclass(frozen=True)
class Gathered:
    """What the panel shows."""

    week: list[EventPage]
    bare: list[EventPage]
    drafts: list[EventPage]


class EventsPanel(QuietPanel):
    """«Work calendar»: not there in a week without events. Two queries."""

    name = "events"
    order = 45
    template_name = "events/admin/panel.html"

    def gather(self, request: Any) -> dict[str, Any]:
        """The events of the user's units."""
        found = gather(unit_scope(request.user))
        return {"found": found, "today": timezone.localdate()} if found.week or found.bare or found.drafts else {}


def gather(scope: frozenset[int] | None) -> Gathered:
    """What is left of this week, meetings of the next two days without agenda and papers, drafts whose day comes."""
    now, today = timezone.now(), timezone.localdate()
    week_end = day_start(Week.of(today).end)
    soon = day_start(today + SOON)
    live = (
        _of(EventPage.objects.published(), scope).between(now, max(week_end, soon)).select_related("unit").defer("body")
    )
    events = list(live[: 10 * SHOWN])
    drafts = _of(EventPage.objects.filter(live=False, expired=False), scope).between(now, max(week_end, soon))
    return Gathered(
        week=[event for event in events if event.start < week_end][:SHOWN],
        bare=[event for event in events if event.start < soon and _is_bare(event)][:SHOWN],
        drafts=list(drafts.select_related("unit").defer_streamfields()[:SHOWN]),
    )


def _of(events: EventQuerySet, scope: frozenset[int] | None) -> EventQuerySet:
    return events if scope is None else events.of_units(scope)


def _is_bare(event: EventPage) -> bool:
    dead = event.state in {State.CANCELLED, State.POSTPONED}
    return event.kind in WITH_PAPERS and not dead and not event.agenda and not event.papers


def register() -> None:
    """Called when the app is ready."""
    register_panel(EventsPanel)
