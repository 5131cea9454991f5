"""One key for every way to write the same syllable, and the streams of tokens made of keys."""

import unicodedata

import pytest
from hypothesis import given, settings, strategies as st

from search.analysis.syllables import clean, exact, fold_letters, folded
from search.analysis.tokens import Streams, exact_keys, fold, spans, words

#: Spellings of the same words; the first is the usual one.
SAME = [
    ("hòa giải", "hoà giải", "HÒA GIẢI", "Hoà Giải", "hòa  giải", "ho\u0300a gia\u0309i", "hoa\u0300 gia\u0309i"),
    ("kỹ thuật", "kĩ thuật", "KỸ THUẬT", "ky\u0303 thuật"),
    ("lý luận", "lí luận", "LÍ LUẬN"),
    ("quý", "quí", "QUÝ"),
    ("ủy ban", "uỷ ban", "ỦY BAN", "Uỷ Ban"),
    ("thúy", "thuý", "THÚY"),
    ("khỏe", "khoẻ", "KHOẺ"),
    ("đoàn viên", "ðoàn viên", "Ðoàn viên", "Ɖoàn viên", "ĐOÀN VIÊN", "đoa\u0300n viên"),
    ("người", "ngu\u031bo\u031b\u0300i", "ngươ\u0300i", "NGƯỜI"),
    ("thất nghiệp", "th\u200bất nghi\u00adệp", "\ufeffthất nghiệp", "thất\u200e nghiệp", "thất\x00 nghi\x07ệp"),
    ("trường hợp", "trường-hợp", "trường/hợp", "«trường» hợp!", "trường\u00a0hợp", "trường\thợp", "trường_hợp"),
    ("1.500.000 đồng", "1500000 đồng"),
]
#: Words whose only difference is in their marks, or in letters that sound different.
DIFFERENT = [
    ("lương", "lượng"),
    ("hòa", "hóa"),
    ("ma", "mạ"),
    ("đo", "do"),
    ("tân", "tăn"),
    ("tai", "tay"),
    ("thui", "thuy"),
    ("mai", "may"),
]


@pytest.mark.parametrize("spellings", SAME, ids=lambda spellings: spellings[0])
def test_spellings_of_the_same_words_have_the_same_keys(spellings):
    assert {tuple(exact_keys(spelling)) for spelling in spellings} == {tuple(exact_keys(spellings[0]))}
    assert {fold(spelling) for spelling in spellings} == {fold(spellings[0])}


@pytest.mark.parametrize(("one", "other"), DIFFERENT)
def test_different_syllables_have_different_keys(one, other):
    assert exact(one) != exact(other)


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("Đình công", "dinh cong"),
        ("ĐOÀN PHÍ", "doan phi"),
        ("Người lao động hưởng trợ cấp", "nguoi lao dong huong tro cap"),
        ("ắ ằ ẳ ẵ ặ ấ ầ ẩ ẫ ậ", "a a a a a a a a a a"),
        ("ế ề ể ễ ệ ố ồ ổ ỗ ộ", "e e e e e o o o o o"),
        ("ớ ờ ở ỡ ợ ứ ừ ử ữ ự", "o o o o o u u u u u"),
        ("kỳ mỹ lý y tế", "ki mi li i te"),
        ("kỳỳ quyy", "ki qui"),
        ("café Münster", "cafe munster"),
        ("?!…", ""),
    ],
)
def test_folding_takes_all_marks_away(text, plain):
    assert fold(text) == plain


def test_thousands_with_dots_are_one_word_and_other_dots_are_not():
    assert words("1.500.000 đồng, 2.5 điểm, 12.5.2024 và A.B") == [
        "1.500.000",
        "đồng",
        "2",
        "5",
        "điểm",
        "12",
        "5",
        "2024",
        "và",
        "A",
        "B",
    ]
    assert exact("1.500.000") == "1500000"


def split(stream: list[str]) -> list[str]:
    """The tokens as an engine sees them."""
    return " ".join(stream).split()


def test_streams_hold_each_part_as_often_as_it_weighs():
    streams = Streams([("Công đoàn", 2), ("", 3), ("cơ sở", 1)])

    assert streams.folded == {"cong", "doan", "co", "so"}
    assert split(streams.exact_pairs) == [
        *["_".join(map(exact, ("công", "đoàn")))] * 2,
        "_".join(map(exact, ("cơ", "sở"))),
    ]
    assert streams.lines == [exact_keys(text) for text in ("Công đoàn", "", "cơ sở")]


def test_what_is_too_long_for_a_word_is_left_out():
    assert exact_keys(f"công {'x' * 41} đoàn") == exact_keys("công đoàn")
    assert split(Streams([(f"công {'x' * 41} đoàn", 1)]).exact_pairs) == ["_".join(exact_keys("công đoàn"))]


def test_a_clean_text_keeps_its_spelling():
    assert clean("Hoà giải KỸ thuật 🎉") == "Hoà giải KỸ thuật 🎉"
    assert clean("co\u0302ng\u200b ðoàn\ud800\n\tơi") == "công đoàn\n\tơi"


@given(st.text())
@settings(deadline=None, max_examples=300)
def test_any_text_has_keys_without_space_and_the_same_ones_when_it_is_clean_already(text):
    keys = exact_keys(text)

    assert all(key and not any(character.isspace() for character in key) for key in keys)
    assert exact_keys(clean(text)) == keys
    assert clean(clean(text)) == clean(text)
    assert words(clean(text)) == [word for _start, _end, word in spans(clean(text))]


TONES = "\u0300\u0301\u0303\u0309\u0323"
LETTERS = "aăâbcdđeêghiklmnoôơpqrstuưvxyàáảãạằắẳẵặầấẩẫậèéẻẽẹềếểễệìíỉĩịòóỏõọồốổỗộờớởỡợùúủũụừứửữựỳýỷỹỵ"


@given(st.text(LETTERS, min_size=1, max_size=7))
@settings(deadline=None, max_examples=300)
def test_no_form_of_unicode_and_no_case_changes_a_key(syllable):
    for form in ("NFC", "NFD", "NFKC", "NFKD"):
        [word] = words(unicodedata.normalize(form, syllable))
        assert exact(word) == exact(syllable)
    assert exact(syllable.upper()) == exact(syllable.title()) == exact(syllable)
    assert folded(syllable.upper()) == folded(syllable)
    assert folded(syllable).isascii()
    assert folded(folded(syllable)) == folded(exact(syllable).rstrip(TONES))


def test_letters_of_other_scripts_stay():
    assert fold_letters("工会 профсоюз") == "工会 профсоюз"
    assert words("工会 профсоюз 🎉") == ["工会", "профсоюз"]
