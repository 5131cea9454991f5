"""Things that several scenes share: sky, land, trees, windows, furniture."""

import math
from collections.abc import Sequence
from itertools import pairwise
from random import Random

from .canvas import HEIGHT, WIDTH, Canvas, Point, polar
from .palette import (
    BROWN,
    CREAM,
    INK,
    LEAF,
    SAND,
    SKY,
    WHITE,
    WOOD,
    mix,
    shade,
    tint,
)


def air(canvas: Canvas, colour: str) -> None:
    """Fill the whole sheet with the colour of the scene's air."""
    canvas.rect(0, 0, WIDTH, HEIGHT, colour)


def hills(canvas: Canvas, heights: Sequence[float], base: float, colour: str, shift: float = 0) -> None:
    """Draw a rounded ridge: heights at even steps across the sheet, down to `base`."""
    step = WIDTH / (len(heights) - 2)
    points = [(i * step - step / 2 + shift, y) for i, y in enumerate(heights)]
    data = f"M{points[0][0] - step:.0f} {base:.0f}L{points[0][0] - step:.0f} {points[0][1]:.0f}"
    for (x, y), (nx, ny) in zip(points, [*points[1:], (points[-1][0] + step, points[-1][1])], strict=True):
        data += f"Q{x:.0f} {y:.0f} {(x + nx) / 2:.0f} {(y + ny) / 2:.0f}"
    canvas.path(f"{data}L{WIDTH + 400} {base:.0f}Z", colour)


def cloud(canvas: Canvas, x: float, y: float, size: float, colour: str) -> None:
    """Draw a flat-bottomed cloud `size` pixels wide."""
    s = size / 10
    canvas.path(
        f"M{x:.0f} {y:.0f}q0 {-1.6 * s:.0f} {1.7 * s:.0f} {-1.6 * s:.0f}q{0.5 * s:.0f} {-2 * s:.0f} "
        f"{2.6 * s:.0f} {-1.5 * s:.0f}q{2.2 * s:.0f} {-1.5 * s:.0f} {3.2 * s:.0f} {1.3 * s:.0f}"
        f"q{2.3 * s:.0f} 0 {2.5 * s:.0f} {1.8 * s:.0f}Z",
        colour,
    )


def tree(canvas: Canvas, x: float, ground: float, size: float, leaf: str, trunk: str = WOOD) -> None:
    """Draw a round tree; `size` is the radius of its crown."""
    canvas.path(
        f"M{x - size * 0.1:.1f} {ground:.1f}L{x - size * 0.06:.1f} {ground - size * 1.5:.1f}"
        f"L{x + size * 0.06:.1f} {ground - size * 1.5:.1f}L{x + size * 0.12:.1f} {ground:.1f}Z",
        trunk,
    )
    canvas.ball(x, ground - size * 1.9, size, leaf)


def palm(canvas: Canvas, x: float, ground: float, height: float, leaf: str, lean: float = 0.1) -> None:
    """Draw a coconut palm that leans by `lean` of its height."""
    top = (x + height * lean, ground - height)
    canvas.stroke(
        f"M{x:.0f} {ground:.0f}Q{x + height * lean * 0.2:.0f} {ground - height * 0.6:.0f} {top[0]:.0f} {top[1]:.0f}",
        mix(leaf, BROWN, 0.7),
        height * 0.045,
    )
    for degrees in (-168, -145, -110, -70, -35, -12):
        reach = height * (0.42 if -150 < degrees < -30 else 0.46)
        tip = polar(top, reach, degrees)
        droop = height * 0.22 * abs(math.cos(math.radians(degrees)))
        middle = polar(top, reach * 0.62, degrees - 8 if degrees < -90 else degrees + 8)
        colour = leaf if degrees < -80 else shade(leaf)
        canvas.path(
            f"M{top[0]:.0f} {top[1]:.0f}Q{middle[0]:.0f} {middle[1] - height * 0.1:.0f} {tip[0]:.0f} "
            f"{tip[1] + droop:.0f}Q{middle[0]:.0f} {middle[1] + height * 0.06:.0f} {top[0]:.0f} "
            f"{top[1]:.0f}Z",
            colour,
        )


def window(
    canvas: Canvas, x: float, y: float, width: float, height: float, *, glass: str, frame: str = WHITE, panes: int = 2
) -> None:
    """Draw a window with a lit sill."""
    canvas.rect(x, y, width, height, frame)
    gap = max(width * 0.035, 8)
    pane = (width - gap * (panes + 1)) / panes
    for index in range(panes):
        canvas.rect(x + gap + index * (pane + gap), y + gap, pane, height - 2 * gap, glass)
        canvas.poly(
            [
                (x + gap + index * (pane + gap), y + height * 0.75),
                (x + gap + index * (pane + gap) + pane, y + height * 0.3),
                (x + gap + index * (pane + gap) + pane, y + height * 0.55),
                (x + gap + index * (pane + gap), y + height - gap),
            ],
            tint(glass, 0.35),
        )
    canvas.rect(x - gap, y + height, width + 2 * gap, gap * 1.4, shade(frame, 0.1))


