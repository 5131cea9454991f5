"""Scheduled publishing and expiry: at their time, late after a standstill, once, and each for itself."""

from datetime import timedelta

import pytest
from django.utils import timezone
from wagtail.models import PageLogEntry, Revision

from core.schedule import forget_job, periodic
from outbox.models import Consequence, PageEvent, ScheduleRun, State
from outbox.periodic import Calendar
from outbox.scheduling import find_due, late_items
from outbox.services import retry
from outbox.worker import run_pending
from pages.models import BasePage

pytestmark = pytest.mark.django_db


@pytest.fixture
def schedule(make_page):
    """Make a page that should have gone live some time ago, as if the worker had stood still since."""

    def make(title: str = "Hẹn giờ", *, late: timedelta = timedelta(hours=3), **values) -> BasePage:
        page = make_page(title)
        page.go_live_at = timezone.now() + timedelta(hours=1)
        for name, value in values.items():
            setattr(page, name, value)
        page.save_revision().publish()
        page.refresh_from_db()
        assert not page.live
        revision = page.scheduled_revision
        due = timezone.now() - late
        revision.content["go_live_at"] = due.isoformat()
        revision.approved_go_live_at = due
        revision.save()
        return page

    return make


def _is_live(page: BasePage) -> bool:
    return BasePage.objects.get(pk=page.pk).live


def _logged(page: BasePage, action: str) -> int:
    return PageLogEntry.objects.filter(page=page.pk, action=action).count()


def test_a_late_item_is_published_late_and_once(schedule):
    page = schedule()
    run_pending()
    run_pending()
    assert _is_live(page)
    assert _logged(page, "wagtail.publish.scheduled") == 1
    assert PageEvent.objects.filter(page_id=page.pk, event="published").count() == 1
    assert not Revision.objects.filter(approved_go_live_at__isnull=False).exists()


def test_nothing_is_published_before_its_time(schedule):
    page = schedule(late=-timedelta(minutes=5))
    run_pending()
    assert not _is_live(page)
    assert not Consequence.objects.filter(kind="scheduled_publish").exists()


def test_an_item_called_off_between_finding_and_publishing_stays_a_draft(schedule):
    page = schedule()
    find_due()
    Revision.objects.update(approved_go_live_at=None)
    run_pending()
    assert not _is_live(page)


def test_an_expired_page_is_taken_down_once_with_its_log_entry(make_page):
    page = make_page(live=True)
    BasePage.objects.filter(pk=page.pk).update(expire_at=timezone.now() - timedelta(hours=1))
    run_pending()
    run_pending()
    stored = BasePage.objects.get(pk=page.pk)
    assert (stored.live, stored.expired) == (False, True)
    assert _logged(page, "wagtail.unpublish.scheduled") == 1
    assert PageEvent.objects.filter(page_id=page.pk, event="unpublished").count() == 1


def test_an_item_that_cannot_be_published_stands_in_nobodys_way(schedule):
    poison, sound = schedule("Hỏng", late=timedelta(hours=5)), schedule("Lành")
    revision = poison.latest_revision
    revision.content["title"] = ""
    revision.save()
    run_pending()
    assert _is_live(sound)
    assert not _is_live(poison)
    row = Consequence.objects.get(state=State.FAILED)
    assert row.kind == "scheduled_publish"
    assert row.payload["revision"] == revision.pk
    assert row.last_error


def test_an_item_mended_after_it_was_given_up_is_published_by_a_retry(schedule):
    page = schedule()
    revision = page.latest_revision
    revision.content["title"] = ""
    revision.save()
    for _attempt in range(6):
        Consequence.objects.update(available_at=timezone.now() - timedelta(seconds=1))
        run_pending()
    assert Consequence.objects.get(kind="scheduled_publish").state == State.GAVE_UP
    revision.content["title"] = "Đã sửa"
    revision.save()
    retry(Consequence.objects.all())
    run_pending()
    assert _is_live(page)


def test_what_waits_too_long_is_late_and_what_failed_is_not_counted_twice(schedule):
    schedule("Một"), schedule("Hai")
    assert late_items(timezone.now()) == 2
    find_due()
    assert late_items(timezone.now()) == 2
    Consequence.objects.filter(kind="scheduled_publish").update(state=State.GAVE_UP)
    assert late_items(timezone.now()) == 0


@pytest.fixture
def job():
    """A periodic job that does as it is told; yields its runs and its answers."""
    runs, answers = [], []

    def run() -> None:
        runs.append(timezone.now())
        if answers:
            raise answers.pop(0)

    periodic("test", every=timedelta(hours=1), label="test")(run)
    yield runs, answers
    forget_job("test")


def _run_test_job(calendar: Calendar) -> None:
    for due in calendar.due():
        if due.name == "test":
            calendar.run(due)


def test_a_periodic_job_runs_once_an_hour(job):
    calendar = Calendar()
    calendar.load()
    _run_test_job(calendar)
    _run_test_job(calendar)
    assert len(job[0]) == 1
    later = Calendar()
    later.load()
    _run_test_job(later)
    assert len(job[0]) == 1


def test_runs_missed_during_a_standstill_are_made_up_for_once(job):
    ScheduleRun.objects.create(name="test", next_run=timezone.now() - timedelta(days=3))
    calendar = Calendar()
    calendar.load()
    _run_test_job(calendar)
    _run_test_job(calendar)
    assert len(job[0]) == 1


def test_a_job_that_fails_is_recorded_and_comes_round_again(job):
    job[1].append(TimeoutError())
    calendar = Calendar()
    calendar.load()
    _run_test_job(calendar)
    run = ScheduleRun.objects.get(name="test")
    assert run.last_error
    assert run.next_run > timezone.now()


def test_a_job_dated_far_ahead_by_a_wrong_clock_runs_within_its_interval(job):
    ScheduleRun.objects.create(name="test", next_run=timezone.now() + timedelta(days=4000))
    calendar = Calendar()
    calendar.load()
    assert calendar._next["test"] <= timezone.now() + timedelta(hours=1)
