"""A course as visitors and members study it, from the first lesson to the certificate."""

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests import factories
from training import access, study
from training.models import Certificate, CoursePage, Enrolment, LessonPage, LessonRecord

pytestmark = [pytest.mark.django_db(databases=["default", "visits"]), pytest.mark.usefixtures("media_root")]


@pytest.fixture
def course():
    """Three lessons, the last of them a quiz of two questions."""
    made = factories.make_course(title="Thương lượng lương")
    factories.make_lesson(made, title="Ba khái niệm")
    factories.make_lesson(made, title="Tìm số liệu")
    bank = factories.make_bank(
        factories.question("Tiền ăn ca có tính vào lương tối thiểu?", "Không", "Có"),
        factories.question("Ai ký thoả ước?", "Chủ tịch công đoàn cơ sở", "Trưởng ca"),
    )
    factories.make_lesson(made, title="Kiểm tra", bank=bank)
    return made


@pytest.fixture
def member():
    return factories.make_user(
        unit=factories.make_unit("Công đoàn Dệt may Đông Hải"), last_name="Đỗ Thị", first_name="Ẵm"
    )


def client_of(user) -> Client:
    client = Client()
    client.force_login(user)
    return client


def lessons(course) -> list[LessonPage]:
    return list(LessonPage.objects.child_of(course).order_by("path"))


def finish(client, lesson):
    return client.post(reverse("training-finish", args=[lesson.pk]), {"seconds": "90"})


def answer(client, lesson, *, right=True):
    """Begin the quiz of a lesson and hand in; gives the attempt."""
    begun = client.post(reverse("training-quiz", args=[lesson.pk]))
    attempt = lesson.attempts.latest("pk")
    assert begun["Location"] == reverse("training-attempt", args=[attempt.code])
    data = {}
    for number, drawn in enumerate(attempt.drawn, start=1):
        wrong = next(n for n in range(1, len(drawn["options"]) + 1) if n not in drawn["right"])
        data[f"cau-{number}"] = str(drawn["right"][0] if right else wrong)
    client.post(begun["Location"], data)
    attempt.refresh_from_db()
    return attempt


# Visitors -----------------------------------------------------------------------------------------------------------


def test_a_visitor_reads_a_course_and_its_lessons_without_any_cookie(course):
    client = Client()
    page = client.get(course.url)
    html = page.content.decode()

    assert [lesson.title for lesson in lessons(course) if lesson.title not in html] == []
    assert "3 bài" in html
    for lesson in lessons(course)[:2]:
        answer = client.get(lesson.url)
        assert answer.status_code == 200
        assert "Tìm hiểu số liệu" in answer.content.decode()
        assert answer["X-Keep-Offline"] == "1"
    assert not client.cookies
    assert "public" in page["Cache-Control"]
    assert not Enrolment.objects.exists()


def test_a_course_for_members_shows_its_lessons_to_members_alone(course, member):
    CoursePage.objects.filter(pk=course.pk).update(access="members")
    lesson = lessons(course)[0]

    shut = Client().get(lesson.url)
    assert "Tìm hiểu số liệu" not in shut.content.decode()
    assert "/tai-khoan/login/?next=" in shut.content.decode()
    assert not shut.has_header("X-Keep-Offline")
    assert "Tìm hiểu số liệu" in client_of(member).get(lesson.url).content.decode()


# Members ------------------------------------------------------------------------------------------------------------


def test_a_member_goes_from_the_first_lesson_to_the_certificate(course, member):
    client = client_of(member)
    first, second, quiz = lessons(course)

    assert finish(client, first)["Location"] == second.url
    assert "Học tiếp bài 2" in client.get(course.url).content.decode()
    assert finish(client, second)["Location"] == quiz.url
    attempt = answer(client, quiz)

    assert (attempt.percent, attempt.passed) == (100, True)
    enrolment = Enrolment.objects.get(user=member, course=course)
    assert enrolment.completed_at is not None
    assert enrolment.unit == member.unit
    certificate = Certificate.objects.get(enrolment=enrolment)
    assert certificate.holder == "Đỗ Thị Ẵm"
    assert certificate.unit_name == "Công đoàn Dệt may Đông Hải"
    assert certificate.url in client.get(course.url).content.decode()
    assert access.studied_seconds(enrolment) == 180


def test_lessons_open_one_after_another(course, member):
    client = client_of(member)
    first, second, quiz = lessons(course)

    shut = client.get(second.url).content.decode()
    assert "Tìm hiểu số liệu" not in shut
    assert first.url in shut
    assert finish(client, second)["Location"] == second.url
    assert client.get(reverse("training-quiz", args=[quiz.pk]))["Location"] == quiz.url
    assert not LessonRecord.objects.filter(done_at__isnull=False).exists()

    CoursePage.objects.filter(pk=course.pk).update(in_order=False)
    assert "Tìm hiểu số liệu" in client.get(second.url).content.decode()


