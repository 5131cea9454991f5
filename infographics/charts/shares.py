"""Parts of a whole: one column of 100 per cent, each part named beside it."""

from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import pgettext

from infographics.charts.canvas import Box
from infographics.charts.changes import spread
from infographics.charts.frame import Scene
from infographics.charts.model import MOST_PARTS, Chart
from infographics.charts.numerals import decimals_of, format_number, shown
from infographics.charts.tables import is_percent, tolerance
from infographics.charts.typeface import BOLD, Setting, set_text


@dataclass(frozen=True, kw_only=True)
class Part:
    """A part of the whole: its share from 0 to 1, and how its numbers are written."""

    label: str
    share: float
    percent: str
    written: str = ""  # the number it was counted from; "" where the table has per cents
    row: int | None = None  # None for what is left over


def parts_of(chart: Chart) -> list[Part]:
    """At most seven parts, in the order of the table; smaller ones are added up as «other» at the end.

    Where per cents add up to less than 100, the rest is part of that too.
    """
    values = [Decimal(repr(row.values[0] or 0.0)) for row in chart.rows]
    total = sum(values, Decimal(0))
    given = is_percent(chart) or abs(total - 100) <= tolerance(chart.rows)
    rest = max(Decimal(0), 100 - total) if given and 100 - total > tolerance(chart.rows) else Decimal(0)
    whole = total + rest if given else total
    room = MOST_PARTS if len(values) + bool(rest) <= MOST_PARTS else MOST_PARTS - 1
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
        right=plot.left + plot.width * (0.3 if layout.aside == 0 else 0.22),
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
    layout, plot = scene.layout, scene.plot
    left = column.right + layout.body * 2
    share = plot.height / len(parts)
    large = max(layout.least * 1.1, min(layout.body * 1.7, share * 0.42))
    small = max(layout.least, min(layout.body, share * 0.28))
    lines = 2 if share >= (large + 2 * small) * 1.4 else 1
    width = plot.right - left
    settings = [_words(part, (large, small), width, lines) for part in parts]
    heights = [number.height * 0.9 + name.height for number, name in settings]
    places = spread(middles, heights, plot.top, plot.bottom)
    for (number, name), middle, wanted, height in zip(settings, places, middles, heights, strict=True):
        y = middle - height / 2
        point = y + number.leading * 0.52
        scene.canvas.polyline(
            [(column.right, wanted), (left - layout.body * 1.3, wanted), (left - layout.body * 0.5, point)]
            if abs(point - wanted) > 2
            else [(column.right, wanted), (left - layout.body * 0.5, wanted)],
            scene.paper.ink,
            1.5,
        )
        scene.canvas.block(number, (left, y - number.size * 0.06), scene.paper.strong)
        scene.canvas.block(name, (left, y + number.height * 0.9), scene.paper.ink)


def _words(part: Part, sizes: tuple[float, float], width: float, lines: int) -> tuple[Setting, Setting]:
    large, small = sizes
    words = f"{part.label} ({part.written})" if part.written else part.label
    number = set_text(part.percent, sizes=(large,), width=width, lines=1, weight=BOLD)
    name = set_text(words, sizes=(small, small * 0.9), width=width, lines=lines)
    if name.cut and part.written:  # the label is cut, not its number
        tail = f"({part.written})"
        label = set_text(part.label, sizes=(small * 0.9,), width=width * lines * 0.9 - len(tail) * small * 0.6, lines=1)
        name = set_text(f"{label.lines[0]} {tail}", sizes=(small * 0.9,), width=width, lines=lines)
    return number, name
