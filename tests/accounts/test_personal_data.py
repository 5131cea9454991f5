"""Taking one's data away, and having them erased."""

import json
from datetime import timedelta

import pytest
from allauth.usersessions.models import UserSession
from django.apps import apps
from django.contrib.sessions.models import Session
from django.test import Client
from django.utils import timezone

from accounts import consents, deletion, sessions
from accounts.models import Consent, DataRequest, DeletionRequest, User
from core import personal_data
from core.schedule import all_jobs
from organisations.models import Member
from organisations.roles import Role
from tests import factories
from training import study
from training.models import Attempt, Certificate, Enrolment, LessonRecord

pytestmark = pytest.mark.django_db
DOWNLOAD, DELETE = "/tai-khoan/du-lieu/", "/tai-khoan/xoa/"
#: Wagtail's own tables of editors' work: bound to the page, not the person, and Wagtail forgets the person by itself.
WAGTAILS = {
    "wagtailcore",
    "wagtailadmin",
    "wagtailusers",
    "wagtailimages",
    "wagtaildocs",
    "images",
    "documents",
    "wagtailforms",
}


@pytest.fixture
def unit():
    return factories.make_unit("Công đoàn Công ty May Bến Sậy")


@pytest.fixture
def member(unit):
    return factories.make_member(unit, member_code="0912345678", last_name="Đặng Thị", first_name="Ánh")


def sign_in(user, *, confirmed: bool = True) -> Client:
    client = Client(headers={"user-agent": "Firefox thử nghiệm"})
    client.post("/tai-khoan/login/", {"login": user.username, "password": factories.PASSWORD})
    if confirmed:
        client.post("/tai-khoan/reauthenticate/", {"password": factories.PASSWORD, "next": "/"})
    return client


@pytest.fixture
def learnt(member):
    """A course with a lesson and a quiz, done, with its certificate."""
    question = factories.question("Mức đóng kinh phí công đoàn là bao nhiêu?", "2%", "3%", "ĐÁP ÁN SAI NÀY")
    bank = factories.make_bank(question)
    course = factories.make_course(title="An toàn lao động", has_certificate=True)
    lesson = factories.make_lesson(course, title="Bài đọc")
    quiz = factories.make_lesson(course, title="Bài kiểm tra", bank=bank)
    Attempt.objects.create(
        code="abc",
        lesson=quiz,
        user=member,
        drawn=[
            {"text": "Mức đóng?", "options": ["2%", "3%"], "right": [1], "accepted": ["hai"], "explanation": "Vì luật"}
        ],
        answers={"given": [[1]], "points": [1]},
        submitted_at=timezone.now(),
        percent=100,
        passed=True,
    )
    study.finish_lesson(member, lesson, seconds=120)
    study.finish_lesson(member, quiz)
    return course


def test_the_download_has_everything_and_no_right_answers(member, learnt):
    answer = sign_in(member).post(DOWNLOAD)
    data = json.loads(answer.content)

    assert answer["Content-Disposition"].startswith('attachment; filename="du-lieu-cua-toi-')
    assert "no-store" in answer["Cache-Control"]
    assert data["account"]["full_name"] == "Đặng Thị Ánh"
    assert data["account"]["unit"] == "Công đoàn Công ty May Bến Sậy"
    assert data["account"]["consents"][0]["version"] == consents.current_text().pk
    assert data["account"]["sessions"][0]["user_agent"] == "Firefox thử nghiệm"
    training = data["training"]
    assert training["courses"][0]["course"] == "An toàn lao động"
    assert {lesson["lesson"] for lesson in training["courses"][0]["lessons"]} == {"Bài đọc", "Bài kiểm tra"}
    assert training["attempts"][0]["questions"][0]["answer"] == [1]
    assert training["certificates"][0]["holder"] == "Đặng Thị Ánh"
    text = answer.content.decode()
    assert "Vì luật" not in text
    assert '"right"' not in text
    assert "accepted" not in text
    assert member.password not in text


def test_it_holds_nobody_elses_data(member, learnt):
    other = factories.make_member(first_name="Khác Hẳn", member_code="0987654321")
    text = sign_in(other).post(DOWNLOAD).content.decode()

    assert "Ánh" not in text
    assert "0912345678" not in text


def test_the_password_is_asked_for_again(member):
    client = sign_in(member, confirmed=False)

    for path in (DOWNLOAD, DELETE):
        assert client.post(path, {"understood": "on"})["Location"].startswith("/tai-khoan/reauthenticate/")
    assert not DeletionRequest.objects.exists()
    answer = client.post("/tai-khoan/reauthenticate/", {"password": factories.PASSWORD, "next": DELETE})
    assert (answer.status_code, answer["Location"]) == (
        302,
        "/tai-khoan/login/",
    )  # the request that waited is carried out


def test_downloads_are_limited(member):
    client = sign_in(member)
    statuses = [client.post(DOWNLOAD).status_code for _ in range(6)]

    assert statuses == [200] * 5 + [302]


def test_deletion_warns_and_wants_the_box_ticked(member):
    client = sign_in(member)

    assert client.get(DELETE).status_code == 200
    assert client.post(DELETE, {}).status_code == 200
    assert not DeletionRequest.objects.exists()


