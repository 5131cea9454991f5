"""Kinds of items as they stand in addresses: ``?loai=video``. Each vertical names its own types."""

from django.db import models

_kinds: dict[str, type[models.Model]] = {}


def register_kind(slug: str, model: type[models.Model]) -> None:
    """Let readers filter by a type of page; called once, when the vertical's app is ready."""
    _kinds[slug] = model


def kind_models() -> dict[str, type[models.Model]]:
    """All kinds by their slug."""
    return dict(_kinds)


def kind_of(model: type[models.Model]) -> str:
    """The slug of a type, or "" when readers cannot filter by it."""
    return next((slug for slug, kind in _kinds.items() if kind is model), "")
