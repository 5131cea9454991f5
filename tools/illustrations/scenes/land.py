"""Fields, hills, trees and wind."""

from random import Random

from ..canvas import Canvas
from ..figures import Figure, Look
from ..palette import (
    AMBER,
    BLUE,
    BROWN,
    CREAM,
    FAIR,
    INK,
    LEAF,
    MID,
    NAVY,
    PINE,
    RED,
    SAGE,
    SAND,
    SKY,
    SUN,
    TAN,
    WHITE,
    WOOD,
    mix,
    shade,
)
from ..props import air, cloud, hills, palm, tree
from ..registry import scene


@scene("lua")
def rice_harvest(canvas: Canvas, random: Random) -> None:
    """Harvest in the delta: one woman bends with a sickle, another carries a sheaf."""
    haze = "#FCEBC0"
    air(canvas, haze)
    canvas.circle(1050, 330, 210, mix(SUN, haze, 0.25))
    hills(canvas, [330, 380, 300, 350, 280, 340, 310, 350], 470, mix(MID, haze, 0.6))
    for x, h in ((90, 190), (190, 150), (1330, 210), (1450, 170), (1560, 200)):
        palm(canvas, x, 470, h, mix(PINE, haze, 0.35), 0.06)
    canvas.rect(0, 460, 1600, 440, mix(SUN, haze, 0.3))
    canvas.path("M0 520Q500 490 900 530T1600 520L1600 900L0 900Z", mix(SUN, AMBER, 0.25))
    for row, (y, step, height) in enumerate(((560, 24, 44), (610, 30, 60))):
        for x in range(-20, 1640, step):
            lean = random.randint(-8, 12)
            canvas.line(
                [(x, y + 10), (x + lean, y - height * random.uniform(0.6, 1))], mix(AMBER, SUN, 0.75 - 0.3 * row), 7
            )
    canvas.path("M0 610Q600 580 1600 640L1600 900L0 900Z", mix(SAND, AMBER, 0.3))
    cutter = Look(skin=TAN, hair="tail", hat="leaf", hat_colour=CREAM, top=BLUE, bottom=INK, slim=True, shoes=BROWN)
    carrier = Look(skin=FAIR, hair="tail", hat="leaf", hat_colour=CREAM, top=RED, bottom=NAVY, slim=True, shoes=BROWN)
    Figure(
        carrier, (1130, 574), 50, view="left", lean=4, hands=((980, 440), (1010, 470)), feet=((1060, 872), (1210, 862))
    ).draw(canvas)
    _sheaf(canvas, 985, 440, 1.4, -24)
    Figure(carrier, (1130, 574), 50, view="left", lean=4, hands=(None, (1010, 470))).draw_arms(canvas)
    Figure(
        cutter,
        (500, 596),
        54,
        view="right",
        lean=60,
        head_turn=-14,
        hands=((790, 690), (746, 730)),
        feet=((560, 876), (440, 884)),
    ).draw(canvas)
    canvas.stroke("M756 728Q830 690 836 764", INK, 9)
    for x, y, size, turn in ((150, 860, 1.7, 6), (330, 890, 1.7, -8), (1350, 870, 1.8, -6), (1510, 890, 1.8, 8)):
        _sheaf(canvas, x, y, size, turn)
    for x in range(780, 960, 17):
        canvas.line([(x, 880), (x + random.randint(6, 26), 730 + random.randint(-24, 24))], AMBER, 9)


def _sheaf(canvas: Canvas, x: float, y: float, size: float, turn: float) -> None:
    """Draw a bound sheaf of rice standing on its cut end."""
    with canvas.group(x, y, scale=size, turn=turn):
        for step in range(-4, 5):
            colour = SUN if step < 1 else AMBER
            canvas.stroke(f"M{step * 5} 40Q{step * 3} 0 {step * 14} -74q{step * 2} -10 {step * 4 + 4} 8", colour, 11)
        canvas.rect(-24, -8, 50, 15, WOOD)


