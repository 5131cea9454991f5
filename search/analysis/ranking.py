"""The second look at the best documents, and the weights of both looks.

The engine adds up what single words and pairs are worth. This looks at what a sum cannot see: how much of the question
a document covers, how much of a title the question covers, the longest run of words in order, and age. The weights
were fitted on the tuning collection (listwise logistic regression, five folds); ``docs/developers/search.md`` has them.
"""

import sys
from array import array
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from itertools import pairwise
from math import exp
from zlib import crc32

from django.utils import timezone

from search.analysis.syllables import Memory
from search.engines.contract import Candidate

#: How often the words of each part of a document count.
TITLE_WEIGHT, CONTEXT_WEIGHT, TEXT_WEIGHT = 6, 3, 1

#: So many of the best are looked at again; with 60 the tuning questions are answered no better (MRR@10 to 0.0005).
DEPTH = 25

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
#: So many words of a text are looked at.
LONGEST = 720
#: The words of a passage, in which as much of the question as possible should stand together.
WINDOW = 40
#: News is worth this much less when it is old; half of it is lost after so many days.
AGE_COST, AGE_HALF = 0.8, 240.0


def _number(key: str) -> int:
    return crc32(key.encode())


def _number_bytes(key: str) -> bytes:
    return _number(key).to_bytes(4, "little")


_numbers: Callable[[str], bytes] = Memory(_number_bytes).__getitem__


def forward(title: Sequence[str], context: Sequence[str], text: Sequence[str]) -> bytes:
    """The exact keys of a document as the second look reads them.

    A line of title, a line of context, then the text as numbers of 32 bits, the least significant byte first: to
    compare numbers takes a quarter of the time of splitting and comparing words.
    """
    numbers = b"".join(map(_numbers, text[:LONGEST]))
    return b"\n".join((" ".join(title).encode(), " ".join(context).encode(), numbers))


def _read(written: bytes) -> tuple[str, str, Iterable[int]]:
    title, context, text = written.split(b"\n", 2)
    numbers = array("I")
    numbers.frombytes(text)
    if sys.byteorder == "big":
        numbers.byteswap()
    return title.decode(), context.decode(), numbers


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
    def _numbered(self) -> dict[int, int]:
        return {_number(key): place for key, place in self._places.items()}

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

    @cached_property
    def _headings(self) -> dict[str, "_Heading"]:
        return {}

    def rank(self, candidates: Sequence[Candidate]) -> list[float]:
        """Weigh every observation of every candidate."""
        best = max((candidate.score for candidate in candidates), default=0.0) or 1.0
        now = timezone.now()
        weigh = WEIGHTS
        return [
            sum([weigh[name] * value for name, value in self.observe(candidate, best).items()])
            - _age_cost(candidate, now)
            for candidate in candidates
        ]

    def observe(self, candidate: Candidate, best: float) -> dict[str, float]:
        """What is seen in one document, each as a share from 0 to 1."""
        title_line, context_line, text = _read(candidate.forward)
        title, context = self._heading(title_line), self._heading(context_line)
        known = self._numbered
        found = [(at, known[number]) for at, number in enumerate(text) if number in known]
        pairs = title.pairs | context.pairs | self._pairs_of(found)
        words = title.words | context.words | {place for _at, place in found}
        weights, pair_weights = self._weights, self._pairs_by_place
        return {
            "base": candidate.score / best,
            "title_covered": title.covered,
            "context_covered": context.covered,
            "words": sum([weights[place] for place in words]) / self._all_words,
            "pairs": sum([pair_weights[pair] for pair in pairs]) / self._all_pairs,
            "title_words": title.share,
            "context_words": context.share,
            "title_pairs": len(title.pairs) / max(1, title.length - 1),
            "whole_title": float(title.whole),
            "window": self._window(found) / self._all_words,
        }

    def _pairs_of(self, found: list[tuple[int, int]]) -> set[tuple[int, int]]:
        wanted = self._pairs_by_place
        return {
            pair
            for (at, first), (next_at, second) in pairwise(found)
            if next_at - at == 1 and (pair := (first, second)) in wanted
        }

    def _heading(self, line: str) -> "_Heading":
        """What the question has in common with a title or context; many documents have the same context."""
        known = self._headings.get(line)
        if known is None:
            known = self._headings[line] = self._read_heading(line)
        return known

    def _read_heading(self, line: str) -> "_Heading":
        keys = line.split()
        known = self._places
        found = [(at, known[key]) for at, key in enumerate(keys) if key in known]
        distinct = set(keys)
        own = sum(map(self.rarity, distinct))
        named = sum(map(self.rarity, distinct & self._places.keys()))
        words = {place for _at, place in found}
        return _Heading(
            words=words,
            pairs=self._pairs_of(found),
            covered=named / own if own else 0.0,
            share=sum([self._weights[place] for place in words]) / self._all_words,
            length=len(keys),
            whole=bool(keys) and len(found) == len(keys),
        )

    def _window(self, found: list[tuple[int, int]]) -> float:
        """The most of the question's weight that stands within :data:`WINDOW` words."""
        weights = self._weights
        seen = [0] * len(weights)
        here = best = 0.0
        oldest = 0
        for at, place in found:
            while found[oldest][0] < at - WINDOW:
                gone = found[oldest][1]
                oldest += 1
                seen[gone] -= 1
                if not seen[gone]:
                    here -= weights[gone]
            if not seen[place]:
                here += weights[place]
                if here > best:  # noqa: PLR1730  # a call per word found would cost more than all else here
                    best = here
            seen[place] += 1
        return best


@dataclass(frozen=True, slots=True)
class _Heading:
    """What a question and a title have in common; ``covered`` is how much of the title's own weight it names."""

    words: set[int]
    pairs: set[tuple[int, int]]
    covered: float
    share: float
    length: int
    whole: bool


def _age_cost(candidate: Candidate, now: datetime) -> float:
    if not candidate.fades or candidate.date is None:
        return 0.0
    days = max(0.0, (now - candidate.date).total_seconds() / 86_400)
    return AGE_COST * (1 - exp(-days / AGE_HALF * 0.693))
