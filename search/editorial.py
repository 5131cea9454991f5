"""The results that editors put first for a query."""

from dataclasses import dataclass
from datetime import date

from django.utils import timezone

from pages.models import BasePage
from search.models import BestBet
from search.renewal import BEST_BETS, Renewed
from search.spelling import spelling_key

#: More would push the results themselves out of sight.
MOST_SHOWN = 3


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A suggested result as readers see it; ``key`` names it in the log of clicks."""

    key: str
    title: str
    url: str
    text: str


def _read() -> dict[str, list[BestBet]]:
    """Every suggested result by the keys of its queries, in the editors' order."""
    found: dict[str, list[BestBet]] = {}
    for bet in BestBet.objects.all():
        for key in {spelling_key(query) for query in bet.spellings}:
            found.setdefault(key, []).append(bet)
    return found


_by_query = Renewed(BEST_BETS, _read)


def best_bets_for(text: str) -> list[Suggestion]:
    """What editors suggest for exactly these words, today, in their order; no query for words without suggestions."""
    key = spelling_key(text)
    today = timezone.localdate()
    bets = [bet for bet in _by_query().get(key, ()) if _is_on(bet, today)] if key else []
    if not bets:
        return []
    ids = {bet.page_id for bet in bets if bet.page_id}
    pages = {page.pk: page for page in BasePage.objects.published().filter(pk__in=ids)} if ids else {}
    shown = (_suggestion(bet, pages.get(bet.page_id or 0)) for bet in bets)
    return [suggestion for suggestion in shown if suggestion][:MOST_SHOWN]


def has_best_bet(query: str) -> bool:
    """Whether there is an entry for a query's key, shown today or not."""
    return query in _by_query()


def _is_on(bet: BestBet, today: date) -> bool:
    return (bet.valid_from is None or bet.valid_from <= today) and (bet.valid_until is None or today <= bet.valid_until)


def _suggestion(bet: BestBet, page: BasePage | None) -> Suggestion | None:
    key = f"bet:{bet.pk}"
    if not bet.page_id:
        return Suggestion(key, bet.title, bet.address, bet.text)
    url = page.url if page else None
    if page is None or not url:
        return None
    return Suggestion(key, bet.title or page.title, url, bet.text or page.summary)
