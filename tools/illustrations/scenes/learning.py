"""Scholarships, the creche and the sewing table, seen close."""

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
    MIST,
    NAVY,
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
    tint,
)
from ..props import air, bunting, open_hand, plant, window
from ..registry import scene


@scene("hocbong")
def scholarship(canvas: Canvas, random: Random) -> None:
    """A pupil with a satchel receives a scholarship from a union officer."""
    haze = "#D5E6F5"
    air(canvas, haze)
    canvas.circle(760, 420, 380, mix(SUN, haze, 0.45))
    canvas.rect(0, 140, 520, 520, mix(CREAM, haze, 0.3))
    canvas.rect(1080, 140, 520, 520, mix(CREAM, haze, 0.3))
    for x in (60, 300, 1140, 1380):
        canvas.rect(x, 210, 170, 230, mix(BLUE, haze, 0.4))
        canvas.rect(x + 80, 210, 10, 230, WHITE)
        canvas.rect(x - 14, 440, 198, 16, WHITE)
    canvas.rect(0, 110, 540, 34, mix(RED, haze, 0.3))
    canvas.rect(1060, 110, 540, 34, mix(RED, haze, 0.3))
    canvas.rect(0, 700, 1600, 200, mix(SAND, haze, 0.25))
    bunting(canvas, 20, 90, (RED, SUN, BLUE))
    officer = Look(skin=FAIR, hair="bun", top=NAVY, collar=WHITE, bottom=NAVY, skirt=True, slim=True, shoes=INK)
    pupil = Look(skin=TAN, hair="short", top=WHITE, sleeves="short", collar=RED, bottom=BLUE, size=0.66, shoes=INK)
    mother = Look(skin=TAN, hair="tail", top=MID, bottom=INK, slim=True, shoes=BROWN)
    Figure(
        mother,
        (1180, 536),
        54,
        view="left",
        lean=-3,
        head_turn=-12,
        hands=("rest", (1054, 528)),
        feet=((1150, 892), (1216, 896)),
    ).draw(canvas)
    Figure(
        officer,
        (520, 562),
        56,
        view="right",
        lean=24,
        head_turn=6,
        hands=((760, 560), (736, 604)),
        feet=((560, 894), (490, 896)),
    ).draw(canvas)
    boy = Figure(
        pupil,
        (976, 636),
        62,
        view="left",
        lean=2,
        head_turn=10,
        hands=((872, 570), (878, 604)),
        feet=((946, 884), (1002, 890)),
    )
    canvas.path("M1010 470Q1096 460 1100 510L1096 650Q1086 666 1010 656Z", RED)
    canvas.path("M1062 466Q1098 470 1100 510L1096 650Q1086 662 1060 660Z", shade(RED))
    canvas.rect(1044, 550, 58, 70, shade(RED, 0.3), 10)
    boy.draw_body(canvas)
    canvas.stroke("M966 474Q948 540 1000 610", shade(RED), 14)
    with canvas.group(808, 580, turn=-8):
        canvas.rect(-74, -56, 160, 112, SUN)
        canvas.rect(-66, -48, 144, 96, WHITE)
        canvas.circle(-32, 0, 24, RED)
        for row, width in enumerate((74, 60, 74)):
            canvas.rect(4, -26 + row * 22, width * 0.9, 9, SKY)
    boy.draw_arms(canvas)
    Figure(officer, (520, 562), 56, view="right", lean=24, hands=(None, (736, 604))).draw_arms(canvas)
    for hat in ((250, 800), (1430, 800)):
        plant(canvas, hat[0], 880, 240, LEAF, WHITE)


