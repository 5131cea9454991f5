"""The passage of a text that answers a question best, in its own spelling, with the words asked for marked.

Both engines give back the stored text; which characters to mark is decided by the same analysis that searched.
"""

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

Span = tuple[int, int]
Marks = Callable[[str], list[Span]]

#: How many characters of a passage are shown: two to three lines on a desk, five on a phone.
LENGTH = 210
#: How far a text is read, and how much at once: reading ends where a passage holds all of the question. A law is
#: longer; but twenty results must not cost more than the page around them.
SCANNED, STEP = 6_000, 1_500
_SPACE = re.compile(r"\s+")
#: The end of a paragraph, a row or a point that no mark of its own ends.
_LINE_END = re.compile(r"(?<![.!?…:;,\s])[^\S\n]*\n\s*")
_WORD_EDGE = re.compile(r"\s")
#: Where a sentence, a line or a point of a list begins.
_BEGINNING = re.compile(r"(?:[.!?…;:]\s+|\n\s*)(?=\S)")


def highlighted(text: str, marks: Marks) -> SafeString:
    """A whole short text, such as a title, escaped and marked."""
    return _printed(text, _joined(text, marks(text)))


def excerpt(text: str, marks: Marks, *, summary: str = "", length: int = LENGTH, enough: int = 1_000) -> SafeString:
    """The passage that holds most of what was asked for; ``enough`` is the number of different syllables in it.

    The summary is written for readers, so it is shown when no passage of the text holds more; the beginning is shown
    when nothing is found, as with a document found by its title.
    """
    first = _passage(summary, _joined(summary, marks(summary)), length) if summary else _Passage((), 0, 0)
    scanned = text[:SCANNED]
    if first.syllables < enough:
        found = _best_passage(scanned, marks, length, enough)
        if found.score > first.score or not summary:
            return _cut(scanned, found, length, more=len(text) > len(scanned))
    return _cut(summary, first, length, more=False)


def syllables(text: str, spans: list[Span]) -> int:
    """How many different syllables are marked."""
    return len({syllable for start, end in spans for syllable in text[start:end].casefold().split()})


@dataclass(frozen=True, slots=True)
class _Passage:
    """Spans that stand close together, and how much of the question they hold."""

    spans: Sequence[Span]
    score: float
    syllables: int


def _best_passage(text: str, marks: Marks, length: int, enough: int) -> _Passage:
    """The best passage of as much of the text as must be read."""
    spans: list[Span] = []
    place, best = 0, _Passage((), 0, 0)
    while place < len(text) and best.syllables < enough:
        end = _end(text, place + STEP)
        spans += [(place + first, place + last) for first, last in marks(text[place:end])]
        place, best = end, _passage(text, _joined(text, spans), length)
    return best


def _passage(text: str, spans: list[Span], length: int) -> _Passage:
    """The run of marks no longer than ``length`` with most different words, the earliest of equals."""
    words = [text[start:end].casefold() for start, end in spans]
    inside: Counter[str] = Counter()
    best, best_score, first, score = (0, 0), 0.0, 0, 0.0
    for last, (_start, end) in enumerate(spans):
        if not inside[words[last]]:
            score += _worth(words[last])
        inside[words[last]] += 1
        while end - spans[first][0] > length and first < last:
            inside[words[first]] -= 1
            if not inside[words[first]]:
                score -= _worth(words[first])
            first += 1
        if score > best_score + 1e-9:
            best, best_score = (first, last + 1), score
    held = spans[best[0] : best[1]]
    return _Passage(held, best_score, syllables(text, held))


def _worth(word: str) -> float:
    """Several syllables that stand together say more than the same syllables apart."""
    syllables = word.count(" ") + 1
    return syllables + 0.5 * (syllables - 1)


def _joined(text: str, spans: list[Span]) -> list[Span]:
    """Sorted spans within the text; what only spaces part becomes one."""
    joined: list[Span] = []
    for start, end in sorted(spans):
        if not 0 <= start < end <= len(text):
            continue
        if joined and (start <= joined[-1][1] or text[joined[-1][1] : start].strip(" \u00a0") == ""):
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return joined


def _cut(text: str, passage: _Passage, length: int, *, more: bool) -> SafeString:
    spans = passage.spans
    start = _start(text, spans[0][0], spans[-1][1], length) if spans else 0
    end = _end(text, max(start + length, spans[-1][1] if spans else 0))
    inside = [(first - start, last - start) for first, last in spans if last <= end]
    before = "… " if start and text[:start].strip() else ""
    after = " …" if more or text[end:].strip() else ""
    return mark_safe(before + _printed(text[start:end], inside) + after)  # its parts are escaped


def _start(text: str, first: int, last: int, length: int) -> int:
    """Where to begin: at the start of the text or of a sentence if that is near, else at a word."""
    room = max(length - (last - first), 0)
    earliest = first - room
    if earliest <= 0:
        return 0
    beginnings = [match.end() for match in _BEGINNING.finditer(text, earliest, first + 1)]
    place = bisect_left(beginnings, first - 2 * room // 3)
    if place < len(beginnings):
        return beginnings[place]
    space = _WORD_EDGE.search(text, first - room // 3, first)
    return space.end() if space else first


def _end(text: str, end: int) -> int:
    """Where to end: at a word, unless one word is longer than everything."""
    if end >= len(text):
        return len(text)
    if text[end].isspace():
        return end
    spaces = [match.start() for match in _WORD_EDGE.finditer(text, max(end - 30, 0), end)]
    return spaces[-1] if spaces else end


def _printed(text: str, spans: Sequence[Span]) -> SafeString:
    parts, place, text = [], 0, text.rstrip()
    for start, end in spans:
        parts += [escape(_spaced(text[place:start])), "<mark>", escape(_spaced(text[start:end])), "</mark>"]
        place = end
    parts.append(escape(_spaced(text[place:])))
    return mark_safe("".join(parts).strip())  # every part of the text is escaped above


def _spaced(text: str) -> str:
    return _SPACE.sub(" ", _LINE_END.sub(" · ", text) if "\n" in text else text)
