"""Land and sea without a crowd: quiet pictures that bear a headline beside them."""

from random import Random

from ..canvas import Canvas
from ..figures import Figure, Look
from ..palette import (
    BLUE,
    BROWN,
    CREAM,
    FAIR,
    INK,
    LEAF,
    MID,
    MIST,
    NAVY,
    PINE,
    RED,
    SAGE,
    SUN,
    TAN,
    WHITE,
    WOOD,
    mix,
    shade,
)
from ..props import air, cloud, hills
from ..registry import scene


@scene("muoi")
def salt_field(canvas: Canvas, random: Random) -> None:
    """Salt makers rake white cones in mirror-like fields at sunrise."""
    haze = "#FAD7BE"
    air(canvas, haze)
    canvas.rect(0, 0, 1600, 150, mix(haze, RED, 0.12))
    canvas.circle(1120, 390, 200, mix(SUN, haze, 0.1))
    hills(canvas, [400, 360, 330, 380, 350, 310, 370, 390], 470, mix(BLUE, haze, 0.6))
    canvas.rect(0, 440, 1600, 460, mix(MID, haze, 0.4))
    canvas.path("M920 440L1320 440L1240 500L1000 500Z", mix(SUN, haze, 0.4))
    for y, width in ((476, 5), (540, 8), (640, 13), (790, 20)):
        canvas.rect(0, y, 1600, width, mix(WOOD, haze, 0.45))
    for x in range(-900, 2600, 310):
        canvas.poly(
            [(800 + (x - 800) * 0.25 - 2, 440), (800 + (x - 800) * 0.25 + 2, 440), (x + 12, 900), (x - 12, 900)],
            mix(WOOD, haze, 0.45),
        )
    for y, size, step, start in ((478, 26, 92, 10), (540, 44, 150, 60), (640, 74, 250, 110)):
        for x in range(start, 1640, step):
            if not (size > 40 and 560 < x < 1010):
                _cone(canvas, x, y, size, mix(WHITE, haze, 0.3 if size < 40 else 0.1))
    raker = Look(skin=TAN, hair="tail", hat="leaf", hat_colour=CREAM, top=RED, bottom=INK, slim=True, shoes=PINE)
    _cone(canvas, 1090, 872, 190, WHITE)
    canvas.line([(650, 500), (1000, 850)], WOOD, 13)
    canvas.poly([(960, 826), (1030, 806), (1050, 870), (980, 884)], BROWN)
    Figure(
        raker,
        (590, 600),
        52,
        view="right",
        lean=24,
        head_turn=-2,
        hands=((788, 638), (704, 554)),
        feet=((690, 880), (500, 884)),
    ).draw(canvas)
    _cone(canvas, 230, 900, 170, WHITE)
    _cone(canvas, 1440, 910, 220, WHITE)


def _cone(canvas: Canvas, x: float, ground: float, size: float, colour: str) -> None:
    """Draw a heap of salt with its reflection."""
    canvas.path(
        f"M{x - size * 0.9:.0f} {ground:.0f}L{x + size * 0.9:.0f} {ground:.0f}L{x:.0f} {ground + size * 0.36:.0f}Z",
        mix(colour, MID, 0.3),
    )
    canvas.path(
        f"M{x - size:.0f} {ground:.0f}Q{x - size * 0.2:.0f} {ground - size * 0.5:.0f} {x:.0f} {ground - size * 0.9:.0f}"
        f"Q{x + size * 0.2:.0f} {ground - size * 0.5:.0f} {x + size:.0f} {ground:.0f}Z",
        colour,
    )
    canvas.path(
        f"M{x:.0f} {ground - size * 0.9:.0f}Q{x + size * 0.2:.0f} {ground - size * 0.5:.0f} {x + size:.0f} {ground:.0f}"
        f"L{x + size * 0.2:.0f} {ground:.0f}Q{x + size * 0.24:.0f} {ground - size * 0.4:.0f} {x:.0f} {ground - size * 0.9:.0f}Z",
        shade(colour, 0.16),
    )


