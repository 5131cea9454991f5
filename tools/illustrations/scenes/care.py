"""Health, children and kitchens."""

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
from ..props import NIGHT, air, plant, steam, stool, window
from ..registry import scene


@scene("trucdem")
def night_nurse(canvas: Canvas, random: Random) -> None:
    """A nurse writes at her desk at night in the light of one lamp."""
    air(canvas, NIGHT)
    window(canvas, 1010, 90, 420, 400, glass=mix(NIGHT, INK, 0.5), frame=mix(MID, NIGHT, 0.55))
    canvas.circle(1320, 210, 56, CREAM)
    canvas.circle(1296, 196, 52, mix(NIGHT, INK, 0.5))
    for x, y in ((1080, 170), (1140, 260), (1100, 360), (1290, 370), (1370, 320)):
        canvas.circle(x, y, 4, SKY)
    canvas.circle(690, 470, 400, mix(NIGHT, BLUE, 0.34))
    canvas.poly([(890, 330), (960, 330), (1240, 730), (360, 730)], mix(CREAM, BLUE, 0.58))
    for row in range(3):
        for column in range(5):
            colour = (MID, SAND, LEAF, RED, SKY)[(row * 2 + column) % 5]
            canvas.rect(80 + column * 58, 120 + row * 150, 46, 116, mix(colour, NIGHT, 0.5))
        canvas.rect(60, 236 + row * 150, 310, 14, mix(MID, NIGHT, 0.6))
    nurse = Look(skin=FAIR, hair="bun", top=WHITE, collar=SKY, bottom=WHITE, slim=True)
    person = Figure(nurse, (520, 800), 78, view="right", lean=15, head_turn=12, hands=((812, 720), (770, 716)))
    person.draw_body(canvas)
    canvas.rect(0, 720, 1600, 180, mix(WOOD, NIGHT, 0.3))
    canvas.rect(0, 720, 1600, 24, mix(CREAM, WOOD, 0.45))
    canvas.ellipse(800, 730, 420, 12, CREAM)
    canvas.poly([(700, 716), (980, 716), (1010, 742), (690, 742)], WHITE)
    canvas.poly([(850, 716), (980, 716), (1010, 742), (856, 742)], MIST)
    person.draw_arms(canvas)
    canvas.line([(812, 712), (850, 640)], RED, 9)
    canvas.stroke("M1120 724L1120 520Q1110 330 960 300", CREAM, 14)
    canvas.path("M860 340Q870 240 950 250Q1010 268 992 340Z", SUN)
    canvas.path("M930 248Q1010 250 992 340L940 340Q970 290 930 248Z", shade(SUN))
    canvas.ellipse(1120, 726, 80, 16, INK)
    canvas.rect(1260, 630, 92, 94, RED, 10)
    canvas.rect(1320, 630, 32, 94, shade(RED), 10)
    canvas.stroke("M1352 650q40 4 34 34t-34 26", RED, 12)
    steam(canvas, 1306, 612, 70, mix(SKY, NIGHT, 0.4))
    canvas.rect(130, 640, 230, 20, SKY)
    canvas.rect(110, 660, 260, 28, RED)
    canvas.rect(126, 688, 236, 34, MID)


