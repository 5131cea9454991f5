"""Times of a class in words, and what people tell their names and units by."""

from datetime import datetime

from django.utils import timezone

from core.templatetags.portal_text import NBSP, vi_date, vi_time, weekday_date
from core.text import vietnamese_slug

SHOWN_DIGITS = 3


def when_in_words(start: datetime | None, end: datetime | None) -> str:
    """«8:00–11:30, Thứ Bảy, 12/12/2026»; over several days «8:00, 12/12/2026 – 11:30, 13/12/2026»."""
    if start is None or end is None:
        return ""
    if timezone.localtime(start).date() == timezone.localtime(end).date():
        return f"{vi_time(start)}–{vi_time(end)}, {weekday_date(start)}"
    return f"{vi_time(start)}, {vi_date(start)} – {vi_time(end)}, {vi_date(end)}"


def short_when(start: datetime) -> str:
    """«8:00 12/12/2026», for cards."""
    return f"{vi_time(start)}{NBSP}{vi_date(start)}"


def same_words(one: str, other: str) -> bool:
    """Whether two names are the same but for case, diacritics and spaces: a hurried thumb leaves them out."""
    return vietnamese_slug(one, max_length=200) == vietnamese_slug(other, max_length=200)


def given_name(name: str) -> str:
    """The last word of a Vietnamese name: enough for its owner, too little for anybody else."""
    return name.rsplit(maxsplit=1)[-1] if name.split() else ""


def masked(contact: str) -> str:
    """A telephone number or an address by which its owner knows it and nobody else learns it."""
    name, at, domain = contact.partition("@")
    if at:
        return f"{name[:2]}…@{domain}"
    return f"…{contact[-SHOWN_DIGITS:]}" if contact else ""
