"""What a diploma says."""

from dataclasses import dataclass, fields
from datetime import date
from enum import StrEnum

from django.utils.translation import gettext

from core.text import clean_text

#: Longer words are cut: names and titles, and the short words around them.
LONGEST, LONGEST_DETAIL = 200, 100
_DETAILS = frozenset({"place", "signer_title", "signer", "result", "hours"})


class Kind(StrEnum):
    """What somebody is honoured for."""

    COURSE = "course"
    CLASS = "class"
    CONTEST = "contest"

    @property
    def deed(self) -> str:
        """The words between the holder's name and the title."""
        match self:
            case Kind.COURSE:
                return gettext("has completed the course")
            case Kind.CLASS:
                return gettext("has attended the class")
            case Kind.CONTEST:
                return gettext("has taken part in the contest")


@dataclass(frozen=True, kw_only=True)
class Diploma:
    """The words of a diploma, tidied: NFC, one line each, no longer than the paper takes.

    ``code`` is as ``codes.new_code`` made it; ``address`` is the absolute public address where the diploma is verified.
    ``result`` and ``hours`` are ready words, such as «9/10» and «2 giờ 10 phút».
    """

    holder: str
    title: str
    kind: Kind
    unit: str
    issued: date
    code: str
    address: str
    organisation: str
    place: str
    signer_title: str = ""
    signer: str = ""
    result: str = ""
    hours: str = ""

    def __post_init__(self) -> None:
        if not self.address.startswith(("https://", "http://")):
            raise ValueError(f"The address of a diploma is absolute, unlike {self.address!r}.")
        object.__setattr__(self, "kind", Kind(self.kind))
        for field in fields(self):
            if field.type is str and field.name != "address":
                limit = LONGEST_DETAIL if field.name in _DETAILS else LONGEST
                object.__setattr__(self, field.name, _tidy(getattr(self, field.name), limit))

    @property
    def place_and_date(self) -> str:
        """«Lam Giang, ngày 05 tháng 02 năm 2026», with the zeros that official papers have."""
        day = {
            "day": f"{self.issued.day:02}",
            "month": f"{self.issued.month:02}" if self.issued.month < 3 else str(self.issued.month),
            "year": self.issued.year,
        }
        if self.place:
            return gettext("%(place)s, day %(day)s month %(month)s year %(year)s") % {"place": self.place, **day}
        return gettext("Day %(day)s month %(month)s year %(year)s") % day

    @property
    def shown_address(self) -> str:
        """The address as people read it."""
        return self.address.partition("://")[2].rstrip("/")


def _tidy(text: str, limit: int) -> str:
    text = " ".join(clean_text(text).split())
    if len(text) <= limit:
        return text
    kept = text[: limit - 1]
    return f"{kept.rpartition(' ')[0] or kept}…"
