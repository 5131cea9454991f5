"""Question banks in the admin: list, form, and a chooser for lessons."""

from typing import Any

import django_filters
from django.db.models import Count, Q, QuerySet
from django.http import HttpRequest
from django.urls import URLPattern, path, reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _, gettext_lazy, ngettext
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.panels import ObjectList
from wagtail.admin.ui.tables import BulkActionsCheckboxColumn, Column, NumberColumn, TitleColumn
from wagtail.admin.widgets.button import BaseButton, Button, HeaderButton
from wagtail.snippets.views import chooser, snippets

from organisations.models import Unit
from training.admin.bank_pages import BANKS, QUESTIONS
from training.admin.forms import BankForm
from training.admin.pasting import PasteView
from training.admin.question_results import QuestionResultsView
from training.bank_uses import drawn_by, named
from training.models import QuestionBank
from training.permissions import OwnUnitsOnly, banks_to_draw_from, seen_by


def whose(unit: Any) -> str:
    """A unit in a column; what has none is the federation's."""
    return str(unit) if unit else _("The federation")


def _units(request: HttpRequest | None) -> QuerySet[Unit]:
    if request is None:
        return Unit.objects.none()
    return Unit.objects.filter(pk__in=seen_by(request.user, QuestionBank).values("unit"))


class BankFilterSet(WagtailFilterSet):
    """Filters of the list."""

    unit = django_filters.ModelChoiceFilter(label=gettext_lazy("Unit"), queryset=_units)

    class Meta:
        model = QuestionBank
        fields = ["unit"]


def bank_buttons(user: Any, bank: QuestionBank) -> list[tuple[str, str, str]]:
    """What can be done with the questions of a bank: words, address, icon."""
    buttons = [
        (_("See its questions"), f"{reverse(f'{QUESTIONS}:list')}?bank={bank.pk}", "list-ul"),
        (_("How its questions are answered"), reverse(f"{BANKS}:answers", args=[bank.pk]), "view"),
    ]
    if user.has_perm("training.add_question"):
        buttons.insert(0, (_("Paste questions"), reverse(f"{BANKS}:paste", args=[bank.pk]), "clipboard-list"))
    return buttons


