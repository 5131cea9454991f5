"""The dashboard's panel of what readers seek in vain."""

from typing import Any
from urllib.parse import urlencode

from django.urls import reverse

from core.dashboard import register_panel
from pages.panels import QuietPanel
from search.questions import Question
from search.report import sought_in_vain


class InVainPanel(QuietPanel):
    """«What do readers seek in vain», for those who can do something about it; not there when there is nothing."""

    name = "search-in-vain"
    order = 55
    permission = "search.add_synonym"
    template_name = "search/admin/panel.html"

    def gather(self, request: Any) -> dict[str, Any]:
        """Read the worker's file; no query."""
        synonym, best_bet = reverse("wagtailsnippets_search_synonym:add"), reverse("wagtailsnippets_search_bestbet:add")
        rows = [
            {
                "words": words,
                "searches": times,
                "search_url": Question(text=words).url(),
                "synonym_url": f"{synonym}?{urlencode({'q': words})}",
                "best_bet_url": f"{best_bet}?{urlencode({'q': words})}",
            }
            for words, times in sought_in_vain()
        ]
        return {"rows": rows} if rows else {}


def register() -> None:
    """Called when the app is ready."""
    register_panel(InVainPanel)