@scene("doiche")
def tea_hills(canvas: Canvas, random: Random) -> None:
    """Tea hills in morning mist; one picker among the rows."""
    haze = "#E6F0D9"
    air(canvas, haze)
    canvas.circle(1080, 260, 160, mix(SUN, haze, 0.3))
    hills(canvas, [330, 270, 220, 300, 260, 200, 280, 300], 560, mix(PINE, haze, 0.78))
    for cx, cy, rx, share in ((330, 960, 760, 0.55), (1330, 980, 700, 0.38), (760, 1160, 900, 0.12)):
        base = mix(LEAF, haze, share)
        canvas.ellipse(cx, cy, rx, rx * 0.72, mix(base, CREAM, 0.24))
        for ring in range(9):
            size = 1 - ring * 0.085
            canvas.ellipse(cx + ring * 8, cy + ring * 10, rx * size, rx * 0.72 * size, mix(base, CREAM, 0.26))
            canvas.ellipse(cx + ring * 8, cy + ring * 10 + 14, rx * size, rx * 0.72 * size, shade(base, 0.16))
            canvas.ellipse(cx + ring * 8 - 6, cy + ring * 10 + 22, rx * size, rx * 0.72 * size, base)
    picker = Look(skin=FAIR, hair="tail", hat="leaf", hat_colour=CREAM, top=RED, bottom=INK, slim=True)
    Figure(picker, (790, 710), 46, view="right", lean=15, head_turn=4, hands=((930, 640), (916, 676))).draw(canvas)
    canvas.path("M650 560Q640 520 690 516L742 528L730 690L670 690Z", WOOD)
    canvas.path("M716 522L742 528L730 690L704 690Z", shade(WOOD))
    for index in range(5):
        canvas.ball(664 + index * 19, 524 - 6 * (index % 2), 17, (LEAF, SAGE)[index % 2])
    for y, size, colour in ((752, 62, LEAF), (880, 110, mix(LEAF, PINE, 0.5))):
        for x in range(-60 if size > 90 else 330, 1700 if size > 90 else 1300, int(size * 1.5)):
            canvas.ball(x, y + ((x - 800) / 110) ** 2, size, colour)


@scene("deo")
def mountain_pass(canvas: Canvas, random: Random) -> None:
    """A truck climbs the pass between the highland and the coast."""
    haze = "#CFE3F2"
    air(canvas, haze)
    canvas.circle(520, 300, 180, mix(SUN, haze, 0.2))
    cloud(canvas, 980, 190, 320, WHITE)
    cloud(canvas, 120, 240, 220, WHITE)
    hills(canvas, [300, 200, 340, 240, 160, 300, 220, 280], 700, mix(BLUE, haze, 0.68))
    hills(canvas, [420, 380, 460, 330, 420, 300, 380, 340], 800, mix(PINE, haze, 0.5))
    canvas.rect(0, 560, 560, 340, mix(BLUE, haze, 0.4))
    for index in range(9):
        y = 585 + index * 30
        canvas.line([(random.randint(0, 200), y), (random.randint(240, 480), y)], mix(WHITE, MID, 0.4), 4)
    hills(canvas, [760, 720, 640, 520, 450, 480, 420, 440], 900, mix(LEAF, haze, 0.24))
    canvas.path(
        "M1600 480Q1200 470 1050 560Q940 640 1180 690Q1420 740 1180 900L520 900Q900 800 780 700Q640 560 980 470Q1250 400 1600 420Z",
        mix(INK, haze, 0.25),
    )
    canvas.stroke("M1600 450Q1240 430 1010 520Q800 620 980 700Q1120 780 900 880", CREAM, 7)
    for x, y, s in (
        (690, 640, 30),
        (620, 720, 42),
        (540, 820, 56),
        (1380, 640, 50),
        (1480, 760, 72),
        (1300, 600, 34),
        (420, 880, 60),
    ):
        canvas.poly([(x - s, y + s), (x, y - s * 1.6), (x + s, y + s)], PINE)
        canvas.poly([(x + s * 0.1, y + s), (x, y - s * 1.6), (x + s, y + s)], shade(PINE))
    with canvas.group(1000, 730, scale=1.2, turn=-4):
        canvas.rect(-230, 60, 470, 22, INK)
        canvas.box(-230, -150, 320, 214, RED)
        for x in range(-206, 70, 46):
            canvas.rect(x, -136, 12, 186, shade(RED, 0.14))
        canvas.path("M104 62L104 -96L190 -96Q214 -94 226 -50L240 -6L240 62Z", SUN)
        canvas.path("M200 -94Q216 -90 226 -50L240 -6L240 62L200 62Z", shade(SUN))
        canvas.path("M130 -74L186 -74Q200 -70 206 -20L130 -20Z", NAVY)
        canvas.circle(164, -34, 17, TAN)
        canvas.rect(222, 18, 22, 20, WHITE)
        for x in (-170, -90, 170):
            canvas.circle(x, 80, 38, INK)
            canvas.circle(x, 80, 16, MIST)
