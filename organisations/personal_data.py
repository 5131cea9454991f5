"""What a person has been given to edit for."""

from typing import Any

from core.personal_data import register_personal_data
from organisations.models import UnitAssignment


def export(user: Any) -> list[str]:
    """Names of units."""
    return [one.unit.name for one in UnitAssignment.objects.filter(user=user).select_related("unit")]


def erase(user: Any) -> None:
    """Nobody edits for a unit who is not there."""
    UnitAssignment.objects.filter(user=user).delete()


def register() -> None:
    """Called when the app is ready."""
    register_personal_data("edits_for_units", export=export, erase=erase, covers=["organisations.UnitAssignment"])