@scene("caphe")
def coffee(canvas: Canvas, random: Random) -> None:
    """On the highland a picker reaches into a coffee branch full of red cherries."""
    haze = "#D8E8DA"
    air(canvas, haze)
    canvas.circle(420, 300, 190, mix(SUN, haze, 0.3))
    hills(canvas, [300, 360, 250, 330, 400, 300, 350, 300], 700, mix(PINE, haze, 0.7))
    hills(canvas, [430, 420, 480, 400, 440, 480, 400, 440], 800, mix(LEAF, haze, 0.5))
    for row, (y, size) in enumerate(((560, 52), (640, 78), (750, 116))):
        canvas.rect(0, y, 1600, 340, mix(CREAM, WOOD, 0.3 + 0.12 * row))
        for index in range(-1, 24):
            middle = index * size * 1.75 + 30 * row
            if middle < 1720:
                canvas.ball(middle, y, size, mix(LEAF, haze, 0.4 - 0.18 * row))
    picker = Look(skin=TAN, hair="tail", hat="leaf", hat_colour=CREAM, top=RED, bottom=INK, slim=True)
    Figure(picker, (700, 900), 90, view="right", lean=-3, head_turn=-6, hands=((1000, 440), (950, 590))).draw(canvas)
    canvas.path("M590 700Q590 660 640 650L810 640Q850 660 846 700L820 900L620 900Z", WOOD)
    canvas.path("M770 642L810 640Q850 660 846 700L820 900L750 900Z", shade(WOOD))
    for y in (730, 790, 850):
        canvas.stroke(f"M606 {y}L836 {y - 14}", shade(WOOD, 0.35), 8)
    for index in range(13):
        canvas.circle(622 + index * 18, 668 - 22 * ((index * 5) % 3) * 0.4 - 4, 19, RED if index % 4 else AMBER)
    canvas.stroke("M630 660Q560 540 690 480", shade(WOOD, 0.3), 14)
    canvas.stroke("M1620 300Q1300 330 1000 500M1620 640Q1380 560 1060 640", BROWN, 16)
    for t in range(7):
        x, height = 1560.0 - t * 90, 318 + t * t * 4.2
        for angle in (-120, 60):
            _leaf(canvas, x, height, 118, angle + random.randint(-14, 14), LEAF if angle < 0 else PINE)
        for step in range(5):
            canvas.circle(x + 24 * (step - 2), height + 16 * (step % 2), 20, RED if (step + t) % 4 else LEAF)
    for t in range(6):
        x, y = 1570.0 - t * 96, 626 - 24 * (t in {1, 2, 3}) + 5 * t
        for angle in (-110, 70):
            _leaf(canvas, x, y, 124, angle + random.randint(-14, 14), LEAF if angle < 0 else PINE)
        for step in range(5):
            canvas.circle(x + 24 * (step - 2), y + 16 * (step % 2), 20, RED if (step + t) % 3 else AMBER)


def _leaf(canvas: Canvas, x: float, y: float, length: float, turn: float, colour: str) -> None:
    """Draw one pointed leaf with a darker half."""
    with canvas.group(x, y, turn=turn, scale=length / 100):
        canvas.path("M0 0Q40 -46 100 0Q40 46 0 0Z", colour)
        canvas.path("M0 0Q40 46 100 0Z", shade(colour))


