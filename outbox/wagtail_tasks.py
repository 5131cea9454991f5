"""Wagtail's own background tasks (search index, reference index), run in the same worker.

``django_tasks_db`` keeps them as rows and knows no retries and no recovery: both are added here.
"""

import logging
from datetime import timedelta

from django.db.models import Q
from django.utils import timezone
from django_tasks_db.compat import TASKS_LOGGER, TaskResultStatus
from django_tasks_db.management.commands.db_worker import Worker as TasksWorker
from django_tasks_db.models import DBTaskResult, get_date_max

logger = logging.getLogger(__name__)

MAX_ATTEMPTS = 4
#: So many in one go, then consequences and the schedule have their turn.
BATCH = 5
STUCK_AFTER = timedelta(minutes=30)


class TaskDrain:
    """Runs waiting tasks through ``django_tasks_db``'s own worker, a few at a time."""

    def __init__(self, process: str) -> None:
        self.process = process[-64:]
        self._worker: TasksWorker | None = None
        for name in ("django_tasks_db", TASKS_LOGGER):  # a line per task, two per save, would drown all others
            logging.getLogger(name).setLevel(logging.WARNING)

    def run_some(self) -> bool:
        """Run up to a batch of waiting tasks; return whether there were any."""
        if not DBTaskResult.objects.ready().exists():
            return False
        self._worker = TasksWorker(
            queue_names=["*"],
            excluded_queue_names=[],
            interval=0,
            batch=True,
            backend_name="default",
            startup_delay=False,
            max_tasks=BATCH,
            worker_id=self.process,
        )
        self._worker.run()
        self._worker = None
        return True

    def stop(self) -> None:
        """Stop after the task in hand."""
        if self._worker is not None:
            self._worker.running = False


def give_back_abandoned(process: str, *, starting: bool = False) -> int:
    """Make tasks that another process began and never ended ready again; return how many.

    Only one worker runs: at its start, every running task was abandoned; later, one that has run for half an hour.
    A task that was abandoned too often is marked as failed.
    """
    abandoned = DBTaskResult.objects.running()
    if not starting:
        abandoned = abandoned.filter(Q(started_at__isnull=True) | Q(started_at__lt=timezone.now() - STUCK_AFTER))
    count = 0
    for task in abandoned:
        if task.worker_ids and task.worker_ids[-1] == process[-64:] and not starting:
            continue
        if len(task.worker_ids) >= MAX_ATTEMPTS:
            task.set_failed(RuntimeError(f"The worker stopped in the middle of it {len(task.worker_ids)} times."))
            continue
        count += _make_ready(task)
    return count


def retry_failed(*, attempts: int = MAX_ATTEMPTS) -> int:
    """Try failed tasks again, each after a longer pause; return how many are ready again."""
    now = timezone.now()
    count = 0
    for task in DBTaskResult.objects.failed().filter(finished_at__lt=now - timedelta(seconds=30))[:200]:
        tried = len(task.worker_ids)
        if tried < attempts and task.finished_at <= now - timedelta(seconds=30) * 4 ** (tried - 1):
            count += _make_ready(task)
    return count


def _make_ready(task: DBTaskResult) -> int:
    same = DBTaskResult.objects.filter(pk=task.pk, status=task.status)
    return same.update(status=TaskResultStatus.READY, started_at=None, finished_at=None, run_after=get_date_max())


def failed_for_good() -> int:
    """How many of Wagtail's tasks failed at every attempt."""
    failed = DBTaskResult.objects.failed().values_list("worker_ids", flat=True)[:1000]
    return sum(1 for worker_ids in failed if len(worker_ids) >= MAX_ATTEMPTS)


def prune(*, done_before: timedelta, failed_before: timedelta) -> int:
    """Delete the results of finished tasks, a bounded number at a time; return how many."""
    now = timezone.now()
    old = DBTaskResult.objects.filter(
        Q(status=TaskResultStatus.SUCCESSFUL, finished_at__lt=now - done_before)
        | Q(status=TaskResultStatus.FAILED, finished_at__lt=now - failed_before)
    )
    ids = list(old.order_by().values_list("pk", flat=True)[:5000])
    return DBTaskResult.objects.filter(pk__in=ids).delete()[0]
