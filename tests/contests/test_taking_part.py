"""Entering a contest, answering, handing in: once, in time, and nobody's but their own."""

import re
from datetime import timedelta

import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from contests import entering
from contests.identity import identity, normal_phone
from contests.models import Answer, Entry
from core.schedule import all_jobs
from tests import factories
from training.models import Certificate

pytestmark = [pytest.mark.django_db(databases=["default", "visits"]), pytest.mark.usefixtures("media_root")]

PHONE = "0912 345 678"


@pytest.fixture
def bank():
    return factories.make_bank(
        *(factories.question(f"Câu hỏi số {number}?", f"Đúng {number}", "Sai", "Không rõ") for number in range(8))
    )


@pytest.fixture
def contest(bank):
    return factories.make_contest(bank, title="Hiểu luật để bảo vệ mình")


@pytest.fixture
def round_(contest):
    return contest.rounds.get()


def form(**changed):
    return {
        "name": "Đặng Thị Ánh",
        "phone": PHONE,
        "unit": "Công đoàn Dệt may",
        "guess": "120",
        "consent": "on",
        "website": "",
        **changed,
    }


def enter(round_, client=None, **changed) -> Entry:
    answer = (client or Client()).post(round_.url, form(**changed))
    assert answer.status_code == 302, re.findall(r"field__error.*?</p>", answer.content.decode(), re.DOTALL)
    return Entry.objects.get(code=answer["Location"].split("/")[3])


def right(entry, number) -> dict[str, str]:
    return {f"cau-{number}": str(entry.drawn[number - 1]["right"][0])}


def answer_all(entry, client=None, *, but=()):
    client = client or Client()
    for number in range(1, len(entry.drawn) + 1):
        if number not in but:
            client.post(entry.question_url(number), right(entry, number))
    client.post(f"{entry.url}nop/")
    entry.refresh_from_db()
    return entry


def test_from_the_page_to_the_result(contest, round_):
    client = Client()
    page = client.get(contest.url).content.decode()
    assert round_.url in page

    entry = enter(round_, client)
    first = client.get(entry.question_url(1)).content.decode()
    assert "1/3" in first
    assert client.post(entry.question_url(1), right(entry, 1))["Location"] == entry.question_url(2)
    client.post(entry.question_url(2), right(entry, 2))
    assert client.post(entry.question_url(3), right(entry, 3))["Location"] == f"{entry.url}nop/"
    assert client.post(f"{entry.url}nop/")["Location"] == entry.url

    entry.refresh_from_db()
    assert (entry.points, entry.percent, entry.is_open) == (3, 100, False)
    assert "3/3 (100%)" in client.get(entry.url).content.decode()


def test_what_was_answered_is_there_when_one_comes_back(round_):
    entry = enter(round_)
    Client().post(entry.question_url(2), {**right(entry, 2), "den": "1"})

    page = Client().get(entry.question_url(2)).content.decode()

    assert re.search(rf'value="{right(entry, 2)["cau-2"]}" checked', page)
    assert Client().get(entry.url)["Location"] == entry.question_url(1)  # the first without an answer


def test_the_last_word_counts_and_there_is_one(round_):
    entry = enter(round_)
    wrong = {"cau-1": str(next(place for place in (1, 2, 3) if place not in entry.drawn[0]["right"]))}
    for data in (wrong, right(entry, 1), right(entry, 1)):
        Client().post(entry.question_url(1), data)

    assert [answer.given for answer in Answer.objects.filter(entry=entry)] == [entry.drawn[0]["right"][0]]


def test_a_form_whose_answer_was_lost_leads_to_the_same_entry(round_):
    key = re.search(r'name="key" value="([^"]+)"', Client().get(round_.url).content.decode())[1]
    first = enter(round_, key=key)

    assert enter(round_, key=key) == first
    for stranger in (form(key=key, phone="0987654321"), form(key=""), form(key="made:up")):
        answer = Client().post(round_.url, stranger)
        assert first.code not in (answer.get("Location") or answer.content.decode())


@pytest.mark.parametrize("other", ["0912345678", "+84 912 345 678", "912.345.678"])
def test_one_number_enters_once(round_, other):
    enter(round_)

    answer = Client().post(round_.url, form(phone=other, name="Người Khác"))

    assert answer.status_code == 200
    assert Entry.objects.count() == 1
    assert Entry.objects.get().code not in answer.content.decode()


def test_a_number_leaves_only_a_keyed_trace(round_, contest):
    entry = enter(round_)

    stored = " ".join(map(str, Entry.objects.values_list().get(pk=entry.pk)))
    assert "912345678" not in stored
    assert entry.identity == identity(contest.pk, normal_phone(PHONE))
    assert entry.identity != identity(contest.pk + 1, normal_phone(PHONE))
    assert entry.last_digits == "678"