@scene("trongcay")
def tree_planting(canvas: Canvas, random: Random) -> None:
    """Young members plant a tree: one kneels at the sapling, one brings water."""
    haze = "#D9EDF7"
    air(canvas, haze)
    canvas.circle(800, 330, 240, mix(CREAM, haze, 0.2))
    cloud(canvas, 120, 200, 280, WHITE)
    cloud(canvas, 1200, 150, 260, WHITE)
    hills(canvas, [470, 420, 380, 450, 400, 360, 430, 400], 680, mix(LEAF, haze, 0.62))
    hills(canvas, [560, 540, 500, 530, 560, 500, 540, 520], 780, mix(LEAF, haze, 0.36))
    for x, size in ((90, 40), (270, 46), (1290, 44), (1460, 52)):
        tree(canvas, x, 640, size, mix(PINE, haze, 0.3), mix(WOOD, haze, 0.3))
    canvas.path("M0 660Q800 600 1600 670L1600 900L0 900Z", mix(SAGE, LEAF, 0.35))
    canvas.path("M620 842Q640 770 800 764Q970 770 990 842Q800 880 620 842Z", WOOD)
    canvas.path("M820 766Q970 770 990 842Q900 862 800 862Q900 820 820 766Z", shade(WOOD))
    canvas.stroke("M800 800Q790 640 806 470", BROWN, 14)
    for x, y, turn in (
        (800, 640, -150),
        (800, 640, -25),
        (802, 560, -165),
        (802, 560, -15),
        (806, 480, -130),
        (806, 480, -50),
        (804, 520, -160),
        (806, 480, -92),
    ):
        _leaf(canvas, x, y, 120, turn, LEAF if turn < -90 else PINE)
    planter = Look(
        skin=TAN, top=BLUE, sleeves="short", bottom=INK, hat="cap", hat_colour=RED, shoes=BROWN, gloves=WHITE
    )
    woman = Look(skin=FAIR, hair="tail", top=BLUE, sleeves="short", bottom=NAVY, slim=True, shoes=RED)
    Figure(
        planter,
        (480, 700),
        54,
        view="right",
        lean=34,
        head_turn=-8,
        hands=((762, 700), (700, 770)),
        feet=((640, 856), (380, 858)),
        knees=(-1, -1),
    ).draw(canvas)
    Figure(
        woman,
        (1140, 590),
        50,
        view="left",
        lean=-14,
        head_turn=-2,
        hands=((1030, 540), (1056, 590)),
        feet=((1070, 872), (1210, 878)),
    ).draw(canvas)
    with canvas.group(1006, 600, turn=-22):
        canvas.path("M-40 -50L70 -50L78 70L-44 70Z", SUN)
        canvas.path("M30 -50L70 -50L78 70L30 70Z", shade(SUN))
        canvas.path("M-42 40L-130 -40L-116 -56L-40 0Z", AMBER)
        canvas.path("M-150 -30L-108 -74L-96 -62L-138 -18Z", AMBER)
        canvas.stroke("M-20 -50Q20 -110 66 -46", AMBER, 12)
    for index in range(6):
        x = 866 + index * 9 - 30
        canvas.line([(x, 640 + index % 3 * 26), (x - 8, 690 + index % 3 * 26)], MID, 7)


@scene("diengio")
def wind_farm(canvas: Canvas, random: Random) -> None:
    """Two technicians look over solar panels toward turbines on the coast."""
    haze = "#CFE6F5"
    air(canvas, haze)
    canvas.circle(1120, 300, 200, mix(SUN, haze, 0.15))
    cloud(canvas, 100, 250, 260, mix(WHITE, haze, 0.2))
    canvas.rect(0, 520, 1600, 120, mix(BLUE, haze, 0.45))
    hills(canvas, [540, 520, 560, 500, 540, 580, 540, 520], 700, mix(LEAF, haze, 0.5))
    for x, y, s, turn, share in (
        (240, 560, 0.5, 10, 0.5),
        (560, 540, 0.62, 50, 0.35),
        (1420, 560, 0.55, 80, 0.5),
        (1000, 600, 1.12, 22, 0),
    ):
        _turbine(canvas, x, y, s, turn, mix(WHITE, haze, share))
    canvas.path("M0 640Q700 590 1600 650L1600 900L0 900Z", mix(SAGE, LEAF, 0.25))
    for row, (y, s) in enumerate(((670, 0.62), (760, 0.9), (900, 1.3))):
        for index in range(-1, 9):
            left = index * 330 * s - 60 * row
            if left < 1600 and not (row == 2 and 100 < left < 900):
                _panel(canvas, left, y, s)
    lead = Look(skin=TAN, hat="hard", hat_colour=SUN, top=BLUE, vest=AMBER, bottom=NAVY, shoes=BROWN)
    woman = Look(skin=FAIR, hair="tail", hat="hard", hat_colour=WHITE, top=NAVY, vest=AMBER, bottom=INK, slim=True)
    Figure(woman, (420, 910), 74, view="right", lean=2, head_turn=-6, hands=((590, 700), (570, 740))).draw(canvas)
    canvas.path("M530 640L640 600L676 700L566 740Z", INK)
    canvas.path("M542 646L634 612L664 694L572 728Z", SKY)
    Figure(woman, (420, 910), 74, view="right", lean=2, hands=(None, (570, 734))).draw_arms(canvas)
    Figure(
        lead, (790, 920), 78, view="right", lean=2, head_turn=-8, hands=("rest", (1070, 450)), elbows=(None, 1)
    ).draw(canvas)


