"""When two written answers are the same, although people write them differently.

What makes no difference:

* Unicode form, case, spaces, quotation marks, the length of a dash, punctuation at both ends.
* Where a tone mark stands within its syllable («hoà» and «hòa»), and i or y where both are in use («kĩ», «kỹ»).
* How a number is grouped: «5.310.000», «5 310 000», «5,310,000» and «5310000»; «7,2%», «7.2 %» and «7,20%». As
  everywhere in Việt Nam a comma before decimals is «5,31», and a dot before three digits stands for thousands.
* How a date in digits is parted: «28/7/1929», «28-07-1929» and «28.7.1929».
* Diacritics, when an answer has none at all: workers on phones type «cong doan». One who writes some of them wrong
  has written another word.
"""

import re
import unicodedata

from core.text import clean_text

_TONES = "\u0300\u0301\u0303\u0309\u0323"
_SIGNS = str.maketrans(
    {**dict.fromkeys("“”„«»\"'‘’`", None), **dict.fromkeys("‐‑‒–—―−", "-"), "ð": "đ"}  # eth is typed for đ by mistake
)
_PARTS = re.compile(
    r"(?P<date>[0-9]{1,2}[./-][0-9]{1,2}[./-][0-9]{4}(?![0-9]))"
    r"|(?P<number>[0-9]{1,3}(?: [0-9]{3}(?![0-9]))+(?:[.,][0-9]+)*|[0-9]+(?:[.,][0-9]+)*)"
    r"|(?P<word>(?:[^\W\d_]|[\u0300-\u036f])+)"
    r"|\S"
)
_I_OR_Y = re.compile(r"(h|k|l|m|s|t|qu)y")
_DOTS = re.compile(r"[1-9][0-9]{0,2}(?:\.[0-9]{3})+(?:,[0-9]+)?")
_COMMAS = re.compile(r"[1-9][0-9]{0,2}(?:(?:,[0-9]{3}){2,}|(?:,[0-9]{3})+\.[0-9]+)")
_FRACTION = re.compile(r"[0-9]+(?:[.,][0-9]+)?")


def spelling(text: str) -> tuple[str, ...]:
    """The words, numbers and signs of a text in one form for all ways of writing; empty when there is nothing to read.

    Two texts with the same spelling are the same answer.
    """
    plain = " ".join(unicodedata.normalize("NFC", clean_text(text).casefold()).translate(_SIGNS).split())
    found = [_part(match) for match in _PARTS.finditer(plain)]
    first, last = 0, len(found)
    if re.match(r"-[0-9]", plain):
        found[:2], last = ["-" + found[1]], last - 1
    while first < last and _is_punctuation(found[first]):
        first += 1
    while first < last and _is_punctuation(found[last - 1]):
        last -= 1
    return tuple(found[first:last])


def is_same(accepted: str, answer: str) -> bool:
    """Whether an answer is the accepted one; see the rules above."""
    wanted, given = spelling(accepted), spelling(answer)
    if not given:
        return False
    return wanted == given or (_without_marks(given) == given and _without_marks(wanted) == given)


def _part(match: re.Match[str]) -> str:
    if match["word"]:
        return _syllable(match["word"])
    if match["number"]:
        return _number(match["number"].replace(" ", ""))
    if match["date"]:
        return "/".join(part.lstrip("0") or "0" for part in re.split(r"[./-]", match["date"]))
    return match[0]


def _syllable(word: str) -> str:
    """The letters of a syllable, then its tone."""
    apart = unicodedata.normalize("NFD", word)
    tones = "".join(mark for mark in apart if mark in _TONES)
    letters = unicodedata.normalize("NFC", "".join(mark for mark in apart if mark not in _TONES))
    if _I_OR_Y.fullmatch(letters):
        letters = letters[:-1] + "i"
    return letters + tones


def _number(digits: str) -> str:
    if _DOTS.fullmatch(digits):
        digits = digits.replace(".", "")
    elif _COMMAS.fullmatch(digits):
        digits = digits.replace(",", "")
    if not _FRACTION.fullmatch(digits):
        return digits
    whole, _sign, decimals = digits.replace(".", ",").partition(",")
    whole, decimals = whole.lstrip("0") or "0", decimals.rstrip("0")
    return f"{whole},{decimals}" if decimals else whole


def _without_marks(found: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(_letters_alone(part) for part in found)


def _letters_alone(part: str) -> str:
    apart = unicodedata.normalize("NFD", part.replace("đ", "d"))
    return "".join(mark for mark in apart if not unicodedata.combining(mark))


def _is_punctuation(part: str) -> bool:
    return len(part) == 1 and part != "%" and unicodedata.category(part).startswith("P")
