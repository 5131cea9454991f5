"""«Paste questions»: read what was pasted, show what was understood, store it; the rest stays to be mended."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _, gettext_lazy, ngettext
from wagtail.admin import messages

from training import pasting
from training.admin.bank_pages import BankView
from training.questions import KINDS
from training.questions.model import Question as Asked
from training.questions.pasting import MOST_QUESTIONS


class PasteView(BankView):
    """The text goes to and fro in the form; nothing is kept on the server until it is stored."""

    rights = ("training.add_question",)
    template_name = "training/admin/paste.html"
    page_title = gettext_lazy("Paste questions")

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Read everything anew; store what was shown as understood when that is asked for."""
        texts = request.POST.getlist("text")
        kept = pasting.from_json(request.POST.get("understood", ""))
        if "store" in request.POST:
            self._store(request, kept)
            kept = []
        reading = pasting.read(texts, kept, self.bank)
        if reading.repeated:
            messages.warning(request, _repeated(reading.repeated))
        if not any(map(str.strip, texts)) and not kept and "store" not in request.POST:
            messages.error(request, _("Paste the questions first."))
        return self.render_to_response(self.get_context_data(reading=reading, **kwargs))

    def _store(self, request: HttpRequest, kept: list[Asked]) -> None:
        number = pasting.store(self.bank, kept, request.user)
        if not number:
            messages.warning(request, _("Nothing new to store: the bank has these questions already."))
            return
        said = ngettext(
            "%(number)d question was added to «%(bank)s».", "%(number)d questions were added to «%(bank)s».", number
        ) % {"number": number, "bank": self.bank.title}
        seen = f"{reverse('wagtailsnippets_training_question:list')}?bank={self.bank.pk}"
        messages.success(request, said, buttons=[messages.button(seen, _("See its questions"))])

    def get_context_data(self, *, reading: pasting.Reading | None = None, **kwargs: Any) -> dict[str, Any]:
        """What the template shows."""
        context: dict[str, Any] = super().get_context_data(**kwargs)
        reading = reading or pasting.Reading()
        context.update(
            bank=self.bank,
            most=MOST_QUESTIONS,
            understood=[{"asked": one, "kind": KINDS[one.kind]} for one in reading.understood],
            understood_json=pasting.to_json(reading.understood),
            unclear=[
                {"line": one.line, "problems": one.problems, "text": text, "rows": _rows(text)}
                for one, text in reading.unclear
            ],
        )
        return context


def _rows(text: str) -> int:
    """Of a field in which all of a text is seen, unless it is long."""
    return min(max(text.count("\n") + 2, 4), 24)


def _repeated(texts: list[str]) -> str:
    return ngettext(
        "%(number)d question is left out, since it is there already: %(texts)s",
        "%(number)d questions are left out, since they are there already: %(texts)s",
        len(texts),
    ) % {"number": len(texts), "texts": "; ".join(f"«{text[:60]}»" for text in texts[:5])}
