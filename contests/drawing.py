"""Lots from the promise to the winners; :mod:`contests.lots` reckons, this keeps."""

from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from contests import lots
from contests.choices import Award, Scope
from contests.entering import GRACE, Refused, close_overdue
from contests.models import ContestPage, Draw, Entry, Prize, Round


def scopes_of(page: ContestPage) -> list[Round | None]:
    """For what lots are drawn: each round, the whole contest (None), or neither."""
    drawn = {prize.scope for prize in page.prizes.all() if prize.award == Award.DRAW}
    found: list[Round | None] = list(page.rounds.all()) if Scope.ROUND in drawn else []
    return [*found, None] if Scope.CONTEST in drawn else found


def promise(page: ContestPage) -> None:
    """Make the promises that a published contest owes. One that people may have relied on is never changed."""
    wanted = {round_.pk if round_ else None for round_ in scopes_of(page)}
    present = {draw.round_id: draw for draw in Draw.objects.filter(page=page)}
    for round_id in wanted:
        draw = present.get(round_id)
        if draw is None:
            draw = Draw(page=page, round_id=round_id)
        elif draw.source == page.draw_source or has_entries(draw):
            continue
        draw.commit(page.draw_source)
        draw.save()
    for round_id, draw in present.items():
        if round_id not in wanted and not has_entries(draw):
            draw.delete()


def has_entries(draw: Draw) -> bool:
    """Whether anybody has entered what the lots are drawn for."""
    return _entries(draw).exists()


def _entries(draw: Draw) -> Any:
    entries = Entry.objects.filter(round__page=draw.page_id)
    return entries if draw.round_id is None else entries.filter(round=draw.round_id)


def prizes_of(draw: Draw) -> list[Prize]:
    """What is won, the first prize first."""
    scope = Scope.CONTEST if draw.round_id is None else Scope.ROUND
    return [prize for prize in draw.page.prizes.all() if prize.award == Award.DRAW and prize.scope == scope]


def eligible(draw: Draw) -> list[str]:
    """The tickets in the draw, in their own order: each person once, with the least that any of the prizes asks for."""
    least = min((prize.min_percent for prize in prizes_of(draw)), default=0)
    finished = _entries(draw).filter(cancelled_at=None, submitted_at__isnull=False, percent__gte=least).order_by("pk")
    first: dict[str, str] = {}
    for pk, who, ticket in finished.values_list("pk", "identity", "ticket"):
        first.setdefault(who or str(pk), ticket)
    return sorted(first.values())


def close_list(draw: Draw) -> bool:
    """Publish who is in the draw, once nobody can enter or answer any more; whether it is closed now."""
    if draw.closed_at is not None:
        return True
    closes_at = draw.closes_at
    if closes_at is None or timezone.now() <= closes_at + GRACE:
        return False
    close_overdue()
    with transaction.atomic():
        locked = Draw.objects.select_for_update(of=("self",)).get(pk=draw.pk)
        if locked.closed_at is None:
            locked.tickets = eligible(locked)
            locked.tickets_sha256 = lots.tickets_digest(locked.tickets)
            locked.closed_at = timezone.now()
            locked.save(update_fields=["tickets", "tickets_sha256", "closed_at"])
    draw.refresh_from_db()
    return True


def draw_lots(draw: Draw, typed: str, user: Any) -> Draw:
    """Draw with the public number that somebody read off its source. Drawn once, it stays. Raises Refused."""
    number = lots.public_number(typed)
    if not number:
        raise Refused(_("Write the public number in digits, as its source published it."))
    if not close_list(draw):
        raise Refused(_("The list of tickets is not closed yet."))
    with transaction.atomic():
        locked = Draw.objects.select_for_update(of=("self",)).select_related("page", "round").get(pk=draw.pk)
        if locked.drawn_at is not None:
            raise Refused(_("These lots have been drawn already."))
        if not locked.tickets:
            raise Refused(_("There is no ticket in this draw."))
        locked.public_number, locked.drawn_at, locked.drawn_by = number, timezone.now(), user
        locked.record = record_of(locked)
        locked.save()
    return locked


def record_of(draw: Draw) -> dict[str, Any]:
    """What is published, and :func:`contests.lots.verify` checks. Names stand beside it, not in it.

    A ticket that was taken out after the list was closed is passed over, and so is one below what its prize asks for.
    """
    in_order = lots.order(draw.secret, draw.public_number, draw.tickets)
    entries = {entry.ticket: entry for entry in Entry.objects.filter(ticket__in=in_order).defer("drawn")}
    waiting = [prize for prize in prizes_of(draw) for _number in range(prize.count)]
    winners: list[dict[str, Any]] = []
    passed_over: list[dict[str, Any]] = []
    for place, ticket in enumerate(in_order, start=1):
        if not waiting:
            break
        entry = entries.get(ticket)
        prize = next((one for one in waiting if entry and entry.percent >= one.min_percent), None)
        if entry is None or entry.cancelled_at is not None or prize is None:
            passed_over.append({"place": place, "ticket": ticket})
            continue
        waiting.remove(prize)
        winners.append({"place": place, "ticket": ticket, "prize": prize.title})
    return {
        "method": lots.METHOD,
        "method_in_words": lots.METHOD_IN_WORDS,
        "contest": draw.page.title,
        "round": draw.round.title if draw.round else None,
        "committed_at": _iso(draw.committed_at),
        "commitment": draw.commitment,
        "source": draw.source,
        "closed_at": _iso(draw.closed_at),
        "tickets_sha256": draw.tickets_sha256,
        "drawn_at": _iso(draw.drawn_at),
        "public_number": draw.public_number,
        "secret": draw.secret,
        "winners": winners,
        "passed_over": passed_over,
        "tickets": draw.tickets,
    }


def public_state(draw: Draw) -> dict[str, Any]:
    """What anybody may know now: everything once drawn, before that the promise, and the list once it is closed."""
    if draw.drawn_at is not None:
        return dict(draw.record)
    state = {
        "method": lots.METHOD,
        "method_in_words": lots.METHOD_IN_WORDS,
        "contest": draw.page.title,
        "round": draw.round.title if draw.round else None,
        "committed_at": _iso(draw.committed_at),
        "commitment": draw.commitment,
        "source": draw.source,
    }
    if draw.closed_at is not None:
        state |= {"closed_at": _iso(draw.closed_at), "tickets_sha256": draw.tickets_sha256, "tickets": draw.tickets}
    return state


def _iso(moment: Any) -> str | None:
    return timezone.localtime(moment).isoformat(timespec="seconds") if moment else None


def close_due_lists() -> None:
    """Close every list whose time has come."""
    for draw in Draw.objects.filter(closed_at=None).select_related("page", "round"):
        close_list(draw)
