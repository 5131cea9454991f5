"""Kinds of items as they stand in addresses: ``?loai=video``. Each vertical names its own types."""

from django.db import models

from search import registry

_kinds: dict[str, type[models.Model]] = {}


def register_kind(slug: str, model: type[models.Model], *, fades: bool = False) -> None:
    """Let readers filter by a type of page, in listings and in search; called once, when the vertical's app is ready.

    ``fades`` is true for news, whose worth in a list of results falls with age.
    """
    _kinds[slug] = model
    label = model._meta.verbose_name  # Django's documented model API
    # Its truth is not asked: that would load the catalogues before they are compiled.
    named = registry.Kind(slug=slug, label=slug if label is None else label, fades=fades)
    registry.register_kind(named, model)


def kind_models() -> dict[str, type[models.Model]]:
    """All kinds by their slug."""
    return dict(_kinds)


def kind_of(model: type[models.Model]) -> str:
    """The slug of a type, or "" when readers cannot filter by it."""
    return next((slug for slug, kind in _kinds.items() if kind is model), "")
