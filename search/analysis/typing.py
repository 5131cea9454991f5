"""What fingers leave behind: unfinished Telex and VNI, and letters dropped, doubled or swapped."""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator

from search.analysis.syllables import exact

_TELEX_LETTERS = (("dd", "đ"), ("aa", "â"), ("ee", "ê"), ("oo", "ô"), ("aw", "ă"), ("ow", "ơ"), ("uw", "ư"), ("w", "ư"))
_TELEX_TONES = {"f": "\u0300", "s": "\u0301", "x": "\u0303", "r": "\u0309", "j": "\u0323"}
_VNI_TONES = {"1": "\u0301", "2": "\u0300", "3": "\u0309", "4": "\u0303", "5": "\u0323"}
_VNI_LETTERS = {
    "6": {"a": "â", "e": "ê", "o": "ô"},
    "7": {"o": "ơ", "u": "ư"},
    "8": {"a": "ă"},
    "9": {"d": "đ"},
}
_VOWEL = re.compile("[aăâeêioôơuưy]")
_VNI = re.compile(r"[a-z]+\d[a-z0-9]*")
_TONE_MARKS = frozenset("\u0300\u0301\u0303\u0309\u0323")
#: A Vietnamese syllable has at most seven letters.
LONGEST_SYLLABLE = 7


def decode(word: str) -> str:
    """Read a word as unfinished Telex or VNI; return its exact key, or "" when it is neither."""
    lower = word.lower()
    if _VNI.fullmatch(lower):
        return _decode_vni(lower)
    return _decode_telex(lower) if lower.isascii() and lower.isalpha() else ""


def _decode_vni(word: str) -> str:
    letters: list[str] = []
    tone = ""
    for character in word:
        if character in _VNI_TONES and letters:
            tone = _VNI_TONES[character]
        elif character in _VNI_LETTERS and letters:
            marks = _VNI_LETTERS[character]
            place = next((at for at in range(len(letters) - 1, -1, -1) if letters[at] in marks), None)
            if place is None:
                return ""
            letters[place] = marks[letters[place]]
            if character == "7" and place and letters[place] == "ơ" and letters[place - 1] == "u":
                letters[place - 1] = "ư"
        elif character.isdigit():
            return ""
        else:
            letters.append(character)
    return exact("".join(letters)) + tone


def _decode_telex(word: str) -> str:
    body, tone = word, ""
    for at in range(len(word) - 1, 0, -1):
        if word[at] in _TELEX_TONES and _VOWEL.search(word[:at]):
            body, tone = word[:at] + word[at + 1 :], _TELEX_TONES[word[at]]
            break
    # The second letter of a doubled vowel may come later in the syllable: «ddoanf», «coong», «lao ddoongj», «tieens».
    letters = body
    for typed, meant in _TELEX_LETTERS:
        letters = letters.replace(typed, meant)
    letters = re.sub(r"^d(.+)d$", r"đ\1", letters)
    letters = re.sub(r"([aeo])([iouymnpctgh]{1,3})\1$", lambda m: {"a": "â", "e": "ê", "o": "ô"}[m[1]] + m[2], letters)
    letters = re.sub(r"uo(?=[a-z]*ư$)|uơ", "ươ", letters)
    if letters.endswith("ư") and "ươ" in letters[:-1]:
        letters = letters[:-1]
    if letters == word:
        return ""
    return exact(letters) + tone


_ONSET = "ngh|ng|nh|ch|gh|gi|kh|ph|qu|th|tr|[bcdđghklmnprstvx]|"
_RHYME = (
    "oa[cimnopty]?|oac?h|oang|oanh|oăn?[gcmt]?|oe[nort]?|oong|oo[cn]|"
    "uâ[nty]|uâng|ua|uê|uê[nc]h|uô[cimnt]|uông|uơ|uy|uya|uyê[nt]|uyu|uy[nt]|uy[nc]h|u[cimnpt]?|ung|"
    "iê[cmnptu]|iêng|ia|i[mnptu]?|i[nc]h|ing|yê[mntu]|yêng|y|"
    "ươ[cimnptu]|ương|ưa|ư[cimntu]?|ưng|a[cimnoptuy]?|ang|a[nc]h|ă[ckmnpt]|ăng|â[cmnptuy]|âng|"
    "e[cmnopt]?|eng|ê[mnptu]?|ê[nc]h|o[cimnpt]?|ong|ô[cimnpt]?|ông|ơ[imnpt]?"
)
_WELL_FORMED = re.compile(f"(?:{_ONSET})(?:{_RHYME})")


