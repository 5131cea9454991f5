"""Lines over time: one to three, each with its own dash and marker, named where it ends."""

import math
from dataclasses import dataclass

from infographics.charts.canvas import Box, Point
from infographics.charts.frame import Scene
from infographics.charts.model import Row
from infographics.charts.numerals import format_number, shown
from infographics.charts.placing import spread
from infographics.charts.typeface import BOLD, CAPITALS, REGULAR, Setting, drawable, set_text, width_of

#: The newest line is whole; those before it are broken, so that colour is not the only sign.
_DASHES = {1: (None,), 2: ("18 10", None), 3: ("5 9", "20 10", None)}
_MARKERS = {1: ("circle",), 2: ("square", "circle"), 3: ("triangle", "square", "circle")}

#: More markers than these would hide their line.
_MOST_MARKERS = 12
#: More numbers than these would not stand beside each other.
_MOST_NUMBERS = 8


@dataclass(frozen=True, kw_only=True)
class Axes:
    """Where the points are: the area of the lines and the values at its lower and upper edge."""

    area: Box
    low: float
    high: float
    count: int

    def x(self, index: int) -> float:
        """Of a point, by its row."""
        return self.area.left + self.area.width * index / (self.count - 1)

    def y(self, value: float) -> float:
        """Of a value."""
        return self.area.bottom - (value - self.low) / (self.high - self.low) * self.area.height

    def point(self, index: int, value: float) -> Point:
        """Of a value in a row."""
        return self.x(index), self.y(value)


def draw_lines(scene: Scene) -> None:
    """Draw a few grid lines, the lines, and their names and last numbers at their ends."""
    rows, layout, plot = scene.chart.rows, scene.layout, scene.plot
    ticks, decimals = _ticks([value for row in rows for value in row.values if value is not None])
    marks = [format_number(tick, decimals) + ("%" if scene.chart.unit == "%" else "") for tick in ticks]
    if _every_number(scene):
        marks = [""] * len(ticks)  # the numbers stand at the points
    first = width_of(drawable(rows[0].label).split(" ")[0], layout.small) / 2 if _every_number(scene) else 0
    gutter = max(first, *(width_of(mark, layout.small) + layout.body * 0.5 for mark in marks))
    ends = _ends(scene)
    right = max(max(name.width for name in setting) for setting in ends) + layout.body * 1.1
    names = _names(scene, plot.width - gutter - right)
    floor = max(name.height for name in names if name) + layout.body * 0.6
    area = Box(
        left=plot.left + gutter + layout.body * 0.4,
        top=plot.top + layout.body,
        right=plot.right - right,
        bottom=plot.bottom - floor,
    )
    axes = Axes(area=area, low=_lowest(scene, ticks, area), high=ticks[-1], count=len(rows))
    _grid(scene, axes, ticks, marks)
    _floor(scene, axes, names)
    for index in range(len(scene.chart.columns)):
        _line(scene, axes, index)
    if _every_number(scene):
        _numbers(scene, axes)
    else:
        _highlighted(scene, axes)
    _label_ends(scene, axes, ends)


def _lowest(scene: Scene, ticks: list[float], area: Box) -> float:
    """The value at the lower edge: below the scale where a number must stand below the lowest point."""
    room = scene.layout.body * 1.8
    unit = (ticks[-1] - ticks[0]) / (area.height - room)  # of the scale, in one pixel
    values = [value for row in scene.chart.rows for value in row.values if value is not None]
    crowded = _every_number(scene) and min(values) - ticks[0] < room * unit
    return ticks[0] - room * unit if crowded else ticks[0]


def _ticks(values: list[float]) -> tuple[list[float], int]:
    """Three to six round numbers around the values, from zero where they come near it, and their decimals."""
    low, high = min(values), max(values)
    if 0 <= low < high * 0.45 or low == high >= 0:
        low = 0.0
    if high < 0 and high > low * 0.45:
        high = 0.0
    span = (high - low) or abs(high) or 1.0
    rough = span / 4
    power = 10.0 ** math.floor(math.log10(rough))
    step = next(factor * power for factor in (1, 2, 2.5, 5, 10) if factor * power >= rough * 0.999)
    first, last = math.floor(low / step + 1e-9), math.ceil(high / step - 1e-9)
    last = max(last, first + 1)
    decimals = max(0, -math.floor(math.log10(step) + 1e-9) + (1 if round(step / power, 3) == 2.5 else 0))
    return [tick * step for tick in range(first, last + 1)], decimals