def _turbine(canvas: Canvas, x: float, ground: float, s: float, turn: float, colour: str) -> None:
    with canvas.group(x, ground, scale=s):
        canvas.path("M-11 0L-6 -420L6 -420L13 0Z", colour)
        canvas.path("M2 0L2 -420L6 -420L13 0Z", shade(colour, 0.14))
        for blade in range(3):
            with canvas.group(0, -424, turn=turn + blade * 120):
                canvas.path("M-5 0Q-20 -60 -3 -250L3 -250Q8 -60 7 0Z", colour)
                canvas.path("M1 0L1 -250L3 -250Q8 -60 7 0Z", shade(colour, 0.16))
        canvas.circle(0, -424, 15, shade(colour, 0.2))


def _panel(canvas: Canvas, x: float, y: float, s: float) -> None:
    with canvas.group(x, y, scale=s):
        canvas.rect(140, -50, 14, 60, INK)
        canvas.path("M50 -150L320 -150L270 -30L0 -30Z", NAVY)
        canvas.path("M50 -150L130 -150L60 -30L0 -30Z", BLUE)
        canvas.stroke("M140 -150L90 -30M230 -150L180 -30M26 -92L296 -92", MID, 4)
        canvas.path("M0 -30L270 -30L270 -18L0 -18Z", SKY)


@scene("detvai")
def weaver(canvas: Canvas, random: Random) -> None:
    """A highland woman weaves brocade at a wooden loom."""
    haze = "#F2D9B6"
    air(canvas, haze)
    for x in range(0, 1600, 62):
        canvas.rect(x, 0, 6, 900, mix(WOOD, haze, 0.75))
    canvas.circle(1010, 380, 320, mix(SUN, haze, 0.35))
    for index, (x, c) in enumerate(((60, RED), (190, NAVY), (320, LEAF))):
        canvas.rect(x, 90, 110, 380 + 40 * (index % 2), c)
        canvas.rect(x + 80, 90, 30, 380 + 40 * (index % 2), shade(c))
        for y in range(120, 430, 66):
            canvas.poly([(x, y), (x + 55, y + 26), (x + 110, y), (x + 55, y - 18)], (SUN, CREAM)[y // 66 % 2])
    canvas.rect(20, 76, 460, 22, WOOD)
    canvas.rect(0, 800, 1600, 100, mix(WOOD, haze, 0.35))
    for x in (780, 1380):
        canvas.box(x, 180, 40, 660, WOOD)
    canvas.rect(740, 200, 720, 36, shade(WOOD))
    for index in range(26):
        x = 830 + index * 21
        canvas.line([(x, 236), (x - 40 + index * 1.4, 640)], (CREAM, RED, CREAM, NAVY)[index % 4], 6)
    canvas.rect(770, 400, 650, 30, BROWN)
    canvas.rect(760, 620, 670, 40, WOOD)
    canvas.poly([(800, 660), (1390, 660), (1420, 830), (780, 830)], RED)
    canvas.poly([(1200, 660), (1390, 660), (1420, 830), (1210, 830)], shade(RED))
    for row in range(3):
        for column in range(9):
            x, y = 830 + column * 66, 688 + row * 50
            canvas.poly([(x - 26, y), (x, y - 17), (x + 26, y), (x, y + 17)], (SUN, CREAM, NAVY)[(row + column) % 3])
    weaver_look = Look(
        skin=BROWN, hair="bun", top=NAVY, bottom=PINE, hat="scarf", hat_colour=RED, slim=True, collar=SUN
    )
    canvas.box(470, 730, 200, 130, BROWN)
    Figure(
        weaver_look,
        (580, 700),
        66,
        view="right",
        lean=14,
        head_turn=8,
        hands=((850, 560), (880, 610)),
        feet=((790, 880), (730, 890)),
    ).draw(canvas)
    canvas.capsule((880, 596), 14, (1000, 586), 5, SAND)
    canvas.capsule((910, 596), 9, (960, 590), 7, RED)
