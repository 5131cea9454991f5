"""What the form of a course offers."""

from typing import Any

from django.forms import ModelMultipleChoiceField

from pages.forms import PortalPageForm, page_form_rule
from training.models import CoursePage


@page_form_rule
def offer_other_courses(form: PortalPageForm) -> None:
    """Leave out the course itself where one chooses what is to be finished before it."""
    field: Any = form.fields.get("prerequisites")
    if isinstance(form.instance, CoursePage) and isinstance(field, ModelMultipleChoiceField) and form.instance.pk:
        others: Any = field.queryset
        field.queryset = others.exclude(pk=form.instance.pk)