def _ends(scene: Scene) -> list[tuple[Setting, ...]]:
    """For each line its name, where there are several, and its last number."""
    layout, chart = scene.layout, scene.chart
    width = scene.plot.width * 0.26
    several = len(chart.columns) > 1
    found: list[tuple[Setting, ...]] = []
    for index, head in enumerate(chart.columns):
        last = max(number for number, row in enumerate(chart.rows) if row.values[index] is not None)
        text = shown(chart.rows[last].written[index], chart.unit)
        value = set_text(text, sizes=(layout.body * 1.25, layout.body, layout.least), width=width, lines=1, weight=BOLD)
        sizes = (layout.body, layout.body * 0.9, layout.small)
        name = set_text(head, sizes=sizes, width=width, lines=3, balanced=True)
        found.append((value, name) if several else (value,))
    return found


def _names(scene: Scene, room: float) -> list[Setting | None]:
    """The labels below the points: every one, every second, ... so that none touches the next; always the last."""
    rows, layout = scene.chart.rows, scene.layout
    apart = room / max(1, len(rows) - 1)
    for step in range(1, len(rows)):
        wide = step * apart * 0.92
        longest = max(
            (width_of(word, layout.small) for row in rows[::-step] for word in drawable(row.label).split(" ")),
            default=0,
        )
        if longest <= wide or step == len(rows) - 1 or step * apart > room * 0.3:
            break
    kept = {index for index in range(len(rows)) if (len(rows) - 1 - index) % step == 0}
    return [
        set_text(row.label, sizes=(layout.small, layout.least), width=wide, lines=2) if index in kept else None
        for index, row in enumerate(rows)
    ]


def _grid(scene: Scene, axes: Axes, ticks: list[float], marks: list[str]) -> None:
    size = scene.layout.small
    for tick, mark in zip(ticks, marks, strict=True):
        y = axes.y(tick)
        heavy = tick == 0
        colour = scene.paper.rule if heavy else scene.paper.grid
        scene.canvas.line((axes.area.left - 8, y), (axes.area.right, y), colour, 2)
        at = (axes.area.left - scene.layout.body * 0.6, y + size * CAPITALS / 2)
        scene.canvas.text(mark, at, size=size, fill=scene.paper.soft, anchor="end")


def _floor(scene: Scene, axes: Axes, names: list[Setting | None]) -> None:
    shown_names = [(axes.x(index), name) for index, name in enumerate(names) if name]
    places = spread(
        [x for x, _name in shown_names],
        [name.width + scene.layout.body * 0.4 for _x, name in shown_names],
        scene.plot.left - scene.layout.body * 0.2,
        scene.plot.right + scene.layout.body * 0.2,
    )
    for (x, name), place in zip(shown_names, places, strict=True):
        scene.canvas.line((x, axes.area.bottom), (x, axes.area.bottom + 8), scene.paper.rule, 2)
        top = axes.area.bottom + scene.layout.body * 0.4
        scene.canvas.block(name, (place, top), scene.paper.ink, anchor="middle")


def _runs(rows: tuple[Row, ...], index: int) -> list[list[tuple[int, float]]]:
    """The points of a column, parted where a number is missing."""
    runs: list[list[tuple[int, float]]] = [[]]
    for number, row in enumerate(rows):
        value = row.values[index]
        if value is not None:
            runs[-1].append((number, value))
        elif runs[-1]:
            runs.append([])
    return [run for run in runs if run]


def _line(scene: Scene, axes: Axes, index: int) -> None:
    rows, series = scene.chart.rows, len(scene.chart.columns)
    colour, thick = scene.colours[index], scene.layout.body / 5
    every = 1 if len(rows) <= _MOST_MARKERS else 2 if len(rows) <= 2 * _MOST_MARKERS else 3
    for run in _runs(rows, index):
        scene.canvas.polyline([axes.point(*place) for place in run], colour, thick, _DASHES[series][index])
        for number, value in run:
            lit = scene.chart.highlight == number
            if lit or (len(rows) - 1 - number) % every == 0 or len(run) == 1:
                size = thick * (2.2 if lit else 1.5)
                _marker(scene, axes.point(number, value), _MARKERS[series][index], colour, size)


def _every_number(scene: Scene) -> bool:
    """Whether there is room for all numbers at their points: then the scale needs none."""
    return len(scene.chart.columns) == 1 and len(scene.chart.rows) <= _MOST_NUMBERS


