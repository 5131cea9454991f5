"""Meetings, votes, advice, gifts and feasts of the union."""

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
    GREY_HAIR,
    HAIR,
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
from ..props import air, blossom_branch, bunting, emblem, open_hand, paper
from ..registry import scene


@scene("doithoai")
def dialogue(canvas: Canvas, random: Random) -> None:
    """Workers and managers around a table, seen from above."""
    air(canvas, mix(MID, WHITE, 0.45))
    canvas.circle(800, 450, 620, mix(MID, WHITE, 0.6))
    people = []
    for index in range(4):
        people.append((330 + index * 313, 112, 0, index))
        people.append((330 + index * 313, 788, 180, index + 4))
    for x, y, turn, _ in people:
        with canvas.group(x, y - (26 if turn == 0 else -26), turn=turn):
            canvas.rect(-92, -96, 184, 150, NAVY, 50)
            canvas.rect(-92, -96, 184, 46, shade(NAVY, 0.3), 40)
    canvas.rect(166, 236, 1300, 456, shade(mix(MID, WHITE, 0.3), 0.2), 216)
    canvas.rect(150, 216, 1300, 456, CLAY, 216)
    canvas.rect(190, 256, 1220, 376, tint(CLAY, 0.22), 176)
    tops = (WHITE, NAVY, WHITE, SAND, BLUE, BLUE, BLUE, BLUE)
    skins = (FAIR, TAN, FAIR, TAN, TAN, FAIR, BROWN, FAIR)
    for x, y, turn, index in people:
        with canvas.group(x, y, turn=turn, scale=58):
            _from_above(canvas, tops[index], skins[index], index, hat={4: SUN, 6: WHITE}.get(index, ""))
    for x, y, turn in (
        (330, 330, 4),
        (643, 330, -5),
        (956, 330, 6),
        (1269, 330, -4),
        (330, 562, 184),
        (643, 562, 176),
        (956, 562, 183),
        (1269, 562, 178),
    ):
        paper(canvas, x, y, 120, turn=turn, lines=4, accent=RED if x in (643, 956) else BLUE)
    for x, y in ((480, 380), (1120, 512), (800, 330), (800, 566)):
        canvas.circle(x + 5, y + 6, 34, shade(CLAY))
        canvas.circle(x, y, 32, WHITE)
        canvas.circle(x, y, 22, BROWN if x != 800 else SAGE)
    canvas.circle(806, 454, 66, shade(CLAY))
    for petal in range(10):
        canvas.ellipse(*polar((800, 446), 40, petal * 36), 32, 17, LEAF if petal % 2 else PINE, petal * 36)
    for petal in range(6):
        canvas.circle(*polar((800, 446), 22, petal * 60), 15, SUN)
    canvas.circle(800, 446, 12, AMBER)


def _from_above(canvas: Canvas, top: str, skin: str, index: int, hat: str) -> None:
    """Draw a person seen from above who faces down the sheet, arms on the table."""
    reach = (2.7, 3.0, 2.5, 2.8)[index % 4]
    for side in (-1, 1):
        hand = (side * (0.7 + 0.5 * ((index + side) % 3)), reach)
        elbow = (side * 2.1, 1.5)
        canvas.circle(hand[0], hand[1] + 0.2, 0.42, skin)
        canvas.limb(elbow, 0.52, hand, 0.42, top)
        canvas.limb((side * 1.6, 0.1), 0.66, elbow, 0.54, top)
    canvas.ellipse(0, 0, 2.2, 1.04, top)
    canvas.path("M.6 -1Q2.2 -.9 2.2 0Q2.2 .9 .6 1Q1.2 0 .6 -1Z", shade(top))
    canvas.ellipse(0, 0.62, 0.66, 0.62, skin)
    if hat:
        canvas.ellipse(0, 0.42, 1.04, 1.1, shade(hat, 0.2))
        canvas.circle(0, 0.24, 0.94, hat)
        canvas.rect(-0.16, -0.7, 0.32, 1.84, tint(hat, 0.3), 0.1)
    else:
        canvas.circle(0, 0.22, 0.9, HAIR)
        canvas.path("M0 -.68A.9 .9 0 0 1 0 1.12Q.62 .22 0 -.68Z", tint(HAIR, 0.1))
        if index % 2:
            canvas.circle(0, -0.62, 0.42, HAIR)


