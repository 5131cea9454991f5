"""Work on and beside the water."""

from random import Random

from ..canvas import Canvas
from ..figures import Figure, Look
from ..palette import (
    AMBER,
    BLUE,
    BRICK,
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
from ..props import air, cloud, crate, glints, hills, sun_path
from ..registry import scene


@scene("cangca")
def fishing_port(canvas: Canvas, random: Random) -> None:
    """Dawn at the fishing port: a woman and a man land crates of fish."""
    haze = "#F7CFA0"
    air(canvas, haze)
    canvas.rect(0, 0, 1600, 170, mix(haze, AMBER, 0.18))
    canvas.circle(860, 400, 230, mix(SUN, haze, 0.1))
    hills(canvas, [420, 380, 330, 400, 350, 300, 380, 420], 480, mix(BLUE, haze, 0.66))
    canvas.rect(0, 470, 1600, 430, mix(BLUE, haze, 0.35))
    sun_path(canvas, 860, 486, 660, mix(SUN, haze, 0.25))
    for x, y, s, hull in ((300, 520, 0.5, RED), (1180, 540, 0.62, BLUE), (620, 506, 0.36, LEAF)):
        _boat(canvas, x, y, s, mix(hull, haze, 0.4), haze)
    _boat(canvas, 1230, 700, 1.4, NAVY, haze, share=0)
    canvas.poly([(0, 700), (760, 690), (1600, 790), (1600, 900), (0, 900)], mix(SAND, BROWN, 0.35))
    canvas.poly([(0, 716), (760, 706), (1600, 806), (1600, 900), (0, 900)], mix(SAND, BROWN, 0.15))
    carrier = Look(skin=TAN, hair="short", hat="cap", hat_colour=NAVY, top=RED, sleeves="short", bottom=INK, shoes=PINE)
    packer = Look(
        skin=FAIR,
        hair="tail",
        hat="leaf",
        hat_colour=CREAM,
        top=BLUE,
        apron=SUN,
        bottom=INK,
        shoes=PINE,
        slim=True,
        gloves=AMBER,
    )
    man = Figure(
        carrier,
        (990, 592),
        47,
        view="left",
        lean=-13,
        head_turn=4,
        hands=((820, 586), (842, 616)),
        feet=((914, 870), (1092, 876)),
    )
    man.draw_body(canvas)
    woman = Figure(
        packer,
        (450, 600),
        46,
        view="right",
        lean=22,
        head_turn=2,
        hands=((640, 596), (624, 616)),
        feet=((390, 872), (540, 870)),
    )
    woman.draw_body(canvas)
    _fish_crate(canvas, 616, 556, random, width=230)
    woman.draw_arms(canvas)
    man.draw_arms(canvas)
    for x, y in ((90, 640), (60, 760), (250, 760)):
        _fish_crate(canvas, x, y, random)


def _boat(canvas: Canvas, x: float, y: float, s: float, hull: str, haze: str, share: float = 0.4) -> None:
    """Draw a wooden fishing boat with a cabin; x, y is the middle of its water line."""
    with canvas.group(x, y, scale=s):
        canvas.rect(-6, -250, 10, 170, mix(WOOD, haze, share))
        canvas.line([(0, -240), (-170, -74)], mix(WOOD, haze, share), 4)
        canvas.line([(0, -240), (190, -90)], mix(WOOD, haze, share), 4)
        canvas.path("M2 -246L74 -226L2 -204Z", mix(RED, haze, share))
        canvas.box(20, -140, 120, 80, mix(CREAM, haze, share * 0.5))
        canvas.rect(6, -156, 148, 20, mix(SUN, haze, share))
        for left in (36, 84):
            canvas.rect(left, -122, 30, 32, mix(NAVY, haze, share))
        canvas.path("M-220 -84Q-150 -60 0 -60L170 -64Q210 -74 250 -100Q230 -20 180 20L-140 20Q-190 -20 -220 -84Z", hull)
        canvas.path("M120 -62L170 -64Q210 -74 250 -100Q230 -20 180 20L90 20Q130 -20 120 -62Z", shade(hull))
        canvas.path("M-205 -52Q-150 -34 0 -34L220 -44L206 -22L0 -16Q-130 -16 -190 -30Z", mix(WHITE, haze, share))


def _fish_crate(canvas: Canvas, x: float, y: float, random: Random, width: float = 180) -> None:
    """Draw a crate with the tails and heads of fish above its edge."""
    for index in range(5):
        left = x + 22 + index * (width - 44) / 4
        tall = 18 + random.random() * 16
        canvas.ellipse(left, y - 2, 20, tall, mix(MID, WHITE, 0.15 * (index % 3)), 12 - 6 * (index % 4))
    canvas.ellipse(x + width * 0.5, y, 30, 12, WHITE, -8)
    crate(canvas, x, y, width, 96, MID)


@scene("checa")
def seafood_line(canvas: Canvas, random: Random) -> None:
    """A seafood processing line: women in white sort shrimps on a steel table."""
    haze = "#D5ECEA"
    air(canvas, haze)
    for x in range(-40, 1600, 210):
        canvas.rect(x, 0, 196, 300, mix(haze, WHITE, 0.45))
    canvas.rect(0, 300, 1600, 40, mix(PINE, haze, 0.55))
    for x in (220, 800, 1380):
        canvas.rect(x - 150, 60, 300, 26, WHITE, 13)
        canvas.poly([(x - 140, 86), (x + 140, 86), (x + 280, 560), (x - 280, 560)], mix(haze, WHITE, 0.3))
    worker = Look(
        skin=FAIR,
        hair="short",
        hat="bonnet",
        mask=True,
        top=WHITE,
        gloves=BLUE,
        apron=mix(MID, WHITE, 0.4),
        bottom=WHITE,
        slim=True,
    )
    for index, x in enumerate((90, 565, 1035, 1510, 1700)):
        far = worker.but(
            skin=mix((FAIR, TAN)[index % 2], haze, 0.4),
            top=mix(WHITE, haze, 0.4),
            apron=mix(MID, haze, 0.5),
            gloves=mix(BLUE, haze, 0.4),
        )
        Figure(far, (x, 560), 36, head_turn=(-6, 7, -4, 5, 0)[index], hands=((x - 36, 548), (x + 44, 556))).draw(canvas)
    canvas.rect(0, 560, 1600, 90, mix(MIST, haze, 0.2))
    canvas.rect(0, 636, 1600, 18, mix(MID, haze, 0.4))
    people = [
        Figure(worker.but(skin=skin), (x, 740), 72, head_turn=turn, lean=turn * 0.4, hands=hands)
        for x, skin, turn, hands in (
            (330, TAN, 9, ((300, 716), (450, 734))),
            (800, FAIR, -8, ((690, 734), (838, 712))),
            (1270, BROWN, 7, ((1190, 730), (1366, 724))),
        )
    ]
    for person in people:
        person.draw_body(canvas)
    canvas.poly([(0, 690), (1600, 690), (1600, 900), (0, 900)], mix(SKY, WHITE, 0.25))
    canvas.rect(0, 846, 1600, 54, mix(MID, SKY, 0.4))
    canvas.rect(0, 690, 1600, 8, WHITE)
    for x in (60, 560, 1040, 1500):
        canvas.rect(x, 740, 360, 86, mix(BLUE, SKY, 0.2), 12)
        canvas.rect(x, 730, 360, 76, mix(BLUE, SKY, 0.55), 12)
        for row in range(2):
            for column in range(6):
                _shrimp(canvas, x + 44 + column * 55 + 14 * row, 752 + row * 34, random.choice((-14, 0, 12, 26)), 1.0)
    for person in people:
        person.draw_arms(canvas)
    for x, y in ((330, 736), (700, 752), (1220, 752)):
        _shrimp(canvas, x, y, 10, 1.3)


def _shrimp(canvas: Canvas, x: float, y: float, turn: float, size: float) -> None:
    with canvas.group(x, y, turn=turn, scale=size):
        canvas.stroke("M-16 6Q-10 -16 12 -6", AMBER, 13)
        canvas.stroke("M-8 -4L-4 4M2 -8L2 0", tint(AMBER, 0.5), 2.5)
        canvas.path("M-14 2L-30 4L-24 16Z", RED)


@scene("lulut")
def flood_relief(canvas: Canvas, random: Random) -> None:
    """A relief boat brings parcels along a flooded street."""
    haze = "#CFE0EC"
    air(canvas, haze)
    for x, y, s in ((60, 130, 300), (640, 90, 380), (1240, 150, 330)):
        cloud(canvas, x, y, s, mix(WHITE, haze, 0.4))
    hills(canvas, [360, 300, 350, 260, 320, 380, 330, 360], 520, mix(LEAF, haze, 0.72))
    for x, top, roof in ((60, 300, RED), (430, 340, BRICK), (1080, 320, RED), (1400, 280, BRICK)):
        wall = mix(SAND, haze, 0.3)
        canvas.rect(x, top, 250, 260, wall)
        canvas.rect(x + 180, top, 70, 260, shade(wall))
        canvas.path(f"M{x - 36} {top + 6}L{x + 125} {top - 110}L{x + 286} {top + 6}Z", mix(roof, haze, 0.3))
        canvas.path(f"M{x + 125} {top - 110}L{x + 286} {top + 6}L{x + 190} {top + 6}Z", shade(mix(roof, haze, 0.3)))
        canvas.rect(x + 40, top + 60, 70, 80, mix(NAVY, haze, 0.4))
    canvas.rect(0, 500, 1600, 400, mix(MID, haze, 0.5))
    water = mix(mix(MID, SAND, 0.2), BLUE, 0.12)
    canvas.path("M0 610Q400 580 800 612T1600 604L1600 900L0 900Z", water)
    glints(canvas, random, (0, 530, 1600, 340), tint(water, 0.35), 34)
    rower = Look(skin=TAN, hat="hard", hat_colour=WHITE, top=BLUE, vest=AMBER, bottom=INK)
    giver = Look(skin=FAIR, hair="tail", hat="cap", hat_colour=SUN, top=NAVY, vest=AMBER, bottom=INK, slim=True)
    Figure(rower, (450, 690), 56, view="right", lean=10, hands=((604, 560), (566, 640)), head_turn=4).draw(canvas)
    canvas.line([(626, 490), (500, 846)], WOOD, 15)
    canvas.path("M516 780L470 890L524 896L540 786Z", WOOD)
    Figure(rower, (450, 690), 56, view="right", lean=10, hands=(None, (566, 640)), head_turn=4).draw(canvas)
    for x, y, w, h, c in (
        (640, 580, 120, 90, SAND),
        (700, 510, 110, 80, CREAM),
        (770, 590, 120, 80, SAND),
        (590, 610, 80, 70, CREAM),
    ):
        canvas.box(x, y, w, h, c)
        canvas.rect(x + w * 0.42, y, w * 0.16, h, RED)
    Figure(giver, (960, 690), 56, view="right", lean=22, hands=((1150, 566), (1136, 604)), head_turn=-4).draw(canvas)
    canvas.box(1140, 512, 110, 84, SAND)
    canvas.rect(1186, 512, 18, 84, RED)
    canvas.path(
        "M300 640Q360 676 520 680L1020 676Q1130 668 1210 600L1236 612Q1220 720 1120 776L430 784Q330 740 300 640Z", RED
    )
    canvas.path("M900 680L1020 676Q1130 668 1210 600L1236 612Q1220 720 1120 776L860 780Q920 730 900 680Z", shade(RED))
    canvas.path(
        "M316 676Q380 712 520 714L1030 708Q1140 700 1222 642L1216 662Q1140 724 1030 734L530 742Q390 738 324 694Z", CREAM
    )
    canvas.path("M300 780Q700 750 1250 776L1330 800Q700 826 220 800Z", tint(water, 0.25))
    grandmother = Look(skin=TAN, hair="bun", hair_colour="#8E9197", top=LEAF, bottom=INK, slim=True)
    canvas.rect(1300, 420, 300, 480, shade(SAND, 0.05))
    canvas.rect(1300, 640, 300, 26, WOOD)
    canvas.rect(1300, 400, 24, 500, WOOD)
    Figure(grandmother, (1400, 670), 56, view="left", lean=-12, hands=((1254, 566), (1254, 604)), head_turn=4).draw(
        canvas
    )
    canvas.box(1300, 640, 300, 40, WOOD)
    canvas.path("M1300 790Q1450 776 1600 790L1600 900L1300 900Z", water)
