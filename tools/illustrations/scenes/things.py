"""Still lifes: things alone, for covers without people."""

from random import Random

from ..canvas import Canvas, polar
from ..palette import (
    AMBER,
    BLUE,
    BRICK,
    CLAY,
    CREAM,
    INK,
    LEAF,
    MID,
    MIST,
    NAVY,
    PINE,
    RED,
    SAGE,
    SAND,
    SKY,
    SUN,
    WHITE,
    WOOD,
    mix,
    shade,
    tint,
)
from ..props import air, emblem
from ..registry import scene


@scene("cuonvai")
def fabric_rolls(canvas: Canvas, random: Random) -> None:
    """Ends of fabric rolls fill the sheet; a sheet of yellow cloth runs out of one."""
    air(canvas, NAVY)
    colours = (RED, MID, LEAF, SAND, BLUE, CLAY, SAGE, BRICK, SKY, PINE)
    spot = 0
    for row in range(4):
        for column in range(-1, 7):
            x = 130 + column * 268 + (134 if row % 2 else 0)
            y = 70 + row * 234
            colour = colours[(spot * 3 + row) % len(colours)]
            spot += 1
            _roll(canvas, x, y, 128, colour)
    cloth = "M672 304L672 900L928 900L928 304Z"
    canvas.path("M672 304L640 900L700 900L700 304Z", shade(NAVY, 0.4))
    canvas.path(cloth, SUN)
    for left, width in ((726, 22), (800, 40), (886, 42)):
        canvas.path(f"M{left} 304L{left - 6} 900L{left + width} 900L{left + width} 304Z", shade(SUN, 0.12))
    _roll(canvas, 800, 304, 128, SUN)


def _roll(canvas: Canvas, x: float, y: float, radius: float, colour: str) -> None:
    canvas.circle(x, y, radius, colour)
    canvas.path(
        f"M{x} {y - radius}A{radius} {radius} 0 0 1 {x} {y + radius}Q{x + radius * 0.7} {y} {x} {y - radius}Z",
        shade(colour),
    )
    for step in (0.82, 0.64, 0.46):
        canvas.stroke(
            f"M{x - radius * step:.0f} {y}A{radius * step:.0f} {radius * step:.0f} 0 1 1 "
            f"{x + radius * step * 0.5:.0f} {y + radius * step * 0.86:.0f}",
            tint(colour, 0.32),
            5,
        )
    canvas.circle(x, y, radius * 0.3, CREAM)
    canvas.circle(x, y, radius * 0.18, WOOD)


@scene("mubaoho")
def hard_hats(canvas: Canvas, random: Random) -> None:
    """Hard hats hang in a row above folded vests; the yellow one leads."""
    haze = mix(SKY, WHITE, 0.35)
    air(canvas, haze)
    canvas.circle(800, 430, 350, mix(haze, WHITE, 0.6))
    canvas.rect(0, 80, 1600, 44, WOOD)
    canvas.rect(0, 124, 1600, 14, shade(WOOD, 0.4))
    for index, (x, colour) in enumerate(((90, RED), (430, BLUE), (800, SUN), (1170, RED), (1510, BLUE))):
        size = 172 if index == 2 else 124
        canvas.line([(x, 106), (x, 160)], INK, 16)
        canvas.circle(x, 102, 17, INK)
        top = 158 + size * 1.6
        with canvas.group(x, top, scale=size):
            canvas.path("M-1.06 -.2Q-1.08 -1.46 0 -1.52Q1.08 -1.46 1.06 -.2Z", colour)
            canvas.path("M.3 -1.5Q1.08 -1.42 1.06 -.2L.5 -.2Q.7 -1 .3 -1.5Z", shade(colour))
            canvas.path("M-.17 -1.62L.17 -1.62L.22 -.24L-.22 -.24Z", tint(colour, 0.35) if colour != WHITE else MIST)
            canvas.path(
                "M-1.24 -.34Q0 -.66 1.24 -.34Q1.32 -.04 1.18 0Q0 -.28 -1.18 0Q-1.32 -.04 -1.24 -.34Z",
                shade(colour, 0.2),
            )
        if index == 2:
            canvas.circle(x, top - size * 0.72, 32, WHITE)
            canvas.stroke(f"M{x - 18} {top - size * 0.72:.0f}q9 -16 18 0t18 0", BLUE, 8)
    canvas.rect(0, 770, 1600, 130, WOOD)
    canvas.rect(0, 770, 1600, 22, tint(WOOD, 0.25))
    for x, colours in ((60, (AMBER, RED, AMBER)), (616, (AMBER, RED, AMBER, AMBER)), (1180, (AMBER, RED))):
        for level, colour in enumerate(colours):
            y = 712 - level * 60
            canvas.rect(x + 8 * (level % 2), y, 360, 58, colour, 22)
            canvas.rect(x + 240 + 8 * (level % 2), y, 120, 58, shade(colour), 22)
            canvas.rect(x + 70 + 8 * (level % 2), y, 46, 58, CREAM)
            canvas.rect(x + 200 + 8 * (level % 2), y, 46, 58, CREAM)


