"""Before and after: a slope for each row between two scales, with the change behind it."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from infographics.charts.canvas import Box
from infographics.charts.frame import Scene
from infographics.charts.model import Row
from infographics.charts.numerals import decimals_of, difference, format_number, shown
from infographics.charts.placing import spread
from infographics.charts.tables import is_percent
from infographics.charts.typeface import BOLD, CAPITALS, LINE_HEIGHT, Setting, set_text, width_of

#: The part of the width that the words of one side take.
_SIDE = 0.36


def change(row: Row, *, percent: bool) -> str:
    """By how much the second number is above the first, with a sign; "" where one of them is missing."""
    if len(row.values) != 2 or None in row.values:
        return ""
    before, after = row.written
    number = format_number(difference(before, after), decimals_of(before, after), signed=True)
    return _("%(number)s percentage points") % {"number": number} if percent else number


def relative_change(row: Row) -> str:
    """The change in per cent of the first number; "" where that is zero, below zero or not there."""
    before, after = row.values
    if before is None or after is None or before <= 0 or after < 0:
        return ""
    return format_number((after - before) / before * 100, 1, signed=True) + "%"


def draw_changes(scene: Scene) -> None:
    """Draw the two scales, the slopes and, on both sides, the numbers with their labels."""
    layout, plot = scene.layout, scene.plot
    slopes = _slopes(scene)
    heads = _heads(scene)
    for head, x, anchor in zip(heads, (slopes.area.left, slopes.area.right), ("end", "start"), strict=True):
        scene.canvas.block(head, (x, plot.top), scene.paper.ink, anchor=anchor)
        scene.canvas.line((x, slopes.area.top - layout.body * 0.4), (x, plot.bottom), scene.paper.grid, 3)
    for index in sorted(range(len(scene.chart.rows)), key=lambda index: scene.chart.highlight == index):
        strong = scene.chart.highlight in {None, index}
        _slope(scene, slopes, index, scene.colours[-1] if strong else scene.paper.muted)
        _before(scene, slopes, index)
        _after(scene, slopes, index)


def reads_as_slopes(scene: Scene) -> bool:
    """Whether every label stands whole and near its point; if not, paired bars say the same more clearly."""
    slopes, most = _slopes(scene), scene.layout.body * 2.6
    pairs = (*zip(slopes.starts, slopes.left, strict=True), *zip(slopes.ends, slopes.right, strict=True))
    return not any(name.cut for name in slopes.names) and all(abs(point - label) <= most for point, label in pairs)


@dataclass(frozen=True, kw_only=True)
class _Slopes:
    """Where everything stands; all by row, heights in pixels from the top of the paper."""

    area: Box  # between the two scales
    number: float  # size of the numbers
    names: list[Setting]
    changes: list[Setting]
    starts: list[float]
    ends: list[float]
    left: list[float]  # middles of the labels
    right: list[float]


def _slopes(scene: Scene) -> _Slopes:
    rows, layout, plot = scene.chart.rows, scene.layout, scene.plot
    side = plot.width * _SIDE
    top = plot.top + max(head.height for head in _heads(scene)) + layout.body * 0.9
    area = Box(left=plot.left + side, top=top, right=plot.right - side * 0.98, bottom=plot.bottom)
    share = area.height / len(rows)
    number = max(layout.least, min(layout.body * 1.35, share * 0.36))
    small = max(layout.least, min(layout.body, share * 0.27))
    heights = _heights([value or 0.0 for row in rows for value in row.values], area, min(share / 2, number * 1.6))
    sizes = (small, max(layout.least, small * 0.85))
    lines = 2 if share >= (number + small * 2) * LINE_HEIGHT else 1
    room = side - layout.body
    names = [set_text(row.label, sizes=sizes, width=room, lines=lines, weight=BOLD, balanced=True) for row in rows]
    return _Slopes(
        area=area,
        number=number,
        names=names,
        changes=_changes(scene, sizes, room),
        starts=heights[::2],
        ends=heights[1::2],
        left=spread(heights[::2], [number * 1.3 + name.height for name in names], area.top, area.bottom),
        right=spread(heights[1::2], [number * 1.3 + small * LINE_HEIGHT] * len(rows), area.top, area.bottom),
    )


def _changes(scene: Scene, sizes: tuple[float, ...], room: float) -> list[Setting]:
    """The change of each row, in per cent too where that fits in all of them."""
    percent = is_percent(scene.chart)
    words = [change(row, percent=percent) for row in scene.chart.rows]
    if not percent:
        relative = [relative_change(row) for row in scene.chart.rows]
        both = [f"{word} ({part})" if part else word for word, part in zip(words, relative, strict=True)]
        if all(width_of(word, sizes[-1], BOLD) <= room for word in both):
            words = both
    size = next((size for size in sizes if all(width_of(word, size, BOLD) <= room for word in words)), sizes[-1])
    return [set_text(word, sizes=(size, size * 0.8), width=room, lines=1, weight=BOLD) for word in words]


def _heads(scene: Scene) -> list[Setting]:
    layout, width = scene.layout, scene.plot.width * _SIDE
    sizes = (layout.body * 1.1, layout.body, layout.body * 0.9, layout.least)
    return [
        set_text(head, sizes=sizes, width=width, lines=2, weight=BOLD, balanced=True) for head in scene.chart.columns
    ]


def _heights(values: list[float], area: Box, pad: float) -> list[float]:
    low, high = min(values), max(values)
    if low == high:
        return [area.top + area.height / 2 for _value in values]
    return [area.bottom - pad - (value - low) / (high - low) * (area.height - 2 * pad) for value in values]


def _slope(scene: Scene, slopes: _Slopes, index: int, colour: str) -> None:
    canvas, layout, area = scene.canvas, scene.layout, slopes.area
    start, end, thick = slopes.starts[index], slopes.ends[index], layout.body / 5
    canvas.line((area.left, start), (area.right, end), colour, thick)
    sides = ((area.left, start, slopes.left[index], -1), (area.right, end, slopes.right[index], 1))
    for x, y, label, way in sides:
        if abs(y - label) > layout.body * 0.4:
            canvas.line((x, y), (x + way * layout.body * 0.75, label), scene.paper.ink, 1.5)
    canvas.element("circle", cx=area.left, cy=start, r=thick * 1.6, fill=scene.colours[0])
    canvas.element("circle", cx=area.right, cy=end, r=thick * 1.9, fill=colour)


def _before(scene: Scene, slopes: _Slopes, index: int) -> None:
    """The label with the first number below it, to the left."""
    name, size = slopes.names[index], slopes.number
    x = slopes.area.left - scene.layout.body * 0.9
    top = slopes.left[index] - (name.height + size * 1.2) / 2
    y = scene.canvas.block(name, (x, top), scene.paper.strong, anchor="end")
    text = shown(scene.chart.rows[index].written[0], scene.chart.unit)
    fitted = set_text(text, sizes=(size, size * 0.8, size * 0.65), width=x - scene.plot.left, lines=1)
    scene.canvas.text(fitted.lines[0], (x, y + size * 0.9), size=fitted.size, fill=scene.paper.ink, anchor="end")


def _after(scene: Scene, slopes: _Slopes, index: int) -> None:
    """The second number with the change below it, to the right."""
    words, size = slopes.changes[index], slopes.number
    x = slopes.area.right + scene.layout.body * 0.9
    top = slopes.right[index] - (size * 1.2 + words.leading) / 2
    text = shown(scene.chart.rows[index].written[1], scene.chart.unit)
    sizes = (size, size * 0.8, size * 0.65)
    fitted = set_text(text, sizes=sizes, width=scene.plot.right - x, lines=1, weight=BOLD)
    scene.canvas.text(fitted.lines[0], (x, top + size * 0.98), size=fitted.size, fill=scene.paper.ink, weight=BOLD)
    baseline = top + size * 1.2 + words.size * (CAPITALS + 0.25)
    scene.canvas.text(words.lines[0], (x, baseline), size=words.size, fill=scene.paper.strong, weight=BOLD)
