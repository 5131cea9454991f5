"""Puts a drawing together: as SVG for pages and downloads, as PNG for networks and print."""

import re
from collections.abc import Callable
from dataclasses import replace

import resvg_py

from infographics.charts.bars import draw_bars
from infographics.charts.canvas import Canvas
from infographics.charts.changes import draw_changes, reads_as_slopes
from infographics.charts.figures import draw_figures
from infographics.charts.frame import LAYOUTS, Scene, draw_frame
from infographics.charts.lines import draw_lines
from infographics.charts.model import KINDS, Chart
from infographics.charts.papers import PAPERS
from infographics.charts.shares import draw_shares
from infographics.charts.tables import checked, known_format
from infographics.charts.typeface import FAMILY, FONT_FILES
from infographics.charts.words import describe

_DRAWINGS: dict[str, Callable[[Scene], None]] = {
    "bar": draw_bars,
    "line": draw_lines,
    "share": draw_shares,
    "number": draw_figures,
    "before_after": draw_changes,
}
_ID = re.compile(r"[A-Za-z][A-Za-z0-9_.-]*")
#: In pixels; four times the normal width prints well on a poster.
WIDEST = 4800


def draw_svg(chart: Chart, *, format: str = "portrait", ids: str = "c1") -> str:  # noqa: A002  # as the field is called
    """Return a complete SVG with a name and a description, safe to put into a page.

    ``ids`` begins the ids of both and must differ between two charts on one page.

    :raises ChartError: when the chart cannot be drawn.
    :raises ValueError: when ``ids`` is no id.
    """
    if not _ID.fullmatch(ids):
        raise ValueError("An id begins with a letter and goes on with letters, digits, dots, hyphens and underscores.")
    size = known_format(format)
    chart = checked(chart)
    scene = draw_frame(Canvas(), chart, PAPERS[chart.paper], LAYOUTS[format])
    if chart.kind == "before_after" and not reads_as_slopes(scene):
        scene = draw_frame(Canvas(), replace(chart, kind="bar"), PAPERS[chart.paper], LAYOUTS[format])
    _DRAWINGS[scene.chart.kind](scene)
    title = chart.title or str(KINDS[chart.kind])
    return scene.canvas.finish(size, ids=ids, title=title, description=describe(chart))


def draw_png(chart: Chart, *, format: str = "portrait", width: int | None = None) -> bytes:  # noqa: A002  # same reason
    """Return a PNG in the format's own size, or ``width`` pixels wide and as high as the format wants.

    :raises ChartError: when the chart cannot be drawn.
    :raises ValueError: when ``width`` is below 1 or above 4800.
    """
    if width is not None and not 1 <= width <= WIDEST:
        raise ValueError(f"A picture is 1 to {WIDEST} pixels wide.")
    return bytes(
        resvg_py.svg_to_bytes(
            svg_string=draw_svg(chart, format=format),
            width=width or known_format(format)[0],
            skip_system_fonts=True,  # the same picture on every machine
            font_files=[str(path) for path in FONT_FILES.values()],
            font_family=FAMILY,
        )
    )