def test_a_course_waits_for_the_courses_before_it(course, member):
    further = factories.make_course(title="Nâng cao")
    further.prerequisites = [course]
    further.save()
    lesson = factories.make_lesson(further, title="Bài nâng cao")
    client = client_of(member)

    assert course.url in client.get(lesson.url).content.decode()
    with pytest.raises(study.NotYet):
        study.finish_lesson(member, lesson)

    for one in lessons(course)[:2]:
        finish(client, one)
    answer(client, lessons(course)[2])
    assert "Tìm hiểu số liệu" in client.get(lesson.url).content.decode()


def test_courses_that_wait_for_each_other_are_refused(course):
    further = factories.make_course(title="Nâng cao")
    further.prerequisites = [course]
    further.save()
    course.prerequisites = [further]

    with pytest.raises(Exception, match=r"chính nó"):
        course.clean()


def test_a_graded_lesson_is_not_done_by_pressing_a_button(course, member):
    client = client_of(member)
    first, second, quiz = lessons(course)
    finish(client, first)
    finish(client, second)

    finish(client, quiz)
    assert answer(client, quiz, right=False).passed is False
    finish(client, quiz)

    assert not Certificate.objects.exists()
    assert answer(client, quiz).passed is True
    assert Certificate.objects.count() == 1


def test_being_done_twice_changes_nothing_but_the_time(course, member):
    client = client_of(member)
    first = lessons(course)[0]
    finish(client, first)
    done_at = LessonRecord.objects.get().done_at
    finish(client, first)

    record = LessonRecord.objects.get()
    assert (record.done_at, record.seconds) == (done_at, 180)


def test_a_phone_left_open_overnight_studies_nothing(course, member):
    client_of(member).post(reverse("training-finish", args=[lessons(course)[0].pk]), {"seconds": "999999"})
    assert LessonRecord.objects.get().seconds == study.MOST_SECONDS


def test_a_lesson_remembers_where_one_is(course, member):
    client = client_of(member)
    first, second, _quiz = lessons(course)
    finish(client, first)
    client.get(second.url)

    assert Enrolment.objects.get().last_lesson == second
    mine = client.get(reverse("training-mine")).content.decode()
    assert second.url in mine
    assert course.title in mine


def test_a_lesson_added_later_does_not_take_a_certificate_away(course, member):
    client = client_of(member)
    for one in lessons(course)[:2]:
        finish(client, one)
    answer(client, lessons(course)[2])
    factories.make_lesson(course, title="Bài mới")

    assert Certificate.objects.get().is_valid
    assert Certificate.objects.get().url in client.get(course.url).content.decode()


def test_a_course_that_is_deleted_leaves_what_was_learnt(course, member):
    client = client_of(member)
    for one in lessons(course)[:2]:
        finish(client, one)
    answer(client, lessons(course)[2])
    CoursePage.objects.get(pk=course.pk).delete()

    assert Client().get(Certificate.objects.get().url).status_code == 200
    assert "Thương lượng lương" in client.get(reverse("training-mine")).content.decode()


# Lists --------------------------------------------------------------------------------------------------------------


def queries(client, address) -> int:
    client.get(address)
    with CaptureQueriesContext(
        connection,
    ) as captured:
        assert client.get(address).status_code == 200
    return len(captured)


def test_courses_of_three_and_of_thirty_lessons_cost_the_same(course, member):
    client = client_of(member)
    few = queries(Client(), course.url), queries(client, course.url), queries(Client(), lessons(course)[0].url)
    for number in range(27):
        factories.make_lesson(course, title=f"Bài thêm {number}")
    many = queries(Client(), course.url), queries(client, course.url), queries(Client(), lessons(course)[0].url)

    assert many == few
    assert max(few) <= 24


def test_the_list_tells_how_many_lessons_a_course_has(course):
    factories.make_material(title="Bộ trang trình chiếu")
    members = factories.make_course(title="Chỉ cho đoàn viên", access="members")
    factories.make_lesson(members, title="Một")

    html = Client().get("/dao-tao/").content.decode()

    assert "3 bài" in html
    assert re.search(r"1 bài · dành cho đoàn viên", html)
    assert "Bộ trang trình chiếu" in html
    before = queries(Client(), "/dao-tao/")
    for number in range(8):
        factories.make_lesson(factories.make_course(title=f"Khoá {number}"), title="Bài")
    assert queries(Client(), "/dao-tao/") == before


def test_lessons_are_no_items_of_their_own(course):
    html = Client().get("/dao-tao/").content.decode()
    assert lessons(course)[0].url not in html


def test_an_address_of_the_portal_itself_is_refused(admin_client):
    with pytest.raises(Exception, match="địa chỉ"):
        factories.make_course(title="Học", slug="hoc").clean()


def test_a_course_without_lessons_says_so():
    html = Client().get(factories.make_course(title="Trống").url).content.decode()
    assert "0 bài" in html


def test_expired_lessons_are_not_asked_for(course, member):
    from django.utils import timezone

    second = lessons(course)[1]
    LessonPage.objects.filter(pk=second.pk).update(expire_at=timezone.now() - timedelta(minutes=1))
    client = client_of(member)
    finish(client, lessons(course)[0])
    answer(client, lessons(course)[2])

    assert Certificate.objects.count() == 1
