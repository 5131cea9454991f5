"""The ranking of a round and of a whole contest, by person and by unit."""

from dataclasses import dataclass
from typing import Any

from django.db.models import (
    Avg,
    BigIntegerField,
    Case,
    CharField,
    Count,
    F,
    Max,
    Q,
    QuerySet,
    Sum,
    Value,
    When,
)
from django.db.models.functions import Abs, Cast, Coalesce, Concat, Round as Rounded
from django.utils import timezone

from contests.choices import RankingShown
from contests.models import ContestPage, Entry, Round
from organisations.models import Unit

#: Farther than any guess: whoever did not guess comes after whoever did.
_NO_GUESS = 10**9
ORDER = ("-points", "off", "seconds", "submitted_at", "pk")


@dataclass(frozen=True, kw_only=True)
class UnitRow:
    """What the people of one unit did."""

    unit: Unit | None
    entrants: int
    mean: int
    best: int


def entrants_of(round_: Round) -> int:
    """How many took part, also those who did not finish: what the guesses are about."""
    return Entry.objects.valid().filter(round=round_).count()


def ranked(round_: Round) -> QuerySet:
    """Everybody who finished, the best first: points, then the better guess, then the shorter time, then the earlier.

    ``off`` is how far the guess is from the number of those who took part.
    """
    total = entrants_of(round_)
    off = Coalesce(Abs(F("guess") - Value(total)), Value(_NO_GUESS))
    return Entry.objects.finished().filter(round=round_).annotate(off=off).order_by(*ORDER)


def rank_of(entry: Entry) -> int | None:
    """The place of a finished entry, from 1; three queries, however many people. None for one that does not count."""
    if entry.is_open or entry.cancelled_at is not None:
        return None
    everybody = ranked(entry.round).order_by()
    mine = everybody.get(pk=entry.pk)
    ahead = Q(points__gt=mine.points)
    same = Q(points=mine.points)
    for name in ORDER[1:]:
        value = getattr(mine, name)
        ahead |= same & Q(**{f"{name}__lt": value})
        same &= Q(**{name: value})
    return everybody.filter(ahead).count() + 1


def overall(page: ContestPage, unit: Unit | None = None, *, most: int = 100) -> tuple[list[dict[str, Any]], int]:
    """The best persons of a contest of several rounds, and how many there are; of a unit and those below it, if given.

    The sum of their points decides, then of their distances, then of their times. A person is the identity, which is
    dropped here; name and unit are of the last entry. Four queries, whatever the number of people.
    """
    entries = Entry.objects.finished().filter(round__page=page)
    if unit is not None:
        entries = entries.filter(unit__tree_path__startswith=unit.tree_path)
    grouped = entries.annotate(person=_person(), off=_off_in_each_round(page)).order_by().values("person")
    best = grouped.annotate(
        total=Rounded(Sum("points"), precision=4),
        distance=Sum("off"),
        time=Sum("seconds"),
        rounds=Count("pk"),
        last=Max("submitted_at"),
        entry=Max("pk"),
    ).order_by("-total", "distance", "time", "last", "entry")
    found = list(best[:most])
    people = Entry.objects.defer("drawn").in_bulk([row["entry"] for row in found])
    rows = [
        {
            "rank": rank,
            "name": people[row["entry"]].shown_name,
            "last_digits": people[row["entry"]].last_digits,
            "unit": people[row["entry"]].unit_name,
            "points": row["total"],
            "seconds": row["time"],
            "rounds": row["rounds"],
        }
        for rank, row in enumerate(found, start=1)
    ]
    return rows, grouped.distinct().count()


def _person() -> Case:
    """Whose entry it is; one whose person was forgotten is nobody else's."""
    alone = Concat(Value("entry-"), Cast("pk", CharField()), output_field=CharField())
    return Case(When(identity="", then=alone), default=F("identity"), output_field=CharField())


def _off_in_each_round(page: ContestPage) -> Case:
    """How far a guess is from the number of those who took part in its round."""
    counted = Entry.objects.valid().filter(round__page=page).order_by().values_list("round").annotate(total=Count("pk"))
    cases = [
        When(round=round_id, then=Coalesce(Abs(F("guess") - Value(total)), Value(_NO_GUESS)))
        for round_id, total in counted
    ]
    return Case(*cases, default=Value(_NO_GUESS), output_field=BigIntegerField())


def by_unit(rounds: Any) -> list[UnitRow]:
    """Units with their entrants, those with most first; two queries."""
    entries = Entry.objects.finished().filter(round__in=rounds, unit__isnull=False).order_by()
    found = entries.values("unit").annotate(
        entrants=Count("identity", distinct=True), mean=Avg("percent"), best=Max("percent")
    )
    units = Unit.objects.in_bulk([row["unit"] for row in found])
    rows = [
        UnitRow(
            unit=units.get(row["unit"]), entrants=row["entrants"], mean=round(row["mean"] or 0), best=row["best"] or 0
        )
        for row in found
    ]
    return sorted(rows, key=lambda row: (-row.entrants, -row.mean, row.unit.name if row.unit else ""))


def is_shown(page: ContestPage, round_: Round | None = None) -> bool:
    """Whether readers see the ranking of a round, or of the whole contest, now."""
    if page.ranking_shown == RankingShown.NEVER:
        return False
    whole = _closes_at(page)
    if round_ is None or page.ranking_shown == RankingShown.CONTEST:
        return whole is not None and whole <= timezone.now()
    return round_.is_closed


def _closes_at(page: ContestPage) -> Any:
    return max((round_.closes_at for round_ in page.rounds.all()), default=None)


def counts_of(pages: list[ContestPage]) -> dict[int, dict[str, int]]:
    """For lists: by contest, how many entered and finished; one query."""
    counted = (
        Entry.objects.valid()
        .filter(round__page__in=[page.pk for page in pages])
        .order_by()
        .values("round__page")
        .annotate(entered=Count("pk"), finished=Count("pk", filter=Q(submitted_at__isnull=False)))
    )
    return {row["round__page"]: row for row in counted}


def figures(page: ContestPage) -> dict[int, dict[str, Any]]:
    """For organisers: by round, how many entered, finished, and their mean; one query."""
    counted = (
        Entry.objects.valid()
        .filter(round__page=page)
        .order_by()
        .values("round")
        .annotate(
            entered=Count("pk"),
            finished=Count("pk", filter=Q(submitted_at__isnull=False)),
            mean=Avg("percent", filter=Q(submitted_at__isnull=False)),
            units=Count("unit", distinct=True),
        )
    )
    return {row["round"]: row for row in counted}
