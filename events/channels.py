"""What an event announces to networks: when and where before anything else."""

from dataclasses import replace
from typing import Any

from crossposting.announcements import announcement_source
from crossposting.channels.contract import Announcement
from events.choices import State
from events.models import EventPage


@announcement_source(EventPage)
def tell_when_and_where(page: Any, announcement: Announcement) -> Announcement:
    """A line with the day and the place above the summary; and whether it takes place at all."""
    state = page.state
    dead = f"{state.label}. {page.status_reason}".strip() if state in {State.CANCELLED, State.POSTPONED} else ""
    where = " – ".join(filter(None, [page.when, page.place]))
    return replace(announcement, summary="\n".join(filter(None, [dead, where, announcement.summary])))
