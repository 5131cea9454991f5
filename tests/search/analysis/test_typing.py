"""What fingers leave behind: unfinished Telex and VNI, slips, and the way back from a key to print."""

import pytest
from hypothesis import given, settings, strategies as st

from search.analysis.syllables import exact
from search.analysis.typing import Neighbours, decode, spelled

TELEX = {
    "coong": "công",
    "ddoanf": "đoàn",
    "ddoafn": "đoàn",
    "doanfd": "đoàn",
    "coongj": "cộng",
    "congoj": "cộng",
    "tuwowng": "tương",
    "thuwowrng": "thưởng",
    "nguwowif": "người",
    "luaatj": "luật",
    "dduwowcj": "được",
    "quoocs": "quốc",
    "ddieeuf": "điều",
    "hoaf": "hòa",
    "hofa": "hòa",
    "nghir": "nghỉ",
    "nuwx": "nữ",
    "cow": "cơ",
    "sowr": "sở",
    "trowj": "trợ",
    "caaps": "cấp",
    "DDOANF": "đoàn",
}
VNI = {
    "cong6": "công",
    "co6ng": "công",
    "d9oan2": "đoàn",
    "d9oa2n": "đoàn",
    "ngu7o7i2": "người",
    "nguo72i": "người",
    "luong7": "lương",
    "luat65": "luật",
    "tro75": "trợ",
    "cap61": "cấp",
    "nam8": "năm",
    "NAM8": "năm",
}


@pytest.mark.parametrize(("typed", "meant"), TELEX.items())
def test_unfinished_telex_is_read(typed, meant):
    assert decode(typed) == exact(meant)


@pytest.mark.parametrize(("typed", "meant"), VNI.items())
def test_unfinished_vni_is_read(typed, meant):
    assert decode(typed) == exact(meant)


@pytest.mark.parametrize("word", ["cong", "lao", "2020", "abc6xyz0", "doan0", "b6", "đoàn", "工会", ""])
def test_what_is_neither_is_nothing(word):
    assert decode(word) == ""


@pytest.mark.parametrize(
    "word",
    [
        "hòa",
        "thúy",
        "khỏe",
        "hoàn",
        "thuyền",
        "người",
        "được",
        "kỹ",
        "lý",
        "mỹ",
        "quý",
        "y",
        "ý",
        "chị",
        "nghỉ",
        "gì",
        "giải",
        "giữa",
        "của",
        "mía",
        "quốc",
        "khuỷu",
        "đình",
        "ăn",
        "cong",
        "2020",
        "ai",
    ],
)
def test_a_key_is_printed_as_is_usual(word):
    assert spelled(exact(word)) == word


@pytest.mark.parametrize(
    ("other", "usual"), [("hoà", "hòa"), ("khoẻ", "khỏe"), ("kĩ", "kỹ"), ("lí", "lý"), ("uỷ", "ủy")]
)
def test_other_ways_are_printed_as_is_usual(other, usual):
    assert spelled(exact(other)) == usual


# Slips ----------------------------------------------------------------------------------------------------------------

KNOWN = Neighbours(["cong", "doan", "nghi", "nghiep", "thai", "san", "x1", "veryverylong"])


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("cog", "cong"),
        ("ong", "cong"),
        ("con", "cong"),
        ("coong", "cong"),
        ("congg", "cong"),
        ("ocng", "cong"),
        ("cogn", "cong"),
        ("ngi", "nghi"),
        ("nghipe", "nghiep"),
        ("congx", "cong"),
    ],
)
def test_one_letter_dropped_doubled_added_or_swapped_is_one_slip_away(typed, meant):
    assert meant in dict(KNOWN.of(typed))


def test_a_wrong_letter_is_looked_for_only_when_asked():
    assert "cong" not in dict(KNOWN.of("comg"))
    assert "cong" in dict(KNOWN.of("comg", replaced=True))


@pytest.mark.parametrize("typed", ["cg", "conggg", "gnoc", "", "zzzz"])
def test_two_slips_are_too_many(typed):
    assert "cong" not in dict(KNOWN.of(typed, replaced=True))


def test_only_syllables_are_neighbours():
    assert "cong" in KNOWN
    assert "x1" not in KNOWN
    assert "veryverylong" not in KNOWN


def test_a_doubled_letter_is_likelier_than_one_too_many():
    assert dict(KNOWN.of("congg"))["cong"] < dict(KNOWN.of("congx"))["cong"]


@given(
    st.sampled_from(["cong", "doan", "nghiep", "thai"]), st.integers(0, 6), st.sampled_from("abcdeghiklmnopqrstuvxy")
)
@settings(deadline=None)
def test_any_single_slip_is_found(meant, at, letter):
    at %= len(meant)
    typed = {
        meant[:at] + meant[at + 1 :],
        meant[:at] + meant[at] + meant[at:],
        meant[:at] + letter + meant[at:],
        meant[:at] + letter + meant[at + 1 :],
        meant[:at] + meant[at : at + 2][::-1] + meant[at + 2 :],
    } - {meant}

    for slip in typed:
        assert meant in dict(KNOWN.of(slip, replaced=True)), slip


@given(st.text())
@settings(deadline=None, max_examples=300)
def test_decoding_and_printing_never_fail(text):
    decode(text)
    spelled(exact(text))
    list(KNOWN.of(text, replaced=True))
