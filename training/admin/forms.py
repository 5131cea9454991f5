"""Forms of banks, questions and lessons: text is cleaned first, and everybody is held to their own units."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.http import QueryDict
from django.utils.translation import gettext as _, gettext_lazy
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.widgets import AdminAutoHeightTextInput

from core.text import clean_form_data
from organisations.models import Unit
from organisations.permissions import unit_scope
from pages.forms import PortalPageForm, page_form_rule
from training.bank_uses import why_question_stays
from training.models import LessonPage, Question, QuestionBank
from training.permissions import banks_to_draw_from, seen_by
from training.questions import model as asked


class _CleanForm(WagtailAdminModelForm):
    """What was sent is brought into its one form before anything measures it."""

    fields: dict[str, Any]

    def __init__(self, data: QueryDict | None = None, *args: Any, **kwargs: Any) -> None:
        super().__init__(clean_form_data(data), *args, **kwargs)


class BankForm(_CleanForm):
    """Who works for some units makes banks of these units only."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        scope = unit_scope(self.for_user) if self.for_user is not None else None
        if scope is None:
            return
        field = self.fields["unit"]
        field.widget = forms.Select()
        field.queryset = Unit.objects.filter(pk__in=scope)
        field.required = True
        field.error_messages["invalid_choice"] = _("You do not edit for this unit. Choose one of your own.")
        if not self.instance.pk and len(scope) == 1:
            self.initial["unit"] = next(iter(scope))


class QuestionForm(_CleanForm):
    """Refuses a question that nobody could answer, and one that leaves a quiz without questions when it goes."""

    text = Question._meta.get_field("text").formfield(  # Django's documented model API
        max_length=asked.LONGEST_TEXT, widget=AdminAutoHeightTextInput
    )
    explanation = Question._meta.get_field("explanation").formfield(  # same
        max_length=asked.LONGEST_EXPLANATION, widget=AdminAutoHeightTextInput
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.stored = Question(pk=self.instance.pk, bank_id=self.instance.bank_id, is_active=self.instance.is_active)
        field = self.fields["bank"]
        field.widget = forms.Select()
        field.queryset = seen_by(self.for_user, QuestionBank) if self.for_user else QuestionBank.objects.all()
        field.error_messages["invalid_choice"] = _("This bank belongs to another unit. Choose one of your own.")

    def clean(self) -> dict[str, Any]:
        """Look at the question as a whole, its answers among it."""
        cleaned: dict[str, Any] = super().clean()
        options = self.formsets.get("options")
        if not self.errors and options is not None and options.is_valid():
            problems = asked.problems(self._asked(cleaned, options))
            if problems:
                raise ValidationError(problems)
        if self._goes(cleaned):
            refusal = why_question_stays([self.stored])
            if refusal:
                raise ValidationError(refusal)
        return cleaned

    def _asked(self, cleaned: dict[str, Any], options: Any) -> asked.Question:
        written = [form.cleaned_data for form in options.ordered_forms if form.cleaned_data]
        return asked.Question(
            id=0,
            kind=cleaned["kind"],
            text=cleaned["text"],
            options=tuple(asked.Option(row["text"], row["is_right"], row["partner"]) for row in written),
            explanation=cleaned["explanation"],
        )

    def _goes(self, cleaned: dict[str, Any]) -> bool:
        """Whether a question in use is switched off or moved to another bank."""
        if not self.stored.pk or not self.stored.is_active:
            return False
        bank = cleaned.get("bank")
        return not cleaned.get("is_active") or bool(bank and bank.pk != self.stored.bank_id)


@page_form_rule
def hold_to_banks(form: PortalPageForm) -> None:
    """Let lessons draw from banks of the editor's units and from the federation's; what is chosen already stays."""
    formset: Any = form.formsets.get("quiz_parts")
    user: Any = form.for_user
    if formset is None or user is None or unit_scope(user) is None:
        return
    lesson: LessonPage = form.instance
    present = [part.bank_id for part in lesson.quiz_parts.all()]
    allowed = QuestionBank.objects.filter(Q(pk__in=banks_to_draw_from(user).values("pk")) | Q(pk__in=present))
    for child in formset.forms:
        child.fields["bank"].queryset = allowed
        child.fields["bank"].error_messages["invalid_choice"] = gettext_lazy(
            "Your lessons draw from banks of your own units and from the federation's."
        )
