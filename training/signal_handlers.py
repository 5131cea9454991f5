"""Connects classes with what editors do to their pages."""

from typing import Any

from django.db import transaction

from core.signals import PageChange, page_changed
from training.classes.signing_up import fill_seats, locked
from training.models import ClassPage


def give_new_seats(sender: Any, change: PageChange, **kwargs: Any) -> None:
    """An editor has added seats: those who wait move up, in the transaction that publishes them."""
    if change.event in {"published", "updated"} and change.page.specific_class is ClassPage:
        with transaction.atomic():
            fill_seats(locked(change.page.pk))


def connect() -> None:
    """Called when the app is ready."""
    page_changed.connect(give_new_seats, dispatch_uid="training.give_new_seats")