@scene("duongkim")
def seam(canvas: Canvas, random: Random) -> None:
    """Close view of a sewing machine: two hands guide red cloth under the needle."""
    haze = "#DCE9F6"
    air(canvas, haze)
    canvas.circle(860, 380, 360, mix(SUN, haze, 0.42))
    canvas.rect(0, 120, 1600, 14, mix(NAVY, haze, 0.5))
    for x, c in ((90, RED), (230, SUN), (370, LEAF), (1230, BLUE), (1370, AMBER), (1510, SAGE)):
        colour = mix(c, haze, 0.3)
        canvas.rect(x - 16, 20, 32, 100, mix(CREAM, haze, 0.3))
        canvas.path(f"M{x - 44} 112L{x - 26} 30L{x + 26} 30L{x + 44} 112Z", colour)
        canvas.path(f"M{x + 10} 30L{x + 26} 30L{x + 44} 112L{x + 16} 112Z", shade(colour))
        for y in (52, 74, 94):
            canvas.line([(x - 34, y), (x + 34, y)], tint(colour, 0.3), 4)
    canvas.stroke("M230 60Q420 -20 560 190L660 250", SUN, 5)
    canvas.path(
        "M560 190Q560 170 590 170L1330 170Q1400 176 1400 250L1400 720L1190 720L1190 380Q1186 350 1150 350L730 350L730 440L570 440Z",
        WHITE,
    )
    canvas.path("M1290 170L1330 170Q1400 176 1400 250L1400 720L1290 720Z", shade(WHITE))
    canvas.path("M690 170L730 170L730 440L670 440Z", MIST)
    canvas.rect(820, 220, 320, 56, BLUE, 28)
    canvas.circle(1276, 250, 34, NAVY)
    canvas.circle(1470, 290, 100, NAVY)
    canvas.circle(1470, 290, 66, MID)
    canvas.circle(1470, 290, 22, INK)
    canvas.rect(1396, 270, 60, 40, INK)
    canvas.rect(628, 436, 44, 80, INK)
    canvas.rect(644, 510, 12, 150, mix(MID, INK, 0.3))
    canvas.path("M600 640L700 640L716 668L590 668Z", mix(MID, INK, 0.3))
    canvas.rect(0, 700, 1600, 200, WOOD)
    canvas.rect(0, 700, 1600, 26, tint(WOOD, 0.25))
    canvas.path("M0 760Q200 640 420 668L900 668Q1020 676 1080 730Q1130 800 1100 900L0 900Z", RED)
    canvas.path(
        "M420 668L900 668Q1020 676 1080 730Q1130 800 1100 900L960 900Q1000 760 880 720Q640 690 420 668Z", shade(RED)
    )
    for x in range(660, 1010, 40):
        canvas.line([(x, 686 + (x - 660) * 0.06), (x + 22, 687 + (x - 660) * 0.06)], SUN, 7)
    open_hand(canvas, 400, 700, 62, FAIR, turn=12, sleeve=BLUE, cuff=WHITE)
    open_hand(canvas, 690, 800, 62, FAIR, turn=-24, sleeve=BLUE, cuff=WHITE)


@scene("nhatre")
def creche(canvas: Canvas, random: Random) -> None:
    """At the factory creche a carer steadies a toddler's first steps."""
    haze = "#E3F0E4"
    air(canvas, haze)
    canvas.circle(800, 400, 370, mix(SUN, haze, 0.5))
    window(canvas, 1110, 90, 360, 320, glass=SKY)
    canvas.rect(90, 130, 380, 18, WOOD)
    for x, w, h, c in ((120, 80, 80, RED), (216, 70, 110, BLUE), (304, 90, 60, SUN), (400, 50, 90, LEAF)):
        canvas.box(x, 130 - h, w, h, c)
    for x, c in ((150, SUN), (260, RED), (370, BLUE)):
        canvas.circle(x, 250, 44, mix(c, haze, 0.4))
        canvas.poly([(x - 30, 370), (x, 300), (x + 30, 370)], mix(c, haze, 0.6))
    canvas.rect(0, 640, 1600, 260, mix(CREAM, WOOD, 0.24))
    canvas.ellipse(800, 830, 620, 110, mix(MID, haze, 0.25))
    canvas.ellipse(800, 830, 480, 82, mix(SKY, WHITE, 0.3))
    carer = Look(skin=FAIR, hair="bun", top=LEAF, collar=WHITE, bottom=NAVY, slim=True, shoes=WHITE)
    toddler = Look(skin=FAIR, hair="short", top=SUN, sleeves="short", bottom=BLUE, size=0.5, shoes=RED)
    person = Figure(
        carer,
        (560, 680),
        60,
        view="right",
        lean=30,
        head_turn=4,
        hands=((888, 560), (876, 596)),
        feet=((720, 850), (440, 856)),
        knees=(-1, -1),
    )
    person.draw_body(canvas)
    Figure(
        toddler,
        (1020, 684),
        60,
        view="left",
        lean=-6,
        head_turn=-4,
        hands=((908, 566), (904, 602)),
        feet=((964, 862), (1066, 868)),
    ).draw(canvas)
    person.draw_arms(canvas)
    for x, y, size, c in ((1240, 760, 84, RED), (1330, 760, 84, BLUE), (1286, 676, 84, SUN)):
        canvas.box(x, y, size, size, c)
        canvas.circle(x + size * 0.42, y + size * 0.5, 18, tint(c, 0.5))
    canvas.ball(250, 800, 66, RED)
    canvas.path("M186 790Q250 740 314 786L314 812Q250 770 188 820Z", CREAM)
