import re

import pytest
from django.utils.translation import override

from infographics.charts import KINDS, describe
from tests.infographics.charts_examples import make, usual


@pytest.fixture(autouse=True)
def in_english():
    with override("en"):
        yield


def numbers(text):
    return re.findall(r"[+−]?\d[\d.,]*%?", text)


def test_every_number_of_a_table_is_said_once():
    words = describe(
        make("bar", ["a", "b"], [["A", "4.960.000", "5.310.000"], ["B", "41,5", "12"]], title="", source="")
    )
    assert words == "A: a 4.960.000; b 5.310.000. B: a 41,5; b 12. a: highest A, lowest B. b: highest A, lowest B."


def test_one_column_needs_no_name():
    chart = make(
        "bar", ["Số"], [["A", "1"], ["B", "3"], ["C", "3"]], title="Đoàn viên", subtitle="Năm nay?", unit="người"
    )
    assert describe(chart) == "Đoàn viên. Năm nay? Unit: người. A: 1. B: 3. C: 3. Highest: B, C; lowest: A."


def test_a_change_is_said():
    chart = make("before_after", ["Cũ", "Mới"], [["I", "4.960.000", "5.310.000"]], title="Lương")
    assert describe(chart) == "Lương. I: Cũ 4.960.000; Mới 5.310.000; change +350.000 (+7.1%).".replace("7.1", "7,1")


def test_a_change_of_per_cents_is_said_in_points():
    chart = make("before_after", ["", ""], [["Nữ", "51,2%", "49,8%"]], title="")
    assert describe(chart) == "Nữ: Before 51,2%; After 49,8%; change −1,4 percentage points."


def test_a_change_from_zero_has_no_per_cents():
    assert describe(make("before_after", ["a", "b"], [["A", "0", "5"]], title="")).endswith("change +5.")


def test_shares_say_what_is_left_over():
    words = describe(make("share", [""], [["A", "60%"], ["B", "25,5%"]], title=""))
    assert words == "A: 60%. B: 25,5%. Other: 14,5%. Highest: A; lowest: B."


def test_shares_say_every_number_also_of_what_is_drawn_as_other():
    rows = [[f"Đơn vị {number}", str(number)] for number in range(1, 10)]
    words = describe(make("share", [""], rows, title=""))
    assert all(f"({number})" in words for number in range(1, 10))
    assert "Other" not in words


def test_an_empty_column_has_no_highest():
    assert describe(make("bar", ["a", "b"], [["A", "", "1"], ["B", "", "2"]], title="")).count("highest") == 1


def test_shares_that_were_counted_say_both_numbers():
    words = describe(make("share", [""], [["A", "30"], ["B", "10"]], title=""))
    assert words.startswith("A: 75,0% (30). B: 25,0% (10).")


def test_a_gap_is_said():
    assert "A: a –; b 2." in describe(make("bar", ["a", "b"], [["A", "", "2"], ["B", "1", "3"]]))


def test_large_numbers_are_not_compared():
    assert describe(make("number", [""], [["năm", "1975"], ["người", "5"]], title="")) == "năm: 1975. người: 5."


@pytest.mark.parametrize("kind", KINDS)
def test_no_number_of_the_table_is_missing(kind):
    chart = usual()[kind]
    said = numbers(describe(chart))
    for row in chart.rows:
        for written in row.written:
            assert written.replace(" %", "%") in [number.rstrip(".,") for number in said]


def test_editors_read_vietnamese():
    with override("vi"):
        words = describe(make("before_after", ["", ""], [["Nữ", "51,2%", "49,8%"], ["Nam", "1%", "2%"]], title=""))
    assert "Nữ: Trước 51,2%; Sau 49,8%; thay đổi −1,4 điểm %." in words
    assert "cao nhất" in words
