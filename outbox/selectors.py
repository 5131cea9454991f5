"""Reads of the outbox for the dashboard, the health checks and the commands."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.db.models import Count, Min
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _, ngettext

from core.health import CheckResult
from outbox.heart import DEAD_AFTER, STUCK_AFTER, WORKER
from outbox.models import Consequence, Heartbeat, ScheduleRun, State
from outbox.scheduling import late_items

#: A consequence not begun after so long, or a scheduled item not out, is late.
LATE_AFTER = timedelta(minutes=2)
#: The schedule comes round every few seconds; without a run for so long it stands still.
SCHEDULE_DEAD_AFTER = timedelta(minutes=1)


def moment(value: Any) -> str:
    """A moment in words, in the site's time."""
    return date_format(timezone.localtime(value), "H:i d/m/Y")


def worker_state() -> CheckResult:
    """Whether the worker is alive and not stuck."""
    heartbeat = Heartbeat.objects.filter(name=WORKER).first()
    if heartbeat is None:
        return CheckResult(False, _("The worker has never run."))
    now = timezone.now()
    if heartbeat.beat_at < now - DEAD_AFTER:
        return CheckResult(
            False, _("The worker has not been running since %(moment)s.") % {"moment": moment(heartbeat.beat_at)}
        )
    if heartbeat.doing_since and heartbeat.doing_since < now - STUCK_AFTER:
        return CheckResult(
            False,
            _("The worker has been busy with one piece of work since %(moment)s.")
            % {"moment": moment(heartbeat.doing_since)},
        )
    return CheckResult(True, _("The worker is running."))


def schedule_state() -> CheckResult:
    """Whether scheduled publishing comes round, and publishes what is due."""
    run = ScheduleRun.objects.filter(name="schedule").first()
    if run is None or run.last_finished is None:
        return CheckResult(False, _("The schedule has never run: nothing is published or taken down by itself."))
    now = timezone.now()
    if run.last_finished < now - SCHEDULE_DEAD_AFTER:
        return CheckResult(
            False,
            _("The schedule has not run since %(moment)s: nothing is published or taken down by itself.")
            % {"moment": moment(run.last_finished)},
        )
    if run.last_error:
        return CheckResult(False, _("The schedule failed: %(error)s") % {"error": run.last_error})
    late = late_items(now - LATE_AFTER)
    if late:
        return CheckResult(
            False,
            ngettext("%(count)d scheduled item is late.", "%(count)d scheduled items are late.", late)
            % {"count": late},
        )
    return CheckResult(True, _("The schedule is running."))


@dataclass(frozen=True)
class Backlog:
    """How much waits and how much went wrong."""

    counts: dict[str, int]
    late: int
    oldest_waiting: Any

    @property
    def waiting(self) -> int:
        """Not done yet and not in trouble."""
        return self.counts[State.WAITING] + self.counts[State.RUNNING]

    @property
    def failing(self) -> int:
        """Failed, and will be tried again by itself."""
        return self.counts[State.FAILED]

    @property
    def gave_up(self) -> int:
        """Waits for a person."""
        return self.counts[State.GAVE_UP]


def backlog() -> Backlog:
    """Count what is not finished; the index by state makes it cheap however much was done."""
    counts = dict.fromkeys(State.values, 0)
    found = Consequence.objects.order_by().values_list("state").annotate(Count("pk"))
    counts.update(dict(found))
    waiting = Consequence.objects.filter(state=State.WAITING, available_at__lte=timezone.now())
    late = Consequence.objects.late(timezone.now() - LATE_AFTER).count()
    return Backlog(counts, late, waiting.aggregate(Min("available_at"))["available_at__min"])


def outbox_report() -> dict[str, Any]:
    """Everything that ``manage.py outbox --json`` tells, without rows."""
    now, worker, schedule = backlog(), worker_state(), schedule_state()
    return {
        "ok": worker.ok and schedule.ok and not now.gave_up,
        "counts": now.counts,
        "late": now.late,
        "oldest_waiting": now.oldest_waiting.isoformat() if now.oldest_waiting else None,
        "worker": {"ok": worker.ok, "detail": worker.detail},
        "schedule": {"ok": schedule.ok, "detail": schedule.detail},
    }
