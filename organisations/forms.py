"""Holds who edits for some units to these units when a page is written."""

from typing import Any

from django.db.models import Q
from django.forms import ModelChoiceField, ModelMultipleChoiceField
from django.utils.translation import gettext_lazy as _

from organisations.models import Unit, UnitAssignment
from organisations.permissions import unit_scope
from pages.forms import PortalPageForm, page_form_rule


@page_form_rule
def hold_to_units(form: PortalPageForm) -> None:
    """Let a user narrowed to some units choose only among these, and propose the only one there is.

    The unit that the page has already stays a choice: a reviewer may correct a page without taking it away.
    """
    field: Any = form.fields.get("unit")
    user: Any = form.for_user
    if not isinstance(field, ModelChoiceField) or user is None:
        return
    scope = unit_scope(user)
    if scope is None:
        return
    present = form.instance.unit_id if form.instance.pk else None
    field.queryset = Unit.objects.filter(pk__in=scope | {present})
    field.error_messages["invalid_choice"] = _("You do not edit for this unit. Choose one of your own.")
    if form.instance.pk is None and not form.initial.get("unit"):
        assigned = list(UnitAssignment.objects.filter(user=user).values_list("unit", flat=True)[:2])
        if len(assigned) == 1:
            form.initial["unit"] = assigned[0]


@page_form_rule
def offer_authors(form: PortalPageForm) -> None:
    """Offer who writes for the portal, and who is named on the page already, instead of every officer."""
    field: Any = form.fields.get("authors")
    if isinstance(field, ModelMultipleChoiceField):
        named = [person.pk for person in form.instance.authors.all()]
        people: Any = field.queryset
        field.queryset = people.filter(Q(is_author=True) | Q(pk__in=named))
