"""One canonical key per Vietnamese syllable, whatever way it was typed.

NFC or NFD, capitals, hoà or hòa, kỹ or kĩ, zero-width characters, Icelandic ð: one key. The key is the syllable's
letters without its tone, then the tone as a combining mark of its own: «Hoà» and «hòa» both give ``hoa`` + U+0300.
"""

import re
import unicodedata
from collections.abc import Callable

#: Grave, acute, tilde, hook above, dot below: the five marked tones.
_TONES = "\u0300\u0301\u0303\u0309\u0323"
_TONE = re.compile(f"[{_TONES}]")
#: Soft hyphen, zero-width and direction marks, controls but not white space, variation selectors, lone surrogates.
_INVISIBLE = (
    "\x00-\x08\x0e-\x1c\x7f-\x84\x86-\x9f\u00ad\u034f\u061c\u180e"
    "\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufe00-\ufe0f\ufeff\ud800-\udfff"
)
_REMOVED = re.compile(f"[{_INVISIBLE}]")
#: Anything that ``clean`` changes in a composed text: one look, since almost no text has any.
_UNUSUAL = re.compile(f"[{_INVISIBLE}ðÐƉɖ’‘ʼ]")
_LOOKALIKES = str.maketrans({"ð": "đ", "Ð": "Đ", "Ɖ": "Đ", "ɖ": "đ", "’": "'", "‘": "'", "ʼ": "'"})
#: After a consonant, y at the end of a syllable sounds and means the same as i; typed twice it is a slip.
_FINAL_Y = re.compile(r"(?<=[bcdđghklmnprstvx])y+$|(?<=^qu)y+$|^y+$")
_FOLD = str.maketrans("ăâđêôơưàáãảạèéẽẻẹìíĩỉịòóõỏọùúũủụỳýỹỷỵ", "aadeoouaaaaaeeeeeiiiiiooooouuuuuyyyyy")

_MEMORY_LIMIT = 250_000


class Memory[T](dict[str, T]):
    """Remembers what was made of each syllable: texts repeat a few thousand, so almost all is looked up in a dict."""

    def __init__(self, make: Callable[[str], T]) -> None:
        super().__init__()
        self._make = make

    def __missing__(self, syllable: str) -> T:
        if len(self) > _MEMORY_LIMIT:  # junk from a bad scan must not fill the memory
            self.clear()
        key = self[syllable] = self._make(syllable)
        return key


def clean(text: str) -> str:
    """Composed Unicode without invisible characters; the spelling stays."""
    if _UNUSUAL.search(text):
        text = _REMOVED.sub("", text).translate(_LOOKALIKES)
    if text.isascii() or unicodedata.is_normalized("NFC", text):
        return text
    return unicodedata.normalize("NFC", text).translate(_LOOKALIKES)


def _make_exact(syllable: str) -> str:
    lower = syllable.lower()
    if lower.isascii():
        return _FINAL_Y.sub("i", lower.replace(".", ""))
    apart = unicodedata.normalize("NFD", lower)
    tone = _TONE.search(apart)
    letters = _FINAL_Y.sub("i", unicodedata.normalize("NFC", _TONE.sub("", apart)))
    return letters + (tone.group() if tone else "")


def _make_folded(syllable: str) -> str:
    return fold_letters(_TONE.sub("", exact(syllable)))


_exact = Memory(_make_exact)
_folded = Memory(_make_folded)

#: The key of one clean syllable that keeps diacritics.
exact: Callable[[str], str] = _exact.__getitem__
#: The key of one clean syllable without any diacritics.
folded: Callable[[str], str] = _folded.__getitem__


def fold_letters(letters: str) -> str:
    """Vietnamese letters as ASCII; other scripts lose their accents and keep their letters."""
    plain = letters.translate(_FOLD)
    if plain.isascii():
        return plain
    return "".join(c for c in unicodedata.normalize("NFD", plain) if not unicodedata.combining(c))
