"""Filters for pages of contests."""

from typing import Any

from django import template

register = template.Library()


@register.filter
def minutes_and_seconds(seconds: Any) -> str:
    """A duration as 12:05; "" for nothing."""
    if not isinstance(seconds, int | float):
        return ""
    minutes, rest = divmod(int(seconds), 60)
    return f"{minutes}:{rest:02d}"