@scene("bophieu")
def ballot(canvas: Canvas, random: Random) -> None:
    """A hand lets a ballot fall into the box; voters wait behind."""
    haze = "#CBDDF0"
    air(canvas, haze)
    canvas.circle(800, 360, 400, mix(haze, WHITE, 0.5))
    for index, (x, skin, top, hair) in enumerate(
        (
            (120, FAIR, BLUE, "tail"),
            (330, TAN, NAVY, "short"),
            (1270, BROWN, LEAF, "short"),
            (1480, FAIR, RED, "bob"),
        )
    ):
        look = Look(
            skin=mix(skin, haze, 0.45),
            top=mix(top, haze, 0.5),
            hair=hair,
            slim=index % 3 == 0,
            hair_colour=mix(HAIR, haze, 0.45),
        )
        Figure(look, (x, 770), 64, view="right" if x < 800 else "left", hands=(None, "rest")).draw(canvas)
    canvas.rect(0, 760, 1600, 140, RED)
    canvas.rect(0, 760, 1600, 20, tint(RED, 0.2))
    for x in range(-40, 1640, 160):
        canvas.path(f"M{x} 780q80 90 160 0Z", shade(RED))
    canvas.poly([(480, 430), (1120, 430), (1180, 500), (420, 500)], mix(NAVY, BLUE, 0.55))
    canvas.poly([(620, 452), (980, 452), (994, 474), (606, 474)], INK)
    canvas.path("M630 462L660 190L960 210L966 462Z", WHITE)
    canvas.path("M860 203L960 210L966 462L850 462Z", MIST)
    for row, length in enumerate((190, 150, 190)):
        canvas.rect(700, 260 + row * 62, 34, 34, SKY)
        canvas.rect(752, 270 + row * 62, length - 30, 14, SKY)
    canvas.stroke("M704 276l12 14l26 -34", RED, 10)
    canvas.rect(420, 500, 760, 270, BLUE)
    canvas.rect(940, 500, 240, 270, shade(BLUE))
    canvas.rect(420, 500, 760, 30, SUN)
    canvas.rect(940, 500, 240, 30, shade(SUN))
    emblem(canvas, 800, 650, 84, SUN, BLUE)
    open_hand(canvas, 1010, 178, 62, TAN, turn=-16, flip=True, sleeve=NAVY, cuff=WHITE, grip=True)


@scene("duongday")
def hotline(canvas: Canvas, random: Random) -> None:
    """A legal adviser with a headset answers a call."""
    air(canvas, NAVY)
    canvas.circle(690, 430, 400, BLUE)
    canvas.circle(690, 430, 300, mix(BLUE, MID, 0.5))
    for radius in (130, 220, 310):
        canvas.stroke(
            f"M{1170 + radius * 0.5:.0f} {400 - radius * 0.72:.0f}"
            f"A{radius * 0.88:.0f} {radius * 0.88:.0f} 0 0 1 {1170 + radius * 0.5:.0f} {400 + radius * 0.72:.0f}",
            SUN,
            22,
        )
    with canvas.group(1150, 400, turn=-18):
        canvas.path(
            "M-40 -120Q-86 -110 -80 -40Q-66 90 40 140Q80 150 96 120L60 70Q40 76 20 62Q-20 20 -22 -30Q-18 -52 -2 -60L-8 -112Z",
            WHITE,
        )
    adviser = Look(skin=FAIR, hair="tail", hat="headset", hat_colour=INK, top=CREAM, collar=WHITE, slim=True)
    person = Figure(adviser, (610, 880), 98, view="right", lean=3, head_turn=-2, hands=((880, 690), (930, 716)))
    person.draw_body(canvas)
    canvas.rect(0, 760, 1600, 140, WOOD)
    canvas.rect(0, 760, 1600, 24, tint(WOOD, 0.25))
    canvas.path("M1010 560L1260 560L1320 764L1060 764Z", MIST)
    canvas.path("M1180 560L1260 560L1320 764L1230 764Z", shade(MIST))
    canvas.circle(1160, 660, 24, MID)
    canvas.rect(820, 750, 520, 16, SKY, 8)
    person.draw_arms(canvas)
    for index, (width, colour) in enumerate(((260, RED), (230, SAND), (250, LEAF))):
        canvas.rect(90 + 12 * (index % 2), 722 - index * 40, width, 38, colour)
        canvas.rect(90 + 12 * (index % 2), 730 - index * 40, 40, 22, tint(colour, 0.5))
    canvas.rect(1410, 660, 90, 104, WHITE, 10)
    canvas.stroke("M1500 684q38 2 34 30t-34 26", WHITE, 12)


