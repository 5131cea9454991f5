import io
import itertools
import re
from dataclasses import replace
from xml.etree import ElementTree

import pytest
from hypothesis import given, settings, strategies as st
from PIL import Image

from infographics.charts import FORMATS, KINDS, PAPERS, Chart, ChartError, Row, describe, draw_png, draw_svg
from infographics.charts.papers import PAPERS as COLOURS, contrast
from infographics.charts.placing import spread
from tests.infographics.charts_examples import SVG, WAGES, extreme, lines_of, make, usual, words_of

USUAL, EXTREME = usual(), extreme()
EVERY = {**USUAL, **EXTREME}
each_format = pytest.mark.parametrize("form", FORMATS)
each_chart = pytest.mark.parametrize("name", EVERY)


def shapes(svg, part):
    return [element for element in ElementTree.fromstring(svg).iter(f"{SVG}rect") if element.get("class") == part]


def widths(svg):
    return [float(bar.get("width")) for bar in shapes(svg, "bar")]


def test_every_kind_has_an_example():
    assert set(USUAL) == set(KINDS)


@each_format
@each_chart
def test_a_drawing_is_accessible_and_has_no_style_or_script(name, form):
    svg = draw_svg(EVERY[name], format=form, ids="page-7")
    root = ElementTree.fromstring(svg)
    assert root.get("viewBox") == "0 0 {} {}".format(*FORMATS[form])
    assert (root.get("role"), root.get("aria-labelledby")) == ("img", "page-7-title")
    assert root.get("aria-describedby") == "page-7-desc"
    assert (root[0].tag, root[0].get("id"), root[0].text) == (f"{SVG}title", "page-7-title", EVERY[name].title)
    assert (root[1].tag, root[1].get("id"), root[1].text) == (f"{SVG}desc", "page-7-desc", describe(EVERY[name]))
    assert not re.search(r"style|script|href|\son\w+=", svg.partition("</desc>")[2])
    assert {element.get("font-family") for element in root.iter(f"{SVG}text")} == {"Be Vietnam Pro"}


@each_format
@each_chart
def test_no_words_leave_the_paper_or_lie_over_others(name, form):
    svg = draw_svg(EVERY[name], format=form)
    width, height = FORMATS[form]
    for line in lines_of(svg):
        assert line.left >= 20, line
        assert line.right <= width - 20, line
        assert line.top >= 0, line
        assert line.bottom <= height, line
    for first, second in itertools.combinations(lines_of(svg, above=0.8, below=0.12), 2):
        assert not first.touches(second), (first, second)


@each_format
@each_chart
def test_no_shape_leaves_the_paper(name, form):
    width, height = FORMATS[form]
    for element in ElementTree.fromstring(draw_svg(EVERY[name], format=form)).iter():
        for across, along in (("x", "width"), ("y", "height")):
            if element.tag == f"{SVG}rect":
                end = float(element.get(across)) + float(element.get(along))
                assert -0.01 <= float(element.get(across)) <= end <= {"x": width, "y": height}[across] + 0.02
        for point in (element.get("points") or "").split():
            x, y = map(float, point.split(","))
            assert 0 <= x <= width
            assert 0 <= y <= height


@each_format
@pytest.mark.parametrize("kind", KINDS)
def test_title_labels_numbers_source_and_credit_are_drawn(kind, form):
    chart = USUAL[kind]
    words = words_of(draw_svg(chart, format=form))
    assert chart.title in words
    assert chart.source in words
    assert chart.credit in words
    for row in chart.rows if kind != "line" else chart.rows[-1:]:
        assert row.label in words
        for written in row.written:
            assert written.replace(" %", "%") in words
    assert kind in {"share", "number"} or all(head in words for head in chart.columns)


@pytest.mark.parametrize("paper", PAPERS)
@pytest.mark.parametrize("name", EVERY)
def test_every_word_stands_out_from_its_ground(name, paper):
    svg = draw_svg(replace(EVERY[name], paper=paper))
    grounds = []
    for element in ElementTree.fromstring(svg):
        if element.tag == f"{SVG}rect":
            x, y, width, height = (float(element.get(key)) for key in ("x", "y", "width", "height"))
            grounds.append((x, y, x + width, y + height, element.get("fill")))
        elif element.tag == f"{SVG}text":
            x, y = float(element.get("x")), float(element.get("y")) - float(element.get("font-size")) * 0.3
            x += {"start": 2, "middle": 0, "end": -2}[element.get("text-anchor", "start")]
            ground = [fill for left, top, right, bottom, fill in grounds if left <= x <= right and top <= y <= bottom][
                -1
            ]
            ground = element.get("stroke") or ground  # a rim of the paper's colour
            assert contrast(element.get("fill"), ground) >= 4.5, (element.text, ground)


