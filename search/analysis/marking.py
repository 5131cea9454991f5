"""Which places of an original text answer a question."""

from search.analysis.numbers import printed_spans
from search.analysis.syllables import exact, folded
from search.analysis.tokens import spans


class Marker:
    """Knows the keys and number tokens of one question, and its pairs: a common word is marked beside its neighbour."""

    def __init__(
        self,
        exact_keys: frozenset[str],
        plain: frozenset[str],
        numbers: frozenset[str],
        pairs: frozenset[tuple[str, str]] = frozenset(),
    ) -> None:
        self._exact = exact_keys
        self._plain = plain
        self._numbers = numbers
        self._pairs = pairs
        self._paired = {key for pair in pairs for key in pair}
        self._verdicts: dict[str, bool] = {}

    def marks(self, text: str) -> list[tuple[int, int]]:
        """Start and end of each place; places with nothing but space between them are one."""
        verdicts = self._verdicts
        found = []
        before: tuple[int, int, str] | None = None  # the word just read, where it may begin a pair
        for start, end, word in spans(text):
            marked = verdicts.get(word)
            if marked is None:
                marked = verdicts[word] = exact(word) in self._exact or folded(word) in self._plain
            if marked:
                found.append((start, end))
            key = exact(word)
            if key not in self._paired:
                before = None
                continue
            if before is not None and (before[2], key) in self._pairs and text[before[1] : start].isspace():
                found += [before[:2], (start, end)]
            before = start, end, key
        if self._numbers:
            found += [(start, end) for start, end, tokens in printed_spans(text) if tokens & self._numbers]
        return _joined(sorted(found), text)


def _joined(found: list[tuple[int, int]], text: str) -> list[tuple[int, int]]:
    joined: list[tuple[int, int]] = []
    for start, end in found:
        if joined and (start <= joined[-1][1] or text[joined[-1][1] : start].isspace()):
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return joined
