"""«Paste questions»: what was understood is shown, stored at once, and nothing else is lost."""

import json
import unicodedata

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from organisations.roles import Role
from tests import factories
from training import pasting
from training.models import Question, QuestionOption

pytestmark = [pytest.mark.django_db(databases=["default", "visits"])]

GOOD = """Câu 1. Ai ký thoả ước phía người lao động?
A. Giám đốc
B. Chủ tịch công đoàn cơ sở *
Giải thích: Điều 76.

Câu 2. Nối cho đúng
A. Đoàn phí = 1%
B. Kinh phí = 2%
"""
BAD = """Câu 3. Câu này chưa đánh dấu?
A. Một
B. Hai
"""


@pytest.fixture
def bank():
    return factories.make_bank(title="Thoả ước", unit=factories.make_unit())


@pytest.fixture
def paste(admin_client, bank):
    """Send the form as a browser without scripts does."""

    def send(*texts, **fields):
        url = reverse("wagtailsnippets_training_questionbank:paste", args=[bank.pk])
        response = admin_client.post(url, {"text": texts, **fields})
        assert response.status_code == 200
        return response

    return send


def understood(response) -> list[str]:
    return [one["asked"].text for one in response.context["understood"]]


def unclear(response) -> list[str]:
    return [one["text"] for one in response.context["unclear"]]


def store(paste, shown, *texts):
    return paste(*(texts or unclear(shown)), understood=shown.context["understood_json"], store="1")


def messages_of(response) -> str:
    return " ".join(str(message) for message in response.context["messages"])


def test_it_shows_how_each_was_understood_and_stores_nothing_yet(paste):
    shown = paste(GOOD + BAD)
    html = shown.content.decode()

    assert understood(shown) == ["Ai ký thoả ước phía người lao động?", "Nối cho đúng"]
    assert [one["asked"].kind for one in shown.context["understood"]] == ["single", "match"]
    assert 'class="is-right"' in html
    assert "Đoàn phí → 1%" in html
    assert "Điều 76." in html
    assert unclear(shown) == [BAD.strip()]
    assert BAD.strip() in html
    assert not Question.objects.exists()


def test_the_good_ones_are_stored_and_the_others_stay_in_the_form(paste, bank, admin_client):
    answer = store(paste, paste(GOOD + BAD))

    assert [(one.text, one.kind) for one in bank.questions.order_by("pk")] == [
        ("Ai ký thoả ước phía người lao động?", "single"),
        ("Nối cho đúng", "match"),
    ]
    first, second = bank.questions.order_by("pk")
    assert [(one.text, one.is_right, one.sort_order) for one in first.options.all()] == [
        ("Giám đốc", False, 0),
        ("Chủ tịch công đoàn cơ sở", True, 1),
    ]
    assert [(one.text, one.partner) for one in second.options.all()] == [("Đoàn phí", "1%"), ("Kinh phí", "2%")]
    assert first.explanation == "Điều 76."
    assert understood(answer) == []
    assert unclear(answer) == [BAD.strip()]
    found = admin_client.get(reverse("wagtailsnippets_training_question:list"), {"q": "thoa uoc phia"})
    assert "Ai ký thoả ước" in found.content.decode()


def test_what_was_mended_joins_the_others(paste, bank):
    shown = paste(GOOD + BAD)
    mended = unclear(shown)[0].replace("B. Hai", "B. Hai *")
    again = paste(mended, understood=shown.context["understood_json"])

    assert understood(again) == [*understood(shown), "Câu này chưa đánh dấu?"]
    assert unclear(again) == []
    store(paste, again)
    assert bank.questions.count() == 3


def test_what_was_mended_while_storing_is_shown_and_not_lost(paste, bank):
    shown = paste(GOOD + BAD)
    answer = store(paste, shown, unclear(shown)[0].replace("B. Hai", "B. Hai *"))

    assert bank.questions.count() == 2
    assert understood(answer) == ["Câu này chưa đánh dấu?"]


def test_a_table_of_answers_is_kept_with_what_must_be_mended(paste):
    text = "Câu 1. Một?\nA. Có\nB. Có\n\nCâu 2. Hai?\nA. Có\nB. Không\n\nĐáp án\n1-B 2-A\n"
    shown = paste(text)
    assert understood(shown) == ["Hai?"]

    again = paste(unclear(shown)[0].replace("B. Có", "B. Không"))

    assert [option.is_right for option in again.context["understood"][0]["asked"].options] == [False, True]


