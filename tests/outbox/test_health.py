"""What /healthz, /readyz, the dashboard and the commands say about worker and schedule."""

import json
from datetime import timedelta

import pytest
from django.contrib.auth.models import Permission
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from core.health import CheckResult, forget_check, health_check
from outbox.heart import Heart, process_name
from outbox.models import Consequence, Heartbeat, ScheduleRun, State
from search.engines import current_engine
from search.models import PendingChange

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _built_index(_own_data_folder: None, db: None) -> None:
    """Search is in order, as after a start: the pages of the migrations are no changes that wait."""
    PendingChange.objects.all().delete()
    current_engine().rebuild([])


@pytest.fixture
def at_work():
    """A worker that beats and a schedule that runs."""
    Heart(process_name()).beat()
    now = timezone.now()
    ScheduleRun.objects.create(name="schedule", last_started=now, last_finished=now, next_run=now)


def _ready(client: Client) -> tuple[int, dict]:
    response = client.get("/readyz")
    return response.status_code, response.json()["checks"]


def _failed_row(**values) -> Consequence:
    return Consequence.objects.create(
        **{"kind": "page_event", "key": "page_event:x:0", "state": State.GAVE_UP, "last_error": "Đĩa đã đầy."} | values
    )


def _editor(*codenames: str) -> Client:
    user = User.objects.create_user("bien-tap", password="x")
    user.user_permissions.set(Permission.objects.filter(codename__in=["access_admin", *codenames]))
    client = Client()
    client.force_login(user)
    return client


def test_healthz_is_tiny_and_asks_no_database(client, django_assert_num_queries):
    with django_assert_num_queries(0):
        response = client.get("/healthz")
    assert (response.status_code, response.content) == (200, b"ok\n")


def test_ready_when_everything_works(client, at_work):
    status, checks = _ready(client)
    assert status == 200, checks
    assert {"database", "worker", "scheduler", "disk"} <= checks.keys()
    assert {check["state"] for check in checks.values()} == {"ok"}
    assert all(check["detail"] for check in checks.values())


def test_a_worker_that_never_ran_makes_it_not_ready(client):
    status, checks = _ready(client)
    assert status == 503
    assert checks["worker"]["state"] == checks["scheduler"]["state"] == "failed"
    assert checks["database"]["state"] == "ok"


@pytest.mark.parametrize(
    "values",
    [
        {"beat_at": timedelta(minutes=2)},
        {"doing": "x", "doing_since": timedelta(hours=1)},
    ],
    ids=["dead", "stuck"],
)
def test_a_dead_or_stuck_worker_makes_it_not_ready(client, at_work, values):
    Heartbeat.objects.update(
        **{name: timezone.now() - value if isinstance(value, timedelta) else value for name, value in values.items()}
    )
    status, checks = _ready(client)
    assert (status, checks["worker"]["state"]) == (503, "failed")


def test_a_schedule_that_stands_still_or_fails_makes_it_not_ready(client, at_work):
    ScheduleRun.objects.update(last_finished=timezone.now() - timedelta(minutes=5))
    assert _ready(client)[1]["scheduler"]["state"] == "failed"
    ScheduleRun.objects.update(last_finished=timezone.now(), last_error="Đĩa đã đầy.")
    assert "Đĩa đã đầy." in _ready(client)[1]["scheduler"]["detail"]


def test_a_check_that_raises_has_failed_and_hides_no_other(client, at_work):
    @health_check("test")
    def broken() -> CheckResult:
        raise ZeroDivisionError

    try:
        status, checks = _ready(client)
    finally:
        forget_check("test")
    assert status == 503
    assert checks["test"]["state"] == "failed"
    assert checks["worker"]["state"] == "ok"


def test_the_report_is_honest_in_its_exit_code(at_work, capsys):
    call_command("outbox", "--json")
    assert json.loads(capsys.readouterr().out)["ok"] is True
    _failed_row()
    with pytest.raises(SystemExit) as end:
        call_command("outbox", "--json", "--state", "gave_up")
    report = json.loads(capsys.readouterr().out)
    assert end.value.code == 1
    assert report["counts"]["gave_up"] == 1
    assert [row["key"] for row in report["rows"]] == ["page_event:x:0"]


def test_the_dashboard_shouts_when_worker_and_schedule_do_not_run():
    response = _editor("view_consequence").get(reverse("wagtailadmin_home"))
    assert response.status_code == 200
    assert response.content.decode().count('role="alert"') == 2


def test_the_dashboard_shows_failures_with_their_error_and_ways_out(at_work):
    row = _failed_row()
    page = _editor("view_consequence", "change_consequence").get(reverse("wagtailadmin_home")).content.decode()
    assert "Đĩa đã đầy." in page
    assert reverse("outbox:retry", args=[row.pk]) in page
    assert 'role="alert"' not in page


def test_who_may_only_look_gets_no_buttons(at_work):
    row = _failed_row()
    client = _editor("view_consequence")
    assert reverse("outbox:retry", args=[row.pk]) not in client.get(reverse("wagtailadmin_home")).content.decode()
    assert client.post(reverse("outbox:retry", args=[row.pk])).status_code in (302, 403)
    row.refresh_from_db()
    assert row.state == State.GAVE_UP


def test_other_editors_see_no_panel_and_no_list(at_work):
    client = _editor()
    assert 'id="outbox' not in client.get(reverse("wagtailadmin_home")).content.decode()
    assert client.get(reverse("outbox:index")).status_code == 302


def test_retry_and_cancel_work_by_post_only(at_work):
    row = _failed_row()
    client = _editor("view_consequence", "change_consequence")
    assert client.get(reverse("outbox:retry", args=[row.pk])).status_code == 405
    client.post(reverse("outbox:retry", args=[row.pk]))
    row.refresh_from_db()
    assert row.state == State.WAITING
    client.post(reverse("outbox:cancel", args=[row.pk]))
    row.refresh_from_db()
    assert row.state == State.CANCELLED


def test_the_list_filters_and_retries_what_it_shows(at_work):
    _failed_row()
    other = _failed_row(key="generations:y", kind="generations")
    client = _editor("view_consequence", "change_consequence")
    page = client.get(reverse("outbox:index"), {"kind": "generations"})
    assert page.status_code == 200
    assert [row.pk for row in page.context["object_list"]] == [other.pk]
    client.post(reverse("outbox:retry_listed") + "?kind=generations")
    assert [row.key for row in Consequence.objects.filter(state=State.WAITING)] == ["generations:y"]


def test_the_details_show_payload_and_traceback(at_work):
    row = _failed_row(traceback="Traceback of the failure", payload={"change": "abc"})
    page = _editor("view_consequence").get(reverse("outbox:inspect", args=[row.pk])).content.decode()
    assert "Traceback of the failure" in page
    assert "abc" in page


def test_the_list_costs_the_same_however_much_is_in_it(at_work, django_assert_max_num_queries):
    client = _editor("view_consequence", "change_consequence")
    client.get(reverse("outbox:index"))
    counts = []
    for many in (1, 40):
        Consequence.objects.all().delete()
        for number in range(many):
            _failed_row(key=f"page_event:{number}")
        with django_assert_max_num_queries(40) as captured:
            client.get(reverse("outbox:index"))
        counts.append(len(captured))
    assert counts[0] == counts[1]
