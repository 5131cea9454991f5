"""Streets, vehicles and deliveries."""

from random import Random

from ..canvas import Canvas
from ..figures import Figure, Look
from ..palette import (
    AMBER,
    BLUE,
    BROWN,
    CLAY,
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
    SKY,
    SUN,
    TAN,
    WHITE,
    WOOD,
    mix,
    shade,
    tint,
)
from ..props import air
from ..registry import scene


@scene("taixe")
def driver(canvas: Canvas, random: Random) -> None:
    """A bus driver at the wheel, seen through the windscreen."""
    haze = "#BFE0F2"
    air(canvas, haze)
    canvas.circle(1230, 190, 120, SUN)
    canvas.rect(0, 560, 1600, 340, mix(INK, haze, 0.6))
    canvas.path("M150 900L150 130Q160 40 260 34L1340 34Q1440 40 1450 130L1450 900Z", RED)
    canvas.path("M1290 34L1340 34Q1440 40 1450 130L1450 900L1290 900Z", shade(RED))
    canvas.rect(540, 54, 520, 70, INK, 10)
    for index in range(5):
        canvas.rect(576 + index * 92, 78, (66, 40, 70, 50, 66)[index], 22, AMBER, 6)
    canvas.path("M206 150L1394 150L1394 700L206 700Z", mix(NAVY, MID, 0.25))
    for x, skin, top, hair in ((330, TAN, LEAF, "short"), (1240, BROWN, SAND, "bob"), (1070, FAIR, MID, "tail")):
        seat = mix(NAVY, MID, 0.5)
        far = Look(skin=mix(skin, NAVY, 0.4), top=mix(top, NAVY, 0.4), hair=hair)
        canvas.rect(x - 86, 340, 172, 400, seat, 30)
        Figure(far, (x, 690), 44, hands=(None, None)).draw(canvas)
    driver_look = Look(skin=TAN, top=SKY, collar=WHITE, tie=NAVY, bottom=INK, hat="cap", hat_colour=BLUE)
    canvas.rect(560, 330, 330, 420, mix(INK, NAVY, 0.4), 60)
    person = Figure(driver_look, (720, 790), 84, lean=-1.5, head_turn=5, hands=((596, 640), (870, 612)))
    person.draw_body(canvas)
    canvas.path("M206 700L206 640Q460 606 730 640Q1100 660 1394 630L1394 700Z", INK)
    canvas.stroke("M566 690A172 172 0 0 1 900 690", mix(INK, MID, 0.25), 34)
    person.draw_arms(canvas)
    canvas.path("M206 150L300 150L206 560Z", mix(MID, NAVY, 0.5))
    canvas.path("M150 714L1450 714L1450 900L150 900Z", RED)
    canvas.rect(1290, 714, 160, 186, shade(RED))
    canvas.rect(206, 690, 1188, 24, INK)
    canvas.line([(640, 706), (420, 590)], INK, 12)
    canvas.line([(1260, 706), (1020, 600)], INK, 12)
    canvas.rect(150, 760, 1300, 44, CREAM)
    canvas.rect(1290, 760, 160, 44, shade(CREAM))
    for x in (270, 1330):
        canvas.circle(x, 850, 62, INK)
        canvas.circle(x, 850, 46, SUN)
    for x, flip in ((150, 1), (1450, -1)):
        canvas.stroke(f"M{x} 210L{x - 60 * flip} 230", INK, 14)
        canvas.rect(x - 60 * flip - 34, 230, 68, 150, INK, 18)
        canvas.rect(x - 60 * flip - 22, 244, 44, 122, MID, 12)


