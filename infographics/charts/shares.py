"""Parts of a whole: one column of 100 per cent, each part named beside it."""

from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import pgettext

from infographics.charts.canvas import Box, Point
from infographics.charts.frame import Scene
from infographics.charts.model import MOST_PARTS, Chart
from infographics.charts.numerals import decimals_of, format_number, shown
from infographics.charts.placing import spread
from infographics.charts.tables import is_percent, tolerance
from infographics.charts.typeface import BOLD, CAPITALS, LINE_HEIGHT, Setting, set_text, width_of


@dataclass(frozen=True, kw_only=True)
class Part:
    """A part of the whole: its share from 0 to 1, and how its numbers are written."""

    label: str
    share: float
    percent: str
    written: str = ""  # the number it was counted from; "" where the table has per cents
    row: int | None = None  # None for what is left over


def parts_of(chart: Chart, *, most: int = MOST_PARTS) -> list[Part]:
    """At most seven parts, in the order of the table; smaller ones are added up as «other» at the end.

    Where per cents add up to less than 100, the rest is part of that too.
    """
    values = [Decimal(repr(row.values[0] or 0.0)) for row in chart.rows]
    total = sum(values, Decimal(0))
    given = is_percent(chart) or abs(total - 100) <= tolerance(chart.rows)
    rest = max(Decimal(0), 100 - total) if given and 100 - total > tolerance(chart.rows) else Decimal(0)
    whole = total + rest if given else total
    room = most if len(values) + bool(rest) <= most else most - 1
    largest = set(sorted(range(len(values)), key=lambda index: -values[index])[:room])
    decimals = decimals_of(*(row.written[0] for row in chart.rows)) if given else 1
    parts = [
        Part(
            label=row.label,
            share=float(values[index] / whole),
            percent=shown(row.written[0], "%") if given else format_number(values[index] / whole * 100, decimals) + "%",
            written="" if given else shown(row.written[0]),
            row=index,
        )
        for index, row in enumerate(chart.rows)
        if index in largest
    ]
    left_over = [index for index in range(len(values)) if index not in largest]
    if left_over or rest:
        amount = sum((values[index] for index in left_over), rest)
        count = format_number(amount, decimals_of(*(chart.rows[index].written[0] for index in left_over)))
        parts.append(
            Part(
                label=pgettext("the rest of a whole", "Other"),
                share=float(amount / whole),
                percent=format_number(amount / whole * 100, decimals) + "%",
                written="" if given else count,
            )
        )
    return parts


def draw_shares(scene: Scene) -> None:
    """Draw the column to the left, and per cents with their labels to its right, joined by thin lines."""
    plot, layout = scene.plot, scene.layout
    parts = parts_of(scene.chart)
    column = Box(
        left=plot.left,
        top=plot.top,
        right=plot.left + plot.width * (0.27 if layout.aside == 0 else 0.2),
        bottom=plot.bottom,
    )
    y = column.top
    middles = []
    colours = _colours(scene, parts)
    for part, colour in zip(parts, colours, strict=True):
        end = y + column.height * part.share
        scene.canvas.rectangle(Box(left=column.left, top=y, right=column.right, bottom=end), colour, "part")
        middles.append((y + end) / 2)
        y = end
    edges = [column.top + column.height * sum(part.share for part in parts[:number]) for number in range(1, len(parts))]
    for edge in edges:
        scene.canvas.line((column.left, edge), (column.right, edge), scene.paper.ground, 3)
    _labels(scene, column, parts, middles, colours)


def _colours(scene: Scene, parts: list[Part]) -> list[str]:
    """One colour for each part; only the highlighted one is strong where there is one."""
    pool = iter(scene.paper.parts)
    lit = scene.chart.highlight
    if lit is None or not any(part.row == lit for part in parts):
        return [scene.paper.parts[-1] if part.row is None else next(pool) for part in parts]
    return [scene.paper.parts[0] if part.row == lit else scene.paper.muted for part in parts]


def _labels(scene: Scene, column: Box, parts: list[Part], middles: list[float], colours: list[str]) -> None:
    """Per cents in a column of their own, labels to their right."""
    layout, plot = scene.layout, scene.plot
    left = column.right + layout.body * 1.8
    share = plot.height / len(parts)
    large = max(layout.least * 1.1, min(layout.body * 1.8, share * 0.5))
    small = max(layout.least, min(layout.body * 1.1, share / 2 / LINE_HEIGHT))
    words = left + max(width_of(part.percent, large, BOLD) for part in parts) + large * 0.45
    room = share - small * 0.3
    settings = [_words(part, (small, max(layout.least, small * 0.85)), plot.right - words, room) for part in parts]
    smallest = min(setting.size for setting in settings)
    settings = [_words(part, (smallest,), plot.right - words, room) for part in parts]
    heights = [max(large * 1.3, setting.height + small * 0.3) for setting in settings]
    places = spread(middles, heights, plot.top, plot.bottom)
    for part, setting, middle, wanted in zip(parts, settings, places, middles, strict=True):
        _leader(scene, (column.right, wanted), (left - layout.body * 0.4, middle))
        baseline = middle + large * CAPITALS / 2
        scene.canvas.text(part.percent, (left, baseline), size=large, fill=scene.paper.strong, weight=BOLD)
        if len(setting.lines) == 1:
            scene.canvas.text(setting.lines[0], (words, baseline), size=setting.size, fill=scene.paper.ink)
        else:
            top = middle - setting.height / 2
            scene.canvas.block(setting, (words, top), scene.paper.ink)


def _leader(scene: Scene, start: Point, end: Point) -> None:
    """The thin line from a part to its label, bent where the label had to move."""
    bend = (end[0] - start[0]) * 0.35
    straight = abs(start[1] - end[1]) < 2
    points = [start, end] if straight else [start, (start[0] + bend, start[1]), (end[0] - bend * 0.7, end[1]), end]
    scene.canvas.polyline(points, scene.paper.ink, 1.5)


def _words(part: Part, sizes: tuple[float, ...], width: float, height: float) -> Setting:
    """The label, and in brackets the number it was counted from, which is never cut."""
    tail = f" ({part.written})" if part.written else ""
    setting = set_text(part.label + tail, sizes=sizes, width=width, lines=2, height=height, balanced=True)
    label = part.label
    while setting.cut and tail and label:
        label = label.rpartition(" ")[0] or label[:-1]
        setting = set_text(f"{label.rstrip(' ,;:–-')}…{tail}", sizes=sizes[-1:], width=width, lines=2, height=height)
    return setting