@pytest.mark.parametrize(
    "changed",
    [
        {"phone": "12"},
        {"phone": "ABC1234"},
        {"phone": "0" * 500},
        {"name": "123"},
        {"name": "\x00"},
        {"guess": "-1"},
        {"guess": "nhiều"},
        {"consent": ""},
        {"website": "spam"},
        {"unit": ""},
    ],
)
def test_bad_input_is_named_and_nobody_enters(round_, changed):
    answer = Client().post(round_.url, form(**changed))

    assert answer.status_code == 200
    assert "field__error" in answer.content.decode()
    assert not Entry.objects.exists()


def test_a_member_enters_by_the_account_and_finds_the_entry_on_every_device(bank):
    page = factories.make_contest(bank, entrants="members")
    round_ = page.rounds.get()
    assert "/tai-khoan/login/" in Client().get(round_.url).content.decode()
    assert Client().post(round_.url, form()).status_code == 200
    assert not Entry.objects.exists()

    member = factories.make_member(member_code="0912345678")
    phone, desk = Client(), Client()
    for client in (phone, desk):
        client.force_login(member)
    entry = enter(round_, phone)

    assert (entry.user, entry.last_digits) == (member, "678")
    assert desk.get(round_.url)["Location"] == entry.url
    assert entry.url in desk.get(page.url).content.decode()


def test_the_number_of_a_member_who_entered_without_account_is_taken(contest, round_):
    enter(round_)
    client = Client()
    client.force_login(factories.make_member(member_code="0912345678"))

    answer = client.post(round_.url, form())

    assert answer.status_code == 200
    assert Entry.objects.count() == 1


@pytest.mark.parametrize("days", [-30, 3])
def test_only_an_open_round_takes_entries(bank, days):
    page = factories.make_contest(bank, days=days)
    round_ = page.rounds.get()

    assert Client().get(round_.url)["Location"] == page.url
    assert Client().post(round_.url, form()).status_code == 302
    assert not Entry.objects.exists()
    assert Client().get(page.url).status_code == 200


def test_nothing_counts_after_the_time(round_):
    entry = enter(round_)
    Client().post(entry.question_url(1), right(entry, 1))

    with time_machine.travel(entry.due_at + timedelta(seconds=11)):
        assert Client().post(entry.question_url(2), right(entry, 2))["Location"] == entry.url
        Client().get(entry.url)

    entry.refresh_from_db()
    assert (entry.points, entry.is_open, entry.submitted_at) == (1, False, entry.due_at)
    assert Answer.objects.filter(entry=entry).count() == 1


def test_a_round_that_closes_stops_whoever_began_late(bank):
    page = factories.make_contest(bank, days=-1, lasts=1.003)  # four minutes left
    entry = enter(page.rounds.get())

    assert entry.due_at == page.rounds.get().closes_at


def test_answers_after_the_handing_in_change_nothing(round_):
    entry = answer_all(enter(round_), but={2})

    Client().post(entry.question_url(2), right(entry, 2))
    Client().post(f"{entry.url}nop/")

    entry.refresh_from_db()
    assert entry.points == 2
    assert Answer.objects.filter(entry=entry).count() == 2


def test_whoever_forgets_to_hand_in_is_judged_by_the_clock(round_):
    entry = enter(round_)
    Client().post(entry.question_url(1), right(entry, 1))

    with time_machine.travel(entry.due_at + timedelta(minutes=2)):
        next(job for job in all_jobs() if job.name == "contests_close").run()

    entry.refresh_from_db()
    assert (entry.points, entry.seconds) == (1, 20 * 60)


def test_the_page_of_a_question_tells_nothing_of_what_is_right(round_):
    """Of two entries with the same options in the same order, one with another right answer: the same page."""
    entry = enter(round_)
    page = Client().get(entry.question_url(1)).content.decode()
    entry.drawn[0]["right"] = [entry.drawn[0]["right"][0] % 3 + 1]
    entry.drawn[0]["explanation"] = "Giải thích bí mật"
    entry.save()

    changing = r'name="csrfmiddlewaretoken" value="\w+"|data-seconds-left="\d+"'
    other = Client().get(entry.question_url(1)).content.decode()
    assert re.sub(changing, "", page) == re.sub(changing, "", other)


def test_what_is_right_is_nowhere_before_the_round_is_closed(round_, contest):
    entry = enter(round_)
    client = Client()
    answer_all(entry, client)

    result = client.get(entry.url).content.decode()
    assert "Đúng" not in result
    assert "Giải thích" not in result

    with time_machine.travel(round_.closes_at + timedelta(minutes=1)):
        assert "Đúng" in client.get(entry.url).content.decode()


