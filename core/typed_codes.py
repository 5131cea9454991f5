"""Random codes that are printed on paper and typed again: nobody guesses one, and look-alikes do no harm."""

import re
import secrets
import unicodedata

#: Crockford's base 32: no I, L, O, which look like digits, and no U, without which few words can be spelt.
ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_BITS = 5
_SEPARATORS = re.compile(r"[\s\-\u2010-\u2015\u2212._]+")
_LOOKALIKES = str.maketrans("OIL", "011")
_LONGEST_INPUT = 100


def new_code(length: int) -> str:
    """A code of five random bits for each character, as it is stored and as it stands in addresses."""
    number = secrets.randbits(length * _BITS)
    return "".join(ALPHABET[number >> shift & 31] for shift in range(0, length * _BITS, _BITS))


def written(code: str, *, group: int) -> str:
    """A code as it is printed: ``7K3M-9QXT-04BD-VH2R``."""
    return "-".join(code[start : start + group] for start in range(0, len(code), group))


def read_code(text: str, length: int) -> str | None:
    """The code that somebody typed, in small letters, in groups, with O for 0, I or L for 1; None if it is no code."""
    if len(text) > _LONGEST_INPUT:
        return None
    plain = _SEPARATORS.sub("", unicodedata.normalize("NFKC", text))
    code = plain.upper().translate(_LOOKALIKES)
    fits = plain.isascii() and len(code) == length and set(code) <= set(ALPHABET)
    return code if fits else None