@scene("quatet")
def tet_gift(canvas: Canvas, random: Random) -> None:
    """A union officer hands a worker a gift for the lunar new year."""
    haze = "#FFE3B0"
    air(canvas, haze)
    canvas.circle(800, 420, 380, mix(SUN, haze, 0.25))
    for index, x in enumerate((150, 360, 1240, 1450)):
        drop = (150, 90, 90, 150)[index]
        canvas.line([(x, 0), (x, drop)], BRICK, 6)
        canvas.rect(x - 20, drop - 6, 40, 16, SUN)
        canvas.ellipse(x, drop + 70, 74, 66, RED)
        canvas.path(
            f"M{x + 16} {drop + 5}Q{x + 74} {drop + 20} {x + 74} {drop + 70}Q{x + 74} {drop + 124} {x + 16} {drop + 135}Q{x + 46} {drop + 70} {x + 16} {drop + 5}Z",
            shade(RED),
        )
        canvas.rect(x - 20, drop + 130, 40, 16, SUN)
        canvas.line([(x, drop + 146), (x, drop + 200)], SUN, 8)
    blossom_branch(canvas, random, (520, -20), (1090, 190), 0, mix(RED, WHITE, 0.45), 8)
    blossom_branch(canvas, random, (1110, -20), (640, 160), 30, mix(RED, WHITE, 0.45), 6)
    officer = Look(skin=TAN, hair="short", top=NAVY, collar=WHITE, bottom=INK)
    worker = Look(skin=FAIR, hair="tail", top=BLUE, collar=SUN, bottom=INK, slim=True)
    giver = Figure(officer, (440, 920), 88, view="right", lean=7, head_turn=2, hands=((700, 700), (690, 760)))
    taker = Figure(worker, (1160, 920), 86, view="left", lean=-9, head_turn=-2, hands=((910, 690), (926, 760)))
    for person in (giver, taker):
        person.draw_body(canvas)
    canvas.rect(640, 520, 320, 270, RED)
    canvas.rect(860, 520, 100, 270, shade(RED))
    canvas.rect(620, 500, 360, 64, tint(RED, 0.12))
    canvas.rect(860, 500, 120, 64, shade(RED))
    canvas.rect(772, 500, 56, 290, SUN)
    canvas.path("M800 502Q700 400 660 450Q650 500 800 502Z", SUN)
    canvas.path("M800 502Q900 400 940 450Q950 500 800 502Z", shade(SUN))
    canvas.circle(800, 498, 26, AMBER)
    for person in (giver, taker):
        person.draw_arms(canvas)


@scene("hopca")
def choir(canvas: Canvas, random: Random) -> None:
    """A workers' choir in long dresses sings on stage, rows growing toward the front."""
    air(canvas, BRICK)
    for left in range(0, 1600, 80):
        canvas.rect(left, 0, 40, 640, shade(BRICK, 0.22))
    canvas.circle(800, 330, 340, mix(SUN, BRICK, 0.62))
    emblem(canvas, 800, 78, 52, SUN, mix(SUN, BRICK, 0.62))
    canvas.rect(0, 640, 1600, 260, mix(WOOD, INK, 0.2))
    for row, (y, scale, step, count) in enumerate(((350, 29, 128, 7), (470, 34, 150, 6))):
        haze = 0.3 - 0.14 * row
        canvas.rect(800 - step * count * 0.55, y, step * count * 1.1, 250, mix(WOOD, BRICK, 0.3 - 0.2 * row))
        for index in range(count):
            x = 800 + (index - (count - 1) / 2) * step
            look = Look(
                skin=mix((FAIR, TAN, BROWN)[(index + row) % 3], BRICK, haze),
                hair="short",
                top=mix(WHITE if row else MID, BRICK, haze),
                tie=mix(NAVY, BRICK, haze),
                bottom=NAVY,
            )
            Figure(
                look,
                (x, y),
                scale,
                head_turn=(-4, 4)[index % 2],
                hands=((x - scale * 0.5, y - scale * 2), (x + scale * 0.5, y - scale * 2)),
            ).draw(canvas)
            canvas.rect(x - scale, y - scale * 3.1, scale * 2, scale * 1.5, mix(RED, BRICK, haze))
    for index in range(5):
        x = 800.0 + (index - 2) * 190
        colour = (SUN, SKY, SUN, SKY, SUN)[index]
        look = Look(
            skin=(FAIR, TAN, FAIR, BROWN, FAIR)[index], hair="long", top=colour, bottom=WHITE, slim=True, shoes=INK
        )
        singer = Figure(
            look,
            (x, 640),
            38,
            head_turn=(-5, 4, 0, -4, 5)[index],
            hands=((x - 22, 570), (x + 22, 570)),
            feet=((x - 26, 884), (x + 28, 884)),
        )
        singer.draw_body(canvas)
        canvas.path(f"M{x - 54} 620L{x + 54} 620L{x + 82} 846L{x - 82} 846Z", colour)
        canvas.path(f"M{x + 20} 620L{x + 54} 620L{x + 82} 846L{x + 34} 846Z", shade(colour))
        singer.draw_arms(canvas)
        canvas.path(f"M{x - 50} 520L{x} 534L{x} 600L{x - 50} 584Z", RED)
        canvas.path(f"M{x + 50} 520L{x} 534L{x} 600L{x + 50} 584Z", shade(RED))
    canvas.path("M0 0L250 0Q230 480 60 660L0 660Z", RED)
    canvas.path("M150 0L250 0Q230 480 60 660L40 660Q160 400 150 0Z", shade(RED))
    canvas.path("M1600 0L1350 0Q1370 480 1540 660L1600 660Z", shade(RED))
    canvas.path("M1460 0L1350 0Q1370 480 1540 660L1556 660Q1440 400 1460 0Z", RED)


