"""The address that the browser proposes while an editor types a title."""

import unicodedata
from itertools import product
from typing import Any

from wagtail.admin.widgets.slug import SlugInput

_TONES = ("", "\u0300", "\u0301", "\u0303", "\u0309", "\u0323")
_VOWELS = {"a": "aăâ", "e": "eê", "i": "i", "o": "oôơ", "u": "uư", "y": "y"}


def letter_patterns() -> list[tuple[str, str]]:
    """Patterns that turn Vietnamese letters into plain ones, as :func:`core.text.vietnamese_slug` does.

    Wagtail's own table knows a few of them and drops the rest: «Đồng» would become ``dng``.
    """
    patterns = []
    for plain, letters in _VOWELS.items():
        forms = [unicodedata.normalize("NFC", letter + tone) for letter, tone in product(letters, _TONES)]
        accented = "".join(form for form in forms if not form.isascii())
        patterns += [(f"[{accented}]", plain), (f"[{accented.upper()}]", plain.upper())]
    return [*patterns, ("[đð]", "d"), ("[Đ]", "D"), ("[–—]", "-")]


class VietnameseSlugInput(SlugInput):
    """Wagtail's field for an address, with all of the alphabet."""

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs, formatters=letter_patterns())
