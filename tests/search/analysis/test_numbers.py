"""Numbers of documents and dates: every way to write one finds what bears it, before what merely cites it."""

from datetime import date

import pytest
from hypothesis import given, settings, strategies as st

from search.analysis.numbers import KIND, asked_numbers, borne_tokens, heading_numbers, printed_spans, printed_tokens
from search.analysis.tokens import fold
from tests.search.analysis.corpus import BORNE, DATED, key_of, spellings

#: Spellings that name a kind in words or leave something out; each leads to one document only.
IN_PARTS = {
    "145/2020/NĐ-CP": [
        "nd 145 2020",
        "nđ 145/2020",
        "nghị định 145/2020",
        "Nghị định số 145/2020",
        "nghi dinh so 145 nam 2020",
        "nghị định 145 năm 2020",
        "NĐ145/2020",
        "145NĐ/2020",
        "145-2020-nd-cp",
        "145.2020.nd.cp",
        "145_2020_nd_cp",
        "145 / 2020 / nđ - cp",
        "nđ-cp 145/2020",
        "nd cp 145 2020",
        "145/2020/nđcp",
        "nghị định 145/2020/nđ-cp về điều kiện lao động",
        "ng\u200bhị định 145/2020",
        "00145/2020/NĐ-CP",
    ],
    "145/2020/TT-BTC": [
        "tt 145 2020",
        "thông tư 145/2020",
        "thong tu so 145 nam 2020",
        "TT145/2020",
        "tt-btc 145/2020",
    ],
    "145/2018/NĐ-CP": ["nd 145 2018", "nghị định 145/2018", "145/2018"],
    "245/2018/NĐ-CP": ["245/2018", "nghị định 245", "nđ 245", "NĐ245", "245/NĐ-CP", "245 nd", "nghi dinh so 245"],
    "749/QĐ-TTg": ["quyết định 749", "qd 749", "QĐ749", "749/qd", "QĐ-TTg 749", "749 qd ttg", "quyet dinh so 749"],
    "02-NQ/TU": ["nq 02", "nghị quyết 2", "nghi quyet so 02", "02-nq", "NQ02", "02 nq tu", "nghị quyết số 02-NQ/TU"],
    "03/CTrHĐ-LĐLĐ": ["chương trình hành động 03", "chuong trinh hanh dong so 3", "ctrhd 03", "03 ctrhđ lđlđ"],
    "57/2020/QH14": ["luật 57", "luật 57/2020", "luat so 57 nam 2020", "57/2020", "57 2020 qh14", "57/2020/qh"],
    "08/2021/TT-BLĐTBXH": ["thông tư 8/2021", "thong tu 08", "tt08/2021", "TT 08 2021", "8/2021/tt-bldtbxh"],
    "1908/QĐ-TLĐ": ["quyết định 1908", "qđ 1908", "1908/QĐTLĐ", "quyet dinh so 1908/qd-tld"],
    "31/HD-TLĐ": ["hướng dẫn 31", "hd 31", "huong dan so 31", "HD31"],
    "02/2020/UBTVQH14": ["2/2020/ubtvqh14", "UBTVQH14 02/2020"],
    "02/2020/TT-BXD": ["thông tư 2/2020"],
    "07/2018/TTLT-BCA-BQP-TANDTC-VKSNDTC-BTC": [],
    "07/2018/TTLT-BCA-BQP-TANDTC-VKSNDTC-BNV": [],
    "12/KH-LĐLĐ": ["kế hoạch 12", "kh 12", "ke hoach so 12", "KH12"],
}
NUMBERS = [number for number, _title, _day in BORNE]
DATES = [
    "16/12/2025",
    "16-12-2025",
    "16.12.2025",
    "16 / 12 / 2025",
    "16 12 2025",
    "ngày 16/12/2025",
    "ngày 16 tháng 12 năm 2025",
    "Ngày 16 Tháng 12 Năm 2025",
    "ngay 16 thang 12 nam 2025",
    "16 tháng 12 năm 2025",
    "hội nghị ngày 16/12/2025",
]


@pytest.mark.parametrize("number", NUMBERS)
def test_every_spelling_of_a_number_finds_what_bears_it_first(library, number):
    asked = spellings(number) | set(IN_PARTS[number])

    assert len(asked) >= 8
    assert {line: library.first(line) for line in asked} == dict.fromkeys(asked, key_of(number))


@pytest.mark.parametrize("number", NUMBERS)
def test_what_cites_a_number_is_found_after_what_bears_it(library, number):
    found = library.find(number)

    assert found[0] == key_of(number)
    assert key_of(number).replace("page:90", "page:92") in found


def test_a_number_that_leaves_the_choice_finds_all_who_bear_it_before_who_cite_it(library):
    decrees, all_three = library.find("nghị định 145"), library.find("145/2020")

    assert set(decrees[:2]) == {key_of("145/2020/NĐ-CP"), key_of("145/2018/NĐ-CP")}
    assert set(all_three[:2]) == {key_of("145/2020/NĐ-CP"), key_of("145/2020/TT-BTC")}


