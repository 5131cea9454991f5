"""Filters for Vietnamese text, dates and numbers."""

import re
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django import template
from django.utils import timezone
from django.utils.html import conditional_escape
from django.utils.safestring import SafeString, mark_safe

register = template.Library()

_TALL = frozenset("ẤẦẨẪẬẮẰẲẴẶẾỀỂỄỆỐỒỔỖỘ")
_DOCUMENT_NUMBER = re.compile(
    r"\b(?:\d{1,5}[/-](?:\d{4}[/-])?[A-ZĐ][\wĐ]*(?:[-/][A-ZĐ][\wĐ]*)*|\d{1,2}:\d\d\s?[–-]\s?\d{1,2}:\d\d)"
)
_TAG = re.compile(r"""(<(?:[^"'>]|"[^"]*"|'[^']*')*>)""")
_HEADING = re.compile(r"(</?h)([2-4])\b")
WEEKDAYS = ("Thứ Hai", "Thứ Ba", "Thứ Tư", "Thứ Năm", "Thứ Sáu", "Thứ Bảy", "Chủ nhật")
NBSP = "\u00a0"


@register.filter
def nth(values: Any, place: int) -> Any:
    """The element at a place counted from 0; "" where there is none."""
    return values[place] if isinstance(values, list | tuple) and place < len(values) else ""


@register.filter
def tall_class(title: Any) -> str:
    """Return "tall" when a capital with two marks stands after the first word: such a title needs higher lines."""
    _first, _space, rest = str(title or "").partition(" ")
    return "tall" if _TALL & set(rest) else ""


def _local(value: Any) -> Any:
    return timezone.localtime(value) if isinstance(value, datetime) and timezone.is_aware(value) else value


@register.filter
def vi_date(value: Any) -> str:
    """Format a date as 16/12/2025; "" for nothing."""
    value = _local(value)
    return f"{value.day}/{value.month}/{value.year}" if isinstance(value, date) else ""


@register.filter
def vi_time(value: Any) -> str:
    """Format a time as 7:30."""
    value = _local(value)
    return f"{value.hour}:{value.minute:02d}" if isinstance(value, datetime) else ""


@register.filter
def vi_datetime(value: Any) -> str:
    """Format a moment as 7:30, 16/12/2025."""
    return f"{vi_time(value)}, {vi_date(value)}" if isinstance(value, datetime) else vi_date(value)


@register.filter
def weekday_date(value: Any) -> str:
    """Format a date as Thứ Ba, 16/12/2025."""
    value = _local(value)
    return f"{WEEKDAYS[value.weekday()]}, {vi_date(value)}" if isinstance(value, date) else ""


@register.filter
def short_time(value: Any) -> str:
    """The time for something of today, else day and month: 7:30 or 15/12."""
    value = _local(value)
    if not isinstance(value, datetime):
        return ""
    return vi_time(value) if value.date() == timezone.localdate() else f"{value.day}/{value.month}"


@register.filter
def vi_number(value: Any) -> str:
    """Format a number as 1.284 or 7,2."""
    if value is None or value == "":
        return ""
    if isinstance(value, float | Decimal) and value % 1:
        return f"{value:,}".translate(str.maketrans(",.", ".,"))
    return f"{int(value):,}".replace(",", ".")


@register.filter(is_safe=True)
def keep_numbers(text: Any) -> SafeString:
    """Keep numbers such as 145/2020/NĐ-CP and hours such as 7:30–17:00 on one line, in plain text and in safe HTML."""
    parts = _TAG.split(conditional_escape(text or ""))
    parts[::2] = [_DOCUMENT_NUMBER.sub(r'<span class="nowrap">\g<0></span>', part) for part in parts[::2]]
    return mark_safe("".join(parts))  # plain text is escaped above; tags stay as they were


@register.simple_block_tag
def heading_order(content: str) -> SafeString:
    """Raise the headings of an editor's text that come a level too deep after those before them.

    Rich text offers the third level, the block «Heading» the second: a text that begins with the former would leave
    a gap under the page's own heading, which readers who jump from heading to heading take for something missing.
    Headings that were written alike stay alike.
    """
    above: list[tuple[int, int]] = []  # the levels, as written and as shown, of the headings that this one stands under
    shown = 1

    def raised(tag: re.Match[str]) -> str:
        nonlocal shown
        if tag[1] == "<h":
            written = int(tag[2])
            while above and above[-1][0] >= written:
                above.pop()
            shown = min(written, (above[-1][1] if above else 1) + 1)
            above.append((written, shown))
        return f"{tag[1]}{shown}"

    return mark_safe(_HEADING.sub(raised, content))  # rendered by templates; only levels change


@register.simple_tag
def page_url(listing: Any, number: int) -> str:
    """The address of a page of a listing, with its filters."""
    return listing.url(number)
