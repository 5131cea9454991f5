"""Workshops, lines and the factory gate."""

from random import Random

from ..canvas import Canvas, polar
from ..figures import Figure, Look
from ..palette import (
    AMBER,
    BLUE,
    BRICK,
    BROWN,
    CLAY,
    CREAM,
    FAIR,
    HAIR,
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
from ..props import air, open_hand
from ..registry import scene


@scene("giaydep")
def shoe_line(canvas: Canvas, random: Random) -> None:
    """Close view of a footwear line: two hands fit a sole, shoes pass on the belt."""
    air(canvas, mix(SAGE, WHITE, 0.4))
    canvas.circle(800, 330, 400, mix(SAGE, WHITE, 0.62))
    for x, s, c in (
        (70, 0.5, RED),
        (330, 0.5, BLUE),
        (590, 0.5, SUN),
        (850, 0.5, RED),
        (1110, 0.5, BLUE),
        (1370, 0.5, SUN),
    ):
        _shoe(canvas, x, 300, s, mix(c, mix(SAGE, WHITE, 0.5), 0.4), mix(WHITE, SAGE, 0.25))
    canvas.rect(0, 304, 1600, 26, mix(PINE, SAGE, 0.45))
    canvas.rect(0, 330, 1600, 60, mix(PINE, SAGE, 0.62))
    for x in range(30, 1600, 120):
        canvas.circle(x, 360, 17, mix(PINE, SAGE, 0.35))
    canvas.poly([(0, 690), (1600, 690), (1600, 900), (0, 900)], PINE)
    canvas.rect(0, 690, 1600, 30, shade(LEAF, 0.05))
    for x in range(-20, 1600, 180):
        canvas.circle(x, 800, 46, shade(PINE, 0.35))
        canvas.circle(x, 800, 20, mix(SAGE, PINE, 0.4))
    _shoe(canvas, 60, 690, 0.95, RED, WHITE)
    _shoe(canvas, 1330, 690, 0.95, RED, WHITE)
    canvas.path("M580 652Q600 640 640 644L1060 644Q1112 640 1112 662Q1100 684 1060 684L640 684Q580 690 580 652Z", SUN)
    _shoe(canvas, 590, 616, 1.3, RED, WHITE)
    open_hand(canvas, 470, 560, 62, FAIR, turn=8, sleeve=BLUE, cuff=SUN)
    open_hand(canvas, 1236, 560, 62, shade(FAIR, 0.06), turn=-14, flip=True, sleeve=BLUE, cuff=SUN)


def _shoe(canvas: Canvas, x: float, sole: float, s: float, upper: str, rubber: str) -> None:
    """Draw a sports shoe, toe to the right; x is its heel and `sole` the ground."""
    with canvas.group(x, sole, scale=s):
        canvas.path(
            "M6 -40Q-10 -110 14 -170Q50 -146 96 -170Q130 -150 176 -112Q230 -70 320 -66Q384 -58 386 -24L6 -24Z", upper
        )
        canvas.path("M214 -88Q260 -70 320 -66Q384 -58 386 -24L200 -24Q250 -50 214 -88Z", shade(upper))
        canvas.path("M14 -170Q50 -146 96 -170L110 -158Q60 -112 22 -134Z", shade(upper, 0.45))
        canvas.path("M60 -24Q100 -90 190 -100L214 -88Q120 -76 100 -24Z", rubber)
        for step in range(3):
            canvas.line([(138 + step * 28, -128 + step * 22), (112 + step * 30, -104 + step * 22)], rubber, 8)
        canvas.path("M0 -34L392 -34Q398 -4 370 0L12 0Q-6 -10 0 -34Z", rubber)
        canvas.path("M220 -34L392 -34Q398 -4 370 0L200 0Z", shade(rubber, 0.14))


@scene("dientu")
def electronics(canvas: Canvas, random: Random) -> None:
    """An electronics worker bends over a microscope; boards wait in a row."""
    haze = "#DCE8F4"
    air(canvas, haze)
    canvas.circle(760, 380, 350, mix(SUN, haze, 0.45))
    for x in range(0, 1600, 230):
        canvas.rect(x, 0, 10, 620, mix(MID, haze, 0.72))
    for y in (130, 330):
        canvas.rect(1120, y, 480, 16, mix(NAVY, haze, 0.55))
        for index in range(4):
            canvas.rect(
                1150 + index * 112,
                y - 74 + 14 * (index % 2),
                84,
                74 - 14 * (index % 2),
                mix((LEAF, BLUE, MID, SAGE)[(index + y) % 4], haze, 0.45),
            )
    worker = Look(
        skin=FAIR,
        hair="short",
        hat="bonnet",
        hat_colour=mix(SKY, WHITE, 0.3),
        mask=True,
        top=mix(SKY, WHITE, 0.1),
        gloves=WHITE,
        collar=BLUE,
        slim=True,
    )
    person = Figure(worker, (560, 850), 100, view="right", lean=21, head_turn=2, hands=((868, 650), (950, 690)))
    person.draw_body(canvas)
    canvas.rect(0, 720, 1600, 180, mix(NAVY, MID, 0.2))
    canvas.rect(0, 720, 1600, 24, mix(MID, WHITE, 0.3))
    _microscope(canvas, 900, 724)
    person.draw_arms(canvas)
    for index in range(3):
        x = 1130 + index * 170
        canvas.poly([(x, 690), (x + 130, 690), (x + 150, 738), (x + 6, 738)], LEAF)
        canvas.poly([(x + 90, 690), (x + 130, 690), (x + 150, 738), (x + 104, 738)], PINE)
        for dot in range(3):
            canvas.rect(x + 24 + dot * 36, 702 + 10 * (dot % 2), 20, 14, (SUN, INK, WHITE)[dot])
    canvas.rect(90, 640, 200, 84, BLUE, 8)
    canvas.rect(90, 664, 200, 16, SKY)


def _microscope(canvas: Canvas, x: float, ground: float) -> None:
    """Draw a bench microscope whose eyepiece points up left."""
    with canvas.group(x, ground):
        canvas.rect(-40, -26, 250, 28, INK, 10)
        canvas.path("M150 -24L196 -24Q226 -200 130 -300L84 -262Q160 -170 150 -24Z", WHITE)
        canvas.path("M172 -24L196 -24Q226 -200 130 -300L110 -284Q196 -180 172 -24Z", shade(WHITE, 0.2))
        canvas.capsule((-6, -420), 26, (96, -262), 32, INK)
        canvas.capsule((-14, -432), 32, (0, -410), 32, BLUE)
        canvas.path("M50 -250L110 -276L124 -180L64 -180Z", NAVY)
        canvas.rect(72, -180, 44, 44, MID)
        canvas.rect(-20, -104, 170, 20, NAVY)
        canvas.rect(30, -118, 96, 14, LEAF)
        canvas.circle(176, -150, 24, SUN)


@scene("han")
def welder(canvas: Canvas, random: Random) -> None:
    """A welder kneels over a beam in the dark hall, sparks fan out."""
    night = mix(NAVY, INK, 0.5)
    air(canvas, night)
    for index, radius in enumerate((640, 460, 300)):
        canvas.circle(1010, 600, radius, mix(night, (BLUE, MID, SKY)[index], 0.2 + 0.08 * index))
    for index, x in enumerate((60, 420, 1230, 1510)):
        canvas.rect(x, 0, 46, 900, mix(INK, night, 0.3 + 0.1 * (index % 2)))
    canvas.rect(0, 96, 1600, 40, mix(INK, night, 0.3))
    for x in range(-60, 1600, 150):
        canvas.line([(x, 136), (x + 75, 210), (x + 150, 136)], mix(INK, night, 0.4), 10)
    canvas.rect(0, 210, 1600, 14, mix(INK, night, 0.4))
    canvas.rect(0, 800, 1600, 100, INK)
    welder_look = Look(
        skin=TAN,
        hat="welding",
        hat_colour=NAVY,
        top=BLUE,
        bottom=mix(NAVY, BLUE, 0.25),
        shoes=BROWN,
        gloves=AMBER,
        apron=WOOD,
    )
    Figure(
        welder_look,
        (560, 640),
        62,
        view="right",
        lean=26,
        head_turn=6,
        hands=((960, 540), (916, 560)),
        elbows=(None, None),
        feet=((760, 812), (410, 812)),
        knees=(-1, -1),
    ).draw(canvas)
    canvas.line([(930, 556), (1004, 612)], INK, 22)
    canvas.line([(1004, 612), (1012, 622)], SAND, 10)
    canvas.stroke("M900 560Q820 700 640 830", INK, 12)
    canvas.box(860, 640, 560, 60, mix(MID, INK, 0.3))
    canvas.rect(860, 640, 560, 14, SKY)
    canvas.rect(890, 700, 40, 110, mix(MID, INK, 0.5))
    canvas.rect(1330, 700, 40, 110, mix(MID, INK, 0.5))
    for _ in range(34):
        angle = random.uniform(-160, 60)
        near, far = random.uniform(60, 160), random.uniform(20, 90)
        start = polar((1012, 628), near, angle)
        canvas.line(
            [start, polar((1012, 628), near + far, angle)],
            random.choice((SUN, SUN, CREAM, AMBER)),
            random.choice((4, 6, 8)),
        )
    canvas.poly([polar((1012, 628), 84 if step % 2 else 34, step * 22.5) for step in range(16)], SUN)
    canvas.circle(1012, 628, 34, WHITE)


@scene("giainhiet")
def heat_break(canvas: Canvas, random: Random) -> None:
    """At noon two builders rest in the shade of a tree; one drinks."""
    heat = "#FBDD9B"
    air(canvas, heat)
    canvas.circle(1250, 190, 150, SUN)
    canvas.circle(1250, 190, 210, mix(SUN, heat, 0.6))
    canvas.circle(1250, 190, 150, SUN)
    for x, top in ((980, 380), (1180, 300), (1400, 420)):
        canvas.rect(x, top, 170, 400, mix(CLAY, heat, 0.55))
        canvas.rect(x + 120, top, 50, 400, mix(CLAY, heat, 0.42))
        for row in range(4):
            canvas.rect(x + 24, top + 40 + row * 70, 76, 34, mix(CREAM, heat, 0.3))
    canvas.rect(0, 640, 1600, 260, mix(SAND, CLAY, 0.22))
    canvas.path("M0 700Q500 640 1150 730Q1230 800 1060 900L0 900Z", mix(LEAF, SAND, 0.42))
    canvas.path("M210 760Q230 480 190 0L330 0Q300 480 350 760Z", BROWN)
    canvas.path("M276 760Q290 480 270 0L330 0Q300 480 350 760Z", shade(BROWN))
    for x, y, r, c in (
        (60, 80, 230, PINE),
        (560, 20, 230, PINE),
        (330, 60, 280, LEAF),
        (860, -60, 210, PINE),
        (700, 0, 200, LEAF),
    ):
        canvas.circle(x, y, r, c)
    drinker = Look(skin=TAN, top=BLUE, vest=AMBER, bottom=INK, shoes=BROWN, hair="short")
    woman = Look(
        skin=FAIR, hair="tail", top=MID, bottom=BLUE, shoes=BROWN, slim=True, vest=RED, hat="leaf", hat_colour=CREAM
    )
    canvas.box(500, 690, 780, 40, WOOD)
    for x in (540, 1200):
        canvas.box(x, 730, 40, 110, BROWN)
    Figure(
        woman,
        (1120, 670),
        58,
        view="left",
        lean=-6,
        head_turn=-4,
        hands=((960, 610), (980, 600)),
        feet=((1010, 868), (960, 876)),
    ).draw(canvas)
    Figure(
        drinker,
        (690, 670),
        60,
        view="right",
        lean=-9,
        head_turn=-18,
        hands=((800, 640), (744, 330)),
        elbows=(None, 1),
        feet=((800, 868), (860, 876)),
    ).draw(canvas)
    canvas.capsule((776, 316), 24, (716, 292), 24, MID)
    canvas.capsule((716, 292), 12, (694, 284), 12, WHITE)
    canvas.rect(924, 560, 56, 92, MID, 12)
    canvas.rect(924, 590, 56, 24, WHITE)
    canvas.rect(938, 542, 28, 24, BLUE)
    with canvas.group(560, 690, scale=56):
        canvas.path("M-1.06 0Q-1.08 -1.26 0 -1.32Q1.08 -1.26 1.06 0Z", SUN)
        canvas.path("M.3 -1.3Q1.08 -1.22 1.06 0L.5 0Q.7 -.8 .3 -1.3Z", shade(SUN))
        canvas.path("M-1.2 -.16L1.4 -.16Q1.56 0 1.3 0L-1.2 0Z", shade(SUN))


@scene("tanca")
def shift_change(canvas: Canvas, random: Random) -> None:
    """The shift ends: workers walk and ride out of the factory gate at sunset."""
    haze = "#F6B98A"
    air(canvas, haze)
    canvas.rect(0, 0, 1600, 210, mix(haze, RED, 0.14))
    canvas.circle(800, 420, 270, mix(SUN, haze, 0.12))
    roof = mix(NAVY, haze, 0.42)
    for index in range(5):
        x = -60 + index * 350
        canvas.poly(
            [(x, 480), (x, 330), (x + 120, 250), (x + 120, 330), (x + 350, 330), (x + 350, 480)],
            roof if index % 2 else shade(roof, 0.06),
        )
    canvas.rect(0, 400, 1600, 190, roof)
    for x in range(40, 1600, 130):
        canvas.rect(x, 440, 70, 60, mix(SUN, haze, 0.4))
    canvas.box(300, 250, 70, 390, mix(BRICK, haze, 0.12))
    canvas.box(1230, 250, 70, 390, mix(BRICK, haze, 0.12))
    canvas.rect(280, 220, 1040, 74, NAVY)
    canvas.rect(280, 280, 1040, 14, SUN)
    canvas.poly([(0, 590), (1600, 590), (1600, 900), (0, 900)], mix(CLAY, haze, 0.25))
    canvas.poly([(380, 590), (1220, 590), (1750, 900), (-150, 900)], mix(SAND, haze, 0.35))
    crowd = (FAIR, TAN, BROWN)
    for index in range(8):
        x = 440 + index * 100 + random.randint(-14, 14)
        look = Look(
            skin=mix(crowd[index % 3], haze, 0.35),
            top=mix((BLUE, MID, NAVY)[index % 3], haze, 0.35),
            bottom=mix(INK, haze, 0.35),
            hair=("short", "tail", "bob")[index % 3],
            slim=index % 3 > 0,
            hair_colour=mix(HAIR, haze, 0.35),
            shoes=mix(INK, haze, 0.3),
        )
        Figure(look, (x, 562), 19, feet=((x - 13, 688), (x + 13, 684 + 4 * (index % 2)))).draw(canvas)
    woman = Look(skin=FAIR, hair="tail", top=BLUE, collar=WHITE, bottom=INK, shoes=RED, slim=True)
    man = Look(skin=TAN, top=MID, collar=NAVY, bottom=NAVY, hat="cap", hat_colour=RED)
    _bicycle(canvas, 1170, 850, 1.15, RED)
    Figure(
        man,
        (1126, 588),
        42,
        view="left",
        lean=-13,
        hands=((998, 560), (1000, 566)),
        feet=((1096, 842), (1188, 776)),
        knees=(1, 1),
    ).draw(canvas)
    friend = Look(skin=BROWN, hair="bob", top=SAND, bottom=PINE, shoes=INK, slim=True)
    Figure(
        friend,
        (720, 604),
        43,
        view="right",
        lean=4,
        head_view="left",
        head_turn=0,
        hands=("rest", (776, 640)),
        feet=((800, 862), (648, 852)),
    ).draw(canvas)
    canvas.stroke("M424 626Q440 560 462 626", SUN, 8)
    Figure(
        woman, (480, 604), 43, view="right", lean=4, hands=((570, 590), (432, 620)), feet=((568, 862), (400, 850))
    ).draw(canvas)
    canvas.path("M410 626L474 626L490 716L396 716Z", SUN)
    canvas.path("M450 626L474 626L490 716L450 716Z", shade(SUN))


def _bicycle(canvas: Canvas, x: float, ground: float, s: float, colour: str) -> None:
    """Draw a bicycle heading left; x is the middle between its wheels."""
    with canvas.group(x, ground, scale=s):
        for left in (-118, 110):
            canvas.stroke(f"M{left - 70} -70a70 70 0 1 1 140 0a70 70 0 1 1 -140 0", INK, 10)
            for turn in (0, 60, 120):
                canvas.line([polar((left, -70), 64, turn), polar((left, -70), -64, turn)], SAND, 2)
            canvas.circle(left, -70, 9, INK)
        canvas.stroke("M-118 -70L-84 -180L40 -176L110 -70L-10 -66L40 -176M-10 -66L-80 -168", colour, 10)
        canvas.stroke("M40 -176L50 -206", INK, 8)
        canvas.capsule((28, -210), 9, (78, -212), 13, INK)
        canvas.stroke("M-84 -180L-92 -232L-132 -240", INK, 9)
        canvas.stroke("M-174 -232h76l-8 56h-58Z", WOOD, 7)
        canvas.stroke("M-10 -66L-4 -36", INK, 8)
        canvas.circle(-10, -66, 15, INK)
