"""How long a text is, in the ways networks count: graphemes, UTF-16 units, characters with links of a fixed length."""

import re
from dataclasses import dataclass
from typing import Literal

import regex

Unit = Literal["characters", "graphemes", "utf16", "bytes"]

LINK = re.compile(r"https?://[^\s<>\"«»]+[^\s<>\"«».,;:!?)\]}'’”]")
HASHTAG = re.compile(r"(?<![\w&/])#(\w*[^\W\d_]\w*)")
_GRAPHEME = regex.compile(r"\X")
ELLIPSIS = "…"


@dataclass(frozen=True, kw_only=True)
class Measure:
    """How one network counts: in which unit, and how much a link counts when not its own length."""

    unit: Unit = "characters"
    link_length: int | None = None

    def __call__(self, text: str) -> int:
        """Count."""
        if self.link_length is None:
            return _count(text, self.unit)
        links = LINK.findall(text)
        return _count(LINK.sub("", text), self.unit) + self.link_length * len(links)


def graphemes(text: str) -> list[str]:
    """Split into what a reader takes for one character: «ệ» in any form, a family emoji."""
    return _GRAPHEME.findall(text)


def _count(text: str, unit: Unit) -> int:
    if unit == "graphemes":
        return len(graphemes(text))
    if unit == "utf16":
        return len(text.encode("utf-16-le")) // 2
    if unit == "bytes":
        return len(text.encode())
    return len(text)


def shorten(text: str, room: int, measure: Measure) -> str:
    """Cut to what fits, at a word where there is one, and show that something is missing; never inside a grapheme."""
    text = text.strip()
    if measure(text) <= room:
        return text
    if room < 1:
        return ""
    parts = graphemes(text)
    low, high = 0, len(parts)
    while low < high:  # the longest beginning that fits together with the dots
        middle = (low + high + 1) // 2
        if measure("".join(parts[:middle]).rstrip() + ELLIPSIS) <= room:
            low = middle
        else:
            high = middle - 1
    cut = "".join(parts[:low])
    at_word = cut.rpartition(" ")[0] if low < len(parts) and not parts[low].isspace() else cut
    return (at_word or cut).rstrip(" ,;:–-") + ELLIPSIS
