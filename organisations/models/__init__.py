"""Units, people and their pages."""

from organisations.models.pages import UnitIndexPage, UnitPage
from organisations.models.people import Person
from organisations.models.units import FormerName, Unit, UnitAssignment

__all__ = ["FormerName", "Person", "Unit", "UnitAssignment", "UnitIndexPage", "UnitPage"]
