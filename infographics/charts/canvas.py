"""Writes SVG by presentation attributes alone, as the site's policy (``style-src 'self'``) refuses inline styles."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from xml.sax.saxutils import escape, quoteattr

from infographics.charts.typeface import FAMILY, REGULAR, Setting

Point = tuple[float, float]


@dataclass(frozen=True, kw_only=True)
class Box:
    """A rectangle of the paper."""

    left: float
    top: float
    right: float
    bottom: float

    @property
    def width(self) -> float:
        """From left to right."""
        return self.right - self.left

    @property
    def height(self) -> float:
        """From top to bottom."""
        return self.bottom - self.top


def _number(value: float) -> str:
    written = f"{value:.2f}".rstrip("0").rstrip(".")
    return "0" if written == "-0" else written


@dataclass(kw_only=True)
class Canvas:
    """Collects the parts of a drawing in the order in which they cover each other."""

    parts: list[str] = field(default_factory=list)

    def element(self, name: str, **attributes: str | float | None) -> None:
        """Add an element without content; an underscore in a name stands for a hyphen, None for no attribute."""
        self.parts.append(f"<{name}{_attributes(attributes)}/>")

    def rectangle(self, box: Box, fill: str, part: str | None = None) -> None:
        """Add a filled rectangle; ``part`` names what it stands for, for those who read the SVG."""
        self.element(
            "rect",
            x=box.left,
            y=box.top,
            width=max(0.0, box.width),
            height=max(0.0, box.height),
            fill=fill,
            class_=part,
        )

    def line(self, start: Point, end: Point, stroke: str, width: float, dash: str | None = None) -> None:
        """Add a straight line."""
        (x1, y1), (x2, y2) = start, end
        self.element("line", x1=x1, y1=y1, x2=x2, y2=y2, stroke=stroke, stroke_width=width, stroke_dasharray=dash)

    def polyline(self, points: Sequence[Point], stroke: str, width: float, dash: str | None = None) -> None:
        """Add a line through points, with round joints."""
        self.element(
            "polyline",
            points=" ".join(f"{_number(x)},{_number(y)}" for x, y in points),
            fill="none",
            stroke=stroke,
            stroke_width=width,
            stroke_dasharray=dash,
            stroke_linejoin="round",
            stroke_linecap="butt" if dash else "round",
        )

    def polygon(self, points: Sequence[Point], fill: str) -> None:
        """Add a filled shape."""
        self.element("polygon", points=" ".join(f"{_number(x)},{_number(y)}" for x, y in points), fill=fill)

    def text(
        self,
        text: str,
        at: Point,
        *,
        size: float,
        fill: str,
        weight: str = REGULAR,
        anchor: str = "start",
        halo: str | None = None,
    ) -> None:
        """Add a line of text; ``at`` is on its baseline, at its start, middle or end by ``anchor``.

        ``halo`` is the colour of a rim that keeps lines behind the letters away from them.
        """
        if not text:
            return
        attributes = _attributes(
            {
                "x": at[0],
                "y": at[1],
                "font_family": FAMILY,
                "font_size": size,
                "font_weight": weight,
                "fill": fill,
                "text_anchor": anchor if anchor != "start" else None,
                "stroke": halo,
                "stroke_width": size / 4 if halo else None,
                "stroke_linejoin": "round" if halo else None,
                "paint_order": "stroke" if halo else None,
            }
        )
        self.parts.append(f"<text{attributes}>{escape(text.replace('\u00a0', ' '))}</text>")

    def block(self, setting: Setting, at: Point, fill: str, *, anchor: str = "start") -> float:
        """Add lines of text from the top downwards; returns where the next thing may begin."""
        x, y = at
        for number, line in enumerate(setting.lines):
            baseline = y + number * setting.leading + setting.size * 1.02
            self.text(line, (x, baseline), size=setting.size, fill=fill, weight=setting.weight, anchor=anchor)
        return y + setting.height

    def finish(self, size: tuple[int, int], *, ids: str, title: str, description: str) -> str:
        """The whole document, with its name and its description for those who do not see it."""
        width, height = size
        return (
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" role="img"'
            f" aria-labelledby={quoteattr(f'{ids}-title')} aria-describedby={quoteattr(f'{ids}-desc')}>"
            f"<title id={quoteattr(f'{ids}-title')}>{escape(title)}</title>"
            f"<desc id={quoteattr(f'{ids}-desc')}>{escape(description)}</desc>"
            f"{''.join(self.parts)}</svg>"
        )


def _attributes(attributes: dict[str, str | float | None]) -> str:
    return "".join(
        f" {name.rstrip('_').replace('_', '-')}={quoteattr(value if isinstance(value, str) else _number(value))}"
        for name, value in attributes.items()
        if value is not None
    )