@pytest.mark.parametrize("line", DATES)
def test_a_date_is_found_however_it_is_written(library, line):
    assert library.first(line) == DATED
    assert "@20251216" in library.understand(line).numbers


def test_the_day_of_a_document_finds_it(library):
    assert library.first("ngày 3 tháng 6 năm 2020") == key_of("749/QĐ-TTg")


@pytest.mark.parametrize("line", ["31/13/2025", "45 12 2025", "0/0/2025"])
def test_what_is_no_day_is_no_date(library, line):
    assert not any(token.startswith("@") for token in library.understand(line).numbers)


# Printed --------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("printed", "tokens"),
    [
        ("145/2020/NĐ-CP", {"145|2020|nd", "145|2020|ndcp", "145|2020|~cp", "145|nd", "145|2020", "#145"}),
        ("749/QĐ-TTg", {"749|qd", "749|qdttg", "749|~ttg", "#749"}),
        ("02-NQ/TU", {"2|nq", "2|nqtu", "2|~tu", "#2"}),
        ("57/2020/QH14", {"57|2020|qh14", "57|2020|qh", "57|qh", "57|2020", "#57"}),
        ("16/12/2025", {"@20251216"}),
        ("ngày 16 tháng 12 năm 2025", {"@20251216"}),
        ("Ngày 6 tháng 01 năm 2025", {"@20250106"}),
    ],
)
def test_a_printed_number_is_known_whole_and_in_parts(printed, tokens):
    assert printed_tokens(f"theo {printed}, có hiệu lực") == tokens


@pytest.mark.parametrize("text", ["1.500.000 đồng", "tăng 5%", "khoản 2 Điều 3", "0912 345 678", "A/B", "24/7", "1/2"])
def test_other_figures_are_no_numbers_of_documents(text):
    assert printed_tokens(text) == set()


@pytest.mark.parametrize(
    "heading",
    ["Nghị định số 145/2020/NĐ-CP về lao động", "145/2020/NĐ-CP", "Nghị định về lao động 145/2020/NĐ-CP."],
)
def test_a_heading_bears_the_number_at_its_beginning_or_end(heading):
    assert "145|2020|ndcp" in borne_tokens(heading)


@pytest.mark.parametrize(
    "heading", ["Hướng dẫn thực hiện Nghị định 145/2020/NĐ-CP tại cơ sở", "Đại hội công đoàn", "Họp ngày 16/12/2025"]
)
def test_a_heading_does_not_bear_the_number_of_another(heading):
    assert borne_tokens(heading) == set()


@pytest.mark.parametrize(
    "title", ["Bổ sung một điều vào Luật Kế toán số 88/2015/QH13", "Mức phạt theo Nghị định số 12/2022/NĐ-CP"]
)
def test_a_title_that_changes_or_applies_a_document_does_not_bear_its_number(title):
    assert borne_tokens(title, title=True) == set()


def test_the_number_at_the_head_of_a_text_is_its_own():
    head = "LIÊN ĐOÀN LAO ĐỘNG\nSố: 12/KH-LĐLĐ\nCăn cứ Quyết định 1908/QĐ-TLĐ"

    assert "12|khldld" in heading_numbers(head)
    assert "1908|qdtld" not in heading_numbers(head)


@given(st.integers(1, 9_999), st.integers(1990, 2050), st.sampled_from(["NĐ-CP", "TT-BTC", "QĐ-TTg", "NQ/TW", "QH15"]))
@settings(deadline=None)
def test_any_number_asked_as_printed_is_meant_whole(digits, year, suffix):
    printed = f"{digits:02d}/{year}/{suffix}"
    [asked] = asked_numbers(fold(printed).split())
    exact = {token.token for token in asked.tokens if token.weight > KIND}

    assert exact & printed_tokens(printed) >= {f"{digits}|{year}"}
    assert any(token.count("|") == 2 for token in exact & printed_tokens(printed))


@given(st.dates(date(1900, 1, 1), date(2099, 12, 31)))
@settings(deadline=None)
def test_any_date_is_one_token_in_figures_and_words(day):
    figures = f"{day.day}/{day.month}/{day.year}"
    words = f"ngày {day.day:02d} tháng {day.month} năm {day.year}"

    assert printed_tokens(figures) == printed_tokens(words) == {f"@{day:%Y%m%d}"}


@given(st.text())
@settings(deadline=None, max_examples=300)
def test_reading_numbers_never_fails(text):
    words = fold(text).split()
    for asked in asked_numbers(words):
        assert 0 <= asked.start < asked.end <= len(words)
    for start, end, tokens in printed_spans(text):
        assert 0 <= start < end <= len(text)
        assert not any(" " in token for token in tokens)
