"""Sport and drills: people in full movement."""

from random import Random

from ..canvas import Canvas, polar
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
    MIST,
    NAVY,
    PINE,
    RED,
    SAGE,
    SAND,
    SUN,
    TAN,
    WHITE,
    WOOD,
    mix,
    shade,
)
from ..props import air, cloud, hills
from ..registry import scene


@scene("caulong")
def badminton(canvas: Canvas, random: Random) -> None:
    """Badminton: one player leaps to smash, the other lunges under the net."""
    haze = mix(LEAF, WHITE, 0.62)
    air(canvas, haze)
    canvas.circle(560, 340, 340, mix(haze, WHITE, 0.45))
    for row in range(3):
        for index in range(24):
            x = 20 + index * 70 + 35 * (row % 2)
            colour = mix((BLUE, RED, SUN, WHITE, NAVY)[random.randrange(5)], haze, 0.55 - 0.1 * row)
            canvas.circle(x, 372 + row * 60, 18, mix((FAIR, TAN, BROWN)[index % 3], haze, 0.45))
            canvas.path(
                f"M{x - 32} {440 + row * 60}Q{x - 32} {392 + row * 60} {x} {392 + row * 60}Q{x + 32} {392 + row * 60} {x + 32} {440 + row * 60}Z",
                colour,
            )
    canvas.rect(0, 550, 1600, 50, NAVY)
    canvas.rect(0, 600, 1600, 300, LEAF)
    canvas.poly([(0, 900), (300, 640), (1300, 640), (1600, 900)], mix(LEAF, PINE, 0.55))
    canvas.line([(300, 640), (1300, 640)], WHITE, 7)
    canvas.line([(300, 640), (-10, 908)], WHITE, 10)
    canvas.line([(1300, 640), (1610, 908)], WHITE, 10)
    canvas.line([(800, 640), (800, 900)], WHITE, 8)
    smasher = Look(skin=TAN, top=RED, sleeves="short", bottom=WHITE, shoes=WHITE)
    lunger = Look(skin=FAIR, hair="tail", top=SUN, sleeves="short", bottom=NAVY, shoes=WHITE, slim=True)
    canvas.ellipse(470, 862, 150, 18, shade(PINE, 0.3))
    canvas.ellipse(1180, 858, 210, 20, shade(PINE, 0.3))
    _racket(canvas, 640, 226, 1.0, 8)
    Figure(
        smasher,
        (470, 560),
        56,
        view="right",
        lean=-8,
        head_turn=-12,
        hands=((640, 400), (634, 236)),
        elbows=(None, 1),
        feet=((590, 800), (340, 800)),
        knees=(-1, -1),
    ).draw(canvas)
    canvas.rect(790, 420, 16, 470, INK)
    canvas.poly([(806, 430), (1000, 470), (1000, 700), (806, 760)], mix(WHITE, LEAF, 0.55))
    for step in range(1, 6):
        canvas.line([(806, 430 + step * 55), (1000, 470 + step * 38)], mix(WHITE, LEAF, 0.25), 4)
        canvas.line([(806 + step * 32, 436 + step * 6), (806 + step * 32, 752 - step * 9)], mix(WHITE, LEAF, 0.25), 4)
    canvas.line([(806, 430), (1000, 470)], WHITE, 14)
    _racket(canvas, 1006, 606, 1.05, -78)
    Figure(
        lunger,
        (1250, 640),
        54,
        view="left",
        lean=-22,
        head_turn=8,
        hands=((1400, 500), (1016, 610)),
        feet=((1060, 858), (1420, 858)),
    ).draw(canvas)
    with canvas.group(830, 250, turn=28, scale=1.5):
        canvas.path("M-46 -22L6 -12L6 12L-46 22Z", WHITE)
        canvas.path("M-46 0L6 0L6 12L-46 22Z", MIST)
        canvas.circle(12, 0, 15, RED)
    for offset in (0, 40, 80):
        canvas.line([(712 - offset * 0.3, 178 + offset), (760 - offset * 0.3, 204 + offset)], WHITE, 7)


def _racket(canvas: Canvas, x: float, y: float, s: float, turn: float) -> None:
    """Draw a racket held at x, y; it points up before it is turned."""
    with canvas.group(x, y, scale=s, turn=turn):
        canvas.line([(0, 40), (0, -10)], INK, 17)
        canvas.line([(0, -10), (0, -86)], SUN, 8)
        canvas.ellipse(0, -146, 50, 64, SUN)
        canvas.ellipse(0, -146, 39, 53, WHITE)
        canvas.stroke("M-22 -188L-22 -104M0 -198L0 -94M22 -188L22 -104M-36 -166L36 -166M-36 -126L36 -126", MID, 3)


