import json
from collections import Counter
from dataclasses import replace
from random import Random

import pytest
from hypothesis import given, settings, strategies as st

from core.text import clean_text
from training.questions import Option, Question, draw, draw_many, grade
from training.questions.drawing import Drawn

YEARS = ("1925", "1929", "1930", "1945")
STEPS = ("Thành lập ban vận động", "Kết nạp đoàn viên", "Đại hội", "Đề nghị công nhận")


def choice(*texts, right=(0,), kind="single", **more):
    options = tuple(Option(text, is_right=index in right) for index, text in enumerate(texts))
    return Question(7, kind, "Công đoàn Việt Nam thành lập năm nào?", options, **more)


def steps(*texts):
    return Question(8, "order", "Sắp xếp các bước thành lập công đoàn cơ sở", tuple(map(Option, texts or STEPS)))


def pairs(*both):
    return Question(9, "match", "Nối chức danh với nhiệm vụ", tuple(Option(a, partner=b) for a, b in both))


TITLES = pairs(("Chủ tịch", "Điều hành"), ("Kế toán", "Giữ sổ"), ("Ủy ban kiểm tra", "Giám sát"))

TEXT = st.text(max_size=12)
OPTIONS = st.builds(Option, TEXT, st.booleans(), TEXT)
QUESTIONS = st.builds(
    Question,
    st.integers(),
    st.sampled_from(["single", "multiple", "order", "match", "short"]),
    TEXT,
    st.lists(OPTIONS, max_size=12).map(tuple),
    TEXT,
)


def shown_forms(question, times=200):
    return [draw(question, Random(seed)) for seed in range(times)]


@settings(deadline=None)
@given(QUESTIONS, st.integers())
def test_every_question_is_drawn_and_stored(question, seed):
    drawn = draw(question, Random(seed))
    assert Drawn.from_json(json.loads(json.dumps(drawn.to_json()))) == drawn
    assert json.loads(json.dumps(drawn.shown)) == drawn.shown
    assert set(drawn.shown) == {"kind", "text", "options", "lefts"}
    assert draw(question, Random(seed)) == drawn


@settings(deadline=None)
@given(QUESTIONS.filter(lambda question: question.kind in {"single", "multiple"}), st.integers(), st.data())
def test_what_is_right_does_not_show_in_a_choice(question, seed, data):
    other = tuple(replace(option, is_right=data.draw(st.booleans())) for option in question.options)
    assert draw(question, Random(seed)).shown == draw(replace(question, options=other), Random(seed)).shown


@settings(deadline=None)
@given(st.lists(st.text("abc", max_size=3), max_size=8), st.integers(), st.data())
def test_who_belongs_together_does_not_show(partners, seed, data):
    texts = [f"Trái {number}" for number in range(len(partners))]
    one = pairs(*zip(texts, partners, strict=True))
    other = pairs(*zip(texts, data.draw(st.permutations(partners)), strict=True))
    assert draw(one, Random(seed)).shown == draw(other, Random(seed)).shown


@settings(deadline=None)
@given(st.permutations(STEPS), st.permutations(STEPS), st.integers())
def test_the_right_order_does_not_show_but_by_being_left_out(one, other, seed):
    shown, instead = (list(draw(steps(*order), Random(seed)).options) for order in (one, other))
    first = Random(seed).sample(sorted(STEPS), len(STEPS))
    assert shown == instead or list(first) in (list(one), list(other))


@settings(deadline=None)
@given(st.lists(st.text(max_size=3), min_size=2, max_size=6, unique_by=lambda text: clean_text(text).strip()))
def test_an_order_is_never_shown_as_it_should_be(texts):
    for seed in range(20):
        drawn = draw(steps(*texts), Random(seed))
        assert drawn.right != tuple(range(1, len(texts) + 1))
        assert grade(drawn, list(drawn.right)).is_right


def test_a_short_question_shows_no_accepted_answer():
    drawn = draw(Question(1, "short", "Năm nào?", (Option("1929"), Option("năm 1929"))), Random(1))
    assert drawn.shown == {"kind": "short", "text": "Năm nào?", "options": [], "lefts": []}
    assert drawn.accepted == ("1929", "năm 1929")


