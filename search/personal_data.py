"""Recognises queries that look like personal data: they are never written down.

Numbers of telephones, identity cards, social insurance and bank accounts have eight digits or more, however they are
grouped. Numbers and years of documents, and dates, have their own form and stay. Rather too much than too little is
taken for personal: a query that is not kept costs a line of a report and nothing else.
"""

import re
import unicodedata

#: Longer text is pasted, not typed: a letter, a complaint.
MAX_LENGTH = 120
MAX_WORDS = 20
#: So many digits in one group can be somebody's number.
MANY_DIGITS = 8
_DIGITS = re.compile(r"\d(?:[\W_]{0,3}\d)+")
_HARMLESS = re.compile(
    r"""
      (?:0?[1-9]|[12]\d|3[01]) [\s./-]{1,3} (?:0?[1-9]|1[0-2]) [\s./-]{1,3} (?:19|20)\d\d  # a date
    | \d{1,4} [\s./-]{1,3} (?:19|20)\d\d                                                   # number and year
    | (?:19|20)\d\d (?: [\s,./–-]{1,3} (?:19|20)\d\d )+                                    # years
    """,
    re.VERBOSE,
)
_PASSPORT = re.compile(r"\b[a-z][\s.-]?\d{7}\b", re.IGNORECASE)
#: A password, a link's secret; Vietnamese has no such words.
_TOKEN = re.compile(r"(?=\S*\d)(?=\S*[^\W\d_])[^\s/.-]{16,}|\S{40,}")


def looks_personal(text: str) -> bool:
    """Whether a query may tell something about a person, or is too long to have been typed as a query."""
    text = unicodedata.normalize("NFKC", text)
    if len(text) > MAX_LENGTH or len(text.split()) > MAX_WORDS or "@" in text:
        return True
    if _PASSPORT.search(text) or _TOKEN.search(text):
        return True
    return any(_may_be_somebodys(found.group()) for found in _DIGITS.finditer(text))


def _may_be_somebodys(digits: str) -> bool:
    return sum(map(str.isdigit, digits)) >= MANY_DIGITS and not _HARMLESS.fullmatch(digits)