def test_letters_stand_out_on_every_colour():
    for paper in COLOURS.values():
        assert all(contrast(paper.ground, colour) >= 4.5 for colour in (paper.ink, paper.soft, paper.strong))
        assert all(contrast(colour, paper.text_on[colour]) >= 4.5 for series in paper.series for colour in series)


def test_bars_are_as_long_as_their_values():
    drawn = widths(draw_svg(USUAL["bar"]))
    values = [value for row in USUAL["bar"].rows for value in row.values]
    assert len(drawn) == len(values)
    assert all(
        bar / value == pytest.approx(drawn[0] / values[0], rel=0.001) for bar, value in zip(drawn, values, strict=True)
    )


@each_format
@pytest.mark.parametrize("name", ["twelve bars", "pairs", "below zero", "thousandfold", "all zero"])
def test_extreme_bars_keep_the_proportion(name, form):
    chart = EXTREME[name]
    drawn = widths(draw_svg(chart, format=form))
    values = [abs(value) for row in chart.rows for value in row.values if value is not None]
    unit = max(drawn) / (max(values) or 1)
    assert max(drawn) > 100 or not any(values)
    assert all(bar == pytest.approx(value * unit, abs=0.02) for bar, value in zip(drawn, values, strict=True))


def test_bars_below_zero_go_to_the_left():
    bars = shapes(draw_svg(make("bar", [""], [["A", "-5"], ["B", "5"]])), "bar")
    left, right = ((float(bar.get("x")), float(bar.get("width"))) for bar in bars)
    assert sum(left) == pytest.approx(right[0], abs=0.02)


def test_parts_of_a_whole_fill_the_column():
    parts = shapes(draw_svg(USUAL["share"]), "part")
    heights = [float(part.get("height")) for part in parts]
    assert [height / sum(heights) for height in heights] == pytest.approx([0.41, 0.195, 0.14, 0.255], abs=0.001)


def test_more_than_seven_parts_are_added_up():
    svg = draw_svg(EXTREME["many shares"])
    assert len(shapes(svg, "part")) == 7
    assert "(29)" in words_of(svg)  # 2 + 11 + 7 + 9


def test_differences_of_two_columns_are_written():
    words = words_of(draw_svg(make("bar", ["a", "b"], WAGES)))
    assert all(change in words for change in ("+350.000", "+320.000", "+280.000", "+250.000"))


def test_changes_are_written_in_numbers_and_per_cent():
    assert "+350.000 (+7,1%)" in words_of(draw_svg(USUAL["before_after"]))


def test_slopes_become_bars_where_their_labels_would_crowd():
    assert not shapes(draw_svg(USUAL["before_after"]), "bar")
    assert len(shapes(draw_svg(EXTREME["outlier"]), "bar")) == 16


def test_lines_differ_by_more_than_colour():
    root = ElementTree.fromstring(draw_svg(make("line", ["a", "b", "c"], [["1", "1", "2", "3"], ["2", "4", "5", "6"]])))
    lines = list(root.iter(f"{SVG}polyline"))
    assert len({line.get("stroke-dasharray") for line in lines}) == 3
    assert len({line.get("stroke") for line in lines}) == 3
    assert list(root.iter(f"{SVG}circle"))
    assert list(root.iter(f"{SVG}polygon"))


def test_a_gap_parts_a_line():
    rows = [["1", "1"], ["2", "2"], ["3", ""], ["4", "3"], ["5", "4"]]
    lines = list(ElementTree.fromstring(draw_svg(make("line", [""], rows))).iter(f"{SVG}polyline"))
    assert [len(line.get("points").split()) for line in lines] == [2, 2]


def test_a_highlight_changes_the_colours():
    charts = [replace(USUAL[kind], highlight=1) for kind in ("share", "number", "before_after")]
    charts.append(make("bar", [""], [["A", "1"], ["B", "2"]], highlight=1))
    for chart in charts:
        assert draw_svg(chart) != draw_svg(replace(chart, highlight=None))


@each_format
@pytest.mark.parametrize("kind", KINDS)
def test_a_png_has_the_size_of_its_format(kind, form):
    picture = Image.open(io.BytesIO(draw_png(USUAL[kind], format=form)))
    assert (picture.format, picture.size) == ("PNG", FORMATS[form])
    edge = picture.convert("RGB").crop((0, 20, 20, 200)).getcolors()
    assert len(edge) == 1  # paper alone


