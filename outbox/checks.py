"""System checks: what would quietly break the outbox's promises."""

from typing import Any

from django.conf import settings
from django.core import checks

from pages.atomic import AtomicActionsMixin
from pages.models import BasePage


def check_atomic_changes(app_configs: Any, **kwargs: Any) -> list[checks.CheckMessage]:
    """Redirects are written once, in the transaction of the change, and pages announce their changes."""
    problems: list[checks.CheckMessage] = []
    if getattr(settings, "WAGTAILREDIRECTS_AUTO_CREATE", True):
        problems.append(
            checks.Warning(
                "Wagtail also writes redirects itself, after the commit, where a crash loses them.",
                hint="Set WAGTAILREDIRECTS_AUTO_CREATE = False: pages.atomic writes them.",
                id="outbox.W001",
            )
        )
    if not issubclass(BasePage, AtomicActionsMixin):
        problems.append(checks.Warning("BasePage does not announce its changes.", id="outbox.W002"))
    return problems


def register() -> None:
    """Called when the app is ready."""
    checks.register(check_atomic_changes, "outbox")
