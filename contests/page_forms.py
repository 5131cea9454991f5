"""What the editor of a contest's page is kept from."""

from typing import Any

from django.utils.translation import gettext as _, ngettext

from contests.choices import Award
from contests.models import Draw, Entry
from pages.forms import PortalPageForm
from training.models import Question
from training.permissions import banks_to_draw_from


class ContestPageForm(PortalPageForm):
    """Keeps rounds in which people have entered, promises that people rely on, and banks with enough questions."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rounds = self.formsets.get("rounds")
        if rounds is None or self.for_user is None:
            return
        banks = banks_to_draw_from(self.for_user)
        for form in rounds.forms:
            present = form.instance.bank_id
            field: Any = form.fields.get("bank")
            if field is not None:
                field.queryset = (banks | type(banks.model()).objects.filter(pk=present)).distinct()

    def is_valid(self) -> bool:
        """Also what spans the page and its rounds and prizes."""
        valid = super().is_valid()
        rounds, prizes = self.formsets.get("rounds"), self.formsets.get("prizes")
        if not valid or rounds is None or prizes is None or self.is_deferred_validation:
            return valid
        self._keep_entered_rounds(rounds)
        self._ask_for_source(prizes)
        for form in rounds.forms:
            if form not in rounds.deleted_forms and form.has_changed():
                _enough_questions(form)
        return not self.errors and not any(form.errors for form in rounds.forms)

    def _keep_entered_rounds(self, rounds: Any) -> None:
        gone = [form.instance for form in rounds.deleted_forms if form.instance.pk]
        for round_ in gone:
            if Entry.objects.filter(round=round_.pk).exists():
                words = _("People have entered «%(round)s»; it cannot be removed. Let it close instead.")
                self.add_error(None, words % {"round": round_.title})

    def _ask_for_source(self, prizes: Any) -> None:
        kept = [form.cleaned_data for form in prizes.forms if form not in prizes.deleted_forms and form.cleaned_data]
        by_lot = any(prize.get("award") == Award.DRAW for prize in kept)
        source = self.cleaned_data.get("draw_source", "")
        if by_lot and not source:
            self.add_error("draw_source", _("Say where the public number will come from: prizes are drawn by lot."))
        promised = Draw.objects.filter(page=self.instance.pk).exclude(source=source)
        if self.instance.pk and promised.exists() and Entry.objects.filter(round__page=self.instance.pk).exists():
            self.add_error("draw_source", _("People have entered relying on this; it can no longer be changed."))


def _enough_questions(form: Any) -> None:
    bank, wanted = form.cleaned_data.get("bank"), form.cleaned_data.get("questions")
    if bank is None or wanted is None:
        return
    present = Question.objects.filter(bank=bank, is_active=True).count()
    if present < wanted:
        words = ngettext("This bank has %(number)d question only.", "This bank has %(number)d questions only.", present)
        form.add_error("questions", words % {"number": present})
