"""Which places of an original text are marked: the right characters, in the spelling they have."""

import unicodedata
from itertools import pairwise

import pytest
from hypothesis import given, settings, strategies as st

from search.analysis.lexicon import Lexicon
from search.analysis.marking import Marker
from search.analysis.syllables import exact
from search.engines.embedded import EmbeddedEngine
from tests.search.analysis.conftest import Library
from tests.search.analysis.corpus import document

TEXT = "🎉 Kinh phí CÔNG ĐOÀN 👩‍🔧 năm 2025: «kinh phí» – 2% tiền lương; theo số 145/2020/NĐ-CP, hoà giải 🏳️‍🌈 KCN."


def marked(library, line: str, text: str = TEXT) -> list[str]:
    return [text[start:end] for start, end in library.understand(line).marks(text)]


@pytest.mark.parametrize(
    ("line", "places"),
    [
        ("kinh phí", ["Kinh phí", "kinh phí"]),
        ("kinh phi", ["Kinh phí", "kinh phí"]),
        ("KINH PHÍ", ["Kinh phí", "kinh phí"]),
        ("kinh phsi", ["Kinh phí", "kinh phí"]),
        ("hòa giải", ["hoà giải"]),
        ("hoa giai", ["hoà giải"]),
        ("tiền lương", ["tiền lương"]),
        ("tieenf luwowng", ["tiền lương"]),
        ("145/2020/NĐ-CP", ["145/2020/NĐ-CP"]),
        ("145-2020-nd-cp", ["145/2020/NĐ-CP"]),
        ("khu công nghiệp", ["KCN"]),
        ("xyzzy", []),
        ("", []),
    ],
)
def test_places_are_marked_in_their_own_spelling(library, line, places):
    found = marked(library, line)

    assert [place for place in found if place in places] == places
    assert not places or found


def test_a_number_asked_in_words_is_marked_whole(library):
    assert any("145/2020/NĐ-CP" in place for place in marked(library, "nghị định 145 năm 2020"))


def test_a_date_is_marked_as_it_is_printed(library):
    text = "Họp ngày 16/12/2025, xong ngày 16 tháng 12 năm 2025."

    assert any("16/12/2025" in place for place in marked(library, "16 12 2025", text))
    assert any("16 tháng 12 năm 2025" in place for place in marked(library, "16/12/2025", text))


def test_words_typed_with_marks_do_not_mark_others(library):
    assert marked(library, "hòa giải", "hóa giải, hòa giải") == ["giải", "hòa giải"]


def test_a_common_word_is_marked_beside_its_neighbour_only():
    keys = [exact(word) for word in ("công", "đoàn", "cơ", "sở")]
    marker = Marker(frozenset(keys[-1:]), frozenset(), frozenset(), frozenset(pairwise(keys)))
    text = "Công đoàn cơ sở: công quỹ, đoàn phí, công, đoàn; trụ sở; đoàn công tác"

    assert [text[start:end] for start, end in marker.marks(text)] == ["Công đoàn cơ sở", "sở"]


def test_words_in_most_documents_are_marked_together(tmp_path):
    engine = EmbeddedEngine(tmp_path)
    engine.rebuild(
        document(number, "Tin về công đoàn", "Việc của công đoàn." + " Trụ sở." * (number < 2)) for number in range(9)
    )

    assert marked(Library(engine, Lexicon()), "trụ sở công đoàn", "công việc: trụ sở; công đoàn; đoàn") == [
        "trụ sở",
        "công đoàn",
    ]


def test_neighbours_are_one_place_and_others_are_not(library):
    assert marked(library, "hòa giải", "hòa \n giải") == ["hòa \n giải"]
    assert marked(library, "hòa giải", "hòa, giải") == ["hòa", "giải"]


@pytest.mark.parametrize("line", ["kinh phí công đoàn", "145/2020", "16/12/2025", "hoa giai", "KCN", "là gì"])
@given(text=st.text(max_size=120) | st.sampled_from([TEXT, TEXT * 3, TEXT.upper()]))
@settings(deadline=None, max_examples=60)
def test_places_are_in_order_within_the_text_and_apart(library, line, text):
    text = unicodedata.normalize("NFC", text)
    end_before = -1
    for start, end in library.understand(line).marks(text):
        assert end_before < start < end <= len(text)
        assert not text[start].isspace()
        end_before = end
