"""Excerpts: the passage that answers best, in its own spelling, marked, escaped, cut at words."""

import re
import time

import pytest
from hypothesis import given, settings as hypothesis_settings, strategies as st

from search.excerpts import LENGTH, SCANNED, excerpt, highlighted

FILLER = "Hội nghị bàn nhiều việc khác nhau của năm mới. "


def marks(*words):
    """Mark every occurrence of these words, whatever their case."""
    pattern = re.compile("|".join(map(re.escape, words)), re.IGNORECASE)
    return lambda text: [match.span() for match in pattern.finditer(text)]


def bare(html: str) -> str:
    return re.sub(r"</?mark>", "", html)


def test_a_title_keeps_its_spelling_and_is_escaped():
    assert (
        highlighted("Hoà giải & <b>Trợ Cấp</b>", marks("trợ cấp"))
        == "Hoà giải &amp; &lt;b&gt;<mark>Trợ Cấp</mark>&lt;/b&gt;"
    )


def test_words_that_only_spaces_part_are_marked_as_one():
    assert highlighted("Chi trợ cấp Tết, trợ cấp khó khăn", marks("trợ", "cấp", "tết")) == (
        "Chi <mark>trợ cấp Tết</mark>, <mark>trợ cấp</mark> khó khăn"
    )


def test_the_passage_with_most_different_words_is_shown():
    text = "Đoàn viên. " + FILLER * 10 + "Đoàn viên khó khăn được trợ cấp. " + FILLER * 10 + "Đoàn viên, đoàn viên."

    shown = excerpt(text, marks("đoàn viên", "khó khăn", "trợ cấp"))

    assert "<mark>Đoàn viên khó khăn</mark> được <mark>trợ cấp</mark>." in shown
    assert shown.startswith("… ")
    assert shown.endswith(" …")


def test_the_first_of_equal_passages_is_shown_from_the_start_of_the_text():
    text = "Lương tối thiểu tăng. " + FILLER * 20 + "Lương tối thiểu tăng."

    assert excerpt(text, marks("lương")).startswith("<mark>Lương</mark> tối thiểu tăng. Hội nghị")


def test_a_passage_begins_where_a_sentence_does_if_that_is_near():
    text = FILLER * 20 + "Điều kiện để nhận là có sổ bảo hiểm. " + FILLER * 20

    assert excerpt(text, marks("sổ bảo hiểm")).startswith(("… Điều kiện", "… Hội nghị"))


def test_without_a_mark_the_summary_is_shown_else_the_beginning():
    assert excerpt(FILLER * 20, marks("vắng mặt"), summary="Tóm tắt của bài.") == "Tóm tắt của bài."
    shown = excerpt(FILLER * 20, marks("vắng mặt"))
    assert shown.startswith("Hội nghị bàn nhiều việc")
    assert shown.endswith(" …")
    assert len(shown) <= LENGTH + 3


def test_the_summary_wins_unless_the_text_holds_more():
    text = FILLER * 5 + "Mức trợ cấp cho đoàn viên."

    assert excerpt(text, marks("trợ cấp", "đoàn viên"), summary="Về trợ cấp và đoàn viên.") == (
        "Về <mark>trợ cấp</mark> và <mark>đoàn viên</mark>."
    )
    assert "<mark>đoàn viên</mark>" in excerpt(text, marks("trợ cấp", "đoàn viên"), summary="Về trợ cấp.")


def test_reading_ends_where_a_passage_holds_the_whole_question():
    read = []

    def find(text):
        read.append(len(text))
        return marks("trợ cấp")(text)

    text = "Trợ cấp. " + FILLER * 200

    excerpt(text, find, enough=2)
    assert sum(read) <= 1_500
    read.clear()
    excerpt(text, find, enough=3)
    assert sum(read) == SCANNED


def test_a_summary_that_holds_the_whole_question_saves_the_reading():
    assert excerpt("x" * 9_000, marks("trợ cấp"), summary="Trợ cấp.", enough=2) == "<mark>Trợ cấp</mark>."


def test_nothing_to_show_is_nothing():
    assert excerpt("", marks("x")) == ""
    assert highlighted("", marks("x")) == ""


def test_lines_are_told_apart():
    assert excerpt("Một.\n\nhai\tba", marks("hai")) == "Một. <mark>hai</mark> ba"
    assert excerpt("Lệ phí\nKhông\nHồ sơ:\nmột bộ", marks("phí", "không")) == (
        "Lệ <mark>phí</mark> · <mark>Không</mark> · Hồ sơ: một bộ"
    )


def test_spans_outside_the_text_or_on_top_of_each_other_do_no_harm():
    def wrong(text):
        return [(-3, 2), (0, 3), (2, 5), (4, 4), (6, 900)]

    assert highlighted("lương tăng", wrong) == "<mark>lương</mark> tăng"


def test_a_word_longer_than_everything_is_cut():
    assert len(excerpt("a" * 9000, marks("b"))) <= LENGTH + 3


def test_twenty_long_texts_cost_little():
    text = (FILLER * 40 + "Đoàn viên khó khăn được trợ cấp. ") * 30
    assert len(text) > SCANNED
    find = marks("đoàn viên", "năm")

    began = time.process_time()
    for _time in range(20):
        excerpt(text, find)

    assert time.process_time() - began < 0.5


words = st.text(st.sampled_from("aăâ đĐ<>&\"'\n\t.…ớợ\u0301"), max_size=600)


@given(words, st.lists(st.tuples(st.integers(-5, 700), st.integers(-5, 700)), max_size=30), words)
@hypothesis_settings(max_examples=300, deadline=None)
def test_whatever_comes_the_markup_is_sound(text, spans, summary):
    shown = excerpt(text, lambda _text: list(spans), summary=summary)

    assert re.fullmatch(r"(?:[^<>]|<mark>[^<>]*</mark>)*", shown)
    assert shown.count("<mark>") == shown.count("</mark>")
    assert not re.search(r"&(?!(?:amp|lt|gt|quot|#x27);)", shown)
    assert len(bare(shown)) <= 6 * (LENGTH + 750)


@pytest.mark.parametrize("length", [40, 120, 400])
def test_length_is_kept(length):
    shown = excerpt(FILLER * 30 + "trợ cấp " + FILLER * 30, marks("trợ cấp"), length=length)

    assert len(bare(shown)) <= length + 4
    assert "<mark>trợ cấp</mark>" in shown
