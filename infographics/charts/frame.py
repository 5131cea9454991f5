"""What every infographic has around its drawing: title and subtitle above, legend, source and credit below.

On the wide format, which is low, the words stand to the left of the drawing.
"""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from infographics.charts.canvas import Box, Canvas
from infographics.charts.model import Chart
from infographics.charts.papers import Paper
from infographics.charts.typeface import BOLD, CAPITALS, Setting, drawable, set_text, width_of

#: Kinds that write the names of their columns beside the drawing itself.
_NAMED_DIRECTLY = {"line", "before_after", "share", "number"}


@dataclass(frozen=True, kw_only=True)
class Layout:
    """Sizes and places of one format, in pixels."""

    size: tuple[int, int]
    margin: float
    top: float  # where the title begins
    bottom: float  # where the foot ends
    title_sizes: tuple[float, ...]
    title_lines: int
    subtitle: float
    small: float  # source and credit: the smallest letters of the frame
    least: float  # the smallest letters of a drawing
    body: float  # legend, labels
    large: float  # the largest labels
    aside: float = 0  # width of the words, where they stand beside the drawing


LAYOUTS = {
    "portrait": Layout(
        size=(1080, 1350),
        margin=72,
        top=64,
        bottom=1294,
        title_sizes=(64, 58, 52, 46, 40),
        title_lines=3,
        subtitle=32,
        small=26,
        least=20,
        body=30,
        large=80,
    ),
    "square": Layout(
        size=(1080, 1080),
        margin=64,
        top=48,
        bottom=1034,
        title_sizes=(58, 52, 46, 40, 36),
        title_lines=3,
        subtitle=30,
        small=24,
        least=20,
        body=28,
        large=68,
    ),
    # Apps lay their own buttons over 250 pixels above and 340 below.
    "story": Layout(
        size=(1080, 1920),
        margin=72,
        top=262,
        bottom=1570,
        title_sizes=(72, 64, 56, 50, 44),
        title_lines=4,
        subtitle=36,
        small=28,
        least=22,
        body=34,
        large=88,
    ),
    "wide": Layout(
        size=(1200, 630),
        margin=48,
        top=44,
        bottom=590,
        title_sizes=(46, 42, 38, 34, 30),
        title_lines=6,
        subtitle=24,
        small=19,
        least=16,
        body=22,
        large=52,
        aside=360,
    ),
}


@dataclass(frozen=True, kw_only=True)
class Scene:
    """What a drawing needs: where, on what paper, in which sizes."""

    canvas: Canvas
    chart: Chart
    paper: Paper
    layout: Layout
    plot: Box

    @property
    def colours(self) -> tuple[str, ...]:
        """Of the columns, oldest first."""
        return self.paper.series[len(self.chart.columns) - 1]


def draw_frame(canvas: Canvas, chart: Chart, paper: Paper, layout: Layout) -> Scene:
    """Draw paper, words and legend; what is left of the paper is the place of the drawing."""
    width, height = layout.size
    canvas.rectangle(Box(left=0, top=0, right=width, bottom=height), paper.ground, "paper")
    if layout.size == LAYOUTS["story"].size:
        canvas.rectangle(Box(left=0, top=height - 300, right=width, bottom=height), paper.band)
        canvas.rectangle(Box(left=layout.margin, top=0, right=layout.margin + 160, bottom=16), paper.band)
    words = Box(
        left=layout.margin,
        top=layout.top,
        right=layout.margin + layout.aside if layout.aside else width - layout.margin,
        bottom=layout.bottom,
    )
    foot = _foot(canvas, chart, paper, layout, words)
    head = _head(canvas, chart, paper, layout, words, foot)
    if layout.aside:
        plot = Box(left=words.right + 56, top=layout.top + 8, right=width - layout.margin, bottom=layout.bottom - 6)
    else:
        gap = layout.body * 1.3
        plot = Box(left=words.left, top=head + gap, right=words.right, bottom=foot - gap)
    return Scene(canvas=canvas, chart=chart, paper=paper, layout=layout, plot=plot)


