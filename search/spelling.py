"""Words as editors and readers write them: lists in one field, and one key for all spellings of the same words."""

import re

from search.analysis import fold

_BETWEEN = re.compile(r"[\n,;]")


def spelling_key(text: str) -> str:
    """The same for every spelling of the same words: capitals, diacritics, tone placement, punctuation, y or i."""
    return fold(text)


def spellings(text: str) -> tuple[str, ...]:
    """The entries of a field that holds one per line or several on a line, between commas or semicolons."""
    entries = (" ".join(entry.split()) for entry in _BETWEEN.split(text))
    return tuple(entry for entry in entries if entry)
