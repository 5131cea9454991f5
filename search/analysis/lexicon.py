"""Forms that mean the same: abbreviations of the trade and editors' synonyms, looked up in a question's words."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from search.analysis.abbreviations import BUILT_IN
from search.analysis.syllables import exact, folded
from search.analysis.tokens import words

_VOWEL = re.compile("[aeiouy]")

Group = tuple[tuple[str, ...], bool]


@dataclass(frozen=True, slots=True)
class Expansion:
    """Words from ``start`` to ``end`` of a question also mean ``forms`` (each a tuple of exact keys).

    ``certain`` when the words were typed with their diacritics or cannot be read otherwise.
    """

    start: int
    end: int
    forms: tuple[tuple[str, ...], ...]
    certain: bool


class Lexicon:
    """All groups, ready to be found in a question. Immutable; made anew when editors change something."""

    def __init__(self, groups: Iterable[Group] | None = None) -> None:
        self._forms: dict[tuple[str, ...], dict[tuple[str, ...], None]] = {}
        self._folded: dict[tuple[str, ...], dict[tuple[str, ...], None]] = {}
        #: The first words of forms, with the length of the longest: few words begin one.
        self._begun_by: dict[str, int] = {}
        for forms, one_way in self.builtin_groups() if groups is None else groups:
            self._add(forms, one_way=one_way)

    @staticmethod
    def builtin_groups() -> tuple[Group, ...]:
        """What the portal knows from the start; every form stands for the others."""
        return tuple((forms, False) for forms in BUILT_IN)

    def _add(self, forms: Iterable[str], *, one_way: bool) -> None:
        keyed = [tuple(map(exact, words(form))) for form in forms]
        keyed = [form for form in keyed if form]
        for form in keyed[:1] if one_way else keyed:
            others = dict.fromkeys(other for other in keyed if other != form)
            plain = tuple(map(folded, form))
            self._forms.setdefault(form, {}).update(others)
            self._folded.setdefault(plain, {}).update(others)
            for first in (form[0], plain[0]):
                self._begun_by[first] = max(self._begun_by.get(first, 1), len(form))

    def expansions(self, keys: list[str], plain: list[str]) -> Iterator[Expansion]:
        """Find groups in a question given as exact and folded keys. A long form wins over short ones inside it."""
        taken = 0
        for start in range(len(keys)):
            longest = max(self._begun_by.get(keys[start], 0), self._begun_by.get(plain[start], 0))
            if start < taken or not longest:
                continue
            for length in range(min(longest, len(keys) - start), 0, -1):
                end = start + length
                found = self._forms.get(tuple(keys[start:end]))
                certain = found is not None
                if found is None and all(word.isascii() for word in keys[start:end]):
                    found = self._folded.get(tuple(plain[start:end]))
                if found:
                    yield Expansion(start, end, tuple(found), certain)
                    taken = end
                    break

    def spelled_right(self, keys: list[str], plain: list[str]) -> set[int]:
        """The places of words that are no slips: forms of one word, and of several with their marks or no syllables."""
        right = {at for at, key in enumerate(plain) if (key,) in self._folded}
        for found in self.expansions(keys, plain):
            places = range(found.start, found.end)
            marked = found.certain and any(keys[at] != plain[at] for at in places)
            if marked or not all(_VOWEL.search(plain[at]) for at in places):
                right.update(places)
        return right