def _numbers(scene: Scene, axes: Axes) -> None:
    """The numbers of one short line at its points; the last one stands at its end."""
    rows, layout, paper = scene.chart.rows, scene.layout, scene.paper
    points = [place for run in _runs(rows, 0) for place in run]
    room = axes.area.width / (len(rows) - 1) * 1.05
    for place, (number, value) in enumerate(points[:-1]):
        text = shown(rows[number].written[0], scene.chart.unit)
        lit = scene.chart.highlight == number
        sizes = (layout.body, layout.small, layout.least, layout.least * 0.8)
        fitted = set_text(text, sizes=sizes, width=room, lines=1, weight=BOLD)
        x, y = axes.point(number, value)
        before, after = points[max(0, place - 1)][1], points[place + 1][1]
        if before >= value <= after and (before, after) != (value, value):
            y += fitted.size * (0.75 + CAPITALS)
        else:  # beside a line that rises or falls, on its free side
            y -= fitted.size * 0.75
            x += fitted.width * 0.4 * ((before > value) - (after > value))
        x = max(x, scene.plot.left + fitted.width / 2)
        scene.canvas.text(
            fitted.lines[0],
            (x, y),
            size=fitted.size,
            fill=paper.ink,
            weight=BOLD if lit else REGULAR,
            anchor="middle",
            halo=paper.ground,
        )


def _highlighted(scene: Scene, axes: Axes) -> None:
    """The numbers of the highlighted row beside a thin rule, unless it is the last, whose numbers stand anyway."""
    chart, layout, lit = scene.chart, scene.layout, scene.chart.highlight
    if lit is None or lit == len(chart.rows) - 1:
        return
    cells = zip(chart.rows[lit].written, chart.rows[lit].values, strict=True)
    numbers = [(shown(text, chart.unit), value) for text, value in cells if value is not None]
    x = axes.x(lit)
    scene.canvas.line((x, axes.area.top), (x, axes.area.bottom), scene.paper.rule, 1.5)
    ys = spread(
        [axes.y(value) for _text, value in numbers],
        [layout.body * 1.25] * len(numbers),
        axes.area.top,
        axes.area.bottom,
    )
    before = x > axes.area.left + axes.area.width * 0.6
    x += layout.body * 0.75 * (-1 if before else 1)
    room = x - scene.plot.left if before else axes.area.right - x
    for (text, _value), y in zip(numbers, ys, strict=True):
        sizes = (layout.body, layout.small, layout.least, layout.least * 0.8)
        fitted = set_text(text, sizes=sizes, width=room, lines=1, weight=BOLD)
        scene.canvas.text(
            fitted.lines[0],
            (x, y + fitted.size * CAPITALS / 2),
            size=fitted.size,
            fill=scene.paper.ink,
            weight=BOLD,
            anchor="end" if before else "start",
            halo=scene.paper.ground,
        )


def _marker(scene: Scene, at: Point, form: str, colour: str, size: float) -> None:
    x, y = at
    if form == "circle":
        scene.canvas.element("circle", cx=x, cy=y, r=size, fill=colour)
    elif form == "square":
        scene.canvas.rectangle(Box(left=x - size, top=y - size, right=x + size, bottom=y + size), colour, "marker")
    else:
        scene.canvas.polygon([(x, y - size * 1.3), (x + size * 1.2, y + size), (x - size * 1.2, y + size)], colour)


def _label_ends(scene: Scene, axes: Axes, ends: list[tuple[Setting, ...]]) -> None:
    last = [_runs(scene.chart.rows, index)[-1][-1] for index in range(len(ends))]
    heights = [sum(setting.height for setting in end) for end in ends]
    apart = scene.layout.body * 0.5
    middles = spread(
        [axes.y(value) for _number, value in last],
        [height + apart for height in heights],
        scene.plot.top - scene.layout.body,
        axes.area.bottom + scene.layout.body * 0.35,  # where the names of the points begin
    )
    x = axes.area.right + scene.layout.body * 0.9
    for index, (end, middle, height) in enumerate(zip(ends, middles, heights, strict=True)):
        point = (axes.x(last[index][0]), axes.y(last[index][1]))
        if abs(middle - point[1]) > scene.layout.body * 0.8:
            scene.canvas.line(point, (x - 6, middle), scene.paper.ink, 1.5)
        y = middle - height / 2
        for setting in end:
            y = scene.canvas.block(setting, (x, y), scene.paper.ink)
