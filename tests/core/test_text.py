"""Vietnamese text: one canonical form, ASCII slugs, the order of the dictionary."""

import random
import re
import unicodedata

import pytest
from hypothesis import given, strategies as st

from core.text import clean_json, clean_text, is_clean, sort_key, vietnamese_slug

FAMILY = "\U0001f468\u200d\U0001f469\u200d\U0001f467"

# As typed -> as stored.
STORED = [
    ("Công đoàn", "Công đoàn"),
    (unicodedata.normalize("NFD", "Công đoàn Việt Nam"), "Công đoàn Việt Nam"),
    (unicodedata.normalize("NFD", "ĐƯỜNG LỐI, ƯỚC NGUYỆN"), "ĐƯỜNG LỐI, ƯỚC NGUYỆN"),
    ("hòa", "hòa"),  # the owner's spelling, whichever way the tone is placed
    ("hoà", "hoà"),
    ("Cong doan", "Cong doan"),
    ("Công\u200bđoàn", "Côngđoàn"),  # zero-width space
    ("\ufeffTin nóng", "Tin nóng"),  # byte order mark of a pasted file
    ("thông\u00ad tin", "thông tin"),  # soft hyphen of a PDF
    ("a\u202eb\u202cc", "abc"),  # direction overrides could disguise a name
    ("a\x00b\x07c\x1bd\x7fe\x85f", "abcdef"),
    ("dòng một\r\ndòng hai\tcột", "dòng một\r\ndòng hai\tcột"),
    ("\ud800lẻ\udfff", "lẻ"),  # half of a surrogate pair cannot be stored at all
    (FAMILY, FAMILY),  # emoji held together by zero-width joiners
    ("e\u200b\u0301", "é"),  # what stood between letter and mark is gone, so they join
    ("", ""),
]


@pytest.mark.parametrize(("typed", "stored"), STORED)
def test_text_is_stored_in_one_form(typed, stored):
    assert clean_text(typed) == stored
    assert is_clean(stored)


@given(st.text())
def test_cleaning_is_idempotent_and_agrees_with_the_quick_check(text):
    cleaned = clean_text(text)
    assert clean_text(cleaned) == cleaned
    assert is_clean(cleaned)
    assert is_clean(text) == (cleaned == text)


@given(st.text(alphabet=st.characters(categories=["L", "M", "Nd", "Zs"])))
def test_both_normal_forms_are_stored_alike(text):
    composed, decomposed = (unicodedata.normalize(form, text) for form in ("NFC", "NFD"))
    assert clean_text(composed) == clean_text(decomposed)


def test_json_is_cleaned_to_its_depth():
    nfd = unicodedata.normalize("NFD", "Việt")
    assert clean_json([{"a": [nfd, 1, None], "b": {"c": "x\x00"}}]) == [{"a": ["Việt", 1, None], "b": {"c": "x"}}]


SLUGS = [
    ("Đoàn viên", "doan-vien"),
    ("đoàn viên", "doan-vien"),
    ("ĐOÀN VIÊN", "doan-vien"),
    (unicodedata.normalize("NFD", "Đoàn viên"), "doan-vien"),
    ("Doan vien", "doan-vien"),
    ("Tiền lương tối thiểu vùng từ 1/1/2026", "tien-luong-toi-thieu-vung-tu-112026"),
    ("Nghị định 293/2025/NĐ-CP", "nghi-dinh-2932025nd-cp"),
    ("  Ưu đãi – «nghỉ dưỡng»…  ", "uu-dai-nghi-duong"),
    ("quỹ_trợ_vốn", "quy-tro-von"),
    ("hoà bình hòa bình", "hoa-binh-hoa-binh"),
    ("Công\u200bđoàn", "congdoan"),
    ("!!!", ""),
    ("", ""),
]


@pytest.mark.parametrize(("title", "slug"), SLUGS)
def test_slugs_are_ascii_and_keep_the_letter(title, slug):
    assert vietnamese_slug(title) == slug


@given(st.text(), st.integers(min_value=1, max_value=120))
def test_a_slug_is_always_a_slug(title, length):
    slug = vietnamese_slug(title, max_length=length)
    assert re.fullmatch(r"(?:[a-z0-9]+(?:-[a-z0-9]+)*)?", slug)
    assert len(slug) <= length
    assert vietnamese_slug(slug, max_length=length) == slug


def test_a_long_slug_is_cut_between_words():
    slug = vietnamese_slug("công đoàn " * 30, max_length=50)
    assert len(slug) <= 50
    assert set(slug.split("-")) == {"cong", "doan"}


def test_a_single_endless_word_is_cut_anyway():
    assert vietnamese_slug("a" * 300, max_length=50) == "a" * 50


# Each line stands in the order of a Vietnamese dictionary.
IN_ORDER = [
    ["an", "ăn", "ân"],
    ["ma", "mà", "mả", "mã", "má", "mạ"],
    ["da", "dê", "dương", "đa", "đê", "đường", "e"],
    ["cong", "công", "cơm"],
    ["o", "ô", "ơ", "p"],
    ["u", "ư", "v"],
    ["Bến Sậy", "Cửa Lam", "Dệt Phú Lộc", "Đông Lâu", "Gò Dâu"],
    ["hoa", "hoa hồng", "hoà", "hoà bình"],
    ["Công đoàn 2", "Công đoàn 10", "Công đoàn An Thạnh"],
    ["Khu phố 9", "Khu phố 010", "Khu phố 11"],
]


@pytest.mark.parametrize("words", IN_ORDER, ids=lambda words: words[0])
def test_words_stand_in_the_order_of_the_dictionary(words):
    shuffled = words[:]
    random.Random(len(words)).shuffle(shuffled)
    shuffled.reverse()
    decomposed = [unicodedata.normalize("NFD", word) for word in shuffled]
    assert sorted(shuffled, key=sort_key) == words
    assert [clean_text(word) for word in sorted(decomposed, key=sort_key)] == words


def test_case_and_punctuation_do_not_matter_for_the_order():
    assert sort_key("ĐIỆN LỰC") == sort_key("điện, lực") == sort_key("«Điện lực»")


@given(st.text(max_size=200))
def test_every_text_has_a_key(text):
    key = sort_key(text)
    assert key == sort_key(clean_text(text))
    assert "\x00" not in key


@pytest.mark.parametrize("text", ["²", "m²", "5²", "①", "٣", "１２", "Ⅻ", "一"])
def test_odd_digits_have_a_key_too(text):
    assert sort_key(text)
