"""Abbreviations and synonyms: each form finds what is written in the other, in the direction that editors gave."""

import pytest

from search.analysis.abbreviations import BUILT_IN
from search.analysis.lexicon import Lexicon
from search.analysis.syllables import exact, folded
from search.analysis.tokens import fold, words
from search.analysis.understanding import understand
from search.engines.contract import SearchRequest
from search.engines.embedded import EmbeddedEngine
from tests.search.analysis.corpus import document, documents


def expanded(lexicon: Lexicon, line: str) -> dict[str, set[str]]:
    """What in a line stands for what, without marks."""
    found = words(line)
    places = lexicon.expansions([exact(word) for word in found], [folded(word) for word in found])
    return {
        " ".join(found[place.start : place.end]): {" ".join(map(folded, form)) for form in place.forms}
        for place in places
    }


@pytest.mark.parametrize("line", ["CĐCS", "cđcs", "CDCS", "cdcs", "Cđcs", "CĐCS.", "c\u200bđcs"])
def test_an_abbreviation_is_known_in_any_case_with_and_without_marks(line):
    assert list(expanded(Lexicon(), line).values()) == [{"cong doan co so"}]


@pytest.mark.parametrize("line", ["công đoàn cơ sở", "CÔNG ĐOÀN CƠ SỞ", "cong doan co so", "Công đoàn cơ sở"])
def test_the_words_stand_for_the_abbreviation(line):
    assert list(expanded(Lexicon(), line).values()) == [{"cdcs"}]


def test_words_with_other_marks_are_other_words():
    assert expanded(Lexicon(), "công đoạn cơ sở") == {}
    assert expanded(Lexicon(), "tụ") == {}


def test_the_longest_form_wins():
    assert expanded(Lexicon(), "tổng liên đoàn lao động") == {"tổng liên đoàn lao động": {"tldld"}}
    assert set(expanded(Lexicon(), "CĐCS và người lao động")) == {"CĐCS", "người lao động"}


def test_every_built_in_form_leads_to_the_others():
    lexicon = Lexicon()

    for forms in BUILT_IN:
        for form in forms:
            [(place, meant)] = expanded(lexicon, form).items()
            assert fold(place) == fold(form)
            assert {fold(other) for other in forms if other != form} <= meant


def test_one_way_leads_from_the_first_form_only():
    lexicon = Lexicon([(("BTV", "ban thường vụ", "biên tập viên"), True)])

    assert expanded(lexicon, "btv") == {"btv": {"ban thuong vu", "bien tap vien"}}
    assert expanded(lexicon, "ban thường vụ") == expanded(lexicon, "biên tập viên") == {}


def test_both_ways_lead_from_every_form():
    lexicon = Lexicon([(("quà Tết", "tiền Tết", "lì xì"), False)])

    assert expanded(lexicon, "li xi") == {"li xi": {"qua tet", "tien tet"}}
    assert expanded(lexicon, "TIỀN TẾT") == {"TIỀN TẾT": {"qua tet", "li xi"}}


def test_forms_of_several_groups_add_up():
    lexicon = Lexicon([(("BTV", "ban thường vụ"), False), (("BTV", "biên tập viên"), False)])

    assert expanded(lexicon, "BTV") == {"BTV": {"ban thuong vu", "bien tap vien"}}


def test_forms_without_words_are_nothing():
    lexicon = Lexicon([(("…", "!"), False), (("", "quà"), False)])

    assert expanded(lexicon, "quà … !") == {}


# In the index ---------------------------------------------------------------------------------------------------------

SHORT, LONG = "page:8001", "page:8002"


@pytest.fixture(scope="module")
def ask(tmp_path_factory):
    engine = EmbeddedEngine(tmp_path_factory.mktemp("forms") / "index")
    engine.rebuild(
        [
            *documents(),
            document(8_001, "Bầu BCH lâm thời", "BCH lâm thời gồm ba người."),
            document(8_002, "Họp ban chấp hành mở rộng", "Ban chấp hành mở rộng họp vào thứ hai."),
            document(8_003, "Phát lì xì đầu năm", "Mỗi người nhận lì xì đầu năm."),
        ]
    )

    def answer(line: str, lexicon: Lexicon | None = None) -> list[str]:
        plan = understand(line, engine.vocabulary(), lexicon or Lexicon()).plan
        return [hit.key for hit in engine.search(SearchRequest(plan=plan, limit=20)).hits]

    return answer


@pytest.mark.parametrize("line", ["BCH", "bch", "ban chấp hành", "ban chap hanh", "BAN CHẤP HÀNH"])
def test_either_form_finds_both(ask, line):
    assert {SHORT, LONG} <= set(ask(line))


def test_an_abbreviation_finds_together_with_other_words(ask):
    assert ask("BCH mở rộng")[0] == LONG
    assert ask("ban chấp hành lâm thời")[0] == SHORT


def test_a_synonym_finds_in_its_direction_only(ask):
    one_way = Lexicon([(("quà mừng tuổi", "lì xì"), True)])

    assert "page:8003" in ask("quà mừng tuổi", one_way)
    assert "page:8003" not in ask("quà mừng tuổi")
    assert ask("lì xì", one_way) == ask("lì xì") == ["page:8003"]


def test_no_form_is_ever_mended(library):
    for form in (form for forms in BUILT_IN for form in forms):
        assert not library.understand(form).applied, form
        assert not library.understand(form.lower()).applied, form