def plant(canvas: Canvas, x: float, ground: float, size: float, leaf: str = LEAF, pot: str = WHITE) -> None:
    """Draw a pot plant `size` pixels tall."""
    s = size / 10
    for degrees, length in ((-150, 4.2), (-125, 5.6), (-100, 6.4), (-72, 6.2), (-48, 5.2), (-26, 4)):
        base: Point = (x, ground - 3.4 * s)
        tip = polar(base, length * s, degrees)
        one, other = polar(base, length * s * 0.6, degrees - 20), polar(base, length * s * 0.6, degrees + 20)
        canvas.path(
            f"M{base[0]:.1f} {base[1]:.1f}Q{one[0]:.1f} {one[1]:.1f} {tip[0]:.1f} {tip[1]:.1f}"
            f"Q{other[0]:.1f} {other[1]:.1f} {base[0]:.1f} {base[1]:.1f}Z",
            leaf if degrees < -90 else shade(leaf),
        )
    canvas.poly(
        [(x - 2 * s, ground - 4 * s), (x + 2 * s, ground - 4 * s), (x + 1.5 * s, ground), (x - 1.5 * s, ground)], pot
    )
    canvas.poly(
        [(x + 0.6 * s, ground - 4 * s), (x + 2 * s, ground - 4 * s), (x + 1.5 * s, ground), (x + 0.5 * s, ground)],
        shade(pot),
    )


def glints(canvas: Canvas, random: Random, box: tuple[float, float, float, float], colour: str, count: int) -> None:
    """Scatter short level strokes over water, longer when nearer."""
    x, y, width, height = box
    for _ in range(count):
        depth = random.random()
        length = 14 + 60 * depth
        left = x + random.random() * (width - length)
        top = y + depth * height
        canvas.line([(left, top), (left + length, top)], colour, 2 + 3 * depth)


def sun_path(canvas: Canvas, x: float, top: float, bottom: float, colour: str) -> None:
    """Draw the broken reflection of the sun, wider toward the viewer."""
    rows = 10
    for row in range(rows):
        y = top + (bottom - top) * row / rows
        half = (34 + 60 * row / rows) * (1 if row % 3 else 0.55)
        canvas.line([(x - half + 9 * (row % 2), y), (x + half - 12 * (row % 3), y)], colour, 5 + row * 0.5)


def paper(
    canvas: Canvas,
    x: float,
    y: float,
    size: float,
    *,
    turn: float = 0,
    lines: int = 5,
    accent: str = "",
    ground: str = WHITE,
) -> None:
    """Draw a sheet of paper whose writing is bars; x, y is its centre, `size` its height."""
    with canvas.group(x, y, turn=turn, scale=size / 100):
        canvas.rect(-33, -47, 72, 100, shade(SAND, 0.3))
        canvas.rect(-36, -50, 72, 100, ground)
        if accent:
            canvas.rect(-26, -38, 34, 7, accent)
        for index in range(lines):
            length = 52 if index % 3 != 2 else 34
            canvas.rect(-26, -22 + index * 12, length, 4, SKY)


def crate(canvas: Canvas, x: float, y: float, width: float, height: float, colour: str) -> None:
    """Draw a slatted crate."""
    canvas.box(x, y, width, height, colour)
    for row in (0.3, 0.62):
        canvas.rect(x + width * 0.08, y + height * row, width * 0.84, height * 0.1, shade(colour, 0.34))


def stool(canvas: Canvas, x: float, seat: float, ground: float, colour: str, width: float = 90) -> None:
    """Draw a plastic stool."""
    half = width / 2
    canvas.poly([(x - half, seat), (x + half, seat), (x + half * 1.2, ground), (x - half * 1.2, ground)], colour)
    canvas.poly(
        [(x + half * 0.3, seat), (x + half, seat), (x + half * 1.2, ground), (x + half * 0.4, ground)], shade(colour)
    )
    canvas.poly(
        [
            (x - half * 0.5, seat + 46),
            (x + half * 0.5, seat + 46),
            (x + half * 0.66, ground),
            (x - half * 0.66, ground),
        ],
        shade(colour, 0.45),
    )
    canvas.rect(x - half * 1.12, seat - 8, width * 1.12, 22, tint(colour, 0.2), 8)


NIGHT = mix("#0B3A75", INK, 0.35)


