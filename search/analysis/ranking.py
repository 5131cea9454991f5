"""The second look at the best documents, and the weights of both looks.

The engine adds up what single words and pairs are worth. This looks at what a sum cannot see: how much of the question
a document covers, how much of a title the question covers, the longest run of words in order, and age. The weights
were fitted on the tuning collection (listwise logistic regression, five folds); ``docs/developers/search.md`` has them.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from itertools import pairwise
from math import exp

from django.utils import timezone

from search.engines.contract import Candidate

#: How often the words of each part of a document count.
TITLE_WEIGHT, CONTEXT_WEIGHT, TEXT_WEIGHT = 6, 3, 1

DEPTH = 60

#: Of a document's worth, how much each observation adds; ``base`` is its score as a share of the best one's.
WEIGHTS: dict[str, float] = {
    "base": 14.5,
    "title_covered": 0.9,
    "context_covered": 3.9,
    "words": 0.8,
    "pairs": 3.9,
    "title_words": -2.5,
    "context_words": -2.9,
    "title_pairs": 1.4,
    "whole_title": 1.2,
    "window": 1.5,
}
#: The words of a passage, in which as much of the question as possible should stand together.
WINDOW = 40
#: News is worth this much less when it is old; half of it is lost after so many days.
AGE_COST, AGE_HALF = 0.8, 240.0


@dataclass(frozen=True)
class WordRanker:
    """Ranks by the words of one question: exact keys in order, each with its weight."""

    keys: tuple[str, ...]
    weights: dict[str, float]
    pair_weights: dict[tuple[str, str], float]
    rarity: Callable[[str], float]
    depth: int = DEPTH

    @cached_property
    def _places(self) -> dict[str, int]:
        return {key: place for place, key in enumerate(self.weights)}

    @cached_property
    def _weights(self) -> list[float]:
        return list(self.weights.values())

    @cached_property
    def _pairs_by_place(self) -> dict[tuple[int, int], float]:
        places = self._places
        return {(places[first], places[second]): weight for (first, second), weight in self.pair_weights.items()}

    @cached_property
    def _all_words(self) -> float:
        return sum(self._weights) or 1.0

    @cached_property
    def _all_pairs(self) -> float:
        return sum(self.pair_weights.values()) or 1.0

    def rank(self, candidates: Sequence[Candidate]) -> list[float]:
        """Weigh every observation of every candidate."""
        best = max((candidate.score for candidate in candidates), default=0.0) or 1.0
        now = timezone.now()
        return [
            sum(WEIGHTS[name] * value for name, value in self.observe(candidate, best).items())
            - _age_cost(candidate, now)
            for candidate in candidates
        ]

    def observe(self, candidate: Candidate, best: float) -> dict[str, float]:
        """What is seen in one document, each as a share from 0 to 1."""
        title, context, text = (line.split() for line in candidate.forward)
        place = self._places.get
        # One pass over each part: every word becomes its number in the question, or None.
        of_title, of_context, of_text = list(map(place, title)), list(map(place, context)), list(map(place, text))
        own_pairs = self._pairs_by_place.keys()
        title_pairs = own_pairs & set(pairwise(of_title))
        pairs = title_pairs | (own_pairs & set(pairwise(of_context))) | (own_pairs & set(pairwise(of_text)))
        in_title, in_context = set(of_title), set(of_context)
        return {
            "base": candidate.score / best,
            "title_covered": self._covered(set(title)),
            "context_covered": self._covered(set(context)),
            "words": self._share(in_title | in_context | set(of_text)),
            "pairs": sum([self._pairs_by_place[pair] for pair in pairs]) / self._all_pairs,
            "title_words": self._share(in_title),
            "context_words": self._share(in_context),
            "title_pairs": len(title_pairs) / max(1, len(title) - 1),
            "whole_title": float(bool(title) and None not in in_title),
            "window": self._window(of_text) / self._all_words,
        }

    def _share(self, places: set[int | None]) -> float:
        weights = self._weights
        return sum([weights[place] for place in places if place is not None]) / self._all_words

    def _covered(self, keys: set[str]) -> float:
        """How much of a title's own weight the question names."""
        rarity, asked = self.rarity, self.weights
        own = named = 0.0
        for key in keys:
            weight = rarity(key)
            own += weight
            if key in asked:
                named += weight
        return named / own if own else 0.0

    def _window(self, places: list[int | None]) -> float:
        """The most of the question's weight that stands within :data:`WINDOW` words."""
        weights = self._weights
        seen = [0] * len(weights)
        found = [(at, place) for at, place in enumerate(places) if place is not None]
        here = best = 0.0
        oldest = 0
        for at, place in found:
            if not seen[place]:
                here += weights[place]
            seen[place] += 1
            while found[oldest][0] < at - WINDOW:
                gone = found[oldest][1]
                seen[gone] -= 1
                if not seen[gone]:
                    here -= weights[gone]
                oldest += 1
            best = max(best, here)
        return best


def _age_cost(candidate: Candidate, now: datetime) -> float:
    if not candidate.fades or candidate.date is None:
        return 0.0
    days = max(0.0, (now - candidate.date).total_seconds() / 86_400)
    return AGE_COST * (1 - exp(-days / AGE_HALF * 0.693))
