"""Asking for a consequence, carrying it out, failing, giving up and trying again."""

from datetime import timedelta
from types import SimpleNamespace

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import connection, transaction
from django.utils import timezone

from core.consequences import Hopeless, forget_kind
from outbox import claims
from outbox.models import Consequence, PageEvent, State
from outbox.running import carry_out
from outbox.services import OutsideTransactionError, cancel, enqueue, forget_finished, retry
from outbox.worker import run_pending

pytestmark = pytest.mark.django_db


def _add(name: str = "test", key: str = "test:1", **options) -> Consequence:
    with transaction.atomic():
        return enqueue(name, key, {"number": 1}, **options)


def _make_due() -> None:
    Consequence.objects.update(available_at=timezone.now() - timedelta(seconds=1))


def test_asking_twice_gives_one_row(kind):
    kind("test", lambda job: None)
    assert _add().pk == _add().pk
    assert Consequence.objects.filter(key="test:1").count() == 1


def test_an_unknown_kind_is_refused_when_asked_for():
    with pytest.raises(KeyError):
        _add("nobody handles this")


def test_asking_outside_a_transaction_is_refused(kind, monkeypatch):
    kind("test", lambda job: None)
    autocommit = SimpleNamespace(get_connection=lambda: SimpleNamespace(in_atomic_block=False))
    monkeypatch.setattr("outbox.services.transaction", autocommit)
    with pytest.raises(OutsideTransactionError):
        enqueue("test", "test:1", {})


def test_the_row_goes_when_the_transaction_is_undone(kind):
    kind("test", lambda job: None)
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        enqueue("test", "test:1", {})
        raise ZeroDivisionError
    assert not Consequence.objects.exists()


def test_the_handler_gets_the_payload_the_key_and_the_attempt(kind):
    jobs = []
    kind("test", jobs.append)
    _add()
    assert run_pending() == 1
    assert (jobs[0].payload, jobs[0].key, jobs[0].attempt) == ({"number": 1}, "test:1", 1)
    row = Consequence.objects.get()
    assert row.state == State.DONE
    assert row.finished_at is not None


def test_nothing_runs_before_its_time(kind):
    jobs = []
    kind("test", jobs.append)
    _add(available_at=timezone.now() + timedelta(hours=1))
    run_pending()
    assert jobs == []


def test_a_failure_waits_longer_each_time_and_then_gives_up_with_its_error(kind):
    def fail(job):
        raise ConnectionRefusedError("no")

    kind("test", fail, max_attempts=3)
    _add()
    waits = []
    for _attempt in range(3):
        _make_due()
        run_pending()
        row = Consequence.objects.get()
        waits.append((row.available_at - timezone.now()).total_seconds())
        assert row.last_error
        assert "ConnectionRefusedError" in row.traceback
    assert 2.5 < waits[0] < 5.5
    assert 5.5 < waits[1] < 10.5
    assert row.state == State.GAVE_UP
    assert row.attempts == 3
    _make_due()
    assert run_pending() == 0


def test_a_hopeless_case_gives_up_at_once_in_its_own_words(kind):
    def fail(job):
        raise Hopeless("The page is gone.")

    kind("test", fail)
    _add()
    run_pending()
    row = Consequence.objects.get()
    assert (row.state, row.attempts, row.last_error) == (State.GAVE_UP, 1, "The page is gone.")


def test_delays_are_spread_and_bounded():
    delays = [claims.delay_before_next(3).total_seconds() for _ in range(50)]
    assert len(set(delays)) > 10
    assert claims.delay_before_next(60) <= claims.LONGEST_DELAY * 1.25


def test_a_retry_brings_all_attempts_back(kind):
    answers = [Hopeless("no"), None]

    def sometimes(job):
        if answer := answers.pop(0):
            raise answer

    kind("test", sometimes)
    _add()
    run_pending()
    assert retry(Consequence.objects.all()) == 1
    assert run_pending() == 1
    assert Consequence.objects.get().state == State.DONE


def test_what_is_done_is_neither_retried_nor_cancelled(kind):
    kind("test", lambda job: None)
    _add()
    run_pending()
    assert retry(Consequence.objects.all()) == 0
    assert cancel(Consequence.objects.all()) == 0


def test_what_is_cancelled_does_not_run(kind):
    jobs = []
    kind("test", jobs.append)
    _add()
    assert cancel(Consequence.objects.all()) == 1
    run_pending()
    assert jobs == []


