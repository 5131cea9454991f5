"""Which of the documents most like an item are worth reading after it, and in what order."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache

from search.analysis.tokens import fold
from search.engines.contract import Hit

#: So many lines of a list are kept, and so many at least of the item's own type if there are: readers are shown a few,
#: the others stand in for what is taken down.
KEPT, KEPT_OF_TYPE = 12, 6
#: What is less like the item than this share of the most similar one only fills lines.
LEAST = 0.3
#: Old news is worth this much less; half of it is lost after so many days. Rules in force do not fade.
AGE_COST, AGE_HALF = 0.35, 365.0
#: Titles that share so many of their words belong to one series: «Bản tin tuần 12», «Bản tin tuần 13».
SAME_SERIES = 0.7
#: Each further one of a series is worth half as much as the one before.
SERIES_COST = 0.5
#: Worth is compared in so many steps; within a step the newest goes first.
STEPS = 20
LONG_AGO = datetime(1, 1, 1, tzinfo=UTC)


@dataclass
class _Candidate:
    pk: int
    worth: float
    date: datetime
    words: frozenset[str]

    def order(self) -> tuple[int, datetime, int]:
        return round(self.worth * STEPS), self.date, self.pk


def choose(hits: Sequence[tuple[int, Hit]], of_type: set[int], now: datetime) -> list[int]:
    """Order what is similar to an item: likeness first, less for old news and for more of the same series.

    ``hits`` holds page ids with what the engine found, ``of_type`` the ids of pages of the item's own type.
    """
    best = list(_in_order(hits, now, KEPT))
    same = list(_in_order([(pk, hit) for pk, hit in hits if pk in of_type], now, KEPT_OF_TYPE))
    return list(dict.fromkeys([*best, *same]))


def _in_order(hits: Sequence[tuple[int, Hit]], now: datetime, number: int) -> Iterator[int]:
    top = max((hit.score for _pk, hit in hits), default=0.0)
    left = [
        _Candidate(pk, hit.score / top * _freshness(hit, now), hit.date or LONG_AGO, _title_words(hit.title))
        for pk, hit in hits
        if top > 0 and hit.score >= LEAST * top
    ]
    for _place in range(min(number, len(left))):
        chosen = max(left, key=_Candidate.order)
        left.remove(chosen)
        for other in left:
            if _likeness(chosen.words, other.words) >= SAME_SERIES:
                other.worth *= SERIES_COST
        yield chosen.pk


def _freshness(hit: Hit, now: datetime) -> float:
    if not hit.fades or hit.date is None:
        return 1.0
    days = max(0.0, (now - hit.date).total_seconds() / 86_400)
    return 1.0 - AGE_COST * (1.0 - 0.5 ** (days / AGE_HALF))


@lru_cache(maxsize=8192)  # the same titles come back for one neighbour after the other
def _title_words(title: str) -> frozenset[str]:
    """What a title says, without numbers: they tell the parts of a series apart."""
    return frozenset(word for word in fold(title).split() if word.isalpha())


def _likeness(some: frozenset[str], others: frozenset[str]) -> float:
    together = len(some | others)
    return len(some & others) / together if together else 0.0
