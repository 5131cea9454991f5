import json
from random import Random

import pytest
from django.http import QueryDict
from hypothesis import given, settings, strategies as st

from tests.training.test_questions_drawing import QUESTIONS, STEPS, TITLES, steps
from training.questions import (
    Grade,
    Option,
    answer_in_words,
    draw,
    grade,
    read_answer,
    read_json_answer,
    right_answer_in_words,
)
from training.questions.drawing import Drawn

SINGLE = Drawn(id=1, kind="single", text="?", options=("1925", "1929", "1930"), right=(2,))
SEVERAL = Drawn(id=2, kind="multiple", text="?", options=("a", "b", "c", "d", "e"), right=(1, 2, 3))
ORDER = Drawn(id=3, kind="order", text="?", options=("hai", "một", "ba", "bốn"), right=(2, 1, 3, 4))
MATCH = Drawn(id=4, kind="match", text="?", lefts=("Nam", "Nữ", "Thợ lò"), options=("62", "60"), right=(1, 2, 2))
SHORT = Drawn(id=5, kind="short", text="?", accepted=("1929", "năm 1929"))
ALL = (SINGLE, SEVERAL, ORDER, MATCH, SHORT)


@pytest.mark.parametrize(
    ("drawn", "answer", "points"),
    [
        (SINGLE, 2, 1),
        (SINGLE, 1, 0),
        (SINGLE, None, 0),
        (SINGLE, 9, 0),
        (SEVERAL, [1, 2, 3], 1),
        (SEVERAL, [3, 2, 1, 1], 1),
        (SEVERAL, [1, 2], 2 / 3),
        (SEVERAL, [1, 2, 4], 1 / 3),
        (SEVERAL, [1, 4, 5], 0),
        (SEVERAL, [1, 2, 3, 4, 5], 1 / 3),
        (ORDER, [2, 1, 3, 4], 1),
        (ORDER, [1, 4, 2, 3], 2 / 3),  # the first one put last: the other three still follow one another
        (ORDER, [1, 2, 3, 4], 1 / 3),
        (ORDER, [3, 4, 2, 1], 0),
        (ORDER, [2, 1, None, None], 1 / 3),
        (ORDER, [1, 1, 1, 1], 0),
        (ORDER, [2, 1, 3, 3], 1 / 3),
        (MATCH, [1, 2, 2], 1),
        (MATCH, [1, 2, None], 2 / 3),
        (MATCH, [2, 2, 2], 2 / 3),
        (MATCH, [2, 1, 1], 0),
        (SHORT, "Năm 1929.", 1),
        (SHORT, "nam 1929", 1),
        (SHORT, "1930", 0),
        (SHORT, "", 0),
    ],
)
def test_what_an_answer_is_worth(drawn, answer, points):
    assert grade(drawn, answer) == Grade(pytest.approx(points), is_right=points == 1)


@pytest.mark.parametrize(
    ("drawn", "sent", "answer"),
    [
        (SINGLE, "q=2", 2),
        (SINGLE, "q=2&q=2", 2),
        (SINGLE, "q=1&q=2", None),
        (SINGLE, "", None),
        (SINGLE, "q=", None),
        (SINGLE, "q=0", None),
        (SINGLE, "q=4", None),
        (SINGLE, "q=-1", None),
        (SINGLE, "q=2.0", None),
        (SINGLE, "q=%00", None),
        (SINGLE, "q=²", None),
        (SINGLE, "q=٢", None),
        (SINGLE, "q=" + "9" * 10_000, None),
        (SEVERAL, "q=3&q=1&q=1&q=99&q=x", [1, 3]),
        (SEVERAL, "q=99", None),
        (SEVERAL, "", None),
        (ORDER, "q-0=2&q-1=1&q-2=3&q-3=4", [2, 1, 3, 4]),
        (ORDER, "q-0=2&q-2=x&q-3=5", [2, None, None, None]),
        (ORDER, "q-0=2&q-0=3&q-1=1", [None, 1, None, None]),
        (ORDER, "q-0=&q-1=", None),
        (MATCH, "q-0=1&q-1=2&q-2=2&q-3=1", [1, 2, 2]),
        (MATCH, "q=1", None),
        (SHORT, "q=++n%C4%83m+%00+1929%0A", "năm 1929"),
        (SHORT, "q=+%E2%80%8B+", None),
        (SHORT, "q=" + "a" * 10_000, "a" * 1000),
    ],
)
def test_a_form_is_read(drawn, sent, answer):
    assert read_answer(drawn, QueryDict(sent), "q") == answer