def test_a_png_holds_letters_not_only_shapes():
    chart = make("number", [""], [["chữ", "8"]], source="", credit="", title="")
    picture = Image.open(io.BytesIO(draw_png(chart))).convert("RGB")
    assert len(picture.getcolors(1_000_000)) > 20  # the smoothed edges of letters


def test_a_png_may_be_larger():
    assert Image.open(io.BytesIO(draw_png(USUAL["number"], width=2160))).size == (2160, 2700)


@pytest.mark.parametrize("width", [0, -5, 100_000])
def test_a_png_cannot_be_of_any_width(width):
    with pytest.raises(ValueError, match="wide"):
        draw_png(USUAL["number"], width=width)


@pytest.mark.parametrize("ids", ["", "7", 'a"b', "a b"])
def test_ids_are_ids(ids):
    with pytest.raises(ValueError, match="id"):
        draw_svg(USUAL["number"], ids=ids)


NASTY = "<script>alert(1)</script> ]]> & \" ' \x00\x1b\u202e\ud800 🎁 A\u0309\u0306ng " + "Ẳ" * 80


@each_format
@pytest.mark.parametrize("kind", KINDS)
def test_hostile_words_are_drawn_as_words(kind, form):
    chart = USUAL[kind]
    rows = tuple(replace(row, label=NASTY) for row in chart.rows)
    columns = (NASTY,) * len(chart.columns)
    words = {"title": NASTY, "subtitle": NASTY, "source": NASTY, "credit": NASTY}
    svg = draw_svg(replace(chart, rows=rows, columns=columns, unit="<b>", **words), format=form)
    root = ElementTree.fromstring(svg)
    assert not list(root.iter(f"{SVG}script"))
    assert "\x00" not in svg
    assert "🎁" not in words_of(svg)
    assert all(20 <= line.left <= line.right <= FORMATS[form][0] - 20 for line in lines_of(svg))


def test_no_break_spaces_hold_words_together_and_are_drawn_as_spaces():
    svg = draw_svg(make("number", [""], [["người\u00a0lao\u00a0động", "5"]], title="A\u00a0B"))
    assert "\u00a0" not in words_of(svg)
    assert "người lao động" in words_of(svg)


numbers = st.integers(-(10**12), 10**12) | st.floats(-1000, 1000).map(lambda value: round(value, 2))
labels = st.text(st.characters(codec="utf-8", exclude_categories=["Cs"]), min_size=1, max_size=120)


@settings(max_examples=40, deadline=None)
@given(st.data())
def test_any_table_is_drawn_or_refused_in_words(data):
    kind = data.draw(st.sampled_from(sorted(KINDS)))
    columns = data.draw(st.integers(1, 3))
    cells = st.lists(numbers.map(lambda number: str(number).replace(".", ",")), min_size=columns, max_size=columns)
    rows = data.draw(st.lists(st.tuples(labels, cells), min_size=1, max_size=8))
    form = data.draw(st.sampled_from(sorted(FORMATS)))
    heads = data.draw(st.lists(labels, min_size=columns, max_size=columns))
    try:
        chart = make(kind, heads, [[label, *values] for label, values in rows], title=data.draw(labels))
        svg = draw_svg(chart, format=form)
    except ChartError:
        return
    ElementTree.fromstring(svg)
    assert all(-1 <= line.left <= line.right <= FORMATS[form][0] + 1 for line in lines_of(svg))


@given(st.lists(st.tuples(st.floats(0, 1000), st.floats(1, 100)), min_size=1, max_size=10))
def test_labels_are_spread_without_overlap(wishes):
    wanted, heights = [wish for wish, _height in wishes], [height for _wish, height in wishes]
    places = spread(wanted, heights, 0, 1000)
    spans = sorted((place - height / 2, place + height / 2) for place, height in zip(places, heights, strict=True))
    assert all(first[1] <= second[0] + 0.001 for first, second in itertools.pairwise(spans))
    assert spans[0][0] >= -0.001
    assert spans[-1][1] <= 1000.001


def test_nothing_is_spread_where_there_is_nothing():
    assert spread([], [], 0, 1) == []


def test_a_chart_needs_neither_unit_nor_source():
    chart = Chart(kind="bar", title="", rows=(Row(label="A", values=(1.0,), written=("1",)),))
    assert ElementTree.fromstring(draw_svg(chart))[0].text == str(KINDS["bar"])
