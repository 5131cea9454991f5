"""Horizontal bars: one to three for each row, the newest the strongest, with the difference at the end of two."""

from collections.abc import Callable
from dataclasses import dataclass

from infographics.charts.canvas import Box
from infographics.charts.changes import change
from infographics.charts.frame import Scene
from infographics.charts.model import Row
from infographics.charts.numerals import shown
from infographics.charts.typeface import BOLD, CAPITALS, LINE_HEIGHT, REGULAR, Setting, drawable, set_text, width_of

#: Labels narrower than this are set large beside their bars, as «I», «II», «III».
_SHORT = 0.15
#: Stands in a cell that has no number.
NO_NUMBER = "–"
#: How much numbers shrink, and whether differences are written, from what is best to what fits at last.
_TRIES = ((1.0, True), (0.9, True), (0.8, True), (0.7, True), (0.8, False), (0.65, False), (0.5, False), (0.35, False))
#: The most height of a row by its number of bars, in the size of the labels.
_PITCH = {1: 3.8, 2: 5.5, 3: 7.5}


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
    left = scene.plot.left + (plan.label_width + scene.layout.body if plan.label_width else 0)
    bars, zero, scale = _fitted(scene, plan, left)
    spare = scene.plot.height - plan.pitch * (len(bars) - 1) - plan.block
    top = scene.plot.top + max(0.0, spare * (0.35 if scene.layout.aside == 0 else 0.5))
    below = any((bar.value or 0) < 0 for group in bars for bar in group)
    for number, group in enumerate(bars):
        y = top + number * plan.pitch
        _group(scene, plan, number, group, y, (zero, scale))
        if below:
            start = y + (0 if plan.label_width else plan.labels[0].leading)
            scene.canvas.line((zero, start - 4), (zero, y + plan.block + 4), scene.paper.rule, 2)


def _fitted(scene: Scene, plan: Plan, left: float) -> tuple[list[list[Bar]], float, float]:
    """The bars with the place of zero and their scale.

    Where words would leave no room for bars, numbers shrink, and then the differences go: they can be reckoned.
    """
    bars: list[list[Bar]] = []
    zero = scale = 0.0
    for shrink, differences in _TRIES:
        bars = [_bars(scene, row, plan, shrink, differences=differences) for row in scene.chart.rows]
        every = [bar for group in bars for bar in group]
        zero, scale = _scale(every, left, scene.plot.right)
        if max(abs(bar.value or 0) for bar in every) * scale >= (scene.plot.right - left) * 0.25:
            break
    return bars, zero, scale


def _plan(scene: Scene) -> Plan:
    chart, layout, plot = scene.chart, scene.layout, scene.plot
    series = len(chart.columns)
    pitch = plot.height / (len(chart.rows) - 0.2)
    widest = max(width_of(drawable(row.label), layout.large, BOLD) for row in chart.rows)
    if widest <= plot.width * _SHORT and pitch >= layout.large * 1.1:
        pitch = min(pitch, layout.large * (2.6 if series > 1 else 2))
        labels = tuple(_label(row, (layout.large,), plot.width, 1, None) for row in chart.rows)
        return _shares(scene, pitch * 0.66, pitch, labels, widest)
    sizes = (layout.body * 1.15, layout.body, layout.body * 0.9)
    plans = [_beside(scene, pitch, sizes, 0.32)]
    if pitch >= layout.body * (1.2 + 0.95 * series):
        plans.append(_above(scene, pitch))
    plans += [
        _beside(scene, pitch, (layout.body * 0.8, layout.least, layout.least * 0.9), width) for width in (0.32, 0.42)
    ]
    return next((plan for plan in plans if not any(label.cut for label in plan.labels)), plans[-1])


def _beside(scene: Scene, pitch: float, sizes: tuple[float, ...], share: float) -> Plan:
    """Labels to the left of their bars, in up to three lines."""
    layout, rows = scene.layout, scene.chart.rows
    series = len(scene.chart.columns)
    pitch = min(pitch, layout.body * _PITCH[series])
    width = scene.plot.width * share
    labels = tuple(_label(row, sizes, width, 3, pitch * 0.98) for row in rows)
    smallest = min(label.size for label in labels)
    labels = tuple(_label(row, (smallest,), width, 3, pitch * 0.98) for row in rows)
    height = pitch * (0.72 if series > 1 else 0.64)
    return _shares(scene, height, pitch, labels, max(label.width for label in labels))


def _above(scene: Scene, pitch: float) -> Plan:
    """Labels above their bars, in one line."""
    layout, rows = scene.layout, scene.chart.rows
    pitch = min(pitch, layout.body * (3.2 + 1.6 * len(scene.chart.columns)))
    size = max(layout.least, min(layout.body, pitch * 0.3))
    sizes = (size, max(layout.least, size * 0.9), layout.least)
    labels = tuple(_label(row, sizes, scene.plot.width, 1, None) for row in rows)
    smallest = min(label.size for label in labels)
    labels = tuple(_label(row, (smallest,), scene.plot.width, 1, None) for row in rows)
    return _shares(scene, (pitch - smallest * LINE_HEIGHT) * 0.78, pitch, labels, 0)


def _label(row: Row, sizes: tuple[float, ...], width: float, lines: int, height: float | None) -> Setting:
    return set_text(row.label, sizes=sizes, width=width, lines=lines, weight=BOLD, height=height, balanced=True)


def _shares(scene: Scene, height: float, pitch: float, labels: tuple[Setting, ...], label_width: float) -> Plan:
    """Share a row's height among its bars: the newest is half as high again as those before it, if there is room."""
    series = len(scene.chart.columns)
    crowded = height / (series + 0.5) < scene.layout.least * 1.2
    if crowded:
        height = min(height * 1.2, pitch * 0.86) if label_width else height
    last = 1.0 if series == 1 else 1.15 if crowded else 1.5
    gap = height * (0.02 if crowded else 0.05) if series > 1 else 0.0
    unit = (height - gap * (series - 1)) / (series - 1 + last)
    heights = (*(unit for _number in range(series - 1)), unit * last)
    return Plan(pitch=pitch, heights=heights, gap=gap, labels=labels, label_width=label_width)


def _bars(scene: Scene, row: Row, plan: Plan, shrink: float, *, differences: bool) -> list[Bar]:
    chart, layout = scene.chart, scene.layout
    bars = []
    for index, value in enumerate(row.values):
        newest = index == len(row.values) - 1
        height = plan.heights[index]
        size = max(min(height * 0.66, layout.body * (1.4 if newest else 1.05)), min(height * 0.9, layout.least))
        after = change(row, percent=False) if newest and differences else ""
        text = shown(row.written[index], chart.unit) if value is not None else NO_NUMBER
        weight = BOLD if newest else REGULAR
        bars.append(Bar(value=value, number=text, size=size * shrink, weight=weight, after=after))
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
