"""Draws an infographic from a small table, so that an editor without a designer can make one.

Takes plain data and knows no model: :func:`read_table` turns what an editor wrote into rows, :func:`draw_svg` and
:func:`draw_png` draw a :class:`Chart`, :func:`describe` says the same in words.
"""

from infographics.charts.drawing import draw_png, draw_svg
from infographics.charts.model import FORMATS, KINDS, PAPERS, Chart, ChartError, Row
from infographics.charts.tables import read_table
from infographics.charts.words import describe

__all__ = [
    "FORMATS",
    "KINDS",
    "PAPERS",
    "Chart",
    "ChartError",
    "Row",
    "describe",
    "draw_png",
    "draw_svg",
    "read_table",
]
