"""Addresses that nobody else has yet."""

from django.db.models import Manager, Model

from core.text import vietnamese_slug


def free_slug(manager: Manager[Model], words: str, *, fallback: str, max_length: int = 110) -> str:
    """Make a slug from ``words``; a taken one gets the next number. ``fallback`` serves words without letters."""
    base = vietnamese_slug(words, max_length=max_length) or fallback
    taken = set(manager.filter(slug__startswith=base).values_list("slug", flat=True))
    candidates = (base, *(f"{base}-{number}" for number in range(2, len(taken) + 3)))
    return next(slug for slug in candidates if slug not in taken)
