"""Reads of contests: the listing, a contest with its rounds, what a question's page shows."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _, ngettext

from archives.related import surroundings
from archives.sharing import share_links
from core.listing import LISTING_RENDITIONS
from core.templatetags.portal_text import vi_datetime
from pages.models import BasePage
from pages.querysets import BasePageQuerySet
from training.members import reader_of

if TYPE_CHECKING:
    from contests.models import ContestPage, Draw, Entry, Prize, Round


#: How long before it opens a contest is news.
SOON = timedelta(days=14)


@dataclass(frozen=True, kw_only=True)
class RoundCard:
    """A round as its contest's page shows it."""

    round: "Round"
    rules: str
    #: A member's own entry.
    entry: "Entry | None" = None
    shows_ranking: bool = False


def all_contests() -> BasePageQuerySet:
    """Every published contest."""
    return BasePage.objects.listed().filter(listing="contests")


def running_contests(most: int) -> list[Any]:
    """Contests in which a round is open, the one that closes first before the others, then what opens soon.

    One query when there is none, else those of cards besides. Each knows how it stands (:func:`add_contest_facts`).
    """
    from contests.models import Round  # the models import this module

    now = timezone.now()
    rounds = Round.objects.filter(closes_at__gt=now, opens_at__lt=now + SOON, page__in=all_contests())
    order: dict[int, tuple[bool, Any]] = {}
    for page, opens, closes in rounds.values_list("page", "opens_at", "closes_at"):
        key = (True, opens) if opens > now else (False, closes)
        order[page] = min(key, order.get(page, key))
    chosen = sorted(order, key=lambda page: order[page])[:most]
    found = BasePage.objects.with_card_data(LISTING_RENDITIONS).in_bulk(chosen) if chosen else {}
    contests = [found[pk] for pk in chosen if pk in found]
    add_contest_facts(contests)
    return contests


def add_contest_facts(items: Iterable[Any]) -> None:
    """Tell the contests of a listing how they stand; one query, none without a contest."""
    from contests.models import Round  # the models import this module

    pages = {item.pk: item for item in items}
    if not pages:
        return
    rounds: dict[int, list[Round]] = {}
    for round_ in Round.objects.filter(page__in=pages).order_by("opens_at"):
        rounds.setdefault(round_.page_id, []).append(round_)
    for pk, page in pages.items():
        page.contest_note = standing_in_words(rounds.get(pk, []))


def standing_in_words(rounds: list["Round"]) -> str:
    """How a contest stands, in a few words."""
    now = timezone.now()
    running = next((one for one in rounds if one.opens_at <= now < one.closes_at), None)
    if running is not None:
        return _("Open until %(moment)s") % {"moment": vi_datetime(running.closes_at)}
    coming = next((one for one in sorted(rounds, key=lambda one: one.opens_at) if one.opens_at > now), None)
    if coming is not None:
        return _("Opens %(moment)s") % {"moment": vi_datetime(coming.opens_at)}
    return _("Over")


def contest_context(page: "ContestPage", request: HttpRequest) -> dict[str, Any]:
    """A contest with its rounds, prizes and lots."""
    from contests import ranking  # as above

    around = surroundings(page)
    rounds = sorted(page.rounds.all(), key=_by_opening)
    draws = list(page.draws.select_related("round")) if page.pk else []
    for draw in draws:
        draw.page = page
    own = _own_entries(page, reader_of(request)) if page.pk else {}
    shows_whole = len(rounds) > 1 and ranking.is_shown(page)
    return {
        "breadcrumbs": around.breadcrumbs,
        "related": around.related,
        "share_links": share_links(page, request),
        "standing": standing_in_words(rounds),
        "rounds": [
            RoundCard(
                round=one,
                rules=rules_of(one),
                entry=own.get(one.pk),
                shows_ranking=ranking.is_shown(page, one),
            )
            for one in rounds
        ],
        "current": next((one for one in rounds if one.is_open), None),
        "prizes": prize_groups(page),
        "draws": draws,
        "shows_whole_ranking": shows_whole,
    }


def _by_opening(round_: "Round") -> Any:
    """A round of a preview may not say yet when it opens."""
    opens: Any = round_.opens_at
    return opens or timezone.now()


def _own_entries(page: "ContestPage", user: Any) -> dict[int, "Entry"]:
    from contests.models import Entry  # as above

    if user is None:
        return {}
    entries = Entry.objects.valid().filter(round__page=page, user=user).defer("drawn")
    return {entry.round_id: entry for entry in entries}


def rules_of(round_: "Round") -> str:
    """Questions and time in words."""
    questions = ngettext("%(number)d question", "%(number)d questions", round_.questions)
    minutes = ngettext("%(number)d minute's time", "%(number)d minutes' time", round_.minutes_allowed)
    return f"{questions % {'number': round_.questions}} · {minutes % {'number': round_.minutes_allowed}}"


def prize_groups(page: "ContestPage") -> list[tuple[str, list["Prize"]]]:
    """Prizes under what they are given for."""
    groups: dict[str, list[Prize]] = {}
    for prize in page.prizes.all():
        groups.setdefault(prize.get_scope_display(), []).append(prize)
    return list(groups.items())


def draw_of(pk: int) -> "Draw | None":
    """A draw of a published contest."""
    from contests.models import ContestPage, Draw  # as above

    draw = Draw.objects.select_related("page", "round").filter(pk=pk).first()
    if draw is None or not ContestPage.objects.published().filter(pk=draw.page_id).exists():
        return None
    return draw
