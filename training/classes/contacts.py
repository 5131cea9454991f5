"""One form for each telephone number and each e-mail address, however it is typed."""

import re
import unicodedata

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext as _

from core.text import clean_text

LONGEST = 254
_SEPARATORS = re.compile(r"[\s.\-\u2010-\u2015\u2212()/]+")
#: With the zero at its beginning: ten digits for phones that are carried, ten or eleven for those on a desk.
_NATIONAL = re.compile(r"0[1-9]\d{8,9}")
_FOREIGN = re.compile(r"\+[1-9]\d{7,14}")
_HOME = "84"


def normalise(text: str) -> str:
    """The stored form: ``0912345678``, or an address in small letters. Raises ValidationError for anything else."""
    typed = unicodedata.normalize("NFKC", clean_text(text)).strip()
    if len(typed) > LONGEST:
        raise ValidationError(_not_known())
    return _address(typed) if "@" in typed else _number(typed)


def _address(typed: str) -> str:
    address = typed.lower()
    try:
        validate_email(address)
    except ValidationError:
        raise ValidationError(_not_known()) from None
    return address


def _number(typed: str) -> str:
    plain = _SEPARATORS.sub("", typed)
    if plain.startswith("00"):
        plain = f"+{plain[2:]}"
    for home in (f"+{_HOME}", _HOME):
        rest = plain.removeprefix(home).removeprefix("0")
        if plain.startswith(home) and _NATIONAL.fullmatch(f"0{rest}"):
            plain = f"0{rest}"
    is_number = plain.isascii() and (_NATIONAL.fullmatch(plain) or _FOREIGN.fullmatch(plain))
    if not is_number or plain.startswith(f"+{_HOME}"):
        raise ValidationError(_not_known())
    return plain


def _not_known() -> str:
    return _("Write a telephone number such as 0912 345 678, or an e-mail address.")
