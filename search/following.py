"""Follows the changes of objects that are no pages, in the transaction of the change.

An app names the fields that the index shows; a save that leaves them alone costs two small queries and writes nothing.
"""

from collections.abc import Callable, Sequence
from typing import Any

from django.db.models import Model
from django.db.models.signals import post_delete, post_save, pre_delete, pre_save


def follow(
    model: type[Model],
    fields: Sequence[str],
    *,
    changed: Callable[[Any], None],
    deleting: Callable[[Any], None],
) -> None:
    """Call ``changed`` when an object is new or one of ``fields`` has changed, ``deleting`` before one is deleted."""
    follower = _name_of(changed)  # several apps may follow the same model
    kept_as = f"_before_{follower}"

    def remember(sender: type[Model], instance: Any, raw: bool = False, **kwargs: Any) -> None:
        stored = sender._default_manager.filter(pk=instance.pk).values(*fields).first() if instance.pk else None
        setattr(instance, kept_as, stored)

    def compare(sender: type[Model], instance: Any, created: bool, **kwargs: Any) -> None:
        before = instance.__dict__.pop(kept_as, None)
        after = sender._default_manager.filter(pk=instance.pk).values(*fields).first()
        if created or before != after:
            changed(instance)

    def gone(sender: type[Model], instance: Any, **kwargs: Any) -> None:
        deleting(instance)

    name = f"{model._meta.label}.{follower}"
    pre_save.connect(remember, sender=model, weak=False, dispatch_uid=f"search.before.{name}")
    post_save.connect(compare, sender=model, weak=False, dispatch_uid=f"search.after.{name}")
    pre_delete.connect(gone, sender=model, weak=False, dispatch_uid=f"search.gone.{name}")


def follow_part(model: type[Model], changed: Callable[[Any], None]) -> None:
    """Call ``changed`` with each object of ``model`` that is saved or deleted: a part of something in the index."""

    def tell(sender: type[Model], instance: Any, **kwargs: Any) -> None:
        changed(instance)

    name = f"{model._meta.label}.{_name_of(changed)}"
    for signal in (post_save, post_delete):
        signal.connect(tell, sender=model, weak=False, dispatch_uid=f"search.part.{name}")


def _name_of(function: Callable[..., Any]) -> str:
    return f"{function.__module__}.{function.__qualname__}"