def test_a_plain_mapping_is_read_too():
    assert read_answer(SINGLE, {"q": "2"}, "q") == 2
    assert read_answer(SEVERAL, {"q": ["1", "2"]}, "q") == [1, 2]
    assert read_answer(MATCH, {"q-0": 1, "q-1": None}, "q") == [1, None, None]
    assert read_answer(SHORT, {"q": object()}, "q") is None


@pytest.mark.parametrize(
    ("drawn", "value", "answer"),
    [
        (SINGLE, 2, 2),
        (SINGLE, "2", 2),
        (SINGLE, True, None),
        (SINGLE, 2.0, None),
        (SINGLE, [2], None),
        (SEVERAL, [2, "1", 7, None, {}], [1, 2]),
        (SEVERAL, 2, [2]),
        (ORDER, [1, 2], [1, 2, None, None]),
        (ORDER, [1, 2, 3, 4, 1, 1], [1, 2, 3, 4]),
        (ORDER, {"0": 1}, None),
        (MATCH, [None, None, None], None),
        (SHORT, 1929, None),
        (SHORT, "1929", "1929"),
    ],
)
def test_a_value_of_a_script_is_read(drawn, value, answer):
    assert read_json_answer(drawn, value) == answer


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=14) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=20,
)


@settings(deadline=None)
@given(QUESTIONS, st.integers(), JSON)
def test_nothing_that_is_sent_raises(question, seed, value):
    drawn = draw(question, Random(seed))
    answer = read_json_answer(drawn, value)
    assert read_json_answer(drawn, json.loads(json.dumps(answer))) == answer
    assert 0 <= grade(drawn, value).points <= 1
    assert grade(drawn, value) == grade(drawn, answer)
    assert all(isinstance(line, str) for line in answer_in_words(drawn, value))
    assert all(isinstance(line, str) for line in right_answer_in_words(drawn))


FIELDS = st.sampled_from(["q", *(f"q-{number}" for number in range(6))])


@settings(deadline=None)
@given(st.sampled_from(ALL), st.lists(st.tuples(FIELDS, st.text() | st.integers(-1, 9).map(str))))
def test_no_form_raises(drawn, fields):
    data = QueryDict(mutable=True)
    for name, value in fields:
        data.appendlist(name, value)
    answer = read_answer(drawn, data, "q")
    assert read_json_answer(drawn, answer) == answer
    assert grade(drawn, answer).points <= 1


@pytest.mark.parametrize("seed", range(5))
def test_the_right_answer_of_a_drawn_question_is_right(seed):
    for question in (steps(), TITLES):
        drawn = draw(question, Random(seed))
        assert grade(drawn, list(drawn.right)) == Grade(1.0, is_right=True)
        sent = "&".join(f"x-{field}={number}" for field, number in enumerate(drawn.right))
        assert grade(drawn, read_answer(drawn, QueryDict(sent), "x")).is_right


def test_right_answers_in_words():
    assert right_answer_in_words(SINGLE) == ["1929"]
    assert right_answer_in_words(SEVERAL) == ["a", "b", "c"]
    assert right_answer_in_words(ORDER) == ["1. một", "2. hai", "3. ba", "4. bốn"]
    assert right_answer_in_words(MATCH) == ["Nam → 62", "Nữ → 60", "Thợ lò → 60"]
    assert right_answer_in_words(SHORT) == ["1929", "năm 1929"]
    assert right_answer_in_words(draw(steps(), Random(1)))[0] == f"1. {STEPS[0]}"


def test_answers_in_words():
    assert answer_in_words(SINGLE, 1) == ["1925"]
    assert answer_in_words(SINGLE, None) == answer_in_words(SINGLE, "x") == []
    assert answer_in_words(SEVERAL, [1, 5]) == ["a", "e"]
    assert answer_in_words(ORDER, [1, 1, None, 2]) == ["1. hai", "1. một", "2. bốn"]
    assert answer_in_words(MATCH, [2, None, 1]) == ["Nam → 60", "Nữ → …", "Thợ lò → 62"]
    assert answer_in_words(SHORT, " năm  1929 ") == ["năm 1929"]


def test_a_question_without_a_right_answer_is_never_right():
    drawn = Drawn(id=1, kind="multiple", text="?", options=("a", "b"))
    assert not grade(drawn, [1]).is_right
    assert Option("a") == Option("a", is_right=False, partner="")