@scene("chiatay")
def farewell(canvas: Canvas, random: Random) -> None:
    """A retiring worker receives flowers from young colleagues."""
    haze = "#D3E7DA"
    air(canvas, haze)
    canvas.circle(800, 400, 390, mix(haze, WHITE, 0.5))
    for x in (90, 430, 1010, 1350):
        canvas.rect(x, 150, 190, 330, mix(SKY, haze, 0.35))
        canvas.rect(x + 90, 150, 10, 330, haze)
        canvas.rect(x, 300, 190, 10, haze)
    bunting(canvas, 30, 60, (RED, SUN, BLUE, WHITE))
    canvas.rect(0, 700, 1600, 200, mix(SAGE, haze, 0.2))
    for x, skin, top, hair in ((150, FAIR, MID, "bob"), (1460, TAN, MID, "short")):
        look = Look(
            skin=mix(skin, haze, 0.3),
            top=mix(top, haze, 0.3),
            hair=hair,
            bottom=mix(INK, haze, 0.3),
            slim=hair == "bob",
            hair_colour=mix(HAIR, haze, 0.3),
        )
        side = 1 if x < 800 else -1
        Figure(
            look,
            (x, 650),
            60,
            view="right" if side > 0 else "left",
            hands=((x + side * 130, 480), (x + side * 136, 500)),
            feet=((x + side * 30, 1030), (x - side * 30, 1030)),
        ).draw(canvas)
    retiring = Look(skin=TAN, hair="short", hair_colour=GREY_HAIR, top=BLUE, collar=WHITE, bottom=NAVY)
    young = Look(skin=FAIR, hair="tail", top=WHITE, collar=BLUE, bottom=INK, slim=True)
    left = Figure(young, (500, 900), 82, view="right", lean=8, head_turn=-2, hands=((760, 640), (740, 690)))
    right = Figure(retiring, (1130, 910), 84, view="left", lean=-8, head_turn=-6, hands=((870, 640), (880, 700)))
    left.draw_body(canvas)
    right.draw_body(canvas)
    canvas.path("M800 760L690 520L930 520Z", SAND)
    canvas.path("M800 760L850 520L930 520Z", shade(SAND))
    for index, (x, y, r, c) in enumerate(
        (
            (690, 470, 46, RED),
            (770, 420, 54, SUN),
            (860, 424, 52, RED),
            (930, 476, 46, SUN),
            (740, 506, 44, WHITE),
            (880, 510, 44, WHITE),
            (810, 490, 56, RED),
        )
    ):
        for leaf in range(2):
            canvas.ellipse(x + 40 * (leaf * 2 - 1), y - 14, 40, 16, LEAF, -40 + 80 * leaf + index * 9)
        canvas.ball(x, y, r, c)
        canvas.circle(x - 4, y, r * 0.42, shade(c, 0.16))
        canvas.circle(x - 4, y, r * 0.2, tint(c, 0.3))
    canvas.path("M770 690L830 690L846 760L754 760Z", SUN)
    left.draw_arms(canvas)
    right.draw_arms(canvas)
