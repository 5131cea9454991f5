"""What contests keep about a person with an account."""

from typing import Any

from django.utils import timezone

from contests.models import Answer, Entry
from core.personal_data import register_personal_data


def export(user: Any) -> list[dict[str, Any]]:
    """Entries, and what was answered as it stands in the database."""
    entries = Entry.objects.filter(user=user).select_related("round__page").prefetch_related("answers")
    return [
        {
            "contest": entry.round.page.title,
            "round": entry.round.title,
            "name": entry.name,
            "unit": entry.unit_name,
            "ticket": entry.ticket,
            "guess": entry.guess,
            "begun": entry.started_at,
            "handed_in": entry.submitted_at,
            "points": entry.points,
            "seconds": entry.seconds,
            "taken_out": entry.cancelled_at,
            "answers": {answer.number: answer.given for answer in entry.answers.all()},
        }
        for entry in entries
    ]


def erase(user: Any) -> None:
    """Points and ticket stay for the figures of the unit and for lots; who it was is forgotten."""
    entries = Entry.objects.filter(user=user)
    Answer.objects.filter(entry__in=entries.values("pk")).delete()
    entries.update(name="", identity="", last_digits="", user=None, drawn=[], forgotten_at=timezone.now())


def register() -> None:
    """Called when the app is ready."""
    register_personal_data("contests", export=export, erase=erase, covers=["contests.Entry", "contests.Draw"])
