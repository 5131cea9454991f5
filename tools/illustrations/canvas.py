"""A sheet of 1600 x 900 that collects flat SVG shapes.

Only fills, round strokes and nested transforms: every renderer draws these alike, so the raster
copies made on the server match what a browser shows.
"""

import math
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager

from .palette import shade

Point = tuple[float, float]

WIDTH = 1600
HEIGHT = 900


def number(value: float) -> str:
    """Return the shortest text of a coordinate; two decimals serve even shapes scaled by 90."""
    text = f"{value:.2f}".rstrip("0").rstrip(".")
    return "0" if text in {"-0", ""} else text


def polar(centre: Point, radius: float, degrees: float) -> Point:
    """Return the point at an angle, clockwise from the right."""
    angle = math.radians(degrees)
    return centre[0] + radius * math.cos(angle), centre[1] + radius * math.sin(angle)


class Canvas:
    """Collects shapes in painting order."""

    def __init__(self) -> None:
        self._parts: list[str] = []

    def svg(self) -> str:
        """Return the whole drawing as an SVG document."""
        return (
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}"'
            ' preserveAspectRatio="xMidYMid slice">' + "".join(self._parts) + "</svg>\n"
        )

    @contextmanager
    def group(
        self, x: float = 0, y: float = 0, *, scale: float = 1, turn: float = 0, flip: bool = False
    ) -> Iterator[None]:
        """Draw inside a moved, turned (degrees), scaled and maybe mirrored frame."""
        steps = f"translate({number(x)} {number(y)})"
        if turn:
            steps += f"rotate({number(turn)})"
        if flip:
            steps += f"scale({number(-scale)} {number(scale)})"
        elif scale != 1:
            steps += f"scale({number(scale)})"
        self._parts.append(f'<g transform="{steps}">')
        yield
        self._parts.append("</g>")

    def path(self, data: str, fill: str) -> None:
        """Fill a path given as SVG path data."""
        self._parts.append(f'<path d="{data}" fill="{fill}"/>')

    def rect(self, x: float, y: float, width: float, height: float, fill: str, radius: float = 0) -> None:
        """Fill a rectangle."""
        rounded = f' rx="{number(radius)}"' if radius else ""
        self._parts.append(
            f'<rect x="{number(x)}" y="{number(y)}" width="{number(width)}"'
            f' height="{number(height)}"{rounded} fill="{fill}"/>'
        )

    def box(self, x: float, y: float, width: float, height: float, fill: str, side: float = 0.3) -> None:
        """Fill a rectangle whose right part lies in shade."""
        self.rect(x, y, width, height, fill)
        self.rect(x + width * (1 - side), y, width * side, height, shade(fill))

    def circle(self, x: float, y: float, radius: float, fill: str) -> None:
        """Fill a circle."""
        self._parts.append(f'<circle cx="{number(x)}" cy="{number(y)}" r="{number(radius)}" fill="{fill}"/>')

    def ball(self, x: float, y: float, radius: float, fill: str) -> None:
        """Fill a circle whose right part lies in shade."""
        self.circle(x, y, radius, fill)
        top, bottom = number(y - radius), number(y + radius)
        r, bow = number(radius), number(x + radius * 0.75)
        self.path(
            f"M{number(x)} {top}A{r} {r} 0 0 1 {number(x)} {bottom}Q{bow} {number(y)} {number(x)} {top}Z",
            shade(fill),
        )

    def ellipse(self, x: float, y: float, rx: float, ry: float, fill: str, turn: float = 0) -> None:
        """Fill an ellipse turned by so many degrees."""
        turned = f' transform="rotate({number(turn)} {number(x)} {number(y)})"' if turn else ""
        self._parts.append(
            f'<ellipse cx="{number(x)}" cy="{number(y)}" rx="{number(rx)}" ry="{number(ry)}"{turned} fill="{fill}"/>'
        )

    def poly(self, points: Iterable[Point], fill: str) -> None:
        """Fill a polygon."""
        self.path("M" + "L".join(f"{number(x)} {number(y)}" for x, y in points) + "Z", fill)

    def line(self, points: Sequence[Point], colour: str, width: float) -> None:
        """Draw a line with round ends through the points."""
        self.stroke("M" + "L".join(f"{number(x)} {number(y)}" for x, y in points), colour, width)

    def stroke(self, data: str, colour: str, width: float) -> None:
        """Draw path data as a line with round ends."""
        self._parts.append(
            f'<path d="{data}" fill="none" stroke="{colour}" stroke-width="{number(width)}"'
            ' stroke-linecap="round" stroke-linejoin="round"/>'
        )

    def capsule(self, start: Point, start_radius: float, end: Point, end_radius: float, fill: str) -> None:
        """Fill the hull of two circles: a tapering limb, a bottle, a beam with round ends."""
        distance = math.dist(start, end)
        if distance <= abs(start_radius - end_radius) + 0.01:
            self.circle(*(start if start_radius > end_radius else end), max(start_radius, end_radius), fill)
            return
        along = math.degrees(math.atan2(end[1] - start[1], end[0] - start[0]))
        spread = math.degrees(math.acos((start_radius - end_radius) / distance))
        corners = [
            polar(start, start_radius, along + spread),
            polar(start, start_radius, along - spread),
            polar(end, end_radius, along - spread),
            polar(end, end_radius, along + spread),
        ]
        a, b, c, d = (f"{number(x)} {number(y)}" for x, y in corners)
        far, near = number(start_radius), number(end_radius)
        # The wider end's arc is the longer part of its circle.
        start_large, end_large = int(start_radius > end_radius), int(end_radius > start_radius)
        self.path(
            f"M{a}A{far} {far} 0 {start_large} 1 {b}L{c}A{near} {near} 0 {end_large} 1 {d}Z",
            fill,
        )

    def limb(self, start: Point, start_radius: float, end: Point, end_radius: float, fill: str) -> None:
        """Fill a capsule whose right lower part lies in shade.

        The shade is a capsule of half the radii moved by less than the other half, so it never
        leaves the limb, whatever the direction.
        """
        self.capsule(start, start_radius, end, end_radius, fill)
        self.capsule(
            (start[0] + start_radius * 0.45, start[1] + start_radius * 0.18),
            start_radius * 0.5,
            (end[0] + end_radius * 0.45, end[1] + end_radius * 0.18),
            end_radius * 0.5,
            shade(fill, 0.14),
        )
