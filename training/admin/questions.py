"""Questions in the admin: list, form with a preview, copies."""

from typing import Any

import django_filters
from django import forms
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _, gettext_lazy
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.panels import ObjectList
from wagtail.admin.ui.tables import BooleanColumn, BulkActionsCheckboxColumn, Column, TitleColumn
from wagtail.admin.widgets.boolean_radio_select import BooleanRadioSelect
from wagtail.snippets.views import chooser, snippets

from training.admin.bank_pages import QUESTIONS
from training.admin.forms import QuestionForm
from training.bank_uses import drawn_by, named
from training.models import Question, QuestionBank
from training.permissions import OwnUnitsOnly, seen_by
from training.questions.model import KINDS


def _banks(request: HttpRequest | None) -> QuerySet[QuestionBank]:
    return seen_by(request.user, QuestionBank) if request is not None else QuestionBank.objects.none()


class QuestionFilterSet(WagtailFilterSet):
    """Filters of the list."""

    bank = django_filters.ModelChoiceFilter(label=gettext_lazy("Question bank"), queryset=_banks)
    kind = django_filters.MultipleChoiceFilter(
        label=gettext_lazy("Kind of question"), choices=list(KINDS.items()), widget=forms.CheckboxSelectMultiple
    )
    is_active = django_filters.BooleanFilter(label=gettext_lazy("In use"), widget=BooleanRadioSelect)

    class Meta:
        model = Question
        fields = ["bank", "kind", "is_active"]


class QuestionIndexView(snippets.IndexView):
    """The list, with the lessons in which each may be asked."""

    def get_base_queryset(self) -> QuerySet:
        """Those of the user's units."""
        return seen_by(self.request.user, Question).select_related("bank")

    @cached_property
    def columns(self) -> list[Column]:
        """What a person needs to see at a glance."""
        return [
            BulkActionsCheckboxColumn("bulk_actions", obj_type="snippet"),
            self._get_title_column_class(TitleColumn)(
                "text",
                label=gettext_lazy("Question"),
                accessor=str,
                sort_key="text",
                get_url=self.get_edit_url,
                get_title_id=lambda question: f"snippet_{question.pk}_title",
            ),
            Column(
                "kind",
                label=gettext_lazy("Kind of question"),
                accessor="get_kind_display",
                sort_key="kind",
                width="14%",
            ),
            Column("bank", label=gettext_lazy("Question bank"), sort_key="bank__title", width="18%"),
            BooleanColumn("is_active", label=gettext_lazy("In use"), sort_key="is_active", width="9%"),
            Column("lessons", label=gettext_lazy("Asked in"), accessor=self._lessons_of, width="20%"),
        ]

    def get_context_data(self, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Look up the lessons of all questions at once."""
        context: dict[str, Any] = super().get_context_data(*args, **kwargs)
        self.drawing = drawn_by({question.bank_id for question in context["object_list"]})
        return context

    def _lessons_of(self, question: Question) -> str:
        return named(self.drawing[question.bank_id]) if question.is_active else ""


class QuestionCreateView(snippets.CreateView):
    """A new question; ``?bank=`` names the bank it is meant for."""

    def get_initial_form_instance(self) -> Question:
        """In the bank from which the editor comes, if it is the editor's to fill."""
        number = self.request.GET.get("bank", "")
        bank = seen_by(self.request.user, QuestionBank).filter(pk=number).first() if _is_number(number) else None
        return Question(bank=bank) if bank else Question()

    def get_success_url(self) -> str:
        """Back to the questions of its bank: there the next one is written."""
        return f"{reverse(f'{QUESTIONS}:list')}?bank={self.object.bank_id}"


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) < 19


class QuestionCopyView(snippets.CopyView):
    """A copy to be changed: much is asked in two ways."""

    def get_initial_form_instance(self) -> Question:
        """With its answers, which belong to no stored question yet."""
        original: Question = self.get_object()
        copy = Question(bank=original.bank, kind=original.kind, text=original.text, explanation=original.explanation)
        options: Any = copy.options
        for option in original.options.all():
            options.add(
                type(option)(
                    sort_order=option.sort_order, text=option.text, is_right=option.is_right, partner=option.partner
                )
            )
        return copy


class QuestionEditView(OwnUnitsOnly, snippets.EditView):
    """The form."""


class QuestionDeleteView(OwnUnitsOnly, snippets.DeleteView):
    """Says what goes on without the question; the last one of a quiz never comes here."""

    @property
    def confirmation_message(self) -> str:
        """Which quizzes go on without it."""
        question: Question = self.object
        drawing = drawn_by([question.bank_id])[question.bank_id] if question.is_active else []
        kept = _("Results of the past keep their own copy of the question.")
        if not drawing:
            return f"{_('No lesson asks this question.')} {kept}"
        asked = _("The lessons %(lessons)s go on with the other questions of the bank.") % {"lessons": named(drawing)}
        return f"{asked} {kept}"


class QuestionHistoryView(OwnUnitsOnly, snippets.HistoryView):
    """Who changed the question."""


class QuestionUsageView(OwnUnitsOnly, snippets.UsageView):
    """Nothing refers to single questions."""


class _OwnQuestions:
    """Mixin of the chooser's lists: what the user may see. No form uses the dialog; its address is there."""

    request: HttpRequest

    def get_object_list(self) -> QuerySet[Question]:
        """Those of the user's units."""
        return seen_by(self.request.user, Question)


class QuestionChooseView(_OwnQuestions, chooser.ChooseView):
    """The dialog."""


class QuestionChooseResultsView(_OwnQuestions, chooser.ChooseResultsView):
    """Its list, when one searches."""


class QuestionChosenView(chooser.SnippetChosenView):
    """One was chosen."""

    def get_object(self, pk: Any) -> Question:
        """Of those that were offered."""
        return seen_by(self.request.user, Question).get(pk=pk)


class QuestionChosenMultipleView(chooser.SnippetChosenMultipleView):
    """Several were chosen."""

    def get_objects(self, pks: list[Any]) -> QuerySet[Question]:
        """Of those that were offered."""
        return seen_by(self.request.user, Question).filter(pk__in=pks)


class QuestionChooserViewSet(chooser.SnippetChooserViewSet):
    """Holds Wagtail's dialog to the user's units."""

    choose_view_class = QuestionChooseView
    choose_results_view_class = QuestionChooseResultsView
    chosen_view_class = QuestionChosenView
    chosen_multiple_view_class = QuestionChosenMultipleView


class QuestionViewSet(snippets.SnippetViewSet):
    """Under ``/admin/snippets/training/question/``."""

    model = Question
    icon = "help"
    menu_label = gettext_lazy("Questions")
    menu_order = 200
    list_per_page = 50
    add_to_reference_index = False
    filterset_class = QuestionFilterSet
    index_view_class = QuestionIndexView
    add_view_class = QuestionCreateView
    copy_view_class = QuestionCopyView
    edit_view_class = QuestionEditView
    delete_view_class = QuestionDeleteView
    history_view_class = QuestionHistoryView
    usage_view_class = QuestionUsageView
    chooser_viewset_class = QuestionChooserViewSet
    edit_handler = ObjectList(Question.panels, base_form_class=QuestionForm)
