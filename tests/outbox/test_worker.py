"""The worker's loop, its heart, and Wagtail's own tasks in it."""

from datetime import timedelta
from pathlib import Path

import pytest
from django.db import DatabaseError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from django_tasks_db.compat import TaskResultStatus
from django_tasks_db.models import DBTaskResult, get_date_max

from core.locks import AlreadyHeld, file_lock
from core.schedule import all_jobs
from outbox import claims, wagtail_tasks
from outbox.heart import Heart, process_name
from outbox.models import Consequence, Heartbeat, ScheduleRun, State
from outbox.services import enqueue
from outbox.worker import Worker

pytestmark = pytest.mark.django_db


@pytest.fixture
def worker(tmp_path: Path, monkeypatch) -> Worker:
    """A worker whose loop the test turns by hand, on the test's own connection."""
    for module in ("outbox.worker", "django_tasks_db.management.commands.db_worker"):
        monkeypatch.setattr(f"{module}.close_old_connections", lambda: None)
    made = Worker(tmp_path / "run")
    made.calendar.load()
    return made


@pytest.fixture
def add_task(settings, home):
    """Add a row as ``django_tasks_db`` writes it when Wagtail enqueues a task."""

    def add(status: TaskResultStatus = TaskResultStatus.READY, **values) -> DBTaskResult:
        defaults = {
            "args_kwargs": {"args": ["pages", "basepage", str(home.pk)], "kwargs": {}},
            "task_path": "wagtail.tasks.update_reference_index_task",
            "backend_name": "default",
            "run_after": get_date_max(),
            "exception_class_path": "",
            "traceback": "",
            "status": status,
        }
        return DBTaskResult.objects.create(**defaults | values)

    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
    return add


def test_a_step_does_what_is_due_and_says_whether_there_was_anything(worker, kind):
    jobs = []
    kind("test", jobs.append)
    with transaction.atomic():
        enqueue("test", "test:1", {})
    assert worker.step()
    assert not worker.step()
    assert len(jobs) == 1


def test_what_is_due_by_the_clock_does_not_wait_for_all_the_rest(worker, kind, monkeypatch):
    while worker.step():
        pass
    monkeypatch.setattr("outbox.worker.TURN", 0)
    jobs = []
    kind("test", jobs.append)
    with transaction.atomic():
        for number in range(3):
            enqueue("test", f"test:{number}", {})
    assert worker.step()
    assert len(jobs) == 1


def test_the_first_step_runs_every_periodic_job(worker):
    worker.step()
    assert set(ScheduleRun.objects.values_list("name", flat=True)) >= {job.name for job in all_jobs()}


def test_an_idle_step_asks_two_small_questions_and_writes_nothing(worker):
    while worker.step():
        pass
    with CaptureQueriesContext(connection) as asked:
        worker.step()
    assert len(asked) == 2
    assert all(query["sql"].startswith("SELECT 1") for query in asked)


def test_a_database_that_cannot_be_used_costs_a_pause_and_not_the_worker(worker, monkeypatch):
    monkeypatch.setattr("outbox.worker.connections", type("None", (), {"close_all": staticmethod(lambda: None)}))
    monkeypatch.setattr("outbox.worker.LONGEST_PAUSE_AFTER_ERROR", 0)

    def fail() -> bool:
        raise DatabaseError("locked")

    assert worker._guarded(fail) is False
    assert worker._guarded(lambda: True) is True


def test_only_one_may_hold_the_lock(tmp_path):
    with file_lock(tmp_path / "lock"), pytest.raises(AlreadyHeld), file_lock(tmp_path / "lock", wait=False):
        pass
    with file_lock(tmp_path / "lock", wait=False):
        pass


def test_a_beat_tells_what_is_being_done_and_keeps_the_lease(kind):
    kind("test", lambda job: None)
    heart = Heart(process_name())
    with transaction.atomic():
        enqueue("test", "test:1", {})
    row = claims.claim_next(heart.process)
    Consequence.objects.update(lease_expires_at=timezone.now() - timedelta(seconds=1))
    heart.doing("test:1")
    heart.beat()
    beat = Heartbeat.objects.get(name="worker")
    assert (beat.doing, beat.process) == ("test:1", heart.process)
    assert claims.recover() == 0
    heart.doing("")
    heart.beat()
    assert Heartbeat.objects.get(name="worker").doing_since is None
    assert row.state == State.RUNNING


def test_wagtails_tasks_are_taken_up_and_ended(worker, add_task):
    # The suite's own backend makes tasks that this worker refuses; test_killed sees them succeed.
    task = add_task()
    assert worker.tasks.run_some()
    task.refresh_from_db()
    assert task.finished_at is not None
    assert task.worker_ids == [worker.process[-64:]]
    assert not worker.tasks.run_some()


def test_a_task_that_a_dead_worker_left_is_given_back(add_task):
    task = add_task(TaskResultStatus.RUNNING, started_at=timezone.now(), worker_ids=["dead"])
    assert wagtail_tasks.give_back_abandoned("me") == 0
    assert wagtail_tasks.give_back_abandoned("me", starting=True) == 1
    task.refresh_from_db()
    assert task.status == TaskResultStatus.READY


def test_a_task_that_hangs_is_given_back_after_a_while(add_task):
    add_task(TaskResultStatus.RUNNING, started_at=timezone.now() - timedelta(hours=1), worker_ids=["dead"])
    assert wagtail_tasks.give_back_abandoned("me") == 1


def test_a_task_that_kills_the_worker_each_time_fails_for_good(add_task):
    task = add_task(TaskResultStatus.RUNNING, started_at=timezone.now(), worker_ids=["a", "b", "c", "d"])
    wagtail_tasks.give_back_abandoned("me", starting=True)
    task.refresh_from_db()
    assert task.status == TaskResultStatus.FAILED
    assert wagtail_tasks.failed_for_good() == 1


def test_a_failed_task_is_tried_again_after_a_growing_pause(add_task):
    add_task(TaskResultStatus.FAILED, finished_at=timezone.now() - timedelta(seconds=40), worker_ids=["a"])
    add_task(TaskResultStatus.FAILED, finished_at=timezone.now() - timedelta(seconds=40), worker_ids=["a", "b"])
    add_task(TaskResultStatus.FAILED, finished_at=timezone.now() - timedelta(days=1), worker_ids=["a", "b", "c", "d"])
    assert wagtail_tasks.retry_failed() == 1


def test_results_of_old_tasks_go(add_task):
    add_task(TaskResultStatus.SUCCESSFUL, finished_at=timezone.now() - timedelta(hours=2))
    add_task(TaskResultStatus.FAILED, finished_at=timezone.now() - timedelta(hours=2))
    add_task()
    assert wagtail_tasks.prune(done_before=timedelta(hours=1), failed_before=timedelta(days=14)) == 1
