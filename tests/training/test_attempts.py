"""Quizzes: drawn and timed on the server, graded once, and nobody's but their own."""

import json
from datetime import timedelta

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from core.schedule import all_jobs
from tests import factories
from training import attempts
from training.models import Attempt, CoursePage, Enrolment, LessonPage, LessonRecord, Question

pytestmark = [pytest.mark.django_db(databases=["default", "visits"]), pytest.mark.usefixtures("media_root")]


@pytest.fixture
def bank():
    return factories.make_bank(
        *(factories.question(f"Câu hỏi số {number}?", "Đúng", "Sai", "Không rõ") for number in range(8))
    )


@pytest.fixture
def lesson(bank):
    return make_quiz(bank, count=5)


def make_quiz(bank, *, count=None, **fields) -> LessonPage:
    course = factories.make_course(title=f"Khoá {CoursePage.objects.count()}")
    return factories.make_lesson(course, title="Kiểm tra", bank=bank, count=count, **fields)


@pytest.fixture
def member():
    return factories.make_user()


def client_of(user) -> Client:
    client = Client()
    client.force_login(user)
    return client


def begin(client, lesson) -> Attempt:
    client.post(reverse("training-quiz", args=[lesson.pk]))
    return lesson.attempts.latest("pk")


def right_answers(attempt) -> dict[str, str]:
    return {f"cau-{number}": str(drawn["right"][0]) for number, drawn in enumerate(attempt.drawn, start=1)}


def hand_in(client, attempt, data=None):
    client.post(reverse("training-attempt", args=[attempt.code]), right_answers(attempt) if data is None else data)
    attempt.refresh_from_db()
    return attempt


def synchronise(client, *items, member=None):
    greeting = client.get(reverse("training-sync")).json()
    body = json.dumps({"member": greeting["member"] if member is None else member, "items": items})
    return client.post(reverse("training-sync"), body, content_type="application/json")


# Drawing ------------------------------------------------------------------------------------------------------------


def test_each_attempt_draws_other_questions_in_another_order(lesson, member):
    client = client_of(member)
    drawn = set()
    for _turn in range(6):
        attempt = begin(client, lesson)
        assert len({question["id"] for question in attempt.drawn}) == 5
        drawn.add(tuple((question["id"], *question["options"]) for question in attempt.drawn))
        hand_in(client, attempt)
    assert len(drawn) > 3


def test_a_second_press_goes_on_with_the_same_questions(lesson, member):
    client = client_of(member)
    first = begin(client, lesson)
    assert begin(client, lesson) == first
    assert begin(client_of(member), lesson) == first  # another device


def test_questions_changed_meanwhile_touch_no_attempt(lesson, member):
    client = client_of(member)
    attempt = begin(client, lesson)
    Question.objects.all().delete()

    assert hand_in(client, attempt).percent == 100


def test_a_question_switched_off_is_not_drawn(bank, lesson, member):
    bank.questions.update(is_active=False)
    off = Question.objects.first()
    Question.objects.filter(pk=off.pk).update(is_active=True)

    assert [question["id"] for question in begin(client_of(member), lesson).drawn] == [off.pk]


def test_two_banks_of_one_quiz_ask_no_question_twice(bank, member):
    lesson = make_quiz(bank)
    lesson.quiz_parts.create(bank=bank, count=3)

    drawn = attempts.draw_questions(LessonPage.objects.get(pk=lesson.pk))
    assert len({question.id for question in drawn}) == len(drawn) == 8


# Grading ------------------------------------------------------------------------------------------------------------


def test_the_first_answers_stand_however_often_they_are_sent(lesson, member):
    client = client_of(member)
    attempt = begin(client, lesson)
    hand_in(client, attempt, {})
    assert attempt.percent == 0

    assert hand_in(client, attempt).percent == 0
    item = {"id": "x", "kind": "answers", "attempt": attempt.code, "answers": right_answers(attempt)}
    assert synchronise(client, item).json()["results"]["x"]["state"] == "done"
    attempt.refresh_from_db()
    assert (attempt.percent, attempt.passed) == (0, False)
    assert lesson.attempts.count() == 1