@scene("pccc")
def fire_drill(canvas: Canvas, random: Random) -> None:
    """Fire drill in the yard: a worker sprays a burning tray while others watch."""
    haze = "#F5DFC0"
    air(canvas, haze)
    canvas.circle(1080, 440, 350, mix(AMBER, haze, 0.6))
    canvas.rect(0, 230, 620, 420, mix(MID, haze, 0.55))
    canvas.rect(0, 210, 650, 30, mix(NAVY, haze, 0.45))
    for x in range(30, 600, 150):
        canvas.rect(x, 330, 90, 110, mix(WHITE, haze, 0.35))
    hills(canvas, [560, 540, 580, 560, 520, 540, 500, 540], 660, mix(LEAF, haze, 0.6))
    canvas.rect(0, 650, 1600, 250, mix(SAND, CREAM, 0.2))
    canvas.rect(0, 650, 1600, 10, mix(WOOD, haze, 0.6))
    for index, x in enumerate((90, 215, 340)):
        look = Look(
            skin=mix((FAIR, TAN, BROWN)[index], haze, 0.3),
            hat="hard",
            top=mix(BLUE, haze, 0.3),
            hat_colour=mix((WHITE, SUN, WHITE)[index], haze, 0.2),
            bottom=mix(INK, haze, 0.3),
            hair=("tail", "short", "bob")[index],
            slim=index != 1,
            shoes=mix(INK, haze, 0.3),
        )
        Figure(
            look,
            (x, 591),
            32,
            view="right",
            hands=("rest", (x + 40, 540) if index == 1 else "rest"),
            feet=((x + 26, 806), (x - 22, 806)),
        ).draw(canvas)
    canvas.path(
        "M1000 760Q950 620 1040 560Q1030 480 1110 400Q1130 490 1180 520Q1200 470 1230 450Q1270 560 1320 610Q1370 700 1320 770Z",
        RED,
    )
    canvas.path("M1050 770Q1020 660 1090 600Q1090 540 1130 490Q1150 570 1200 600Q1270 660 1260 770Z", AMBER)
    canvas.path("M1100 776Q1090 700 1140 650Q1180 690 1210 720Q1230 750 1210 776Z", SUN)
    canvas.poly([(940, 760), (1390, 760), (1350, 840), (980, 840)], INK)
    canvas.poly([(1240, 760), (1390, 760), (1350, 840), (1230, 840)], mix(INK, NAVY, 0.6))
    for x, y, r in ((860, 640, 34), (920, 660, 52), (990, 690, 66), (1070, 720, 72), (1000, 760, 56), (1120, 760, 54)):
        canvas.circle(x, y, r, WHITE)
    canvas.poly([(796, 612), (806, 596), (1010, 640), (990, 780)], WHITE)
    canvas.path("M960 770Q1040 800 1170 780L1160 806Q1040 826 960 806Z", MIST)
    sprayer = Look(skin=TAN, hat="hard", hat_colour=SUN, top=BLUE, vest=AMBER, bottom=NAVY, shoes=BROWN, gloves=WHITE)
    canvas.stroke("M620 560Q640 700 720 660T776 604", INK, 13)
    canvas.line([(776, 604), (806, 606)], INK, 20)
    Figure(
        sprayer,
        (560, 600),
        54,
        view="right",
        lean=10,
        head_turn=2,
        hands=((766, 596), (590, 640)),
        elbows=(None, None),
        feet=((680, 866), (450, 872)),
        knees=(-1, -1),
    ).draw(canvas)
    canvas.rect(556, 640, 92, 190, RED, 26)
    canvas.rect(616, 640, 32, 190, shade(RED), 20)
    canvas.rect(566, 700, 72, 60, CREAM)
    canvas.rect(582, 612, 40, 34, INK, 8)


@scene("bongda")
def football(canvas: Canvas, random: Random) -> None:
    """Football: a striker swings at the ball before a diving keeper."""
    haze = "#CFE8F3"
    air(canvas, haze)
    canvas.circle(420, 260, 190, mix(SUN, haze, 0.2))
    cloud(canvas, 820, 150, 260, WHITE)
    hills(canvas, [400, 360, 420, 380, 340, 400, 370, 390], 560, mix(LEAF, haze, 0.6))
    for row in range(2):
        for index in range(21):
            x = 20 + index * 80 + 40 * row
            canvas.circle(x, 452 + row * 50, 20, mix((TAN, FAIR, BROWN)[index % 3], haze, 0.4))
            canvas.rect(
                x - 32, 474 + row * 50, 64, 60, mix((RED, WHITE, BLUE, SUN)[random.randrange(4)], haze, 0.4), 22
            )
    canvas.rect(0, 560, 1600, 340, mix(LEAF, SAGE, 0.3))
    for x in range(-200, 1600, 360):
        canvas.poly([(x + 140, 560), (x + 300, 560), (x + 240, 900), (x - 20, 900)], mix(LEAF, SAGE, 0.12))
    canvas.line([(0, 860), (1600, 760)], WHITE, 9)
    for x in range(1190, 1600, 44):
        canvas.line([(x, 290), (x, 780)], mix(WHITE, haze, 0.2), 4)
    for y in range(310, 780, 44):
        canvas.line([(1180, y), (1600, y)], mix(WHITE, haze, 0.2), 4)
    canvas.line([(1180, 790), (1180, 276), (1600, 276)], WHITE, 22)
    canvas.ellipse(520, 872, 230, 20, PINE)
    striker = Look(skin=TAN, top=RED, sleeves="short", bottom=WHITE, shoes=SUN)
    keeper = Look(skin=FAIR, top=SUN, bottom=INK, shoes=WHITE, gloves=WHITE)
    Figure(
        keeper,
        (1330, 520),
        50,
        view="left",
        lean=-58,
        head_turn=20,
        hands=((1010, 350), (1010, 410)),
        feet=((1540, 700), (1590, 600)),
        knees=(1, 1),
    ).draw(canvas)
    Figure(
        striker,
        (500, 560),
        60,
        view="right",
        lean=-14,
        head_turn=12,
        hands=((690, 380), (290, 470)),
        elbows=(None, None),
        feet=((440, 868), (800, 690)),
        knees=(-1, -1),
    ).draw(canvas)
    with canvas.group(930, 560):
        canvas.ball(0, 0, 54, WHITE)
        canvas.poly([polar((0, 0), 21, step * 72 - 90) for step in range(5)], INK)
        for step in range(5):
            canvas.line([polar((0, 0), 21, step * 72 - 90), polar((0, 0), 44, step * 72 - 90)], INK, 5)
    for y, length in ((548, 60), (584, 84), (616, 60)):
        canvas.line([(856 - length, y + 24), (856, y)], WHITE, 8)
