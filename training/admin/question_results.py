"""How the questions of a bank are answered, the worst first."""

from typing import Any

from django.utils.translation import gettext_lazy

from training.admin.bank_pages import QUESTIONS, BankView
from training.question_results import ENOUGH, answers_to


class QuestionResultsView(BankView):
    """A table of the bank's questions."""

    template_name = "training/admin/question_results.html"
    page_title = gettext_lazy("How its questions are answered")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Count when somebody looks."""
        context: dict[str, Any] = super().get_context_data(**kwargs)
        rows, attempts = answers_to(self.bank)
        context.update(rows=rows, attempts=attempts, enough=ENOUGH, edit=f"{QUESTIONS}:edit")
        return context