@pytest.mark.parametrize("right", range(6))
def test_the_pass_mark(bank, member, right):
    lesson = make_quiz(bank, count=5, pass_mark=60)
    client = client_of(member)
    attempt = begin(client, lesson)
    hand_in(client, attempt, dict(list(right_answers(attempt).items())[:right]))

    assert (attempt.percent, attempt.passed) == (right * 20, right >= 3)


def test_no_more_attempts_than_allowed(bank, member):
    lesson = make_quiz(bank, attempts_allowed=2)
    client = client_of(member)
    for _turn in range(2):
        hand_in(client, begin(client, lesson), {})

    client.post(reverse("training-quiz", args=[lesson.pk]))
    assert lesson.attempts.count() == 2
    assert "hết số lần" in client.get(reverse("training-quiz", args=[lesson.pk])).content.decode()


@pytest.mark.parametrize("sent", [b"", b"{", b"[1]", b'"x"', b'{"member": "", "items": 7}', b'{"items": [1, "a"]}'])
def test_garbage_sent_to_the_server_is_refused_in_peace(client, sent):
    answer = client.post(reverse("training-sync"), sent, content_type="application/json")
    assert answer.status_code in {200, 400}


def test_garbage_in_answers_counts_for_nothing(lesson, member):
    client = client_of(member)
    attempt = begin(client, lesson)
    hand_in(client, attempt, {"cau-1": "99", "cau-2": "\x00", "cau-3": "x" * 10_000, "cau-4": ["1", "2", "3"]})
    assert attempt.percent in {0, 20}
    assert attempt.submitted_at is not None


# Time ---------------------------------------------------------------------------------------------------------------


@pytest.fixture
def timed(bank):
    return make_quiz(bank, minutes_allowed=10)


def test_the_servers_clock_decides(timed, member):
    client = client_of(member)
    attempt = begin(client, timed)
    page = client.get(reverse("training-attempt", args=[attempt.code])).content.decode()
    assert 'data-seconds-left="5' in page or 'data-seconds-left="600"' in page

    with time_machine.travel(timezone.now() + timedelta(minutes=11)):
        hand_in(client, attempt)
    assert (attempt.is_late, attempt.passed, attempt.percent) == (True, False, 0)


def test_answers_under_way_when_the_time_ran_out_still_count(timed, member):
    client = client_of(member)
    attempt = begin(client, timed)
    with time_machine.travel(attempt.due_at + timedelta(seconds=10)):
        assert hand_in(client, attempt).passed


def test_what_was_kept_without_network_comes_too_late_for_a_timed_quiz(timed, member):
    client = client_of(member)
    attempt = begin(client, timed)
    item = {"id": "a", "kind": "answers", "attempt": attempt.code, "answers": right_answers(attempt)}
    with time_machine.travel(timezone.now() + timedelta(hours=3)):
        result = synchronise(client, item).json()["results"]["a"]

    assert result["state"] == "refused"
    assert "Hết giờ" in result["message"]


def test_an_attempt_left_until_the_time_was_over_is_used_up(bank, member):
    lesson = make_quiz(bank, minutes_allowed=5, attempts_allowed=1)
    client = client_of(member)
    begin(client, lesson)
    with time_machine.travel(timezone.now() + timedelta(hours=1)):
        client.post(reverse("training-quiz", args=[lesson.pk]))

    assert lesson.attempts.get().is_late


# Whose it is --------------------------------------------------------------------------------------------------------


def test_nobody_sees_or_hands_in_what_is_somebody_elses(lesson, member):
    attempt = begin(client_of(member), lesson)
    address = reverse("training-attempt", args=[attempt.code])
    for stranger in (Client(), client_of(factories.make_user())):
        assert stranger.get(address).status_code == 404
        assert stranger.post(address, right_answers(attempt)).status_code == 404
        item = {"id": "a", "kind": "answers", "attempt": attempt.code, "answers": {}}
        assert synchronise(stranger, item).json()["results"]["a"]["state"] == "refused"
    attempt.refresh_from_db()
    assert attempt.is_open


