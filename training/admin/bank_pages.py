"""What pages about one bank have in common."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.generic import TemplateView
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from training.models import QuestionBank
from training.permissions import seen_by

BANKS = "wagtailsnippets_training_questionbank"
QUESTIONS = "wagtailsnippets_training_question"


class BankView(WagtailAdminTemplateMixin, TemplateView):
    """A page about one bank of the user's units."""

    #: What the user needs besides a bank to look at.
    rights: tuple[str, ...] = ()
    header_icon = "help"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Let nobody else in."""
        if not request.user.has_perms(self.rights):
            raise PermissionDenied
        self.bank = get_object_or_404(seen_by(request.user, QuestionBank), pk=kwargs["pk"])
        return super().dispatch(request, *args, **kwargs)

    def get_page_subtitle(self) -> str:
        """Which bank."""
        return self.bank.title

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """The way here."""
        return [
            *self.breadcrumbs_items,
            {"url": reverse(f"{BANKS}:list"), "label": _("Question banks")},
            {"url": reverse(f"{BANKS}:edit", args=[self.bank.pk]), "label": self.bank.title},
            {"url": "", "label": self.page_title, "sublabel": self.bank.title},
        ]
