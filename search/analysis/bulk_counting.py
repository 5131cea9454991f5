"""Counts millions of words in arrays: a third of the time and a tenth of the memory of dictionaries of tuples."""

from array import array
from collections.abc import Iterable, Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from search.analysis.vocabulary import MANY_PAIRS

#: Words that are collected before they are counted; four bytes each.
_AT_ONCE = 1_000_000
#: Distinct pairs that are kept while counting, sixteen bytes each; beyond it pairs seen once are dropped.
_MOST_PAIRS = 8_000_000
_BETWEEN_LINES = 0
_HALF = np.uint64(32)

type _Words = NDArray[np.uint32]
type _Pairs = NDArray[np.uint64]
type _Numbers = NDArray[np.int64]


class _Numbering(dict[str, int]):
    """Numbers words from one on, in the order in which they come."""

    def __missing__(self, word: str) -> int:
        number = self[word] = len(self) + 1
        return number


class BulkCounts:
    """Counts the texts of one large build; what :class:`~search.analysis.vocabulary.Counts` is for a batch."""

    def __init__(self, *, at_once: int = _AT_ONCE, most_pairs: int = _MOST_PAIRS) -> None:
        self.documents = 0
        self._at_once = at_once
        self._most_pairs = most_pairs
        self._numbers = _Numbering()
        self._collected = array("I")
        self._syllables: _Numbers = np.zeros(0, np.int64)
        self._pairs: _Pairs = np.zeros(0, np.uint64)
        self._pair_counts: _Numbers = np.zeros(0, np.int64)

    def add(self, lines: Iterable[Sequence[str]]) -> None:
        """Count one document: lines of exact keys."""
        self.documents += 1
        for keys in lines:
            self._collected.extend(map(self._numbers.__getitem__, keys))
            self._collected.append(_BETWEEN_LINES)
        if len(self._collected) >= self._at_once:
            self._count()

    def syllables(self) -> Iterator[tuple[str, int]]:
        """Every word with its count."""
        self._count()
        return zip(self._numbers, self._syllables.tolist(), strict=True)

    def pairs(self) -> Iterator[tuple[tuple[str, str], int]]:
        """Every pair of neighbours with its count; of very many, those seen more than once."""
        self._count()
        if len(self._pairs) > MANY_PAIRS:
            self._drop_single_pairs()
        words = ["", *self._numbers]
        firsts = map(words.__getitem__, (self._pairs >> _HALF).tolist())
        seconds = map(words.__getitem__, self._pairs.astype(np.uint32).tolist())
        return zip(zip(firsts, seconds, strict=True), self._pair_counts.tolist(), strict=True)

    def _count(self) -> None:
        words: _Words = np.frombuffer(self._collected, np.uint32) if self._collected else np.zeros(0, np.uint32)
        self._collected = array("I")
        counted = np.bincount(words, minlength=len(self._numbers) + 1)[_BETWEEN_LINES + 1 :]
        counted[: len(self._syllables)] += self._syllables
        self._syllables = counted
        inside = (words[:-1] != _BETWEEN_LINES) & (words[1:] != _BETWEEN_LINES)
        pairs = (words[:-1][inside].astype(np.uint64) << _HALF) | words[1:][inside]
        self._add_pairs(*np.unique(pairs, return_counts=True))
        if len(self._pairs) > self._most_pairs:
            self._drop_single_pairs()

    def _add_pairs(self, pairs: _Pairs, counts: _Numbers) -> None:
        together = np.concatenate((self._pairs, pairs))
        if not len(together):
            return
        order = np.argsort(together, kind="stable")  # two sorted runs: merged, not sorted
        together, counts = together[order], np.concatenate((self._pair_counts, counts))[order]
        first_of_its_kind = np.flatnonzero(np.concatenate(([True], together[1:] != together[:-1])))
        self._pairs = together[first_of_its_kind]
        self._pair_counts = np.add.reduceat(counts, first_of_its_kind)

    def _drop_single_pairs(self) -> None:
        often = self._pair_counts > 1
        self._pairs, self._pair_counts = self._pairs[often], self._pair_counts[often]