def test_a_visitors_attempt_belongs_to_the_browser_that_began_it(lesson):
    visitor = Client()
    attempt = begin(visitor, lesson)

    assert visitor.get(reverse("training-attempt", args=[attempt.code])).status_code == 200
    assert Client().get(reverse("training-attempt", args=[attempt.code])).status_code == 404
    assert hand_in(visitor, attempt).passed
    assert not Enrolment.objects.exists()


def test_what_one_member_did_is_not_taken_for_another(lesson, member):
    other = factories.make_user()
    sent_for = client_of(member).get(reverse("training-sync")).json()["member"]
    answer = synchronise(client_of(other), {"id": "a", "kind": "done", "lesson": lesson.pk}, member=sent_for)

    assert answer.status_code == 409
    assert not LessonRecord.objects.exists()


def test_the_page_of_questions_holds_no_answer(member):
    bank = factories.make_bank(
        factories.question("Viết số của luật", "50/2024/QH15", kind="short", explanation="Vì sao lại thế"),
        factories.question("Ghép đôi", ["Một = Hai", "Ba = Bốn"], kind="match"),
        factories.question("Thứ tự", ["Trước", "Giữa", "Sau"], kind="order"),
    )
    client = client_of(member)
    attempt = begin(client, make_quiz(bank))
    answer = client.get(reverse("training-attempt", args=[attempt.code]))

    for hidden in ("50/2024", "Vì sao lại thế", "is_right", '"right"'):
        assert hidden not in answer.content.decode()
    assert "no-store" in answer["Cache-Control"]


SHOWN = [("passed", True, True), ("passed", False, False), ("always", False, True), ("never", True, False)]


@pytest.mark.parametrize(("reveal", "right", "shown"), SHOWN)
def test_when_right_answers_are_shown(member, reveal, right, shown):
    bank = factories.make_bank(factories.question("Hỏi?", "Phải", "Trái", explanation="Vì luật viết thế"))
    client = client_of(member)
    attempt = begin(client, make_quiz(bank, reveal=reveal))
    hand_in(client, attempt, None if right else {})
    page = client.get(reverse("training-attempt", args=[attempt.code])).content.decode()

    assert ("Vì luật viết thế" in page) == shown


# Sent later ---------------------------------------------------------------------------------------------------------


def test_lessons_done_without_network_arrive_once(member):
    course = factories.make_course(title="Khoá")
    lessons = [factories.make_lesson(course, title=f"Bài {number}") for number in range(3)]
    client = client_of(member)
    items = [{"id": f"d{one.pk}", "kind": "done", "lesson": one.pk, "seconds": 60} for one in lessons]

    first = synchronise(client, *items).json()["results"]
    again = synchronise(client, *items).json()["results"]

    assert {result["state"] for result in first.values()} == {"done"}
    assert {result["state"] for result in again.values()} == {"done"}
    assert LessonRecord.objects.filter(done_at__isnull=False).count() == 3
    enrolment = Enrolment.objects.get()
    assert enrolment.completed_at is not None
    assert enrolment.certificate.is_valid


def test_a_forged_done_of_a_graded_lesson_is_refused(lesson, member):
    result = synchronise(client_of(member), {"id": "d", "kind": "done", "lesson": lesson.pk}).json()["results"]["d"]
    assert result["state"] == "refused"
    assert not Enrolment.objects.filter(completed_at__isnull=False).exists()


def test_visitors_cannot_be_done_on_the_server(lesson):
    result = synchronise(Client(), {"id": "d", "kind": "done", "lesson": lesson.pk}).json()["results"]["d"]
    assert result["state"] == "refused"


def test_what_visitors_answered_is_forgotten_after_a_month(lesson, member):
    begin(Client(), lesson)
    kept = begin(client_of(member), lesson)
    [job] = [job for job in all_jobs() if job.name == "training_visitors"]
    with time_machine.travel(timezone.now() + timedelta(days=31)):
        job.run()

    assert list(Attempt.objects.all()) == [kept]
