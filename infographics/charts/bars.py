"""Horizontal bars: one to three for each row, the newest the strongest, with the difference at the end of two."""

from collections.abc import Callable
from dataclasses import dataclass

from infographics.charts.canvas import Box
from infographics.charts.changes import change
from infographics.charts.frame import Scene
from infographics.charts.model import Row
from infographics.charts.numerals import shown
from infographics.charts.tables import is_percent
from infographics.charts.typeface import BOLD, CAPITALS, LINE_HEIGHT, REGULAR, Setting, drawable, set_text, width_of

#: Labels narrower than this are set large beside their bars, as «I», «II», «III».
_SHORT = 0.15
#: Stands in a cell that has no number.
NO_NUMBER = "–"


@dataclass(frozen=True, kw_only=True)
class Plan:
    """How the rows share the height, and the labels the width."""

    pitch: float  # from one row to the next
    heights: tuple[float, ...]  # of the bars of a row, in the order of the columns
    gap: float  # between two bars of a row
    labels: tuple[Setting, ...]
    label_width: float  # beside the bars; 0 where labels stand above them

    @property
    def block(self) -> float:
        """Height of a row without the space after it."""
        above = 0 if self.label_width else self.labels[0].leading
        return above + sum(self.heights) + self.gap * (len(self.heights) - 1)


@dataclass(frozen=True, kw_only=True)
class Bar:
    """One bar and the words that belong to it."""

    value: float | None
    number: str
    size: float
    weight: str
    after: str = ""  # the difference, in bold behind the newest bar

    @property
    def inner(self) -> float:
        """How long the bar must be to hold its number."""
        return width_of(self.number, self.size, self.weight) + self.size * 1.1

    def outside(self, length: float) -> float:
        """How much room the words beyond the end of a bar of this length take."""
        room = 0.0 if length >= self.inner else self.inner
        return room + (width_of(self.after, self.size, BOLD) + self.size * 0.6 if self.after else 0)


def draw_bars(scene: Scene) -> None:
    """Draw one group of bars for each row, all on one scale that begins at zero."""
    plan = _plan(scene)
    bars = [_bars(scene, row, plan, number) for number, row in enumerate(scene.chart.rows)]
    left = scene.plot.left + (plan.label_width + scene.layout.body if plan.label_width else 0)
    zero, scale = _scale([bar for group in bars for bar in group], left, scene.plot.right)
    spare = scene.plot.height - plan.pitch * (len(bars) - 1) - plan.block
    top = scene.plot.top + max(0.0, min(spare / 2, spare * 0.35 if scene.layout.aside == 0 else spare / 2))
    if any((bar.value or 0) < 0 for group in bars for bar in group):
        end = top + plan.pitch * (len(bars) - 1) + plan.block
        scene.canvas.line((zero, top), (zero, end), scene.paper.rule, 2)
    for number, group in enumerate(bars):
        _group(scene, plan, number, group, top + number * plan.pitch, (zero, scale))


def _plan(scene: Scene) -> Plan:
    chart, layout, plot = scene.chart, scene.layout, scene.plot
    rows = len(chart.rows)
    series = len(chart.columns)
    pitch = plot.height / (rows - 0.2)
    widest = max(width_of(drawable(row.label), layout.large, BOLD) for row in chart.rows)
    if widest <= plot.width * _SHORT and pitch >= layout.large * 1.1:
        pitch = min(pitch, layout.large * (2.6 if series > 1 else 2))
        labels = tuple(_label(row, (layout.large,), plot.width, 1, None) for row in chart.rows)
        return _shares(pitch * 0.66, pitch, series, labels, widest)
    beside = _beside(scene, pitch)
    return beside or _above(scene, pitch)


def _beside(scene: Scene, pitch: float) -> Plan | None:
    """Labels to the left of their bars, where they fit there in two lines."""
    layout, rows = scene.layout, scene.chart.rows
    series = len(scene.chart.columns)
    pitch = min(pitch, layout.body * (5.5 if series > 1 else 3.8))
    sizes = (layout.body * 1.15, layout.body, layout.body * 0.9, layout.least)
    width = scene.plot.width * 0.32
    labels = tuple(_label(row, sizes, width, 2 if pitch < layout.body * 4 else 3, pitch * 0.94) for row in rows)
    smallest = min(label.size for label in labels)
    labels = tuple(_label(row, (smallest,), width, 3, pitch * 0.94) for row in rows)
    crowded = pitch < layout.body * 1.8 * series  # above the bars there would be no room either
    if any(label.cut for label in labels) and not crowded:
        return None
    return _shares(pitch * (0.72 if series > 1 else 0.64), pitch, series, labels, max(label.width for label in labels))


def _above(scene: Scene, pitch: float) -> Plan:
    """Labels above their bars, in one line."""
    layout = scene.layout
    series = len(scene.chart.columns)
    pitch = min(pitch, layout.body * (3.2 + 1.6 * series))
    size = max(layout.least, min(layout.body, pitch * 0.28))
    sizes = (size, max(layout.least, size * 0.9), layout.least)
    labels = tuple(_label(row, sizes, scene.plot.width, 1, None) for row in scene.chart.rows)
    smallest = min(label.size for label in labels)
    labels = tuple(_label(row, (smallest,), scene.plot.width, 1, None) for row in scene.chart.rows)
    return _shares((pitch - smallest * LINE_HEIGHT) * 0.74, pitch, series, labels, 0)


