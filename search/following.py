"""Follows the changes of objects that are no pages, in the transaction of the change.

An app names the fields that the index shows; a save that leaves them alone costs one small query and writes nothing.
"""

from collections.abc import Callable, Sequence
from typing import Any

from django.db.models import Model
from django.db.models.signals import post_delete, post_save, pre_delete, pre_save

_BEFORE = "_search_before"


def follow(
    model: type[Model],
    fields: Sequence[str],
    *,
    changed: Callable[[Any], None],
    deleting: Callable[[Any], None],
) -> None:
    """Call ``changed`` when an object is new or one of ``fields`` has changed, ``deleting`` before one is deleted."""

    def remember(sender: type[Model], instance: Any, raw: bool = False, **kwargs: Any) -> None:
        stored = sender._default_manager.filter(pk=instance.pk).values(*fields).first() if instance.pk else None
        setattr(instance, _BEFORE, stored)

    def compare(sender: type[Model], instance: Any, created: bool, **kwargs: Any) -> None:
        before = instance.__dict__.pop(_BEFORE, None)
        after = sender._default_manager.filter(pk=instance.pk).values(*fields).first()
        if created or before != after:
            changed(instance)

    def gone(sender: type[Model], instance: Any, **kwargs: Any) -> None:
        deleting(instance)

    name = model._meta.label
    pre_save.connect(remember, sender=model, weak=False, dispatch_uid=f"search.before.{name}")
    post_save.connect(compare, sender=model, weak=False, dispatch_uid=f"search.after.{name}")
    pre_delete.connect(gone, sender=model, weak=False, dispatch_uid=f"search.gone.{name}")


def follow_part(model: type[Model], changed: Callable[[Any], None]) -> None:
    """Call ``changed`` with each object of ``model`` that is saved or deleted: a part of something in the index."""

    def tell(sender: type[Model], instance: Any, **kwargs: Any) -> None:
        changed(instance)

    for signal in (post_save, post_delete):
        signal.connect(tell, sender=model, weak=False, dispatch_uid=f"search.part.{model._meta.label}.{id(signal)}")