@scene("quetduong")
def street_cleaner(canvas: Canvas, random: Random) -> None:
    """Before sunrise a street cleaner sweeps leaves under a lamp."""
    dawn = mix(NAVY, "#F6B98A", 0.42)
    air(canvas, dawn)
    canvas.rect(0, 330, 1600, 330, mix(dawn, SUN, 0.22))
    canvas.rect(0, 480, 1600, 180, mix(dawn, SUN, 0.42))
    for index, (x, top, width) in enumerate(
        ((0, 250, 210), (240, 150, 170), (440, 320, 240), (980, 220, 190), (1190, 300, 200), (1410, 130, 190))
    ):
        wall = mix(NAVY, dawn, 0.4 if index % 2 else 0.52)
        canvas.rect(x, top, width, 420, wall)
        canvas.rect(x + width * 0.72, top, width * 0.28, 420, shade(wall))
        for row in range(4):
            for column in range(2):
                lit = random.random() < 0.28
                canvas.rect(x + 28 + column * 64, top + 40 + row * 84, 36, 46, SUN if lit else shade(wall, 0.25))
    canvas.rect(0, 640, 1600, 260, mix(NAVY, INK, 0.35))
    canvas.rect(0, 640, 1600, 46, mix(MID, NAVY, 0.55))
    for x in range(40, 1600, 330):
        canvas.rect(x, 850, 190, 14, mix(CREAM, NAVY, 0.35))
    canvas.poly([(690, 76), (770, 76), (1160, 830), (330, 830)], mix(mix(SUN, CREAM, 0.6), dawn, 0.5))
    canvas.ellipse(745, 826, 420, 42, mix(mix(SUN, CREAM, 0.6), NAVY, 0.28))
    canvas.stroke("M1010 680L1010 90Q1000 36 900 36L760 36", INK, 18)
    canvas.path("M680 72Q690 22 740 22L780 32L780 72Z", INK)
    canvas.rect(686, 70, 88, 16, CREAM, 8)
    sweeper = Look(
        skin=TAN,
        hair="tail",
        hat="leaf",
        hat_colour=CREAM,
        top=BLUE,
        vest=AMBER,
        bottom=INK,
        slim=True,
        mask=True,
        gloves=WHITE,
        shoes=BROWN,
    )
    canvas.line([(812, 430), (560, 786)], WOOD, 13)
    canvas.path("M590 726L612 744L560 836L430 836Q520 790 590 726Z", SAND)
    canvas.path("M604 738L612 744L560 836L510 836Z", shade(SAND))
    Figure(
        sweeper,
        (820, 580),
        50,
        view="left",
        lean=-18,
        head_turn=-2,
        hands=((660, 640), (746, 524)),
        feet=((730, 836), (900, 842)),
    ).draw(canvas)
    for _ in range(15):
        spot = random.uniform(310, 520), random.uniform(800, 860)
        canvas.ellipse(*spot, 17, 8, random.choice((AMBER, RED, SUN, LEAF)), random.randint(-60, 60))
    canvas.path("M1120 610L1330 610L1300 800L1150 800Z", LEAF)
    canvas.path("M1260 610L1330 610L1300 800L1250 800Z", shade(LEAF))
    canvas.rect(1104, 592, 242, 30, PINE)
    canvas.stroke("M1330 630L1400 560", INK, 14)
    canvas.circle(1180, 812, 36, INK)
    canvas.circle(1180, 812, 14, MID)
    canvas.circle(1280, 812, 36, INK)
    canvas.circle(1280, 812, 14, MID)


@scene("giaohang")
def rider(canvas: Canvas, random: Random) -> None:
    """A delivery rider on a motorbike with a big box passes shop fronts."""
    haze = mix(SUN, WHITE, 0.55)
    air(canvas, haze)
    canvas.circle(820, 440, 380, mix(SUN, haze, 0.35))
    for index in range(6):
        x = -40 + index * 290
        wall = mix((CLAY, SAND, SAGE, MID)[index % 4], haze, 0.58)
        top = (150, 60, 210, 110, 180, 70)[index]
        canvas.rect(x, top, 270, 660, wall)
        canvas.rect(x + 210, top, 60, 660, shade(wall, 0.1))
        for row in range(2):
            canvas.rect(x + 50, top + 60 + row * 140, 130, 84, mix(NAVY, wall, 0.6))
        for strip in range(6):
            canvas.rect(x + strip * 45, 486, 45, 50, mix(WHITE if strip % 2 else RED, haze, 0.35))
    canvas.rect(0, 690, 1600, 210, mix(NAVY, haze, 0.25))
    canvas.rect(0, 690, 1600, 30, mix(WHITE, haze, 0.4))
    for x in range(60, 1600, 340):
        canvas.rect(x, 846, 200, 14, CREAM)
    for y, x, length in ((360, 120, 220), (470, 60, 300), (590, 150, 190)):
        canvas.line([(x, y), (x + length, y)], WHITE, 9)
    with canvas.group(760, 836, scale=1.32):
        for x in (-170, 210):
            canvas.circle(x, -62, 64, INK)
            canvas.circle(x, -62, 40, MIST)
            canvas.circle(x, -62, 14, INK)
        canvas.line([(170, -260), (210, -62)], INK, 14)
        canvas.path(
            "M-236 -138Q-210 -190 -130 -190L20 -190Q60 -190 70 -120L130 -110L160 -240L196 -236L176 -70Q140 -48 60 -56L-110 -62Q-160 -150 -236 -138Z",
            RED,
        )
        canvas.path("M70 -120L130 -110L160 -240L196 -236L176 -70Q140 -48 60 -56Z", shade(RED))
        canvas.path("M-180 -214L10 -214Q50 -210 40 -184L-170 -184Z", INK)
        canvas.path("M138 -116Q190 -150 268 -96L258 -84Q200 -120 150 -90Z", RED)
        canvas.circle(190, -236, 20, CREAM)
        canvas.line([(160, -262), (138, -288)], INK, 12)
    canvas.box(470, 300, 250, 240, SUN)
    canvas.rect(470, 300, 250, 34, AMBER)
    canvas.rect(470, 400, 176, 20, WHITE)
    rider_look = Look(skin=TAN, hat="rider", hat_colour=SUN, top=LEAF, bottom=INK, shoes=WHITE, mask=True)
    Figure(
        rider_look,
        (760, 566),
        58,
        view="right",
        lean=10,
        head_turn=-4,
        hands=((938, 462), (936, 470)),
        feet=((900, 772), (880, 784)),
        knees=(-1, -1),
    ).draw(canvas)


