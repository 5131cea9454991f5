"""Search in the admin: one menu for the report, synonyms, abbreviations and suggested results."""

from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext as _, gettext_lazy
from wagtail.admin import messages
from wagtail.admin.ui.tables import Column, UpdatedAtColumn
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import CreateView, EditView, SnippetViewSet, SnippetViewSetGroup

from search.admin_views import AbbreviationsViewSet, ReportViewSet
from search.models import BestBet, Synonym
from search.models.editorial import MAX_SPELLING_LENGTH
from search.questions import Question


class _TryIt:
    """Mixin of views: once it is saved, a button leads to the search that has just changed."""

    object: Any

    def get_success_buttons(self) -> list[Any]:
        """What Wagtail offers, and the search."""
        buttons: list[Any] = super().get_success_buttons()  # type: ignore[misc]  # of the view it is mixed into
        words = self.object.spellings[0]
        return [messages.button(Question(text=words).url(), _("Try the search"), new_window=True), *buttons]


class _CreateView(_TryIt, CreateView):
    """Opens filled in with a query of the report: ``?q=``."""

    prefilled: str

    def get_initial_form_instance(self) -> Any:
        """An entry with the query in it, below which the editor goes on writing."""
        words = " ".join(self.request.GET.get("q", "").split())[:MAX_SPELLING_LENGTH]
        return self.model(**{self.prefilled: f"{words}\n"}) if words else super().get_initial_form_instance()


class _EditView(_TryIt, EditView):
    """The form of an entry that is there."""


class SynonymCreateView(_CreateView):
    """A new synonym."""

    prefilled = "forms"


class BestBetCreateView(_CreateView):
    """A new suggested result."""

    prefilled = "queries"


class SynonymViewSet(SnippetViewSet):
    """List, create and edit synonyms."""

    model = Synonym
    icon = "list-ul"
    menu_label = gettext_lazy("Synonyms")
    list_display = ["__str__", UpdatedAtColumn()]
    list_filter = ["one_way"]
    list_per_page = 50
    add_view_class = SynonymCreateView
    edit_view_class = _EditView
    copy_view_enabled = False


class BestBetViewSet(SnippetViewSet):
    """List, create and edit suggested results."""

    model = BestBet
    icon = "pick"
    menu_label = gettext_lazy("Suggested results")
    list_display = [
        "__str__",
        Column("target", label=gettext_lazy("Leads to")),
        Column("state", label=gettext_lazy("State")),
    ]
    list_per_page = 50
    add_view_class = BestBetCreateView
    edit_view_class = _EditView
    copy_view_enabled = False

    def get_queryset(self, request: HttpRequest) -> QuerySet[BestBet]:
        """With what the columns show, in one query."""
        return BestBet.objects.select_related("page").with_page_shown()


class SearchViewSetGroup(SnippetViewSetGroup):
    """One entry of the menu for all of it."""

    items = (ReportViewSet, SynonymViewSet, AbbreviationsViewSet, BestBetViewSet)
    menu_label = gettext_lazy("Search on the portal")
    menu_name = "tim-kiem"
    menu_icon = "glasses"
    menu_order = 305


register_snippet(SearchViewSetGroup)