def test_points_wait_for_the_end_where_the_editor_wants_it(bank):
    page = factories.make_contest(bank, shows_points_at_once=False)
    entry = answer_all(enter(page.rounds.get()))

    assert "(100%)" not in Client().get(entry.url).content.decode()
    with time_machine.travel(page.rounds.get().closes_at + timedelta(minutes=1)):
        assert "(100%)" in Client().get(entry.url).content.decode()


def test_entries_of_others_are_not_found(round_):
    entry = enter(round_)

    for code in (entry.ticket, str(entry.pk), entry.code[:-1] + ("0" if entry.code[-1] != "0" else "1"), "x" * 500):
        assert Client().get(f"/cuoc-thi/bai/{code}/").status_code == 404
    response = Client().get(entry.url, follow=True)
    assert "no-store" in response["Cache-Control"]
    assert "noindex" in response["X-Robots-Tag"]
    assert response["Referrer-Policy"] == "same-origin"


def test_codes_cannot_be_tried_without_end(round_):
    client = Client()
    codes = [client.get(f"/cuoc-thi/bai/{number:020d}/").status_code for number in range(62)]

    assert codes[-1] == 429


@pytest.mark.parametrize("number", [0, 4, 99999])
def test_there_are_no_other_questions(round_, number):
    entry = enter(round_)

    assert Client().get(entry.question_url(number)).status_code == 404
    assert Client().post(entry.question_url(number), {"cau-1": "1"}).status_code == 404


@pytest.mark.parametrize(
    "data", [{"cau-1": "99"}, {"cau-1": "x"}, {"cau-1": ["1", "2"]}, {}, {"den": "²"}, {"den": "9" * 99}]
)
def test_answers_that_cannot_be_meant_are_none(round_, data):
    entry = enter(round_)

    assert Client().post(entry.question_url(1), data).status_code == 302
    assert entering.answers_of(entry) == {}


def test_two_people_get_different_questions(bank, round_):
    drawn = {tuple(one["id"] for one in factories.make_entry(round_).drawn) for _number in range(12)}

    assert len(drawn) > 3


def test_an_entry_taken_out_makes_room_and_counts_no_more(round_):
    entry = answer_all(enter(round_))
    assert entering.take_out(entry, "Dùng số của người khác")
    assert not entering.take_out(entry, "lần nữa")

    assert "Dùng số của người khác" in Client().get(entry.url).content.decode()
    assert enter(round_).pk != entry.pk


def test_the_certificate_is_given_after_the_round_once(round_, contest):
    entry = answer_all(enter(round_))
    ask = f"{entry.url}chung-nhan/"
    assert Client().post(ask)["Location"] == entry.url

    with time_machine.travel(round_.closes_at + timedelta(minutes=1)):
        first, again = Client().post(ask)["Location"], Client().post(ask)["Location"]

    assert first == again
    certificate = Certificate.objects.get()
    assert (certificate.holder, certificate.title) == ("Đặng Thị Ánh", "Hiểu luật để bảo vệ mình")
    assert Client().get(first).status_code == 200


def test_a_weak_entry_gets_no_certificate(round_):
    entry = answer_all(enter(round_), but={1, 2, 3})

    with time_machine.travel(round_.closes_at + timedelta(minutes=1)):
        Client().post(f"{entry.url}chung-nhan/")

    assert not Certificate.objects.exists()


def test_people_are_forgotten_after_a_year_and_figures_stay(round_):
    entry = answer_all(enter(round_))

    with time_machine.travel(round_.closes_at + timedelta(days=366)):
        next(job for job in all_jobs() if job.name == "contests_forget").run()

    entry.refresh_from_db()
    assert (entry.name, entry.identity, entry.last_digits, entry.drawn) == ("", "", "", [])
    assert entry.points == 3
    assert not Answer.objects.exists()
    assert Client().get(entry.url).status_code == 200


@pytest.mark.parametrize("entrants", [1, 20])
def test_pages_ask_the_same_few_queries(round_, contest, django_assert_max_num_queries, entrants):
    for _number in range(entrants):
        factories.make_entry(round_, right=2)
    entry = enter(round_)
    Client().get(contest.url)

    with django_assert_max_num_queries(22):
        Client().get(contest.url)
    with django_assert_max_num_queries(9):
        Client().get(entry.question_url(1))
    with django_assert_max_num_queries(8):
        Client().post(entry.question_url(1), right(entry, 1))


def test_deleting_an_account_forgets_its_entries(round_):
    member = factories.make_member(member_code="0912345678")
    client = Client()
    client.force_login(member)
    entry = answer_all(enter(round_, client), client)

    member.delete()

    entry.refresh_from_db()
    assert (entry.name, entry.user, entry.points) == ("", None, 3)
    assert timezone.now() >= entry.forgotten_at
