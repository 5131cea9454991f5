"""The check of search for ``/readyz``, and its line on the dashboard."""

from datetime import timedelta

from django.utils import timezone
from django.utils.translation import gettext as _, ngettext

from core.health import CheckResult, health_check
from search.engines import current_engine
from search.engines.contract import EngineUnavailable
from search.models import PendingChange

#: A change that readers cannot find after so long is late.
LATE_AFTER = timedelta(minutes=1)


def search_state() -> CheckResult:
    """Whether the index answers and follows what is published."""
    try:
        status = current_engine().status()
    except EngineUnavailable:
        return CheckResult(False, _("Search is not available: its engine is not installed."))
    if not status.ok:
        words = _("Search is not available yet: its index is being built.")
        return CheckResult(False, words if status.needs_rebuild else _("Search is not available: no engine answers."))
    late = late_changes()
    if late:
        return CheckResult(
            False,
            ngettext(
                "%(count)d change has not reached search for more than a minute.",
                "%(count)d changes have not reached search for more than a minute.",
                late,
            )
            % {"count": late},
        )
    return CheckResult(
        True,
        ngettext("%(count)d document can be found.", "%(count)d documents can be found.", status.documents)
        % {"count": status.documents},
    )


def late_changes() -> int:
    """How many changes wait longer than they should. A new index takes its time, and branches are many pages."""
    waiting = PendingChange.objects.filter(
        state=PendingChange.State.WAITING, scope="", created_at__lt=timezone.now() - LATE_AFTER
    )
    return waiting.count()


def register() -> None:
    """Called when the app is ready."""
    health_check("search")(search_state)
