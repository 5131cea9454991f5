import pytest
from django.core.exceptions import ValidationError
from django.utils.translation import override

from infographics.charts import Chart, ChartError, Row, describe, draw_png, draw_svg, read_table
from tests.infographics.charts_examples import WAGES, make


@pytest.fixture(autouse=True)
def in_english():
    with override("en"):
        yield


def faults(kind, columns, rows):
    with pytest.raises(ChartError) as caught:
        read_table(columns, rows, kind=kind)
    return caught.value.messages


def test_a_table_becomes_rows_of_numbers_and_what_was_written():
    columns, rows = read_table(["Cũ", "Mới"], WAGES, kind="bar")
    assert columns == ("Cũ", "Mới")
    assert rows[0] == Row(label="I", values=(4_960_000.0, 5_310_000.0), written=("4.960.000", "5.310.000"))


def test_the_head_of_the_labels_may_be_given_too():
    assert read_table(["Vùng", "Cũ", "Mới"], WAGES, kind="bar") == read_table(["Cũ", "Mới"], WAGES, kind="bar")


def test_empty_rows_and_last_columns_are_left_out():
    columns, rows = read_table(["", "Số", "", ""], [["A", "1", "", ""], ["", "", "", ""], ["B", "2"]], kind="bar")
    assert columns == ("Số",)
    assert [(row.label, row.values) for row in rows] == [("A", (1.0,)), ("B", (2.0,))]


def test_text_is_cleaned():
    _columns, rows = read_table(["x"], [["  Vu\u0300ng\n\tI\x00\u200b ", " 5 "]], kind="bar")
    assert rows[0].label == "Vùng I"


def test_a_gap_is_kept_where_the_kind_allows_it():
    _columns, rows = read_table(["a", "b"], [["A", "–", "1"], ["B", "", "2"]], kind="bar")
    assert rows[0].values == (None, 1.0)


@pytest.mark.parametrize(
    ("kind", "columns", "rows", "words"),
    [
        ("bar", ["x"], [], ["table is empty"]),
        ("bar", ["x"], [["", ""]], ["table is empty"]),
        ("bar", ["Số"], [["A", "năm"]], ["Row 1", "column Số", "“năm”", "not a number"]),
        ("bar", [""], [["", ""], ["A", "x"]], ["Row 2", "column 1"]),
        ("bar", ["Số"], [["A", "inf"]], ["“inf”"]),
        ("bar", ["Số"], [["A", "nan"]], ["“nan”"]),
        ("bar", ["Số"], [["A", "9" * 20]], ["15 digits"]),
        ("bar", ["x"], [["", "5"]], ["Row 1", "no label"]),
        ("bar", ["x"], [["a" * 300, "5"]], ["row 1", "too long", "120"]),
        ("bar", ["x"], [["Quà 🎁", "5"]], ["row 1", "🎁"]),
        ("bar", ["🎁"], [["A", "5"]], ["column 1", "🎁"]),
        ("bar", ["a" * 121], [["A", "5"]], ["column 1", "too long"]),
        ("bar", ["a", ""], [["A", "5", "6"]], ["Column 2 has no heading"]),
        ("bar", ["a", "b", "c", "d"], [["A", "1", "2", "3", "4"]], ["1 to 3 columns", "has 4"]),
        ("bar", ["x"], [[f"{n}", "1"] for n in range(13)], ["13 rows", "12"]),
        ("bar", ["a", "b", "c"], [[f"{n}", "1", "2", "3"] for n in range(7)], ["7 rows", "6"]),
        ("bar", ["x"], [["A", ""], ["B", "–"]], ["no numbers"]),
        ("bar", ["x"], [["A", "5.31"], ["B", "5.310"]], ["before decimals", "comma"]),
        ("bar", ["x"], [["A"]], ["1 to 3 columns", "has 0"]),
        ("line", ["x"], [["A", "1"]], ["at least 2 rows"]),
        ("line", ["x"], [["A", "1"], ["B", ""]], ["at least two points"]),
        ("line", ["x"], [[f"{n}", "1"] for n in range(25)], ["25 rows", "24"]),
        ("share", ["x"], [["A", "-5"], ["B", "10"]], ["Row 1 (A)", "below zero"]),
        ("share", ["x"], [["A", "60%"], ["B", "50%"]], ["more than 100"]),
        ("share", ["x"], [["A", "0"], ["B", "0"]], ["zero"]),
        ("share", ["x"], [["A", "60%"], ["B", ""]], ["Row 2", "missing"]),
        ("share", ["a", "b"], [["A", "1", "2"], ["B", "1", "2"]], ["takes 1 column", "has 2"]),
        ("number", ["x"], [[f"{n}", "1"] for n in range(4)], ["4 rows", "3"]),
        ("before_after", ["x"], [["A", "1"]], ["takes 2 columns", "has 1"]),
        ("before_after", ["x", "y"], [["A", "1", ""]], ["Row 1, column y", "missing"]),
        ("pie", ["x"], [["A", "1"]], ["pie"]),
    ],
)
def test_a_fault_is_told_with_its_place(kind, columns, rows, words):
    told = " ".join(faults(kind, columns, rows))
    assert all(word in told for word in words), told


def test_all_faults_are_told_at_once():
    assert len(faults("bar", ["x"], [["A", "một"], ["", "2"], ["C", "ba"]])) == 3


def test_a_fault_is_an_error_of_a_form_and_vietnamese_for_editors():
    with override("vi"), pytest.raises(ValidationError, match="Hàng 1, cột Số") as caught:
        read_table(["Số"], [["A", "năm"]], kind="bar")
    assert "không phải là số" in caught.value.messages[0]


def test_rounded_shares_may_miss_100():
    make("share", ["x"], [["A", "33,4%"], ["B", "33,4%"], ["C", "33,3%"]])


def test_shares_in_the_unit_per_cent_may_not_pass_100():
    with pytest.raises(ChartError, match="more than 100"):
        draw_svg(make("share", ["x"], [["A", "60"], ["B", "50"]], unit="%"))


ROW = Row(label="A", values=(1.0,), written=("1",))


@pytest.mark.parametrize(
    "chart",
    [
        Chart(kind="bar", title="T"),
        Chart(kind="pie", title="T", rows=(ROW,)),
        Chart(kind="bar", title="T", rows=(ROW,), paper="pink"),
        Chart(kind="bar", title="T", rows=(ROW, Row(label="B", values=(1.0, 2.0), written=("1", "2")))),
        Chart(kind="bar", title="T", rows=(Row(label="A", values=(float("nan"),), written=("nan",)),)),
        Chart(kind="bar", title="T", rows=(Row(label="A", values=(float("inf"),), written=("inf",)),)),
        Chart(kind="number", title="T", rows=(Row(label="A", values=(None,), written=("",)),)),
        Chart(kind="number", title="T", rows=(ROW,) * 4),
    ],
)
def test_a_chart_put_together_otherwise_is_checked_too(chart):
    for use in (draw_svg, describe, draw_png):
        with pytest.raises(ChartError):
            use(chart)


def test_there_are_only_these_formats():
    with pytest.raises(ChartError, match="poster"):
        draw_svg(Chart(kind="bar", title="T", rows=(ROW,)), format="poster")


def test_a_highlight_outside_the_table_is_none():
    plain = Chart(kind="bar", title="T", rows=(ROW,))
    assert draw_svg(Chart(kind="bar", title="T", rows=(ROW,), highlight=7)) == draw_svg(plain)
