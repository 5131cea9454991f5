"""Training in the admin: one entry of the menu for banks, questions, results, certificates and lists of classes."""

from collections.abc import Iterator, Sequence
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.templatetags.static import static
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin import messages
from wagtail.admin.menu import MenuItem
from wagtail.admin.widgets.button import Button
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSetGroup

from training.admin.attendance import LIST, ClassesMenuItem, ClassesViewSet
from training.admin.banks import BankViewSet
from training.admin.certificates import CertificateViewSet
from training.admin.questions import QuestionViewSet
from training.admin.results import ResultsViewSet
from training.admin.yearly import REPORT, YearlyViewSet
from training.bank_uses import why_bank_stays, why_question_stays
from training.certificates.issuing import GIVEN_BACK, WITHDRAWN
from training.models import ClassPage, Question, QuestionBank


class TrainingViewSetGroup(SnippetViewSetGroup):
    """«Training»; whoever sees one entry alone sees the menu with that one."""

    items = (BankViewSet, QuestionViewSet, ResultsViewSet, CertificateViewSet, ClassesViewSet)
    menu_label = _("Training")
    menu_name = "dao-tao"
    menu_icon = "list-ol"
    menu_order = 308


register_snippet(TrainingViewSetGroup)


@hooks.register("register_admin_viewset")
def register_yearly() -> YearlyViewSet:
    """The report's own page."""
    return YearlyViewSet()


@hooks.register("register_reports_menu_item")
def register_yearly_report() -> MenuItem:
    """The report stands with the others."""
    return ClassesMenuItem(
        _("Training by unit"), reverse(REPORT), name="training-yearly", icon_name="calendar-check", order=860
    )


@hooks.register("before_delete_snippet")
def keep_what_lessons_draw(request: HttpRequest, instances: Sequence[Any]) -> HttpResponse | None:
    """One by one or many at once: no lesson loses its questions by it."""
    banks = [one for one in instances if isinstance(one, QuestionBank)]
    questions = [one for one in instances if isinstance(one, Question)]
    refusal = why_bank_stays(banks) or why_question_stays(questions)
    if not refusal:
        return None
    messages.error(request, refusal)
    return redirect(reverse(type(instances[0]).snippet_viewset.get_url_name("list")))


@hooks.register("register_log_actions")
def name_what_happens_to_certificates(actions: Any) -> None:
    """For the log."""
    actions.register_action(WITHDRAWN, _("Withdraw"), _("Withdrawn"))
    actions.register_action(GIVEN_BACK, _("Give it back"), _("Given back"))


@hooks.register("register_page_header_buttons")
def list_of_edited_class(page: Any, user: Any, view_name: str, next_url: str | None = None) -> Iterator[Button]:
    """From the page's own editor to its list."""
    yield from _list_button(page, user, 5)


@hooks.register("register_page_listing_more_buttons")
def list_of_listed_class(page: Any, user: Any, next_url: str | None = None) -> Iterator[Button]:
    """From a line of the explorer."""
    yield from _list_button(page, user, 5)


def _list_button(page: Any, user: Any, priority: int) -> Iterator[Button]:
    if page.pk and page.specific_class is ClassPage and page.permissions_for_user(user).can_edit():
        yield Button(_("List of the class"), reverse(LIST, args=[page.pk]), icon_name="group", priority=priority)


@hooks.register("insert_global_admin_css")
def style_classes() -> SafeString:
    """The lists' own style."""
    return format_html('<link rel="stylesheet" href="{}">', static("admin/classes.css"))