def test_a_row_whose_app_is_gone_gives_up_with_words(kind):
    kind("test", lambda job: None)
    _add()
    forget_kind("test")
    run_pending()
    row = Consequence.objects.get()
    assert row.state == State.GAVE_UP
    assert "test" in row.last_error


def test_an_expired_lease_is_given_back_with_its_attempt_counted(kind):
    kind("test", lambda job: None)
    _add()
    row = claims.claim_next("other-host:1:x")
    assert row is not None
    assert claims.recover() == 0
    Consequence.objects.update(lease_expires_at=timezone.now() - timedelta(seconds=1))
    assert claims.recover() == 1
    row.refresh_from_db()
    assert (row.state, row.attempts) == (State.WAITING, 1)
    assert row.last_error


def test_a_starting_worker_takes_back_at_once_what_its_host_left(kind):
    kind("test", lambda job: None)
    _add(key="test:here")
    claims.claim_next("here:1:x")
    _add(key="test:there")
    claims.claim_next("there:1:x")
    assert claims.recover(worker="here:2:y", host="here") == 1
    assert Consequence.objects.get(key="test:here").state == State.WAITING
    assert Consequence.objects.get(key="test:there").state == State.RUNNING


def test_work_that_kills_the_worker_each_time_is_given_up(kind):
    kind("test", lambda job: None, max_attempts=2)
    _add()
    for attempt in (1, 2):
        claims.claim_next(f"here:{attempt}:x")
        claims.recover(worker="here:9:y", host="here")
    assert Consequence.objects.get().state == State.GAVE_UP


def test_a_worker_that_lost_its_lease_cannot_end_the_attempt(kind):
    effects = []
    kind("test", lambda job: effects.append(job.attempt), transactional=True)
    _add()
    slow = claims.claim_next("here:1:x")
    claims.recover(worker="here:2:y", host="here")
    quick = claims.claim_next("here:2:y")
    assert not carry_out(slow)
    assert effects == []
    assert carry_out(quick)
    assert effects == [2]


def _ledger_line(job) -> None:
    PageEvent.objects.create(
        change=job.key[:32], page_id=1, page_type="t", event="published", title="t", at=timezone.now()
    )


def test_a_transactional_effect_and_its_row_are_one_when_the_handler_fails_after_the_effect(kind):
    answers = [True, False]

    def handler(job):
        _ledger_line(job)
        if answers.pop(0):
            raise ValueError("after the effect")

    kind("test", handler, transactional=True)
    _add()
    run_pending()
    assert PageEvent.objects.count() == 0
    _make_due()
    run_pending()
    assert PageEvent.objects.count() == 1


def test_a_transactional_effect_happens_once_though_the_process_dies_before_the_commit(kind):
    class Killed(BaseException):
        """Nothing handles it, as nothing handles kill -9."""

    deaths = [True, False]

    def handler(job):
        _ledger_line(job)
        if deaths.pop(0):
            raise Killed

    kind("test", handler, transactional=True)
    _add()
    with pytest.raises(Killed):
        run_pending()
    assert PageEvent.objects.count() == 0
    assert Consequence.objects.get().state == State.RUNNING
    Consequence.objects.update(lease_expires_at=timezone.now() - timedelta(seconds=1))
    claims.recover()
    assert run_pending() == 1
    assert PageEvent.objects.count() == 1


def test_an_external_handler_runs_outside_transactions(kind):
    depths = []
    kind("outside", lambda job: depths.append(len(connection.savepoint_ids)))
    kind("inside", lambda job: depths.append(len(connection.savepoint_ids)), transactional=True)
    _add("outside", "test:1")
    _add("inside", "test:2")
    around = len(connection.savepoint_ids)
    run_pending()
    assert depths == [around, around + 1]


def test_old_finished_rows_go_and_the_rest_stays(kind):
    kind("test", lambda job: None)
    _add(key="test:old")
    run_pending()
    Consequence.objects.update(finished_at=timezone.now() - timedelta(days=30))
    _add(key="test:new")
    assert forget_finished(before=timezone.now() - timedelta(days=14)) == 1
    assert [row.key for row in Consequence.objects.all()] == ["test:new"]


def test_the_retry_command_reports_and_is_honest(kind, capsys):
    def fail(job):
        raise Hopeless("no")

    kind("test", fail)
    row = _add()
    run_pending()
    call_command("outbox_retry", str(row.pk), "--json")
    assert '"retried": 1' in capsys.readouterr().out
    with pytest.raises(CommandError):
        call_command("outbox_retry", "999999")
    with pytest.raises(CommandError):
        call_command("outbox_retry")