@scene("mamnon")
def kindergarten(canvas: Canvas, random: Random) -> None:
    """A kindergarten teacher reads a big book to children on a round mat."""
    haze = "#FDEBC8"
    air(canvas, haze)
    canvas.rect(0, 560, 1600, 340, mix(SAND, CLAY_SOFT, 0.3))
    window(canvas, 130, 90, 420, 340, glass=SKY)
    canvas.rect(1090, 110, 400, 280, LEAF)
    canvas.rect(1074, 94, 432, 16, WOOD)
    canvas.rect(1074, 390, 432, 16, WOOD)
    canvas.circle(1190, 230, 60, SUN)
    canvas.path("M1250 350L1320 230L1390 350Z", RED)
    canvas.rect(1410, 280, 56, 70, SKY)
    for x, c in ((640, RED), (740, SUN), (840, BLUE), (940, LEAF)):
        canvas.stroke(f"M{x} 0L{x} 90", WOOD, 4)
        canvas.ellipse(x, 128, 36, 46, c)
    canvas.ellipse(800, 760, 700, 170, mix(BLUE, haze, 0.45))
    canvas.ellipse(800, 760, 560, 130, mix(SUN, haze, 0.3))
    canvas.ellipse(800, 760, 380, 84, mix(haze, WHITE, 0.5))
    teacher = Look(skin=FAIR, hair="bob", top=RED, collar=WHITE, bottom=NAVY, slim=True, shoes=INK)
    stool(canvas, 800, 590, 740, SUN, 120)
    Figure(teacher, (800, 590), 52, head_turn=4, hands=((690, 500), (910, 500)), feet=((720, 762), (880, 762))).draw(
        canvas
    )
    canvas.path("M660 420Q730 390 800 424L800 556Q730 524 660 552Z", WHITE)
    canvas.path("M940 420Q870 390 800 424L800 556Q870 524 940 552Z", MIST)
    canvas.circle(730, 476, 32, SUN)
    canvas.path("M840 520L880 440L916 516Z", LEAF)
    for hand_x, flip in ((668, False), (932, True)):
        with canvas.group(hand_x, 512, scale=50, turn=-10 if flip else 10, flip=flip):
            canvas.capsule((0, 0), 0.34, (0.42, -0.1), 0.3, FAIR if not flip else shade(FAIR, 0.12))
    kids = (
        (300, 760, 46, "right", Look(skin=TAN, top=BLUE, bottom=NAVY, size=0.62)),
        (1300, 760, 46, "left", Look(skin=FAIR, hair="tail", top=SUN, bottom=RED, size=0.62)),
        (500, 850, 54, "back", Look(skin=FAIR, hair="tail", top=LEAF, bottom=INK, size=0.62)),
        (800, 880, 58, "back", Look(skin=BROWN, top=AMBER, bottom=INK, size=0.62)),
        (1100, 850, 54, "back", Look(skin=TAN, hair="bob", top=MID, bottom=INK, size=0.62)),
    )
    for x, y, scale, view, look in kids:
        if view == "back":
            canvas.ellipse(x, y + scale * 0.5, scale * 2.3, scale * 0.8, look.bottom)
            hands = (
                ((x - scale * 1.9, y + 4), (x + scale * 1.9, y + 4))
                if x != 800
                else ((x - scale * 1.9, y + 4), (x + scale * 2.4, y - scale * 4.6))
            )
            Figure(look, (x, y), scale, view="back", hands=hands, head_turn=(x - 800) * -0.03).draw(canvas)
        else:
            side = 1 if view == "right" else -1
            Figure(
                look,
                (x, y),
                scale,
                view=view,
                lean=4 * side,
                head_turn=-6 * side,
                hands=((x + side * 84, y - 30), (x + side * 78, y - 16)),
                feet=((x + side * 124, y + 56), (x + side * 96, y + 62)),
                knees=(-side, -side),
            ).draw(canvas)


CLAY_SOFT = mix(WOOD, SAND, 0.5)


