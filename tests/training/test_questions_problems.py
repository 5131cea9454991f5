import pytest
from django.utils.translation import override

from training.questions import KINDS, Option, Question, problems


@pytest.fixture(autouse=True)
def in_english():
    with override("en"):
        yield


def question(kind, *options, text="Công đoàn Việt Nam thành lập năm nào?", explanation=""):
    return Question(1, kind, text, tuple(options), explanation)


RIGHT, WRONG, OTHER = Option("1929", is_right=True), Option("1930"), Option("1945")


@pytest.mark.parametrize(
    "fine",
    [
        question("single", RIGHT, WRONG),
        question("multiple", RIGHT, WRONG),
        question("multiple", RIGHT, Option("1930", is_right=True)),
        question("order", WRONG, OTHER),
        question("match", Option("Nam", partner="62"), Option("Nữ", partner="60")),
        question("match", Option("Nam", partner="62"), Option("Nữ", partner="60"), Option("Thợ lò", partner="60")),
        question("short", Option("1929")),
    ],
)
def test_a_question_that_can_be_asked_has_no_problems(fine):
    assert problems(fine) == []


@pytest.mark.parametrize(
    ("broken", "words"),
    [
        (question("essay", RIGHT), "no question of the kind “essay”"),
        (question("single", RIGHT, WRONG, text=" \u200b\n"), "no text"),
        (question("single", RIGHT, WRONG, text="a" * 2001), "at most 2000 letters"),
        (question("single", RIGHT, WRONG, explanation="a" * 4001), "at most 4000 letters"),
        (question("single", RIGHT, Option(" ")), "Answer 2 is empty"),
        (question("single", RIGHT, Option("a" * 501)), "Answer 2 is too long: at most 500"),
        (question("match", RIGHT, Option("a", partner="b" * 501)), "Answer 2 is too long"),
        (question("single", *[Option(str(n), is_right=n == 1) for n in range(13)]), "at most 12 answers"),
        (question("single", RIGHT), "two answers"),
        (question("single", WRONG, OTHER), "No answer is marked as right"),
        (question("single", RIGHT, Option("x", is_right=True), OTHER), "2 are marked"),
        (question("single", RIGHT, WRONG, Option(" 1930 ")), "Answers 2 and 3 are alike"),
        (question("multiple", WRONG, OTHER), "No answer is marked"),
        (question("multiple", RIGHT), "two answers"),
        (question("order", WRONG), "two answers"),
        (question("order", Option("Họp"), Option("HỌP")), "Answers 1 and 2 are alike"),
        (question("order", Option("hòa"), Option("ho\u0300a")), "Answers 1 and 2 are alike"),
        (question("match", Option("Nam", partner="62"), Option("Nữ")), "Pair 2 has no right-hand side"),
        (question("match", Option("Nam", partner="62"), Option("nam", partner="60")), "Answers 1 and 2 are alike"),
        (question("match", Option("Nam", partner="a"), Option("Nữ", partner="A")), "nothing to match"),
        (question("short"), "one accepted answer"),
        (question("short", Option("…")), "Accepted answer 1 has neither"),
    ],
)
def test_what_to_mend_is_said(broken, words):
    assert any(words in problem for problem in problems(broken)), problems(broken)


def test_every_kind_has_a_label():
    assert list(KINDS) == ["single", "multiple", "order", "match", "short"]
    assert all(str(label) for label in KINDS.values())
