"""Puts lost diacritics back and mends slips: the most likely reading of a question, by the index's own vocabulary.

Every word has candidates (itself, spellings that differ in diacritics, syllables one slip away, what Telex or VNI
would have made of it), each with the cost of its having been typed so; counts of syllables and neighbouring pairs say
how likely a sequence is; the best path wins.
"""

import itertools
from collections.abc import Sequence
from dataclasses import dataclass
from math import log

from search.analysis.questions import PRIOR_SYLLABLES
from search.analysis.syllables import exact, folded
from search.analysis.typing import LONGEST_SYLLABLE, Neighbours, decode, is_well_formed
from search.analysis.vocabulary import Reader

#: Costs in nats, tuned on the tuning collection.
RESTORE = 0.6  # a word without marks in a question that has some, read with marks
REMARK = 5.0  # a word with marks, read with others
SLIP = 6.5
SLIP_UNKNOWN = 2.5  # the same, when no text holds what was typed
DECODE = 2.0
UNKNOWN = 2.0
#: Weight of the single syllable's frequency where a pair was never seen.
SMOOTHING = 20.0
MOST_CANDIDATES = 16
#: A word whose pairs with both neighbours stand in the texts fewer times than this may be a slip.
RARE_PAIR = 3
CORRECTED_WORDS = 48
#: An index of so many syllables holds all that are in use; what it does not hold is a slip.
TELLING_TOTAL = 2_000_000


@dataclass(frozen=True, slots=True)
class Reading:
    """How a question is read: exact keys, one per word, and at which words a slip was mended."""

    keys: tuple[str, ...]
    slips: frozenset[int]
    #: Words that stand in no text, even after mending.
    unknown: frozenset[int]


@dataclass(frozen=True, slots=True)
class _Candidate:
    key: str
    plain: str
    cost: float
    slip: bool = False


