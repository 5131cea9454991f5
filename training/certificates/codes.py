"""Public codes of diplomas: nobody guesses one, and one read from paper can be typed."""

from core import typed_codes

ALPHABET = typed_codes.ALPHABET
LENGTH = 16
_GROUP = 4


def new_code() -> str:
    """A code of 80 random bits, as it is stored and as it stands in addresses."""
    return typed_codes.new_code(LENGTH)


def written(code: str) -> str:
    """A code as it is printed: ``7K3M-9QXT-04BD-VH2R``."""
    return typed_codes.written(code, group=_GROUP)


def read_code(text: str) -> str | None:
    """The code that somebody typed; None if it is no code."""
    return typed_codes.read_code(text, LENGTH)
