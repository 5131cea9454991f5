"""The second look at the best documents, and the weights of both looks.

The engine adds up what single words and pairs are worth. This looks at what a sum cannot see: how much of the question
a document covers, how much of a title the question covers, the longest run of words in order, and age. The weights
were fitted on the tuning collection (listwise logistic regression, five folds); ``docs/developers/search.md`` has them.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from math import exp

from django.utils import timezone

from search.engines.contract import Candidate

#: How often the words of each part of a document count.
TITLE_WEIGHT, CONTEXT_WEIGHT, TEXT_WEIGHT = 6, 3, 1

DEPTH = 60

#: Of a document's worth, how much each observation adds; ``base`` is its score as a share of the best one's.
WEIGHTS: dict[str, float] = {
    "base": 9.0,
    "title_covered": 2.0,
    "context_covered": 3.0,
    "words": 2.5,
    "pairs": 6.5,
    "run": 2.3,
    "title_words": -1.5,
    "context_words": -2.0,
}
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
        title, context, text = candidate.forward
        whole = f" {title} | {context} | {text} "
        words = sum(self.weights.values()) or 1.0
        pairs = sum(self.pair_weights.values()) or 1.0
        in_title, in_context = set(title.split()), set(context.split())
        seen = {pair for pair in self.pair_weights if f" {pair[0]} {pair[1]} " in whole}
        return {
            "base": candidate.score / best,
            "title_covered": self._covered(in_title),
            "context_covered": self._covered(in_context),
            "words": sum(weight for key, weight in self.weights.items() if f" {key} " in whole) / words,
            "pairs": sum(self.pair_weights[pair] for pair in seen) / pairs,
            "run": self._run(seen) / words,
            "title_words": sum(weight for key, weight in self.weights.items() if key in in_title) / words,
            "context_words": sum(weight for key, weight in self.weights.items() if key in in_context) / words,
        }

    def _covered(self, keys: set[str]) -> float:
        """How much of a title's own weight the question names."""
        own = {key: self.rarity(key) for key in keys}
        return sum(weight for key, weight in own.items() if key in self.weights) / (sum(own.values()) or 1.0)

    def _run(self, seen: set[tuple[str, str]]) -> float:
        """The weight of the longest run of the question's words that stand in the document pair by pair."""
        best = run = 0.0
        for at in range(len(self.keys) - 1):
            if (self.keys[at], self.keys[at + 1]) in seen:
                run += self.weights.get(self.keys[at + 1], 0.0) + (
                    self.weights.get(self.keys[at], 0.0) if not run else 0
                )
                best = max(best, run)
            else:
                run = 0.0
        return best


def _age_cost(candidate: Candidate, now: datetime) -> float:
    if not candidate.fades or candidate.date is None:
        return 0.0
    days = max(0.0, (now - candidate.date).total_seconds() / 86_400)
    return AGE_COST * (1 - exp(-days / AGE_HALF * 0.693))