@scene("thuvien")
def law_books(canvas: Canvas, random: Random) -> None:
    """Still life: law books, an open code and a balance in lamplight."""
    air(canvas, PINE)
    canvas.circle(760, 380, 390, mix(LEAF, PINE, 0.35))
    canvas.poly([(1080, 250), (1280, 250), (1560, 760), (620, 760)], mix(CREAM, LEAF, 0.55))
    canvas.rect(0, 740, 1600, 160, WOOD)
    canvas.rect(0, 740, 1600, 24, tint(WOOD, 0.25))
    for x, width, height, colour in (
        (150, 74, 400, RED),
        (228, 60, 350, NAVY),
        (292, 84, 430, SAND),
        (380, 62, 380, RED),
        (446, 78, 410, BLUE),
    ):
        canvas.box(x, 740 - height, width, height, colour)
        canvas.rect(x, 740 - height + 60, width, 16, SUN if colour != SAND else RED)
        canvas.rect(x, 740 - height + 88, width, 6, SUN if colour != SAND else RED)
        canvas.rect(x + width * 0.25, 740 - height * 0.45, width * 0.5, 60, shade(colour, 0.3))
    canvas.path("M526 740L640 350L712 372L604 740Z", CLAY)
    canvas.path("M580 740L690 364L712 372L604 740Z", shade(CLAY))
    canvas.path("M640 742Q760 690 880 736L880 690Q760 640 650 690Z", shade(CREAM, 0.2))
    canvas.path("M640 724Q750 660 880 716Q1010 660 1130 724L1130 744L640 744Z", CREAM)
    canvas.path("M880 716Q1010 660 1130 724L1130 744L880 744Z", shade(CREAM, 0.14))
    canvas.path("M866 700L900 700L900 800L883 780L866 800Z", RED)
    canvas.line([(890, 690), (890, 330)], SUN, 16)
    canvas.line([(740, 372), (1040, 352)], SUN, 13)
    canvas.circle(890, 330, 24, AMBER)
    canvas.path("M826 700Q890 640 954 700Z", AMBER)
    for x, y in ((740, 372), (1040, 352)):
        canvas.stroke(f"M{x - 70} {y + 140}L{x} {y}L{x + 70} {y + 140}", CREAM, 5)
        canvas.path(f"M{x - 86} {y + 138}L{x + 86} {y + 138}Q{x} {y + 230} {x - 86} {y + 138}Z", SUN)
        canvas.path(f"M{x + 20} {y + 138}L{x + 86} {y + 138}Q{x + 60} {y + 180} {x + 10} {y + 184}Z", shade(SUN))
    canvas.stroke("M1400 740L1400 420Q1390 210 1260 190", INK, 18)
    canvas.path("M1070 254Q1090 120 1190 130Q1280 150 1296 254Z", RED)
    canvas.path("M1196 132Q1280 150 1296 254L1220 254Q1250 180 1196 132Z", shade(RED))
    canvas.ellipse(1400, 744, 110, 18, INK)


@scene("cuocthi")
def contest(canvas: Canvas, random: Random) -> None:
    """Still life of a contest: a golden cup between laurel branches, paper ribbons fall."""
    air(canvas, RED)
    for step in range(18):
        if step % 2:
            canvas.poly(
                [(800, 430), polar((800, 430), 1200, step * 20), polar((800, 430), 1200, step * 20 + 20)],
                mix(RED, BRICK, 0.35),
            )
    canvas.circle(800, 420, 340, mix(SUN, RED, 0.55))
    canvas.circle(800, 420, 270, mix(SUN, CREAM, 0.7))
    for side in (-1, 1):
        for step in range(7):
            x, y = polar((800, 430), 300, 90 - side * (22 + step * 19))
            with canvas.group(x, y, turn=-side * (22 + step * 19) + (0 if side > 0 else 180), flip=side < 0):
                canvas.ellipse(0, -16, 46, 19, LEAF, -30)
                canvas.ellipse(0, 20, 46, 19, PINE, 34)
    canvas.rect(640, 690, 320, 60, NAVY)
    canvas.rect(860, 690, 100, 60, shade(NAVY))
    canvas.rect(590, 750, 420, 150, BLUE)
    canvas.rect(870, 750, 140, 150, shade(BLUE))
    canvas.path("M770 520L830 520L850 640Q900 650 906 690L694 690Q700 650 750 640Z", AMBER)
    canvas.path("M808 520L830 520L850 640Q900 650 906 690L830 690Q820 600 808 520Z", shade(AMBER))
    canvas.stroke("M660 270Q560 270 580 370Q600 450 710 460M940 270Q1040 270 1020 370Q1000 450 890 460", AMBER, 26)
    canvas.path("M640 220L960 220Q970 540 800 540Q630 540 640 220Z", SUN)
    canvas.path("M860 220L960 220Q970 540 800 540Q880 460 860 220Z", shade(SUN))
    canvas.rect(624, 200, 352, 40, tint(SUN, 0.3))
    canvas.path("M800 280L826 346L896 350L842 394L860 462L800 424L740 462L758 394L704 350L774 346Z", CREAM)
    emblem(canvas, 800, 826, 44, SUN, BLUE)
    for _ in range(46):
        x, y = random.uniform(0, 1600), random.uniform(-20, 800)
        if abs(x - 800) > 350:
            with canvas.group(x, y, turn=random.randint(0, 170)):
                canvas.rect(-22, -8, 44, 16, random.choice((SUN, WHITE, SKY, SAGE, AMBER)))
