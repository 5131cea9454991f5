"""What readers ask, read from any address and printed back into one canonical address."""

from datetime import UTC, date, datetime

import pytest
from django.http import QueryDict
from hypothesis import given, settings as hypothesis_settings, strategies as st

from core.narrowing import MAX_CHOICES
from search.questions import MAX_LENGTH, Question


def parse(address: str) -> Question:
    return Question.parse(QueryDict(address))


def test_words_filters_days_order_and_page_are_read():
    question = parse(
        "q=trợ+cấp&loai=tin-bai&loai=tep&chu-de=tien-luong&tu=1/2/2025&den=2025-12-31&sap-xep=moi-nhat&trang=3"
    )

    assert question.text == "trợ cấp"
    assert question.chosen == {"kind": ("tin-bai", "tep"), "topic": ("tien-luong",)}
    assert (question.date_from, question.date_to) == (date(2025, 2, 1), date(2025, 12, 31))
    assert question.sort == "date"
    assert question.number == 3
    assert not question.verbatim


def test_the_address_is_the_same_however_it_was_written():
    written = parse("trang=1&den=2025-12-31&loai=tin-bai&loai=tep&q=+trợ++cấp&tu=01.02.2025&loai=tep")

    assert written.url() == "/tim-kiem/?q=tr%E1%BB%A3+c%E1%BA%A5p&loai=tep&loai=tin-bai&tu=2025-02-01&den=2025-12-31"
    assert parse(written.url().partition("?")[2]).url() == written.url()


def test_nothing_is_the_bare_page():
    assert parse("").url() == "/tim-kiem/"
    assert parse("q=&loai=&tu=&trang=0").url() == "/tim-kiem/"


def test_days_become_moments_of_vietnam_the_last_one_whole():
    filters = parse("tu=1/2/2025&den=2/2/2025").filters

    assert filters["date_from"] == datetime(2025, 1, 31, 17, tzinfo=UTC)
    assert filters["date_to"] == datetime(2025, 2, 2, 17, tzinfo=UTC)


def test_filters_come_and_go():
    question = parse("q=a&loai=tin-bai&tu=1/2/2025&den=2/2/2025&trang=4")

    assert question.with_value("kind", "tep").chosen == {"kind": ("tin-bai", "tep")}
    assert question.without("kind", "tin-bai").chosen == {}
    assert question.without("kind", "tin-bai").number == 1
    assert question.without_day("tu").url() == "/tim-kiem/?q=a&loai=tin-bai&den=2025-02-02"
    assert question.without_day("den").url() == "/tim-kiem/?q=a&loai=tin-bai&tu=2025-02-01"
    assert question.without_filters().url() == "/tim-kiem/?q=a"
    assert (
        question.saying("b", verbatim=True).url().endswith("q=b&loai=tin-bai&tu=2025-02-01&den=2025-02-02&nguyen-van=1")
    )
    assert question.sorted_by("date").url().endswith("&sap-xep=moi-nhat")


def test_days_the_wrong_way_round_are_turned():
    question = parse("tu=31/12/2025&den=1/1/2025")

    assert (question.date_from, question.date_to) == (date(2025, 1, 1), date(2025, 12, 31))


def test_a_long_text_is_cut_at_a_word_and_says_so():
    question = parse("q=" + "trợ cấp " * 2000)

    assert question.shortened
    assert len(question.text) <= MAX_LENGTH
    assert question.text.endswith(("trợ", "cấp"))
    assert len(parse("q=" + "x" * 10_000).text) == MAX_LENGTH


BAD = [
    "q=%00%01%1F",
    "q=%ED%A0%80%FF%FE",
    "q=\ud800",
    "q=a&q=b&q=c",
    "q=%E2%80%8B",
    "q=' OR 1=1 --&loai='; DROP TABLE x",
    "q=title:(a AND b)~2^5 [1 TO *]",
    "trang=-1",
    "trang=99999999999999999999",
    "trang=1e3",
    "trang=%C2%B2",
    "tu=0000-00-00&den=99999-01-01",
    "tu=31/02/2025",
    "tu=" + "9" * 5000,
    "loai=" + "&loai=".join(map(str, range(500))),
    "chu-de=%F0%9F%98%80&don-vi=../../etc",
    "nguyen-van=2&sap-xep=x",
    "q=%",
    "&&&==",
]


@pytest.mark.parametrize("address", BAD)
def test_whatever_stands_in_the_address_a_question_comes_of_it(address):
    question = parse(address)

    again = parse(question.url().partition("?")[2])
    assert again.url() == question.url()
    assert all(len(values) <= MAX_CHOICES for values in question.chosen.values())
    question.url().encode("ascii")


@given(
    st.lists(st.tuples(st.sampled_from(["q", "loai", "nam", "tu", "den", "trang", "sap-xep"]), st.text(max_size=60)))
)
@hypothesis_settings(max_examples=200, deadline=None)
def test_any_address_is_read_and_printed_to_the_same_question(pairs):
    data = QueryDict(mutable=True)
    for name, value in pairs:
        data.appendlist(name, value)

    question = Question.parse(data)

    again = parse(question.url().partition("?")[2])
    assert again.pairs() == question.pairs()
    assert again.number == question.number