def test_deletion_waits_a_week_and_logs_out_everywhere(member):
    here, elsewhere = sign_in(member), sign_in(member)
    here.post(DELETE, {"understood": "on"})

    assert DeletionRequest.objects.get().due_at > timezone.now() + timedelta(days=6, hours=23)
    for client in (here, elsewhere):
        assert client.get("/tai-khoan/").status_code == 302
    deletion.erase_due()
    assert User.objects.filter(pk=member.pk).exists()


def test_logging_in_calls_it_off(member):
    sign_in(member).post(DELETE, {"understood": "on"})
    sign_in(member)

    assert not DeletionRequest.objects.exists()
    DeletionRequest.objects.update(due_at=timezone.now())
    deletion.erase_due()
    assert User.objects.filter(pk=member.pk).exists()


def due(member) -> None:
    deletion.ask(member)
    DeletionRequest.objects.update(due_at=timezone.now() - timedelta(seconds=1))


def test_after_the_week_nothing_of_the_person_is_left(member, unit, learnt):
    certificate = Certificate.objects.get()
    sign_in(member)
    due(member)
    deletion.erase_due()

    assert not User.objects.filter(pk=member.pk).exists()
    for model in (Attempt, Certificate, LessonRecord, Consent, UserSession, DeletionRequest):
        assert not model.objects.exists(), model
    enrolment = Enrolment.objects.get()
    assert (enrolment.user, enrolment.unit, enrolment.completed_at is not None) == (None, unit, True)
    assert Client().get(certificate.url).status_code == 404


def test_a_seat_of_a_class_ahead_goes_to_whoever_waits(member):
    page = factories.make_class(seats=1)
    mine = factories.make_registration(page, user=member, name="Đặng Thị Ánh", contact="0912345678")
    waiting = factories.make_registration(page, name="Người Chờ", is_waiting=True)
    data = json.loads(sign_in(member).post(DOWNLOAD).content)
    assert data["training"]["classes"][0]["contact"] == "0912345678"

    due(member)
    deletion.erase_due()

    mine.refresh_from_db()
    waiting.refresh_from_db()
    assert (mine.name, mine.contact, mine.user, mine.is_active) == ("", "", None, False)
    assert (waiting.name, waiting.is_waiting) == ("Người Chờ", False)


def test_the_record_names_nobody(member):
    sign_in(member).post(DOWNLOAD)
    due(member)
    deletion.erase_due()

    assert [one.kind for one in DataRequest.objects.all()] == ["deleted", "deletion_asked", "exported"]
    done, asked, _exported = DataRequest.objects.all()
    assert done.reference == asked.reference
    fields = {field.name for field in DataRequest._meta.get_fields()}
    assert fields == {"id", "kind", "reference", "at"}


def test_one_that_fails_keeps_no_other_waiting(member, monkeypatch):
    other = factories.make_member()
    due(other)
    due(member)
    DeletionRequest.objects.update(due_at=timezone.now() - timedelta(seconds=1))

    def erase(user):
        if user.pk == other.pk:
            raise RuntimeError("no")

    personal_data.register_personal_data("test", export=str, erase=erase)
    try:
        deletion.erase_due()
    finally:
        personal_data.forget_personal_data("test")

    assert User.objects.filter(pk=other.pk).exists()
    assert not User.objects.filter(pk=member.pk).exists()


def test_who_has_published_asks_the_administrator(section):
    editor = factories.make_user(Role.EDITOR)
    factories.make_article(section, owner=editor)
    client = sign_in(editor)

    assert "understood" not in client.get(DELETE).content.decode()
    client.post(DELETE, {"understood": "on"})
    assert not DeletionRequest.objects.exists()


def test_superusers_cannot_leave_unseen():
    with pytest.raises(deletion.Refused):
        deletion.ask(factories.make_superuser())


def test_who_was_appointed_meanwhile_is_not_erased(member, section):
    due(member)
    factories.make_article(section, owner=member)
    deletion.erase_due()

    assert User.objects.filter(pk=member.pk).exists()


@pytest.mark.parametrize("model", [User, Member])
def test_whoever_deletes_an_account_erases_the_rest(model, member, learnt):
    model.objects.get(pk=member.pk).delete()

    assert not Attempt.objects.exists()
    assert not LessonRecord.objects.exists()


def test_every_table_that_names_a_person_is_answered_for():
    covered = {model for part in personal_data.all_personal_data() for model in part.covers}
    naming = {
        relation.related_model._meta.label
        for relation in User._meta.related_objects
        if not relation.many_to_many and relation.related_model._meta.app_label not in WAGTAILS
    }

    assert naming - covered == set()
    assert {label for label in covered if not apps.get_model(label)} == set()


def test_a_name_is_registered_once():
    with pytest.raises(ValueError, match="training"):
        personal_data.register_personal_data("training", export=str, erase=str)


def test_sessions_that_have_ended_are_forgotten(member):
    sign_in(member)
    Session.objects.update(expire_date=timezone.now() - timedelta(seconds=1))
    sessions.forget_ended()

    assert not Session.objects.exists()
    assert not UserSession.objects.exists()


def test_both_jobs_are_on_the_schedule():
    assert {"accounts_erase", "accounts_sessions"} <= {job.name for job in all_jobs()}


def test_the_administrator_sees_the_record(client_as, member):
    deletion.ask(member)
    reference = DataRequest.objects.get().reference

    assert reference in client_as(Role.ADMINISTRATOR).get("/admin/data_requests/").content.decode()
    assert client_as(Role.CHIEF_EDITOR).get("/admin/data_requests/").status_code == 302
