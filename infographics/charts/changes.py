"""Before and after: a slope for each row between two scales, with the change behind it."""

from collections.abc import Sequence

from django.utils.translation import gettext as _

from infographics.charts.canvas import Box
from infographics.charts.frame import Scene
from infographics.charts.model import Row
from infographics.charts.numerals import decimals_of, difference, format_number, shown
from infographics.charts.tables import is_percent
from infographics.charts.typeface import BOLD, CAPITALS, Setting, set_text, width_of


def change(row: Row, *, percent: bool) -> str:
    """By how much the second number is above the first, with a sign; "" where one of them is missing."""
    if len(row.values) != 2 or None in row.values:
        return ""
    before, after = row.written
    number = format_number(difference(before, after), decimals_of(before, after), signed=True)
    return _("%(number)s points") % {"number": number} if percent else number


def relative_change(row: Row) -> str:
    """The change in per cent of the first number; "" where that is zero, below zero or not there."""
    before, after = row.values
    if before is None or after is None or before <= 0 or after < 0:
        return ""
    return format_number((after - before) / before * 100, 1, signed=True) + "%"


def spread(wanted: Sequence[float], heights: Sequence[float], top: float, bottom: float) -> list[float]:
    """Middles of labels as near as possible to where they are wanted, without overlaps, between top and bottom."""
    order = sorted(range(len(wanted)), key=lambda index: wanted[index])
    placed: dict[int, float] = {}
    edge = top
    for index in order:
        placed[index] = max(wanted[index], edge + heights[index] / 2)
        edge = placed[index] + heights[index] / 2
    edge = bottom
    for index in reversed(order):
        placed[index] = min(placed[index], edge - heights[index] / 2)
        edge = placed[index] - heights[index] / 2
    return [placed[index] for index in range(len(wanted))]


def draw_changes(scene: Scene) -> None:
    """Draw the two scales, the slopes and, on both sides, the numbers with their labels."""
    layout, plot = scene.layout, scene.plot
    side = plot.width * 0.36
    left, right = plot.left + side, plot.right - side * 0.92
    heads = _heads(scene, side)
    top = plot.top + max(head.height for head in heads) + layout.body * 0.9
    sides = Box(left=left, top=top, right=right, bottom=plot.bottom)
    for head, x, anchor in zip(heads, (left, right), ("end", "start"), strict=True):
        scene.canvas.block(head, (x, plot.top), scene.paper.ink, anchor=anchor)
        scene.canvas.line((x, top - layout.body * 0.4), (x, plot.bottom), scene.paper.grid, 3)
    _slopes(scene, sides)


def _heads(scene: Scene, side: float) -> list[Setting]:
    layout = scene.layout
    names = [head or fallback for head, fallback in zip(scene.chart.columns, (_("Before"), _("After")), strict=True)]
    sizes = (layout.body * 1.1, layout.body, layout.body * 0.9, layout.least)
    return [set_text(name, sizes=sizes, width=side * 0.92, lines=2, weight=BOLD) for name in names]


def _height_of(values: Sequence[float], area: Box, pad: float) -> list[float]:
    low, high = min(values), max(values)
    room = area.height - 2 * pad
    if low == high:
        return [area.top + area.height / 2 for _value in values]
    return [area.bottom - pad - (value - low) / (high - low) * room for value in values]


def _slopes(scene: Scene, area: Box) -> None:
    rows, layout = scene.chart.rows, scene.layout
    share = area.height / len(rows)
    number = max(layout.least, min(layout.body * 1.35, share * 0.36))
    small = max(layout.least * 0.95, min(layout.body, share * 0.27))
    values = [value or 0.0 for row in rows for value in row.values]
    heights = _height_of(values, area, min(share / 2, number * 1.6))
    starts, ends = heights[::2], heights[1::2]
    names = [
        set_text(
            row.label,
            sizes=(small, max(layout.least * 0.9, small * 0.85)),
            width=area.left - scene.plot.left - 20,
            lines=1 if share < (number + small * 2) * 1.36 else 2,
            weight=BOLD,
        )
        for row in rows
    ]
    left = spread(starts, [number * 1.2 + name.height for name in names], area.top, area.bottom)
    right = spread(ends, [number * 1.2 + small * 1.36] * len(rows), area.top, area.bottom)
    order = sorted(range(len(rows)), key=lambda index: scene.chart.highlight == index)
    for index in order:
        strong = scene.chart.highlight in {None, index}
        colour = scene.colours[-1] if strong else scene.paper.muted
        _slope(scene, area, (starts[index], ends[index]), (left[index], right[index]), colour)
        _before(scene, area, rows[index], names[index], (left[index], number))
        _after(scene, area, rows[index], (right[index], number, small))


def _slope(scene: Scene, area: Box, points: tuple[float, float], labels: tuple[float, float], colour: str) -> None:
    canvas, layout = scene.canvas, scene.layout
    (start, end), thick = points, layout.body / 5
    canvas.line((area.left, start), (area.right, end), colour, thick)
    for x, y, label, way in ((area.left, start, labels[0], -1), (area.right, end, labels[1], 1)):
        if abs(y - label) > layout.body * 0.4:
            canvas.line((x, y), (x + way * layout.body * 0.75, label), scene.paper.ink, 1.5)
    canvas.element("circle", cx=area.left, cy=start, r=thick * 1.6, fill=scene.colours[0])
    canvas.element("circle", cx=area.right, cy=end, r=thick * 1.9, fill=colour)


def _before(scene: Scene, area: Box, row: Row, name: Setting, place: tuple[float, float]) -> None:
    """The label with the first number below it, to the left."""
    middle, size = place
    x = area.left - scene.layout.body * 0.9
    y = scene.canvas.block(name, (x, middle - (name.height + size * 1.2) / 2), scene.paper.strong, anchor="end")
    text = shown(row.written[0], scene.chart.unit)
    scene.canvas.text(text, (x, y + size * 0.9), size=size, fill=scene.paper.ink, anchor="end")


def _after(scene: Scene, area: Box, row: Row, place: tuple[float, float, float]) -> None:
    """The second number with the change below it, to the right."""
    middle, size, small = place
    x = area.right + scene.layout.body * 0.9
    top = middle - (size * 1.2 + small * 1.36) / 2
    text = shown(row.written[1], scene.chart.unit)
    scene.canvas.text(text, (x, top + size * 0.98), size=size, fill=scene.paper.ink, weight=BOLD)
    words = change(row, percent=is_percent(scene.chart))
    relative = "" if is_percent(scene.chart) else relative_change(row)
    both = f"{words} ({relative})" if relative else words
    room = scene.plot.right - x
    fitting = both if width_of(both, small, BOLD) <= room else words
    setting = set_text(fitting, sizes=(small, small * 0.9, small * 0.8), width=room, lines=1, weight=BOLD)
    baseline = top + size * 1.2 + setting.size * (CAPITALS + 0.25)
    scene.canvas.text(setting.lines[0], (x, baseline), size=setting.size, fill=scene.paper.strong, weight=BOLD)
