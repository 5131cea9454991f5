"""A reader's line taken apart: phrases in quotation marks, words to leave out, and the rest."""

import re
from dataclasses import dataclass

from search.analysis.syllables import clean

#: Longer questions are cut: nobody types them, and each word costs time.
MAX_CHARACTERS = 600
MAX_WORDS = 64
_QUOTED = re.compile(r'["“”„«](.{1,200}?)["“”»]')
_EXCLUDED = re.compile(r"(?:^|(?<=\s))[-−](?=[^\W\d_])([^\s\"“”«»]{2,60})")
_MINUS_QUOTED = re.compile(r'(?:^|(?<=\s))[-−]["“”„«](.{1,200}?)["“”»]')
_SPACE = re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class Asked:
    """The parts of a line. ``loose`` holds the words outside quotation marks, ``wanted`` all wanted words in order."""

    text: str
    wanted: str
    phrases: tuple[str, ...]
    excluded: tuple[str, ...]


def take_apart(line: str) -> Asked:
    """Never fails: what makes no sense is words."""
    text = _SPACE.sub(" ", clean(line[: MAX_CHARACTERS * 4])).strip()[:MAX_CHARACTERS]
    excluded = [match.group(1) for match in _MINUS_QUOTED.finditer(text)]
    rest = _MINUS_QUOTED.sub(" ", text)
    phrases = [match.group(1) for match in _QUOTED.finditer(rest)]
    outside = _QUOTED.sub(" ", rest)
    excluded += [match.group(1) for match in _EXCLUDED.finditer(outside)]
    wanted = _EXCLUDED.sub(" ", rest)
    return Asked(text, _SPACE.sub(" ", wanted).strip(), tuple(phrases), tuple(excluded))