class BankIndexView(snippets.IndexView):
    """The list, with what each bank holds and who draws from it."""

    def get_base_queryset(self) -> QuerySet:
        """Those of the user's units."""
        active = Count("questions", filter=Q(questions__is_active=True))
        return seen_by(self.request.user, QuestionBank).select_related("unit").annotate(active=active)

    @cached_property
    def columns(self) -> list[Column]:
        """What a person needs to see at a glance."""
        return [
            BulkActionsCheckboxColumn("bulk_actions", obj_type="snippet"),
            self._get_title_column_class(TitleColumn)(
                "title", label=gettext_lazy("Name"), sort_key="title", get_url=self.get_edit_url
            ),
            Column("unit", label=gettext_lazy("Unit"), accessor=lambda bank: whose(bank.unit)),
            NumberColumn("active", label=gettext_lazy("Questions in use"), sort_key="active"),
            Column("lessons", label=gettext_lazy("Drawn from by"), accessor=self._lessons_of),
        ]

    def get_context_data(self, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Look up the lessons of all banks at once."""
        context: dict[str, Any] = super().get_context_data(*args, **kwargs)
        self.drawing = drawn_by([bank.pk for bank in context["object_list"]])
        return context

    def _lessons_of(self, bank: QuestionBank) -> str:
        return named(self.drawing[bank.pk])

    def get_list_more_buttons(self, instance: QuestionBank) -> list[Any]:
        """What Wagtail offers, and the questions."""
        buttons: list[Any] = list(super().get_list_more_buttons(instance))
        ours = bank_buttons(self.request.user, instance)
        return [*buttons, *(Button(label, url=url, icon_name=icon, priority=12) for label, url, icon in ours)]


class BankCreateView(snippets.CreateView):
    """A new bank; next come its questions."""

    def get_success_url(self) -> str:
        """On to the bank, where the buttons for its questions are."""
        return reverse(f"{BANKS}:edit", args=[self.object.pk])


class BankEditView(OwnUnitsOnly, snippets.EditView):
    """The form, with the ways to its questions."""

    @cached_property
    def header_buttons(self) -> list[BaseButton]:
        """Its questions."""
        ours = bank_buttons(self.request.user, self.object)
        return [HeaderButton(label, url=url, icon_name=icon) for label, url, icon in ours]


class BankDeleteView(OwnUnitsOnly, snippets.DeleteView):
    """Says what goes with the bank; one that lessons draw from never comes here."""

    @property
    def confirmation_message(self) -> str:
        """Its questions go too."""
        number = self.object.questions.count()
        return ngettext(
            "Delete the bank with its %(number)d question? Results of the past keep their own copy.",
            "Delete the bank with its %(number)d questions? Results of the past keep their own copy.",
            number,
        ) % {"number": number}


class BankHistoryView(OwnUnitsOnly, snippets.HistoryView):
    """Who changed the bank."""


class BankUsageView(OwnUnitsOnly, snippets.UsageView):
    """Which lessons draw from it."""


class _BanksToDrawFrom:
    """Mixin of the chooser's lists: banks that lessons of the user may draw from."""

    request: HttpRequest

    def get_object_list(self) -> QuerySet[QuestionBank]:
        """Those of the user's units, and the federation's."""
        return banks_to_draw_from(self.request.user).select_related("unit")

    @property
    def columns(self) -> list[Column]:
        """Whose they are."""
        columns: list[Column] = super().columns  # type: ignore[misc]  # of the view it is mixed into
        return [*columns, Column("unit", label=gettext_lazy("Unit"), accessor=lambda bank: whose(bank.unit))]


class BankChooseView(_BanksToDrawFrom, chooser.ChooseView):
    """The dialog."""


class BankChooseResultsView(_BanksToDrawFrom, chooser.ChooseResultsView):
    """Its list, when one searches."""


class BankChosenView(chooser.SnippetChosenView):
    """One was chosen."""

    def get_object(self, pk: Any) -> QuestionBank:
        """Of those that were offered."""
        return banks_to_draw_from(self.request.user).get(pk=pk)


class BankChosenMultipleView(chooser.SnippetChosenMultipleView):
    """Several were chosen."""

    def get_objects(self, pks: list[Any]) -> QuerySet[QuestionBank]:
        """Of those that were offered."""
        return banks_to_draw_from(self.request.user).filter(pk__in=pks)


class BankChooserViewSet(chooser.SnippetChooserViewSet):
    """Lessons choose from these."""

    choose_view_class = BankChooseView
    choose_results_view_class = BankChooseResultsView
    chosen_view_class = BankChosenView
    chosen_multiple_view_class = BankChosenMultipleView


class BankViewSet(snippets.SnippetViewSet):
    """Under ``/admin/snippets/training/questionbank/``."""

    model = QuestionBank
    icon = "folder-inverse"
    menu_label = gettext_lazy("Question banks")
    menu_order = 100
    list_per_page = 50
    copy_view_enabled = False
    add_to_reference_index = False
    filterset_class = BankFilterSet
    index_view_class = BankIndexView
    add_view_class = BankCreateView
    edit_view_class = BankEditView
    delete_view_class = BankDeleteView
    history_view_class = BankHistoryView
    usage_view_class = BankUsageView
    chooser_viewset_class = BankChooserViewSet
    edit_handler = ObjectList(QuestionBank.panels, base_form_class=BankForm)

    def get_urlpatterns(self) -> list[URLPattern]:
        """The usual ones, and what concerns the questions."""
        return [
            *super().get_urlpatterns(),
            path("paste/<int:pk>/", PasteView.as_view(), name="paste"),
            path("answers/<int:pk>/", QuestionResultsView.as_view(), name="answers"),
        ]
