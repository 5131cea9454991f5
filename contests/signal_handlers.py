"""Connects contests with what editors do to their pages."""

from typing import Any

from contests.drawing import promise
from contests.models import ContestPage
from core.signals import PageChange, page_changed


def promise_lots(sender: Any, change: PageChange, **kwargs: Any) -> None:
    """A published contest owes its promises from the very transaction that publishes it."""
    if change.event in {"published", "updated"} and change.page.specific_class is ContestPage:
        promise(ContestPage.objects.get(pk=change.page.pk))


def connect() -> None:
    """Called when the app is ready."""
    page_changed.connect(promise_lots, dispatch_uid="contests.promise_lots")