def _label(row: Row, sizes: tuple[float, ...], width: float, lines: int, height: float | None) -> Setting:
    return set_text(row.label, sizes=sizes, width=width, lines=lines, weight=BOLD, height=height)


def _shares(height: float, pitch: float, series: int, labels: tuple[Setting, ...], label_width: float) -> Plan:
    """Share a row's height among its bars: the newest is half as high again as those before it."""
    gap = height * 0.05 if series > 1 else 0.0
    unit = (height - gap * (series - 1)) / (series + (0.5 if series > 1 else 0))
    heights = tuple(unit * (1.5 if series > 1 and number == series - 1 else 1) for number in range(series))
    return Plan(pitch=pitch, heights=heights, gap=gap, labels=labels, label_width=label_width)


def _bars(scene: Scene, row: Row, plan: Plan, number: int) -> list[Bar]:
    chart, layout = scene.chart, scene.layout
    bars = []
    for index, value in enumerate(row.values):
        newest = index == len(row.values) - 1
        size = min(plan.heights[index] * 0.66, layout.body * (1.4 if newest else 1.05))
        after = change(row, percent=is_percent(chart)) if newest and len(row.values) == 2 else ""
        text = shown(row.written[index], chart.unit) if value is not None else NO_NUMBER
        bars.append(Bar(value=value, number=text, size=size, weight=BOLD if newest else REGULAR, after=after))
    return bars


def _scale(bars: list[Bar], left: float, right: float) -> tuple[float, float]:
    """Where zero is, and how many pixels a unit is: the most at which no words leave the paper."""
    positive: list[Bar] = [bar for bar in bars if (bar.value or 0) >= 0]
    negative: list[Bar] = [bar for bar in bars if (bar.value or 0) < 0]

    def reach(group: list[Bar], scale: float) -> float:
        return max((abs(bar.value or 0) * scale + bar.outside(abs(bar.value or 0) * scale) for bar in group), default=0)

    largest = max((abs(bar.value or 0) for bar in bars), default=0) or 1.0
    scale = _most(lambda scale: reach(positive, scale) + reach(negative, scale) <= right - left, largest, right - left)
    return left + reach(negative, scale), scale


def _most(fits: Callable[[float], bool], largest: float, room: float) -> float:
    """The largest scale that fits, tried in small steps: where a number slips into its bar, more fits than before."""
    steps = 400
    return next(
        (room * step / steps / largest for step in range(steps, 0, -1) if fits(room * step / steps / largest)), 0
    )


def _group(scene: Scene, plan: Plan, number: int, bars: list[Bar], top: float, axis: tuple[float, float]) -> None:
    label = plan.labels[number]
    strong = scene.chart.highlight in {None, number}
    if plan.label_width:
        middle = top + plan.block / 2
        first = middle - label.height / 2 + label.leading * 0.5 + label.size * CAPITALS / 2
        for line, text in enumerate(label.lines):
            at = (scene.plot.left, first + line * label.leading)
            scene.canvas.text(text, at, size=label.size, fill=scene.paper.strong, weight=BOLD)
        y = top
    else:
        fill = scene.paper.strong
        scene.canvas.text(label.lines[0], (scene.plot.left, top + label.size), size=label.size, fill=fill, weight=BOLD)
        y = top + label.leading
    for index, bar in enumerate(bars):
        newest = index == len(bars) - 1
        colour = scene.colours[index] if strong or not newest or len(bars) > 1 else scene.paper.muted
        _bar(scene, bar, colour, Box(left=axis[0], top=y, right=axis[0], bottom=y + plan.heights[index]), axis[1])
        y += plan.heights[index] + plan.gap


def _bar(scene: Scene, bar: Bar, colour: str, at: Box, scale: float) -> None:
    """Draw a bar from the zero line at ``at``, its number inside or behind it, and the difference."""
    length = abs(bar.value or 0) * scale
    way = -1 if (bar.value or 0) < 0 else 1
    end = at.left + way * length
    baseline = (at.top + at.bottom) / 2 + bar.size * CAPITALS / 2
    pad = bar.size * 0.5
    shape = Box(left=min(at.left, end), top=at.top, right=max(at.left, end), bottom=at.bottom)
    if bar.value is not None:
        scene.canvas.rectangle(shape, colour, "bar")
    anchor = "start" if way > 0 else "end"
    if length >= bar.inner:
        fill, x = scene.paper.text_on[colour], at.left + way * pad
    else:
        fill, x = scene.paper.ink, end + way * pad
        end += way * bar.inner
    scene.canvas.text(bar.number, (x, baseline), size=bar.size, fill=fill, weight=bar.weight, anchor=anchor)
    if bar.after:
        x = end + way * pad * 0.8
        scene.canvas.text(bar.after, (x, baseline), size=bar.size, fill=scene.paper.ink, weight=BOLD, anchor=anchor)
