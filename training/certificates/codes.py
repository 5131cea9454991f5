"""Public codes of diplomas: nobody guesses one, and one read from paper can be typed."""

import re
import secrets
import unicodedata

#: Crockford's base 32: no I, L, O, which look like digits, and no U, without which few words can be spelt.
ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
LENGTH = 16
_BITS = 5
_GROUP = 4
_SEPARATORS = re.compile(r"[\s\-\u2010-\u2015\u2212._]+")
_LOOKALIKES = str.maketrans("OIL", "011")
_CODE = re.compile(rf"[{ALPHABET}]{{{LENGTH}}}")
_LONGEST_INPUT = 100


def new_code() -> str:
    """A code of 80 random bits, as it is stored and as it stands in addresses."""
    number = secrets.randbits(LENGTH * _BITS)
    return "".join(ALPHABET[number >> shift & 31] for shift in range(0, LENGTH * _BITS, _BITS))


def written(code: str) -> str:
    """A code as it is printed: ``7K3M-9QXT-04BD-VH2R``."""
    return "-".join(code[start : start + _GROUP] for start in range(0, len(code), _GROUP))


def read_code(text: str) -> str | None:
    """The code that somebody typed, in small letters, in groups, with O for 0, I or L for 1; None if it is no code."""
    if len(text) > _LONGEST_INPUT:
        return None
    plain = _SEPARATORS.sub("", unicodedata.normalize("NFKC", text))
    code = plain.upper().translate(_LOOKALIKES)
    return code if plain.isascii() and _CODE.fullmatch(code) else None