@scene("xebuyt")
def bus_reader(canvas: Canvas, random: Random) -> None:
    """On the company bus a worker reads her phone by the window."""
    inside = mix(SKY, WHITE, 0.2)
    air(canvas, inside)
    canvas.rect(180, 90, 1240, 520, WHITE, 60)
    canvas.rect(206, 116, 1188, 468, "#FBD9A0", 44)
    canvas.circle(1050, 400, 150, SUN)
    canvas.path(
        "M206 470Q500 380 800 460T1394 430L1394 540Q1394 584 1350 584L250 584Q206 584 206 540Z", mix(LEAF, SAND, 0.5)
    )
    canvas.path("M206 530Q600 470 1394 520L1394 540Q1394 584 1350 584L250 584Q206 584 206 540Z", mix(LEAF, SAND, 0.2))
    canvas.rect(930, 116, 26, 468, WHITE)
    canvas.poly([(330, 116), (470, 116), (260, 584), (206, 584), (206, 400)], tint("#FBD9A0", 0.4))
    canvas.rect(0, 640, 1600, 260, mix(BLUE, SKY, 0.4))
    canvas.rect(0, 640, 1600, 18, mix(BLUE, SKY, 0.15))
    canvas.rect(0, 40, 1600, 20, mix(NAVY, SKY, 0.4))
    for x in (300, 620, 1240):
        canvas.rect(x, 60, 14, 70, NAVY)
        canvas.stroke(f"M{x + 7} 130L{x - 32} 196L{x + 46} 196Z", SUN, 13)
    canvas.path("M240 900L260 420Q270 350 340 350L440 350Q500 360 500 430L520 900Z", NAVY)
    canvas.path("M420 350L440 350Q500 360 500 430L520 900L440 900Z", shade(NAVY))
    reader = Look(skin=FAIR, hair="tail", top=RED, collar=WHITE, bottom=INK, slim=True)
    Figure(reader, (600, 890), 92, view="right", lean=-6, head_turn=20, hands=((856, 620), (836, 646))).draw(canvas)
    canvas.path("M806 500L880 520L846 660L772 640Z", INK)
    canvas.path("M812 512L824 515L792 632L782 630Z", SKY)
    Figure(reader, (600, 890), 92, view="right", lean=-6, hands=(None, (822, 650))).draw_arms(canvas)
    canvas.path("M1080 900L1100 480Q1110 410 1180 410L1290 410Q1350 420 1350 490L1370 900Z", NAVY)
    canvas.path("M1270 410L1290 410Q1350 420 1350 490L1370 900L1290 900Z", shade(NAVY))
    canvas.rect(1060, 420, 34, 480, mix(NAVY, MID, 0.3), 14)
    sleeper = Look(skin=BROWN, hat="cap", hat_colour=SUN, top=LEAF)
    Figure(sleeper, (1330, 900), 84, view="right", lean=-4, head_turn=18, hands=(None, "rest")).draw(canvas)
