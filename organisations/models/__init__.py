"""Units, people, members and their pages."""

from organisations.models.members import Member
from organisations.models.pages import UnitIndexPage, UnitPage
from organisations.models.people import Person
from organisations.models.units import FormerName, Unit, UnitAssignment

__all__ = ["FormerName", "Member", "Person", "Unit", "UnitAssignment", "UnitIndexPage", "UnitPage"]