def _head(canvas: Canvas, chart: Chart, paper: Paper, layout: Layout, words: Box, foot: float) -> float:
    room = (foot - words.top) * (0.66 if layout.aside else 0.3)
    title = set_text(
        chart.title,
        sizes=layout.title_sizes,
        width=words.width,
        lines=layout.title_lines,
        weight=BOLD,
        height=room,
        balanced=True,
    )
    y = canvas.block(title, (words.left, words.top), paper.ink) + layout.subtitle * 0.3
    if subtitle := _subtitle(chart):
        left = foot - y - layout.body if layout.aside else layout.subtitle * 1.36 * 3
        lines = max(1, min(6 if layout.aside else 2, int(left // (layout.subtitle * 1.36))))
        setting = set_text(
            subtitle, sizes=(layout.subtitle, layout.subtitle * 0.9), width=words.width, lines=lines, balanced=True
        )
        y = canvas.block(setting, (words.left, y), paper.soft)
    return y


def _subtitle(chart: Chart) -> str:
    """The subtitle, with the unit where it does not say it and the numbers do not."""
    known = f"{chart.title} {chart.subtitle}".casefold()
    if not chart.unit or chart.unit == "%" or chart.kind == "number" or chart.unit.casefold() in known:
        return chart.subtitle
    unit = _("Unit: %(unit)s") % {"unit": chart.unit}
    return ". ".join(filter(None, (chart.subtitle.rstrip(". "), unit)))


def _foot(canvas: Canvas, chart: Chart, paper: Paper, layout: Layout, words: Box) -> float:
    """Draw from the bottom up; returns where the foot begins."""
    y = words.bottom
    if note := foot_words(chart):
        setting = set_text(
            note,
            sizes=(layout.small, layout.small * 0.9),
            width=words.width,
            lines=4 if layout.aside else 2,
            balanced=True,
        )
        y -= setting.height
        canvas.block(setting, (words.left, y), paper.soft)
        y -= layout.small * 0.4
    y = _legend(canvas, chart, paper, layout, Box(left=words.left, top=words.top, right=words.right, bottom=y))
    if y < words.bottom:
        y -= layout.body * 0.5
        canvas.line((words.left, y), (words.right, y), paper.rule, 3 if layout.aside == 0 else 2)
    return y


def foot_words(chart: Chart) -> str:
    """Source and credit as one sentence after the other."""
    source = drawable(chart.source)
    if source and not source.casefold().startswith(("nguồn", "source")):
        source = _("Source: %(source)s") % {"source": source}
    parts = [part.rstrip(". ") for part in (source, drawable(chart.credit)) if part.rstrip(". ")]
    return ". ".join(parts)


def _legend(canvas: Canvas, chart: Chart, paper: Paper, layout: Layout, box: Box) -> float:
    if chart.kind in _NAMED_DIRECTLY or len(chart.columns) < 2:
        return box.bottom
    side = layout.body * 0.9
    entries = [_entry(head, box.width - side * 1.5, layout) for head in chart.columns]
    rows: list[list[tuple[str, Setting]]] = [[]]
    x = 0.0
    for colour, entry in zip(paper.series[len(chart.columns) - 1], entries, strict=True):
        wide = side * 1.5 + entry.width + side
        if rows[-1] and x + wide - side > box.width:
            rows.append([])
            x = 0.0
        rows[-1].append((colour, entry))
        x += wide
    pitch = layout.body * 1.5
    top = box.bottom - pitch * len(rows) - layout.body * 0.1
    for number, row in enumerate(rows):
        x, baseline = box.left, top + number * pitch + layout.body * 1.05
        for colour, entry in row:
            square = baseline - entry.size * CAPITALS / 2 - side / 2
            canvas.rectangle(Box(left=x, top=square, right=x + side, bottom=square + side), colour)
            canvas.text(entry.lines[0], (x + side * 1.5, baseline), size=entry.size, fill=paper.ink)
            x += side * 1.5 + width_of(entry.lines[0], entry.size) + side
    return top


def _entry(head: str, width: float, layout: Layout) -> Setting:
    return set_text(
        head or "–", sizes=(layout.body, layout.body * 0.9, layout.small, layout.least), width=width, lines=1
    )
