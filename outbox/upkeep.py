"""The outbox keeps its own house: abandoned work comes back, finished rows go."""

from datetime import timedelta

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.schedule import periodic
from outbox import claims, services, wagtail_tasks

KEEP_DONE = timedelta(days=14)


def bring_back_abandoned() -> None:
    """Give back expired leases, and Wagtail's tasks that hang or failed and may be tried again."""
    claims.recover()
    wagtail_tasks.give_back_abandoned("")
    wagtail_tasks.retry_failed()


def clear_out() -> None:
    """Delete rows of what was done long ago. The ledger stays for ever."""
    while services.forget_finished(before=timezone.now() - KEEP_DONE):
        pass
    while wagtail_tasks.prune(done_before=timedelta(hours=1), failed_before=KEEP_DONE):
        pass


def register() -> None:
    """Called when the app is ready."""
    periodic("recovery", every=timedelta(seconds=30), label=_("Bring back interrupted work"))(bring_back_abandoned)
    periodic("clearing", every=timedelta(hours=1), label=_("Clear finished rows"))(clear_out)