def is_well_formed(key: str) -> bool:
    """Whether an exact key could be a Vietnamese syllable: then it may be right although no text holds it."""
    letters = key[:-1] if key[-1:] in _TONE_MARKS else key
    return _WELL_FORMED.fullmatch(letters) is not None


class Neighbours:
    """Syllables one slip away from what was typed, among the syllables that the texts hold."""

    def __init__(self, syllables: Iterable[str]) -> None:
        self._known = {syllable for syllable in syllables if syllable.isalpha() and len(syllable) <= LONGEST_SYLLABLE}
        self._shortened: dict[str, list[str]] = defaultdict(list)
        for syllable in self._known:
            for shorter in set(_without_one(syllable)):
                self._shortened[shorter].append(syllable)

    def __contains__(self, syllable: str) -> bool:
        return syllable in self._known

    def of(self, typed: str, *, replaced: bool = False) -> Iterator[tuple[str, float]]:
        """Syllables and how unlikely the slip is, 1 being a letter dropped; ``replaced`` adds wrong letters."""
        for syllable in self._shortened.get(typed, ()):
            yield syllable, 1.0
        for at in range(len(typed) - 1):
            swapped = typed[:at] + typed[at + 1] + typed[at] + typed[at + 2 :]
            if swapped != typed and swapped in self._known:
                yield swapped, 1.0
        for at, shorter in enumerate(_without_one(typed)):
            if shorter in self._known:
                doubled = (at > 0 and typed[at] == typed[at - 1]) or (
                    at + 1 < len(typed) and typed[at] == typed[at + 1]
                )
                yield shorter, 0.8 if doubled else 1.3
        if replaced:
            for shorter in set(_without_one(typed)):
                for syllable in self._shortened.get(shorter, ()):
                    if len(syllable) == len(typed) and syllable != typed:
                        yield syllable, 1.5


def _without_one(text: str) -> Iterator[str]:
    return (text[:at] + text[at + 1 :] for at in range(len(text)))


# Back to print ------------------------------------------------------------------------------------------------------

_MARKED = "ăâêôơư"
_CLUSTER = re.compile(r"^(qu|gi(?=[aăâeêioôơuưy])|[bcdđghklmnpqrstvx]*)([aăâeêioôơuưy]+)(.*)$")
#: Where a final i is usually written y.
_Y_AFTER = frozenset({"k", "l", "m", "qu", ""})


def spelled(key: str) -> str:
    """An exact key as it is usually printed: the tone on its vowel («hoà» as «hòa»), y where it is customary."""
    tone = key[-1:] if key[-1:] in "\u0300\u0301\u0303\u0309\u0323" and key else ""
    letters = key[:-1] if tone else key
    match = _CLUSTER.match(letters)
    if not match:
        return unicodedata.normalize("NFC", letters + tone)
    onset, vowels, rest = match.groups()
    if vowels == "i" and not rest and onset in _Y_AFTER:
        vowels = "y"
    if not tone:
        return onset + vowels + rest
    place = _tone_place(vowels, closed=bool(rest))
    marked = vowels[: place + 1] + tone + vowels[place + 1 :]
    return unicodedata.normalize("NFC", onset + marked + rest)


def _tone_place(vowels: str, *, closed: bool) -> int:
    marked = [at for at, vowel in enumerate(vowels) if vowel in _MARKED]
    if marked:
        return marked[-1]
    if len(vowels) == 1:
        return 0
    if len(vowels) > 2:
        return 1
    return 1 if closed else 0