def test_the_right_answer_is_as_often_in_each_place():
    places = Counter(drawn.right for drawn in shown_forms(choice(*YEARS), 2000))
    assert set(places) == {(1,), (2,), (3,), (4,)}
    assert all(400 < count < 600 for count in places.values())


def test_orders_are_as_frequent_as_one_another():
    orders = Counter(drawn.options for drawn in shown_forms(steps("một", "hai", "ba"), 2000))
    assert len(orders) == 5
    assert all(300 < count < 500 for count in orders.values())


def test_partners_are_as_often_in_each_place():
    places = Counter(drawn.right[0] for drawn in shown_forms(TITLES, 1500))
    assert all(400 < places[place] < 600 for place in (1, 2, 3))


def test_equal_partners_are_shown_once():
    drawn = draw(pairs(("Nam", "62 tuổi"), ("Nữ", "60 tuổi"), ("Thợ lò", "60  Tuổi")), Random(3))
    assert len(drawn.options) == 2
    assert drawn.right[1] == drawn.right[2] != drawn.right[0]


@pytest.mark.parametrize(
    "last",
    [
        "Tất cả các đáp án trên",
        "Cả ba đáp án trên",
        "Cả 3 ý trên đều đúng",
        "Cả hai",
        "Các phương án trên đều sai",
        "Không có đáp án nào đúng",
        "Không phương án nào",
        "Đáp án khác",
        "TẤT CẢ ĐỀU ĐÚNG",
        "Ta\u0302\u0301t ca\u0309",
    ],
)
def test_an_answer_about_the_others_keeps_its_place(last):
    forms = shown_forms(choice(*YEARS[:3], last), 60)
    assert len({drawn.options for drawn in forms}) == 6
    assert len({drawn.options[3] for drawn in forms}) == 1


def test_what_stands_above_such_an_answer_stays_above_it():
    forms = shown_forms(choice("a1", "b1", "Tất cả các ý trên", "d1", "e1"), 60)
    assert {frozenset(drawn.options[:2]) for drawn in forms} == {frozenset({"a1", "b1"})}
    assert {drawn.options[2] for drawn in forms} == {"Tất cả các ý trên"}


@pytest.mark.parametrize(
    "last",
    [
        "Cả A và B",
        "Cả a, b và c",
        "A và C đều đúng",
        "A, B đúng",
        "Đáp án A và B",
        "Chỉ A đúng",
        "Ý 1 và ý 3",
        "B hoặc C",
    ],
)
def test_nothing_is_mixed_where_letters_are_named(last):
    assert {drawn.options for drawn in shown_forms(choice(*YEARS[:3], last), 30)} == {(*YEARS[:3], last)}


def test_nothing_is_mixed_where_the_explanation_names_letters():
    named = choice(*YEARS, explanation="Chọn B vì Công hội Đỏ ra đời ngày 28/7/1929.")
    assert {drawn.options for drawn in shown_forms(named, 30)} == {YEARS}


@pytest.mark.parametrize(
    "text",
    [
        "Theo điểm a, b khoản 1 Điều 5",
        "Điểm a và b khoản 2",
        "Cả nước",
        "Vitamin",
        "Theo khoản 3 Điều 10",
        "Câu lạc bộ công nhân",
        "Tổ A",
    ],
)
def test_letters_of_the_law_are_mixed(text):
    assert len({drawn.options for drawn in shown_forms(choice(*YEARS[:3], text), 400)}) == 24


def test_many_are_drawn_and_none_twice():
    questions = [replace(choice(*YEARS), id=number) for number in range(10)]
    for count, expected in ((4, 4), (10, 10), (99, 10), (0, 0), (-1, 0)):
        drawn = draw_many([*questions, *questions], count, Random(count))
        assert len({one.id for one in drawn}) == len(drawn) == expected
    assert {tuple(one.id for one in draw_many(questions, 3, Random(seed))) for seed in range(9)} != {(0, 1, 2)}


def test_a_kind_that_does_not_exist_is_not_drawn():
    with pytest.raises(ValueError, match="essay"):
        draw(Question(1, "essay", "?", ()), Random(1))
