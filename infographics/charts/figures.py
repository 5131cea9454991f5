"""One to three huge numbers with a few words below each."""

from infographics.charts.frame import Scene
from infographics.charts.model import Row
from infographics.charts.numerals import shown
from infographics.charts.typeface import BOLD, Setting, drawable, set_text, width_of

#: The size of one, two or three numbers at most.
_LARGEST = {1: 300.0, 2: 220.0, 3: 170.0}


def draw_figures(scene: Scene) -> None:
    """Draw the numbers below each other, all in one size, parted by thin rules."""
    rows, plot, layout = scene.chart.rows, scene.plot, scene.layout
    share = plot.height / len(rows)
    words = layout.body * (1.5 if len(rows) == 1 else 1.25 if share > layout.body * 8 else 1.0)
    labels = [
        set_text(
            row.label,
            sizes=(words, words * 0.9, layout.small),
            width=plot.width,
            lines=2,
            height=share * 0.42,
            balanced=True,
        )
        for row in rows
    ]
    room = share - max(label.height for label in labels) - layout.body * (0.8 if len(rows) > 1 else 0)
    size = min(_size(scene, row, room) for row in rows) * (0.92 if len(rows) > 1 else 1)
    block = size * 1.06 + max(label.height for label in labels)
    gap = min((plot.height - block * len(rows)) / len(rows), layout.body * 2.6)
    used = block * len(rows) + gap * (len(rows) - 1)
    y = plot.top + max(0.0, (plot.height - used) * (0.4 if layout.aside == 0 else 0.5))
    for number, (row, label) in enumerate(zip(rows, labels, strict=True)):
        if number:
            scene.canvas.line((plot.left, y - gap / 2), (plot.right, y - gap / 2), scene.paper.grid, 3)
        _figure(scene, row, label, y, size, number)
        y += block + gap


def _words(scene: Scene, row: Row) -> tuple[str, str]:
    """The number, and the unit that stands smaller behind it."""
    number = shown(row.written[0], scene.chart.unit, years=True)
    unit = drawable(scene.chart.unit)
    return number, "" if unit == "%" or number.endswith("%") else unit


def _size(scene: Scene, row: Row, room: float) -> float:
    number, unit = _words(scene, row)
    wide = width_of(number, 100, BOLD) + (width_of(unit, 40, BOLD) + 14 if unit else 0)
    return min(scene.plot.width / wide * 100, room / 1.06, _LARGEST[len(scene.chart.rows)])


def _figure(scene: Scene, row: Row, label: Setting, top: float, size: float, index: int) -> None:
    number, unit = _words(scene, row)
    strong = scene.chart.highlight in {None, index}
    colour = scene.paper.strong if strong else scene.paper.ink
    baseline = top + size * 0.86
    scene.canvas.text(number, (scene.plot.left, baseline), size=size, fill=colour, weight=BOLD)
    if unit:
        x = scene.plot.left + width_of(number, size, BOLD) + size * 0.12
        setting = set_text(unit, sizes=(size * 0.4,), width=scene.plot.right - x, lines=1, weight=BOLD)
        scene.canvas.text(setting.lines[0], (x, baseline), size=setting.size, fill=scene.paper.ink, weight=BOLD)
    scene.canvas.block(label, (scene.plot.left, top + size * 1.06), scene.paper.ink)
