import pytest
from hypothesis import given, strategies as st

from infographics.charts.numerals import decimals_of, difference, format_number, read_number, shown


@pytest.mark.parametrize(
    ("written", "value", "decimals"),
    [
        ("4.960.000", 4_960_000, 0),
        ("4960000", 4_960_000, 0),
        ("4 960 000", 4_960_000, 0),
        ("4\u00a0960\u00a0000,5", 4_960_000.5, 1),
        ("4,960,000", 4_960_000, 0),
        ("1.234,5", 1234.5, 1),
        ("1,234.5", 1234.5, 1),
        ("1.234", 1234, 0),
        ("12.345", 12_345, 0),
        ("1234.567", 1234.567, 3),
        ("0.125", 0.125, 3),
        ("5,31", 5.31, 2),
        ("5,310", 5.31, 3),
        ("5.31", 5.31, 2),
        ("12,5 %", 12.5, 1),
        ("−3,2", -3.2, 1),
        ("-3,2", -3.2, 1),
        ("–3,2", -3.2, 1),
        ("- 3", -3, 0),
        ("+7", 7, 0),
        ("-0", 0, 0),
        ("  8  ", 8, 0),
        ("007", 7, 0),
        ("999.999.999.999.999", 999_999_999_999_999, 0),
    ],
)
def test_a_number_is_read_the_vietnamese_way(written, value, decimals):
    numeral = read_number(written)
    assert (numeral.value, numeral.decimals) == (value, decimals)
    assert numeral.percent == ("%" in written)


@pytest.mark.parametrize(
    "written",
    [
        *(
            "",
            "-",
            "năm triệu",
            "5 triệu",
            "5tr",
            "1.23.4",
            "1.2345.678",
            "1,23,456",
            "1,2.3,4",
            "12 34",
            "1..2",
            ",5",
            "5,",
            ".",
        ),
        *(
            "inf",
            "nan",
            "1e5",
            "0x10",
            "١٢",
            "５",
            "5 %%",
            "%",
            "--5",
            "1\n2",
            "9" * 16,
            "1.000.000.000.000.000",
            "<script>",
        ),
    ],
)
def test_what_is_no_number_is_not_guessed(written):
    assert read_number(written) is None


@given(st.text(max_size=30))
def test_no_text_breaks_the_reader(text):
    numeral = read_number(text)
    assert numeral is None or abs(numeral.value) < 1e15


@given(st.decimals(min_value=-(10**9), max_value=10**9, places=2), st.integers(0, 2))
def test_what_is_written_is_read_again(value, decimals):
    written = format_number(value, decimals)
    again = read_number(written)
    if "," not in written and written.count(".") == 1:
        assert again.dot_thousand
    assert format_number(again.value, decimals) == written


@given(st.integers(-(10**14), 10**14), st.integers(-(10**14), 10**14))
def test_differences_are_exact(first, second):
    assert difference(format_number(first), format_number(second)) == second - first


@pytest.mark.parametrize(
    ("value", "decimals", "written"),
    [
        (350_000, 0, "350.000"),
        (-3.25, 1, "−3,3"),
        (0.35, 2, "0,35"),
        (2.5, 0, "3"),
        (-0.04, 1, "0,0"),
        (1e14, 0, "100.000.000.000.000"),
    ],
)
def test_a_computed_number_is_written_the_vietnamese_way(value, decimals, written):
    assert format_number(value, decimals) == written


def test_a_sign_is_written_on_demand():
    assert [format_number(value, signed=True) for value in (3, 0, -3)] == ["+3", "0", "−3"]


def test_binary_fractions_leave_no_trace():
    assert format_number(difference("4,96", "5,31"), decimals_of("4,96", "5,3"), signed=True) == "+0,35"


@pytest.mark.parametrize(
    ("written", "unit", "drawn"),
    [
        ("5310000", "đồng", "5.310.000"),
        ("5.31", "", "5,31"),
        ("12,5 %", "", "12,5%"),
        ("12,50", "%", "12,50%"),
        ("-3", "", "−3"),
        ("+3", "", "+3"),
        ("1975", "", "1.975"),
    ],
)
def test_a_number_keeps_its_decimals(written, unit, drawn):
    assert shown(written, unit) == drawn


def test_a_year_keeps_its_form_among_large_numbers():
    assert shown("1975", years=True) == "1975"


def test_a_difference_needs_two_numbers():
    with pytest.raises(ValueError, match="numbers"):
        difference("5", "–")