@scene("khamsk")
def blood_pressure(canvas: Canvas, random: Random) -> None:
    """A doctor takes a worker's blood pressure at a table."""
    haze = "#D6ECEB"
    air(canvas, haze)
    canvas.circle(800, 400, 360, mix(haze, WHITE, 0.55))
    canvas.rect(0, 240, 1600, 22, mix(LEAF, haze, 0.5))
    for x in (90, 1270):
        canvas.rect(x, 60, 240, 420, mix(WHITE, haze, 0.25))
        for row in range(4):
            canvas.rect(x + 30, 110 + row * 84, (150, 110, 170, 90)[row], 18, mix(MID, haze, 0.4))
    worker = Look(skin=TAN, top=BLUE, sleeves="short", bottom=INK)
    doctor = Look(skin=FAIR, hair="bun", top=WHITE, collar=SKY, bottom=WHITE, mask=True, slim=True)
    left = Figure(
        worker, (450, 870), 88, view="right", lean=4, head_turn=6, hands=("rest", (800, 690)), elbows=(None, 1)
    )
    right = Figure(doctor, (1220, 870), 86, view="left", lean=-12, head_turn=-6, hands=((930, 640), (960, 694)))
    right.draw_body(canvas)
    left.draw_body(canvas)
    canvas.rect(0, 730, 1600, 170, mix(SAGE, PINE, 0.35))
    canvas.rect(0, 730, 1600, 24, WHITE)
    left.draw_arms(canvas)
    with canvas.group(528, 648, turn=58):
        canvas.rect(-70, -50, 130, 100, RED, 22)
        canvas.rect(-70, 8, 130, 42, shade(RED), 20)
        canvas.rect(20, -50, 20, 100, tint(RED, 0.4))
    canvas.stroke("M580 690Q700 810 890 736", INK, 10)
    right.draw_arms(canvas)
    canvas.box(840, 600, 150, 132, NAVY)
    canvas.circle(908, 660, 46, WHITE)
    canvas.line([(908, 660), (932, 630)], RED, 8)
    canvas.circle(908, 660, 8, INK)
    canvas.stroke("M1104 470Q1070 590 1140 620Q1210 600 1190 490", INK, 10)
    canvas.circle(1140, 626, 20, MID)
    canvas.poly([(1180, 716), (1380, 716), (1420, 744), (1170, 744)], CREAM)
    canvas.rect(120, 640, 70, 92, SKY, 10)
    canvas.rect(110, 626, 90, 22, BLUE, 6)


@scene("hienmau")
def blood_donation(canvas: Canvas, random: Random) -> None:
    """A donor lies back in the chair while a nurse watches the bag fill."""
    haze = "#FBE3D3"
    air(canvas, haze)
    canvas.path("M800 20Q1090 330 1090 520A290 290 0 0 1 510 520Q510 330 800 20Z", mix(RED, haze, 0.72))
    canvas.path("M800 120Q1000 360 1000 510A200 200 0 0 1 600 510Q600 360 800 120Z", mix(RED, haze, 0.82))
    canvas.rect(0, 760, 1600, 140, mix(MID, haze, 0.5))
    canvas.line([(970, 200), (970, 850)], mix(NAVY, haze, 0.3), 12)
    canvas.line([(910, 206), (1030, 206)], mix(NAVY, haze, 0.3), 12)
    canvas.line([(900, 856), (1040, 856)], mix(NAVY, haze, 0.3), 14)
    canvas.rect(924, 230, 92, 130, WHITE, 16)
    canvas.path("M924 286L1016 286L1016 344Q1016 360 1000 360L940 360Q924 360 924 344Z", RED)
    canvas.stroke("M970 360Q970 490 800 490T610 560", RED, 8)
    donor = Look(skin=TAN, top=BLUE, sleeves="short", bottom=INK, shoes=WHITE)
    nurse = Look(skin=FAIR, hair="bun", top=WHITE, collar=SKY, mask=True, bottom=WHITE, shoes=WHITE, slim=True)
    Figure(
        nurse,
        (1146, 540),
        55,
        view="left",
        lean=-5,
        head_turn=4,
        hands=((1012, 320), (1022, 390)),
        feet=((1114, 886), (1180, 892)),
    ).draw(canvas)
    canvas.path("M250 320Q280 270 330 290L520 650L900 660Q960 670 950 720L440 740Q400 736 380 700Z", NAVY)
    canvas.path("M500 690L950 700L950 720L440 740Q400 736 380 700Z", shade(NAVY))
    canvas.box(560, 730, 50, 140, MID)
    canvas.rect(440, 850, 320, 26, INK, 10)
    Figure(
        donor,
        (540, 640),
        58,
        view="right",
        lean=-30,
        head_turn=14,
        hands=(None, (652, 592)),
        elbows=(None, 1),
        feet=((905, 672), (890, 692)),
        knees=(-1, -1),
    ).draw(canvas)
    canvas.rect(520, 616, 230, 26, MID, 12)
    canvas.circle(688, 592, 28, RED)
    Figure(donor, (540, 640), 58, view="right", lean=-30, hands=(None, (652, 592)), elbows=(None, 1)).draw_arms(canvas)
    with canvas.group(604, 566, turn=30):
        canvas.rect(-9, -27, 18, 54, WHITE)
    plant(canvas, 180, 870, 260, LEAF, WHITE)