class Corrector:
    """Reads one question. Words at ``fixed`` places (numbers, abbreviations) are left as they are."""

    def __init__(self, reader: Reader, neighbours: Neighbours) -> None:
        self._reader = reader
        self._neighbours = neighbours

    def read(self, found: Sequence[str], fixed: frozenset[int] = frozenset()) -> Reading:
        """Return the most likely reading of clean words."""
        keys = [exact(word) for word in found]
        plain = [folded(word) for word in found]
        head = min(len(keys), CORRECTED_WORDS)
        marked = any(key != base for key, base in zip(keys, plain, strict=True))
        choices = []
        for at in range(head):
            if at in fixed:
                choices.append([_as_typed(keys[at])])
            elif not plain[at].isalpha():
                choices.append(self._decoded(keys[at]))
            else:
                choices.append(self._candidates(keys, plain, at, marked=marked))
        path = self._best_path(choices)
        read = [candidate.key for candidate in path] + keys[head:]
        return Reading(
            tuple(read),
            frozenset(at for at, candidate in enumerate(path) if candidate.slip),
            frozenset(at for at in range(head) if at not in fixed and not self._reader.count(read[at])),
        )

    def _decoded(self, key: str) -> list[_Candidate]:
        """VNI leaves digits inside words, sometimes the wrong one; other digits are numbers or belong («A4»)."""
        found: dict[str, _Candidate] = {}
        here = self._reader.count(key)
        meant = decode(key) if key.isascii() else ""
        if meant:
            base = folded(meant)
            if self._reader.count(meant) > here:
                found[meant] = _Candidate(meant, base, DECODE, slip=True)
            for spelling in () if here or len(base) < 2 else self._reader.variants(base):
                found.setdefault(spelling, _Candidate(spelling, base, DECODE + SLIP_UNKNOWN, slip=True))
        return self._most_likely(found) if found else [_as_typed(key)]

    def _candidates(self, keys: list[str], plain: list[str], at: int, *, marked: bool) -> list[_Candidate]:
        key, base = keys[at], plain[at]
        bare = key == base
        if not bare and key in PRIOR_SYLLABLES.get(base, ()):
            return [_as_typed(key)]
        variants = self._reader.variants(base)
        found: dict[str, _Candidate] = {}
        if bare:
            for spelling in variants:
                found[spelling] = _Candidate(spelling, base, RESTORE if marked and spelling != key else 0.0)
        elif key in variants:
            found[key] = _Candidate(key, base, 0.0)
        if key not in found:
            found[key] = _Candidate(key, base, UNKNOWN if not bare or not variants else RESTORE)
        suspicious = self._suspicious(keys, plain, at)
        if suspicious or not variants or (not bare and key not in variants):
            if not bare:
                for spelling in variants:
                    found.setdefault(spelling, _Candidate(spelling, base, REMARK))
            self._add_slips(found, key, base, known=bool(variants) if bare else key in variants)
        return self._most_likely(found)

    def _may_be_right(self, key: str) -> bool:
        """Whether a syllable that no text holds may be one all the same: few texts do not hold every syllable."""
        return self._reader.total < TELLING_TOTAL and is_well_formed(key)

    def _suspicious(self, keys: list[str], plain: list[str], at: int) -> bool:
        """Whether neither neighbour is one that this word is seen with."""
        for first, second in ((at - 1, at), (at, at + 1)):
            if first >= 0 and second < len(keys):
                seen = self._reader.pairs(plain[first], plain[second])
                pair = f"{keys[first]}_{keys[second]}"
                whole = keys[first] != plain[first] and keys[second] != plain[second]
                if (seen.get(pair, 0) if whole else sum(seen.values())) >= RARE_PAIR:
                    return False
        return True

    def _add_slips(self, found: dict[str, _Candidate], key: str, base: str, *, known: bool) -> None:
        price = SLIP if known or self._may_be_right(key) else SLIP_UNKNOWN
        meant = decode(base) if key == base else ""
        if meant and self._reader.count(meant):
            found.setdefault(meant, _Candidate(meant, folded(meant), DECODE, slip=True))
        if len(base) < 2 or len(base) > LONGEST_SYLLABLE + 1:
            return
        marks = {character for character in key if not character.isascii()}
        for neighbour, weight in self._neighbours.of(base, replaced=not known):
            for spelling in self._reader.variants(neighbour):
                # Marks that were typed are seldom wrong; one may have gone with its letter.
                lost = len(marks.difference(spelling)) + (1 if marks and spelling == neighbour else 0)
                cost = price * weight + 1.5 * lost
                if spelling not in found or cost < found[spelling].cost:
                    found[spelling] = _Candidate(spelling, neighbour, cost, slip=True)

    def _most_likely(self, found: dict[str, _Candidate]) -> list[_Candidate]:
        if len(found) <= MOST_CANDIDATES:
            return list(found.values())
        total = self._reader.total
        own = [candidate for candidate in found.values() if not candidate.slip]
        slips = [candidate for candidate in found.values() if candidate.slip]
        slips.sort(key=lambda c: c.cost - log((self._reader.count(c.key) + 0.5) / total))
        return own[:MOST_CANDIDATES] + slips[:MOST_CANDIDATES]

    def _best_path(self, choices: list[list[_Candidate]]) -> list[_Candidate]:
        if not choices:
            return []
        total = self._reader.total
        scores = [log((self._reader.count(c.key) + 0.5) / total) - c.cost for c in choices[0]]
        back: list[list[int]] = []
        for before, here in itertools.pairwise(choices):
            steps, scores = self._step(before, scores, here)
            back.append(steps)
        at = max(range(len(scores)), key=scores.__getitem__)
        path = [choices[-1][at]]
        for place in range(len(back) - 1, -1, -1):
            at = back[place][at]
            path.append(choices[place][at])
        return path[::-1]

    def _step(
        self, before: list[_Candidate], scores: list[float], here: list[_Candidate]
    ) -> tuple[list[int], list[float]]:
        """From where each candidate is best reached, and its score then.

        Pairs never seen differ only in where they begin, so the best of them is known beforehand, and only the pairs
        that the texts hold are tried one by one.
        """
        reader, total = self._reader, self._reader.total
        arriving = [log(max(reader.count(c.key), 1) + SMOOTHING) for c in before]
        unseen = [score - cost for score, cost in zip(scores, arriving, strict=True)]
        start = max(range(len(before)), key=unseen.__getitem__)
        singles = [SMOOTHING * (reader.count(c.key) + 0.5) / total for c in here]
        best = [unseen[start] + log(single) for single in singles]
        steps = [start] * len(here)
        firsts = {candidate.key: at for at, candidate in enumerate(before)}
        seconds = {candidate.key: at for at, candidate in enumerate(here)}
        for first, second in itertools.product({c.plain for c in before}, {c.plain for c in here}):
            for pair, seen in reader.pairs(first, second).items():
                begun, _joint, ended = pair.partition("_")
                at, to = firsts.get(begun), seconds.get(ended)
                if at is not None and to is not None and (score := unseen[at] + log(seen + singles[to])) > best[to]:
                    best[to], steps[to] = score, at
        return steps, [score - candidate.cost for score, candidate in zip(best, here, strict=True)]


def _as_typed(key: str) -> _Candidate:
    return _Candidate(key, folded(key), 0.0)
