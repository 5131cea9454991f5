"""Codes that a unit gives its members: a number of the union card, or simply the member's telephone number."""

import re
import unicodedata

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

LONGEST = 20
_SEPARATORS = re.compile(r"[\s.\-_/()\u2010-\u2015\u2212]+")
_FORM = re.compile(r"(?=.*\d)[0-9A-Z]{4,20}")
#: Vietnamese mobile numbers as people and spreadsheets write them: +84 912 345 678, 84912345678, +84 (0)912…, and
#: 912345678, which a spreadsheet makes of 0912345678.
_MOBILE = re.compile(r"(?:\+?840?|0)?([35789]\d{8})")


def normal_form(text: str) -> str:
    """The one form in which a code is stored and looked up; "" if the text cannot be a code.

    Spaces, dots, dashes and case do not count, nor do marks on letters: «ĐV-01.23» is ``DV0123``. All forms of a mobile
    number are one.
    """
    if len(text) > 100:
        return ""
    plain = _SEPARATORS.sub("", unicodedata.normalize("NFKC", text)).upper()
    if mobile := _MOBILE.fullmatch(plain):
        return "0" + mobile[1]
    letters = unicodedata.normalize("NFD", plain.replace("Đ", "D"))
    code = "".join(letter for letter in letters if not unicodedata.combining(letter))
    return code if _FORM.fullmatch(code) else ""


def read_code(text: str) -> str:
    """The normal form, or a ValidationError that says what a code looks like. Empty stays empty."""
    if not text.strip():
        return ""
    code = normal_form(text)
    if not code:
        raise ValidationError(
            _("A member code has 4 to 20 digits and letters, at least one digit, such as 0912 345 678 or CD-01234.")
        )
    return code


def written(code: str) -> str:
    """A code as it is printed and read out: mobile numbers in groups."""
    if _MOBILE.fullmatch(code) and code.startswith("0"):
        return f"{code[:4]} {code[4:7]} {code[7:]}"
    return code