@scene("bepan")
def canteen(canvas: Canvas, random: Random) -> None:
    """A canteen cook stirs a great pot; ladles hang in a row."""
    haze = "#FBE7C6"
    air(canvas, haze)
    for x in range(0, 1600, 100):
        for y in range(0, 560, 100):
            canvas.rect(x + 4, y + 4, 92, 92, mix(haze, WHITE, 0.35))
    canvas.rect(180, 96, 1240, 16, NAVY)
    for index in range(7):
        x = 240 + index * 190
        canvas.line([(x, 104), (x, 220 + 20 * (index % 2))], mix(NAVY, haze, 0.3), 10)
        canvas.ellipse(x, 240 + 20 * (index % 2), 40, 30, mix(NAVY, haze, 0.3))
    canvas.path("M960 0L1360 0L1460 200L860 200Z", mix(MID, haze, 0.4))
    canvas.path("M1250 0L1360 0L1460 200L1320 200Z", mix(MID, haze, 0.25))
    cook = Look(
        skin=FAIR, hair="short", hat="bonnet", hat_colour=WHITE, top=BLUE, sleeves="short", apron=WHITE, bottom=INK
    )
    person = Figure(cook, (640, 850), 84, view="right", lean=13, head_turn=2, hands=((990, 440), (950, 520)))
    helper = Look(
        skin=BROWN,
        hair="short",
        hat="bonnet",
        hat_colour=WHITE,
        top=LEAF,
        sleeves="short",
        apron=CREAM,
        bottom=INK,
        slim=True,
    )
    Figure(helper, (210, 720), 58, view="front", head_turn=8, hands=((150, 640), (290, 640))).draw(canvas)
    canvas.poly([(90, 620), (350, 620), (330, 700), (110, 700)], MID)
    for index in range(6):
        canvas.circle(124 + index * 38, 614 - 10 * (index % 2), 30, (LEAF, SAGE)[index % 2])
    person.draw_body(canvas)
    steam(canvas, 1150, 400, 240, WHITE)
    canvas.line([(968, 420), (1120, 640)], WOOD, 20)
    person.draw_arms(canvas)
    canvas.ellipse(1150, 560, 290, 60, shade(MID, 0.35))
    canvas.ellipse(1150, 572, 260, 46, AMBER)
    for x, y, c in ((1010, 570, RED), (1100, 590, LEAF), (1200, 560, CREAM), (1290, 580, RED), (1160, 600, LEAF)):
        canvas.ellipse(x, y, 34, 12, c)
    canvas.line([(1030, 506), (1092, 580)], WOOD, 20)
    canvas.path("M860 560Q1150 680 1440 560L1420 830L880 830Z", MID)
    canvas.path("M1290 610Q1380 590 1440 560L1420 830L1280 830Z", shade(MID))
    canvas.path("M880 610Q900 620 930 626L940 830L900 830Z", SKY)
    for x in (846, 1454):
        canvas.stroke(f"M{x} 630q{-34 if x < 1000 else 34} 30 0 70", INK, 18)
    canvas.rect(0, 820, 1600, 80, mix(INK, NAVY, 0.5))
    canvas.rect(0, 820, 1600, 18, SKY)
    for x in range(960, 1360, 50):
        canvas.path(f"M{x} 838q-14 -20 0 -34q16 14 0 34Z", SUN)
    for index in range(4):
        canvas.ellipse(120 + index * 4, 812 - index * 18, 120, 16, (WHITE, MIST)[index % 2])