def open_hand(
    canvas: Canvas,
    x: float,
    y: float,
    size: float,
    skin: str,
    *,
    turn: float = 0,
    flip: bool = False,
    sleeve: str = "",
    cuff: str = "",
    arm: float = 12,
    grip: bool = False,
) -> None:
    """Draw a hand for close crops, fingers along the turn, with its forearm behind it.

    `size` is half the width of the palm. With `grip` the fingers are bent around what was drawn
    before.
    """
    dark = shade(skin, 0.13)
    with canvas.group(x, y, scale=size, turn=turn, flip=flip):
        canvas.capsule((-arm, 0.1), 1.25, (-0.6, 0), 0.74, skin)
        canvas.capsule((-arm, 0.75), 0.55, (-0.6, 0.4), 0.32, dark)
        if sleeve:
            canvas.capsule((-arm, 0.1), 1.7, (-3.2, 0.05), 1.12, sleeve)
            canvas.capsule((-arm, 0.9), 0.85, (-3.2, 0.56), 0.58, shade(sleeve))
            canvas.poly([(-3.3, -1.12), (-2.5, -1.06), (-2.5, 1.12), (-3.3, 1.2)], cuff or shade(sleeve, 0.3))
        canvas.capsule((-0.5, 0), 0.86, (0.6, 0), 0.98, skin)
        canvas.path("M-.9 .7Q.4 .5 1.2 .2L1.3 .8Q.6 1.1 -.5 .86Z", dark)
        for index, (top, length) in enumerate(((-0.7, 1.6), (-0.24, 1.9), (0.24, 1.75), (0.68, 1.35))):
            reach = 0.62 if grip else length
            colour = mix(skin, dark, index / 3)
            canvas.capsule((0.7, top), 0.29, (0.9 + reach, top * (0.86 if not grip else 1)), 0.25, colour)
        canvas.capsule((-0.1, -0.6), 0.36, (1.1, -1.36 if not grip else -1.05), 0.26, mix(skin, dark, 0.25))


def emblem(canvas: Canvas, x: float, y: float, radius: float, colour: str, ground: str) -> None:
    """Draw the federation's mark: a gear around a river."""
    for tooth in range(12):
        with canvas.group(x, y, turn=tooth * 30, scale=radius / 100):
            canvas.rect(-13, -112, 26, 30, colour, 5)
    canvas.circle(x, y, radius * 0.9, colour)
    canvas.circle(x, y, radius * 0.66, ground)
    wave = radius / 100
    canvas.stroke(
        f"M{x - 44 * wave:.1f} {y:.1f}q{22 * wave:.1f} {-34 * wave:.1f} {44 * wave:.1f} 0t{44 * wave:.1f} 0",
        colour,
        15 * wave,
    )


def blossom_branch(
    canvas: Canvas, random: Random, start: Point, end: Point, bow: float, petal: str, count: int = 9
) -> None:
    """Draw a bare branch with five-petalled flowers along it."""
    middle = ((start[0] + end[0]) / 2, (start[1] + end[1]) / 2 + bow)
    canvas.stroke(
        f"M{start[0]:.0f} {start[1]:.0f}Q{middle[0]:.0f} {middle[1]:.0f} {end[0]:.0f} {end[1]:.0f}", BROWN, 13
    )
    for index in range(count):
        t = (index + 0.7) / count
        x = (1 - t) ** 2 * start[0] + 2 * t * (1 - t) * middle[0] + t * t * end[0]
        y = (1 - t) ** 2 * start[1] + 2 * t * (1 - t) * middle[1] + t * t * end[1]
        offset = random.uniform(26, 54) * (1 if index % 2 else -1)
        canvas.line([(x, y), (x + 8, y + offset)], BROWN, 6)
        size = random.uniform(13, 20)
        turn = random.uniform(0, 72)
        for leaf in range(5):
            canvas.circle(*polar((x + 8, y + offset), size, turn + leaf * 72), size * 0.78, petal)
        canvas.circle(x + 8, y + offset, size * 0.42, CREAM)


def bunting(canvas: Canvas, y: float, sag: float, colours: Sequence[str], count: int = 14) -> None:
    """Draw a string of pennants across the sheet."""
    points = [(i * WIDTH / count, y + sag * (1 - (2 * i / count - 1) ** 2)) for i in range(count + 1)]
    canvas.line(points, INK, 4)
    for index, ((x, top), (nx, ntop)) in enumerate(pairwise(points)):
        left, right = x + 18, nx - 18
        canvas.poly(
            [(left, top + 4), (right, ntop + 4), ((left + right) / 2, max(top, ntop) + 70)],
            colours[index % len(colours)],
        )


def steam(canvas: Canvas, x: float, y: float, size: float, colour: str) -> None:
    """Draw three wisps that rise from a pot or a cup."""
    for index in range(3):
        left = x + (index - 1) * size * 0.45
        tall = size * (1.2 if index == 1 else 0.8)
        canvas.stroke(
            f"M{left:.0f} {y:.0f}q{-size * 0.22:.0f} {-tall * 0.3:.0f} 0 {-tall * 0.5:.0f}t0 {-tall * 0.5:.0f}",
            colour,
            size * 0.1,
        )