def test_what_the_bank_has_or_comes_twice_is_left_out_with_a_note(paste, bank):
    store(paste, paste(GOOD))
    again = GOOD.replace("Ai ký thoả ước", unicodedata.normalize("NFD", "AI  KÝ thoả ước"))
    shown = paste(again + "Câu 5. Mới?\nA. Có *\nB. Không\nCâu 6. mới?\nA. Có *\nB. Không")

    assert understood(shown) == ["Mới?"]
    assert "3 câu" in messages_of(shown)
    store(paste, shown)
    assert bank.questions.count() == 3


def test_pressed_twice_it_is_stored_once(paste, bank):
    shown = paste(GOOD)
    store(paste, shown)
    again = store(paste, shown)

    assert bank.questions.count() == 2
    assert messages_of(again)


def test_five_hundred_at_once_take_few_queries(paste, bank):
    text = "\n".join(f"Câu {n}. Câu hỏi số {n}?\nA. Sai\nB. Đúng *\nC. Không\nD. Khác\n" for n in range(1, 501))
    with CaptureQueriesContext(connection) as reading:
        shown = paste(text)
    assert len(understood(shown)) == 500
    with CaptureQueriesContext(connection) as storing:
        store(paste, shown)

    assert Question.objects.filter(bank=bank).count() == 500
    assert QuestionOption.objects.filter(question__bank=bank).count() == 2000
    assert len(reading) < 15
    assert len(storing) < 45


def test_too_much_at_once_comes_back_whole(paste):
    text = "\n".join(f"Câu {n}. Câu {n}?\nA. Sai\nB. Đúng *\n" for n in range(1, 602))
    shown = paste(text)

    assert understood(shown) == []
    assert unclear(shown) == [text]
    assert "Câu 601." in shown.content.decode()


@pytest.mark.parametrize(
    "text",
    [
        "",
        "   \n",
        "\0\0\0",
        "Chỉ là một đoạn văn.",
        "x" * 1_100_000,
        "Câu 1.\n" * 3000,
        "PK\x03\x04\x14\0\x06\0" + "\x7f\xff" * 500,
        "<script>alert(1)</script>",
        "Câu 1. <img src=x onerror=alert(1)>?\nA. <b>Một</b> *\nB. Hai",
    ],
)
def test_anything_may_be_pasted(paste, text):
    html = paste(text).content.decode()

    assert "<script>alert" not in html
    assert "<img src=x" not in html
    assert "<b>Một" not in html
    assert not Question.objects.exists()


@pytest.mark.parametrize(
    "garbage",
    [
        "{",
        "null",
        "[1, null, []]",
        "[" * 100_000,
        json.dumps([{"kind": "single"}]),
        json.dumps([{"kind": "x", "text": "a", "explanation": "", "options": [["a", True, ""], ["b", False, ""]]}]),
        json.dumps([{"kind": "single", "text": "a", "explanation": "", "options": [["a", 1, ""], ["b", False, ""]]}]),
        json.dumps([{"kind": "single", "text": "a", "explanation": "", "options": ["ab", {}]}]),
        json.dumps(
            [{"kind": "single", "text": "\0" * 9, "explanation": "", "options": [["a", True, ""], ["b", 0, ""]]}]
        ),
        "\0",
    ],
)
def test_a_hidden_field_that_was_tampered_with_stores_nothing(paste, garbage):
    paste("", understood=garbage, store="1")

    assert not Question.objects.exists()


def test_what_goes_through_the_hidden_field_comes_back_the_same(bank):
    questions = pasting.read([GOOD], [], bank).understood

    assert pasting.from_json(pasting.to_json(questions)) == questions


def test_editors_paste_into_banks_of_their_units(client_as, bank):
    url = reverse("wagtailsnippets_training_questionbank:paste", args=[bank.pk])
    mine, other = client_as(Role.EDITOR, bank.unit), client_as(Role.EDITOR, factories.make_unit())

    assert mine.post(url, {"text": GOOD}).status_code == 200
    assert other.post(url, {"text": GOOD}).status_code == 404
    assert client_as(Role.CONTRIBUTOR, bank.unit).get(url).status_code == 302