@scene("phongtro")
def rented_room(canvas: Canvas, random: Random) -> None:
    """Evening in a rented room: mother and child read on a mat beside a fan."""
    haze = mix(AMBER, CREAM, 0.68)
    air(canvas, haze)
    canvas.circle(760, 330, 430, mix(SUN, haze, 0.55))
    window(canvas, 1080, 90, 330, 330, glass=NIGHT, frame=WOOD)
    canvas.circle(1310, 190, 36, CREAM)
    canvas.line([(760, 0), (760, 90)], INK, 6)
    canvas.path("M680 150Q690 84 760 84Q830 84 840 150Z", LEAF)
    canvas.path("M780 86Q830 90 840 150L800 150Q810 110 780 86Z", shade(LEAF))
    canvas.circle(760, 154, 26, WHITE)
    canvas.rect(0, 640, 1600, 260, mix(WOOD, haze, 0.45))
    canvas.rect(60, 190, 330, 14, WOOD)
    canvas.line([(120, 204), (120, 236)], INK, 5)
    for x, c in ((110, BLUE), (200, RED), (290, MID)):
        canvas.path(
            f"M{x - 40} 236L{x + 40} 236L{x + 66} 300L{x + 36} 310L{x + 36} 430L{x - 36} 430L{x - 36} 310L{x - 66} 300Z",
            mix(c, haze, 0.25),
        )
        canvas.line([(x, 200), (x, 236)], INK, 5)
    canvas.poly([(280, 760), (1180, 760), (1320, 880), (140, 880)], SAGE)
    for index in range(7):
        x = 280 + index * 150
        canvas.line([(x, 760), (x * 1.31 - 226, 880)], LEAF, 6)
    mother = Look(skin=FAIR, hair="tail", top=RED, sleeves="short", bottom=NAVY, slim=True, shoes=FAIR)
    child = Look(skin=FAIR, hair="short", top=SUN, sleeves="short", bottom=BLUE, size=0.62, shoes=FAIR)
    Figure(
        mother,
        (570, 776),
        66,
        view="right",
        lean=13,
        head_turn=12,
        hands=((846, 744), (790, 772)),
        feet=((600, 872), (566, 876)),
        knees=(-1, -1),
    ).draw(canvas)
    Figure(
        child,
        (1060, 796),
        58,
        view="left",
        lean=-14,
        head_turn=-10,
        hands=((946, 752), (968, 778)),
        feet=((1050, 868), (1064, 872)),
        knees=(1, 1),
    ).draw(canvas)
    canvas.path("M812 760L890 770L890 850L790 836Z", WHITE)
    canvas.path("M890 770L966 756L990 832L890 850Z", MIST)
    canvas.circle(848, 804, 20, SUN)
    canvas.path("M910 826L936 776L964 818Z", LEAF)
    canvas.line([(1390, 560), (1390, 850)], NAVY, 16)
    canvas.ellipse(1390, 858, 100, 20, INK)
    canvas.circle(1390, 480, 130, mix(SKY, haze, 0.25))
    for turn in (20, 140, 260):
        with canvas.group(1390, 480, turn=turn):
            canvas.path("M0 0Q-60 -40 -34 -106Q40 -116 46 -60Z", BLUE)
    canvas.stroke("M1260 480a130 130 0 1 1 260 0a130 130 0 1 1 -260 0", NAVY, 11)
    canvas.circle(1390, 480, 26, NAVY)
    for y in (420, 480, 540):
        canvas.stroke(f"M1230 {y}q-30 -16 -60 0t-60 0", WHITE, 7)
    canvas.box(60, 640, 150, 200, WOOD)
    plant(canvas, 134, 642, 150, LEAF, WHITE)
