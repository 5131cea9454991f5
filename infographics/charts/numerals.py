"""Numbers as they are written in Việt Nam: «4.960.000», «5,31», «12,5%», «−3,2».

How a number is read:

* A comma alone is the decimal sign, however many digits follow: «5,310» is five and 31 hundredths.
* A dot alone stands for thousands when exactly three digits follow one to three others, the first of them no zero:
  «1.234» is more than a thousand, «5.31», «12.5», «0.125» and «1234.567» are decimal fractions.
* Several equal signs stand for thousands, in groups of three: «4.960.000», and the English «4,960,000».
* Of both signs the last one is the decimal sign: «1.234,5», and the English «1,234.5».
* Spaces may part groups of three: «4 960 000».
* A sign may stand before («-», «−», «–» or «+»), a per cent sign behind. No other words, no powers of ten.

Only «1.234» can be meant in two ways. :func:`infographics.charts.tables.read_table` refuses it where the same table
has decimal fractions with a dot.
"""

import re
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

#: A double holds fifteen digits exactly.
MOST_DIGITS = 15
MINUS = "\u2212"

_SPACES = "[ \u00a0\u2009\u202f]"
_WRITTEN = re.compile(
    rf"(?P<sign>[-\u2212\u2013+]?){_SPACES}*(?P<digits>[0-9][0-9., \u00a0\u2009\u202f]*)(?P<percent>%?)"
)
_SPACED = re.compile(rf"[0-9]{{1,3}}(?:{_SPACES}[0-9]{{3}})+(?:[.,][0-9]+)?")
_PLAIN = re.compile(r"[0-9]+")
_FRACTION = re.compile(r"[0-9]+[.,][0-9]+")
_DOT_THOUSAND = re.compile(r"[1-9][0-9]{0,2}\.[0-9]{3}")
_DOTS = re.compile(r"[0-9]{1,3}(?:\.[0-9]{3})+(?:,[0-9]+)?")
_COMMAS = re.compile(r"[0-9]{1,3}(?:(?:,[0-9]{3}){2,}|(?:,[0-9]{3})+\.[0-9]+)")


@dataclass(frozen=True, kw_only=True)
class Numeral:
    """A number and how it was written: the count of decimals, the per cent sign, the sign that may be misread."""

    value: float
    decimals: int
    percent: bool = False
    dot_thousand: bool = False  # one dot, read as thousands
    dot_fraction: bool = False  # one dot, read as the decimal sign


def read_number(written: str) -> Numeral | None:
    """Read a number by the rules above; None where there is none, or one of more than fifteen digits."""
    match = _WRITTEN.fullmatch(written.strip())
    if not match:
        return None
    digits = match["digits"].rstrip(" \u00a0\u2009\u202f")
    if _SPACED.fullmatch(digits):
        digits = re.sub(_SPACES, "", digits).replace(".", ",")
    plain = _plain(digits)
    if plain is None or len(plain.replace(".", "")) > MOST_DIGITS:
        return None
    value = float(plain)
    return Numeral(
        value=-value if value and match["sign"] and match["sign"] != "+" else value,
        decimals=len(plain.partition(".")[2]),
        percent=bool(match["percent"]),
        dot_thousand=bool(_DOT_THOUSAND.fullmatch(digits)),
        dot_fraction="." in digits and "." in plain and "," not in digits,
    )


def _plain(digits: str) -> str | None:
    """The same number as Python writes it."""
    if _PLAIN.fullmatch(digits):
        return digits
    if _DOT_THOUSAND.fullmatch(digits):
        return digits.replace(".", "")
    if _FRACTION.fullmatch(digits):
        return digits.replace(",", ".")
    if _DOTS.fullmatch(digits):
        return digits.replace(".", "").replace(",", ".")
    if _COMMAS.fullmatch(digits):
        return digits.replace(",", "")
    return None


def format_number(value: float | Decimal, decimals: int = 0, *, signed: bool = False) -> str:
    """Write a number the Vietnamese way, rounded half up; ``signed`` puts a plus before what is above zero."""
    exact = value if isinstance(value, Decimal) else Decimal(repr(float(value)))
    rounded = exact.quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)
    sign = MINUS if rounded < 0 else "+" if signed and rounded > 0 else ""
    return sign + f"{abs(rounded):,f}".translate(str.maketrans(",.", ".,"))


def shown(written: str, unit: str = "", *, years: bool = False) -> str:
    """How a written number is drawn: with Vietnamese signs, its own decimals and, where that is the unit, «%».

    With ``years`` a whole number of four digits keeps its form: «1975» stays.
    """
    numeral = read_number(written)
    if numeral is None:
        return written.strip()
    if years and re.fullmatch(r"[0-9]{4}", written.strip()):
        return written.strip()
    percent = "%" if numeral.percent or unit == "%" else ""
    return format_number(numeral.value, numeral.decimals, signed="+" in written) + percent


def difference(before: str, after: str) -> Decimal:
    """By how much a written number is above another, free of the errors of binary fractions."""
    first, second = read_number(before), read_number(after)
    if first is None or second is None:
        raise ValueError("Both must be numbers.")
    return _exact(second) - _exact(first)


def _exact(numeral: Numeral) -> Decimal:
    return Decimal(repr(numeral.value)).quantize(Decimal(1).scaleb(-numeral.decimals))


def decimals_of(*written: str) -> int:
    """The most decimals among numbers as written."""
    return max((numeral.decimals for numeral in map(read_number, written) if numeral), default=0)
