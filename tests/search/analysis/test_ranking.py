"""What comes first among the documents found, and what is like a document."""

import random
from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest
import time_machine
from hypothesis import given, settings, strategies as st

from search.analysis.lexicon import Lexicon
from search.analysis.ranking import WordRanker, forward
from search.analysis.tokens import exact_keys
from search.engines.contract import Candidate
from search.engines.embedded import EmbeddedEngine
from tests.search.analysis.conftest import Library
from tests.search.analysis.corpus import TOPICS, document, documents

NOW = datetime(2025, 6, 1, tzinfo=UTC)


def candidate(title: str = "", context: str = "", text: str = "", *, score=1.0, days=None, fades=False) -> Candidate:
    date = NOW - timedelta(days=days) if days is not None else None
    return Candidate(score, forward(exact_keys(title), exact_keys(context), exact_keys(text)), date, fades)


def ranker(question: str) -> WordRanker:
    found = exact_keys(question)
    pairs = dict.fromkeys(pairwise(found), 1.0)
    return WordRanker(tuple(found), dict.fromkeys(found, 1.0), pairs, lambda key: 1.0)


def order(question: str, *candidates: Candidate) -> list[int]:
    scores = ranker(question).rank(candidates)
    return sorted(range(len(candidates)), key=lambda at: -scores[at])


@pytest.fixture(autouse=True, scope="module")
def _today():
    with time_machine.travel(NOW, tick=False):
        yield


def test_more_of_the_question_is_better():
    assert order("thai sản lao động nữ", candidate(text="thai sản"), candidate(text="thai sản lao động nữ")) == [1, 0]


def test_words_in_order_are_better_than_the_same_apart():
    apart, together = candidate(text="công quỹ và đoàn"), candidate(text="công đoàn và quỹ")

    assert order("công đoàn", apart, together) == [1, 0]


def test_a_title_that_is_the_question_is_better_than_one_that_says_more():
    more = candidate("Tin về công đoàn cơ sở nhà máy dệt")

    assert order("công đoàn cơ sở", more, candidate("Công đoàn cơ sở")) == [1, 0]


def test_what_the_engine_finds_better_is_better():
    assert order("công đoàn", candidate(text="công đoàn", score=1), candidate(text="công đoàn", score=9)) == [1, 0]


def test_news_fades_and_rules_do_not():
    old, new = candidate("công đoàn", days=2_000, fades=True), candidate("công đoàn", days=2, fades=True)
    rule, new_rule = candidate("công đoàn", days=2_000), candidate("công đoàn", days=2)

    assert order("công đoàn", old, new) == [1, 0]
    first, second = ranker("công đoàn").rank([rule, new_rule])
    assert first == second
    assert order("công đoàn", old, rule) == [1, 0]


def test_tomorrow_is_no_better_than_today():
    today, tomorrow = ranker("công").rank(
        [candidate("công", days=0, fades=True), candidate("công", days=-30, fades=True)]
    )

    assert today == tomorrow


@given(st.lists(st.text("abc đ", max_size=30), max_size=6), st.text("abc đ", max_size=30))
@settings(deadline=None)
def test_every_candidate_gets_one_finite_score(texts, question):
    found = exact_keys(question)
    scores = ranker(question).rank([candidate(text, text, text, score=at) for at, text in enumerate(texts)])

    assert len(scores) == len(texts)
    assert all(abs(score) < 1_000 for score in scores), found


# In the index ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("place", "title"), list(enumerate(title for title, _text in TOPICS)))
def test_a_title_finds_its_document_first(library, place, title):
    assert library.first(title) == f"page:{place}"


@pytest.mark.parametrize(
    ("question", "place"),
    [
        ("nghỉ phép năm được bao nhiêu ngày", 2),
        ("sinh con được nghỉ mấy tháng", 0),
        ("mất việc nộp hồ sơ hưởng trợ cấp thất nghiệp", 9),
        ("đóng đoàn phí mỗi tháng", 7),
        ("trích nộp kinh phí hai phần trăm quỹ lương", 4),
        ("khai báo tai nạn", 8),
        ("thuê nhà ở xã hội", 12),
        ("thử việc lương bao nhiêu", 14),
    ],
)
def test_a_question_finds_what_answers_it_first(library, question, place):
    assert int(library.first(question).removeprefix("page:")) % 100 == place


def test_marks_that_were_typed_decide_between_words_that_differ_in_them(tmp_path):
    pairs = [("Bán hàng", "Bạn hàng"), ("Thu lương", "Thu lượng"), ("Hóa đơn", "Hòa đơn")]
    engine = EmbeddedEngine(tmp_path / "index")
    made = [document(7_000 + 10 * at + side, title) for at, pair in enumerate(pairs) for side, title in enumerate(pair)]
    engine.rebuild([*documents(), *made])
    library = Library(engine, Lexicon())

    for one in made:
        assert library.first(one.title) == one.key


# What is like a document ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("place", range(0, len(TOPICS), 2))
def test_what_is_like_a_document_speaks_of_the_same(library, place):
    alike = [hit.key for hit in library.engine.similar(f"page:{place}", limit=3)]

    assert f"page:{place}" not in alike
    assert {f"page:{place + 300}", f"page:{place + 100}"} <= set(alike)


def test_what_is_hidden_is_not_like_anything(library):
    alike = {hit.key for hit in library.engine.similar("page:0", limit=5, hidden={"page:300"})}

    assert "page:300" not in alike
    assert "page:100" in alike


def test_nothing_is_like_what_is_not_there_or_says_nothing(tmp_path):
    engine = EmbeddedEngine(tmp_path / "index")
    engine.rebuild([document(1, "…"), document(2, "xyzzy"), document(3, "Công đoàn", "Công đoàn cơ sở.")])

    assert engine.similar("page:1", limit=5) == engine.similar("page:2", limit=5) == []
    assert engine.similar("page:404", limit=5) == []


def test_the_order_of_documents_in_the_index_does_not_matter(library, tmp_path):
    shuffled = documents()
    random.Random(1).shuffle(shuffled)
    engine = EmbeddedEngine(tmp_path / "index")
    engine.rebuild(shuffled)
    other = Library(engine, library.lexicon)

    for title, _text in TOPICS:
        assert other.first(title) == library.first(title)
