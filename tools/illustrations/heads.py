"""Heads: hair, hats and masks over a face without features.

Everything is drawn in units of the head radius around the head's centre, looking right where the
head has a side; the caller mirrors it. Light comes from the left, so `shaded_face` is drawn by the
side that ends up right on the sheet.
"""

from .canvas import Canvas
from .palette import HAIR, SAND, SKY, WHITE, mix, shade

FRONT, BACK, SIDE = "front", "back", "side"

_FRINGE = {
    FRONT: "M-.9 .05Q-1.05 -1.14 0 -1.16Q1.05 -1.14 .9 .05Q.74 -.44 .3 -.6Q-.3 -.42 -.66 -.4Q-.82 -.3 -.9 .05Z",
    SIDE: "M-.93 .35Q-1.12 -1.12 .2 -1.14Q.9 -1.08 .82 -.46Q.12 -.72 -.1 -.1Q-.06 .12 -.24 .42"
    "Q-.46 .78 -.7 .76Q-.86 .7 -.93 .35Z",
    BACK: "M-.9 .2Q-1.02 -1.16 0 -1.16Q1.02 -1.16 .9 .2Q.82 .86 .5 1L-.5 1Q-.82 .86 -.9 .2Z",
}
_BOB = {
    FRONT: "M-1.02 -.3Q-1.22 1.2 -.84 1.36L.84 1.36Q1.22 1.2 1.02 -.3Z",
    SIDE: "M-1 1.2Q-1.26 -1.14 .2 -1.14Q.9 -1.08 .82 -.46Q.2 -.6 .02 .1Q.14 .9 -.14 1.32Z",
    BACK: "M-1 -.1Q-1.06 -1.16 0 -1.16Q1.06 -1.16 1 -.1L1.06 1.26Q0 1.5 -1.06 1.26Z",
}
_LONG = {
    FRONT: "M-1.02 -.3Q-1.3 1.6 -1.04 2.7L1.04 2.7Q1.3 1.6 1.02 -.3Z",
    SIDE: "M-1.1 2.9Q-1.34 -1.14 .2 -1.14Q.9 -1.08 .82 -.46Q.2 -.6 .02 .1Q.08 .9 -.2 1.5L-.34 3Z",
    BACK: "M-1 -.1Q-1.06 -1.16 0 -1.16Q1.06 -1.16 1 -.1L1.08 2.9Q0 3.2 -1.08 2.9Z",
}
_TAIL = {
    FRONT: "M.6 -.7Q1.7 -.2 1.3 1.6Q1 1.1 .7 .2Z",
    SIDE: "M-.7 -.62Q-1.95 -.5 -1.62 1.7Q-1.1 1.3 -.72 .3Z",
    BACK: "M-.34 -.4Q-.6 1.2 -.1 2.3Q.6 1.3 .34 -.4Z",
}


def draw_head(
    canvas: Canvas,
    *,
    view: str,
    skin: str,
    hair: str,
    hair_colour: str = HAIR,
    hat: str = "",
    hat_colour: str = WHITE,
    mask: bool = False,
    lit: bool = True,
) -> None:
    """Draw a head looking to the front, the back or the right side.

    `lit` is false when the caller mirrors the drawing, so that shade stays on the right.
    """
    dark = shade(skin, 0.17)
    if view == FRONT and hair in {"bob", "long"}:
        canvas.path({"bob": _BOB, "long": _LONG}[hair][FRONT], hair_colour)
    if hair == "tail":
        canvas.path(_TAIL[view], hair_colour)
    if hair == "bun" and not hat:
        x, y = {FRONT: (0, -1.3), SIDE: (-0.92, -0.72), BACK: (0, -0.98)}[view]
        canvas.circle(x, y, 0.46, hair_colour)
    if view == BACK:
        canvas.ellipse(-0.86, 0.12, 0.16, 0.26, skin)
        canvas.ellipse(0.86, 0.12, 0.16, 0.26, dark)
    else:
        canvas.ellipse(0, 0, 0.82, 1, skin)
    if view == SIDE:
        canvas.path("M.74 -.16Q1 .1 1.06 .24Q.98 .36 .74 .36Z", skin)
    if view != BACK:
        if lit or view == FRONT:
            canvas.path("M.12 -1A.82 1 0 0 1 .12 .99Q.56 .1 .12 -1Z", dark)
        else:
            canvas.path("M-.1 -1A.82 1 0 0 0 -.1 .99Q-.5 .2 -.1 -1Z", dark)
    if view == SIDE and lit:
        canvas.path("M.78 0Q1 .1 1.06 .24Q.98 .36 .74 .36Z", dark)
    if mask and view != BACK:
        _mask(canvas, view)
    if hair in {"bob", "long"} and view != FRONT:
        canvas.path({"bob": _BOB, "long": _LONG}[hair][view], hair_colour)
    else:
        canvas.path(_FRINGE[view], hair_colour)
    if view == SIDE and hair not in {"bob", "long"}:
        canvas.ellipse(-0.12, 0.16, 0.16, 0.25, dark)
    if hat:
        _HATS[hat](canvas, view, hat_colour, lit)


def _mask(canvas: Canvas, view: str) -> None:
    cloth = mix(SKY, WHITE, 0.5)
    if view == FRONT:
        canvas.path("M-.78 .12Q0 0 .78 .12L.64 .74Q0 1.16 -.64 .74Z", cloth)
        canvas.path("M.2 .04Q.5 .06 .78 .12L.64 .74Q.46 .9 .16 .98Q.4 .5 .2 .04Z", shade(cloth))
    else:
        canvas.line([(-0.1, 0.1), (0.2, 0.3)], cloth, 0.08)
        canvas.path("M.14 .2L.92 .02L1.1 .26Q1.02 .84 .54 .98L.12 .72Z", cloth)
        canvas.path("M.62 .1L.92 .02L1.1 .26Q1.02 .84 .54 .98Q.8 .5 .62 .1Z", shade(cloth))


def _hard_hat(canvas: Canvas, view: str, colour: str, lit: bool) -> None:
    canvas.path("M-1.06 -.2Q-1.08 -1.46 0 -1.52Q1.08 -1.46 1.06 -.2Z", colour)
    if lit:
        canvas.path("M.22 -1.5Q1.08 -1.42 1.06 -.2L.42 -.2Q.62 -1 .22 -1.5Z", shade(colour))
    else:
        canvas.path("M-.3 -1.5Q-1.08 -1.36 -1.06 -.2L-.5 -.2Q-.66 -1 -.3 -1.5Z", shade(colour))
    canvas.path("M-.17 -1.64L.17 -1.64L.2 -.24L-.2 -.24Z", mix(colour, WHITE, 0.3))
    brim = shade(colour, 0.2)
    if view == SIDE:
        canvas.path("M-1.16 -.34L1.4 -.34Q1.66 -.02 1.34 -.02L-1.16 -.1Z", brim)
    else:
        canvas.path("M-1.22 -.36Q0 -.62 1.22 -.36Q1.3 -.06 1.16 -.04Q0 -.3 -1.16 -.04Q-1.3 -.06 -1.22 -.36Z", brim)


def _leaf_hat(canvas: Canvas, view: str, colour: str, lit: bool) -> None:
    dark = mix(colour, SAND, 0.9)
    canvas.path("M-2.1 0Q-.9 -1 0 -1.95Q.9 -1 2.1 0Q0 .5 -2.1 0Z", colour)
    shadow = "M0 -1.95Q.9 -1 2.1 0Q1.2 .24 .3 .26Q.5 -.8 0 -1.95Z"
    if lit:
        canvas.path(shadow, dark)
    else:
        canvas.path("M0 -1.95Q-.9 -1 -2.1 0Q-1.2 .24 -.3 .26Q-.5 -.8 0 -1.95Z", dark)
    canvas.stroke("M-1 -1.02Q0 -.78 1 -1.02M-1.56 -.5Q0 -.14 1.56 -.5", shade(SAND, 0.14), 0.09)


def _cap(canvas: Canvas, view: str, colour: str, lit: bool) -> None:
    canvas.path("M-.98 -.1Q-1.1 -1.3 0 -1.34Q1.06 -1.3 .96 -.3Q0 -.56 -.98 -.1Z", colour)
    if lit:
        canvas.path("M.2 -1.33Q1.06 -1.26 .96 -.3Q.7 -.42 .46 -.42Q.56 -.9 .2 -1.33Z", shade(colour))
    else:
        canvas.path("M-.3 -1.31Q-1.08 -1.14 -.98 -.1L-.6 -.28Q-.66 -.9 -.3 -1.31Z", shade(colour))
    if view == SIDE:
        canvas.path("M.3 -.56Q1.2 -.64 1.66 -.22Q1.1 -.22 .4 -.26Z", shade(colour, 0.3))
    elif view == FRONT:
        canvas.path("M-.92 -.42Q0 -.78 .92 -.42Q1 .04 0 .08Q-1 .04 -.92 -.42Z", shade(colour, 0.42))


def _bonnet(canvas: Canvas, view: str, colour: str, lit: bool) -> None:
    data = {
        FRONT: "M-.98 -.02Q-1.3 -1.4 0 -1.46Q1.3 -1.4 .98 -.02Q0 -.56 -.98 -.02Z",
        SIDE: "M-.9 .62Q-1.46 -1.4 .1 -1.44Q1.1 -1.36 .88 -.36Q.2 -.5 -.04 -.1Q-.1 .5 -.9 .62Z",
        BACK: "M-.94 .3Q-1.3 -1.44 0 -1.46Q1.3 -1.44 .94 .3Q.7 .76 0 .78Q-.7 .76 -.94 .3Z",
    }[view]
    canvas.path(data, colour)
    if lit and view != SIDE:
        canvas.path("M.3 -1.42Q1.26 -1.3 .98 -.02L.56 -.26Q.74 -.9 .3 -1.42Z", shade(colour, 0.14))
    else:
        canvas.path("M-.3 -1.4Q-1.3 -1.1 -.9 .62L-.56 .5Q-.96 -.6 -.3 -1.4Z", shade(colour, 0.14))


def _rider_helmet(canvas: Canvas, view: str, colour: str, lit: bool) -> None:
    canvas.path("M-1.1 .3Q-1.3 -1.42 0 -1.46Q1.24 -1.42 1.1 -.24L.5 -.3Q.3 .2 .1 .3Z", colour)
    if lit:
        canvas.path("M.3 -1.44Q1.22 -1.3 1.1 -.24L.62 -.28Q.7 -.96 .3 -1.44Z", shade(colour))
    else:
        canvas.path("M-.3 -1.44Q-1.26 -1.1 -1.1 .3L-.6 .3Q-.8 -.8 -.3 -1.44Z", shade(colour))
    canvas.line([(0.06, 0.24), (0.2, 0.92)], shade(colour, 0.5), 0.1)


def _welding_mask(canvas: Canvas, view: str, colour: str, lit: bool) -> None:
    canvas.path("M-.2 -1.2L1 -1.06Q1.4 .2 1.1 1.36L.5 1.5Q-.1 1 -.2 -1.2Z", colour)
    canvas.path("M.5 -1.12L1 -1.06Q1.4 .2 1.1 1.36L.5 1.5Q.8 .2 .5 -1.12Z", shade(colour, 0.35))
    canvas.path("M.42 -.46L1.2 -.36L1.24 .12L.46 .1Z", SAND)
    canvas.stroke("M-.9 -.4Q-.6 -1 0 -.9", colour, 0.24)


def _headscarf(canvas: Canvas, view: str, colour: str, lit: bool) -> None:
    canvas.path("M-1 .1Q-1.2 -1.34 0 -1.36Q1.2 -1.34 .96 -.28Q0 -.74 -1 .1Z", colour)
    canvas.path("M.24 -1.34Q1.14 -1.26 .96 -.28L.52 -.44Q.62 -.96 .24 -1.34Z", shade(colour))
    if view != FRONT:
        canvas.path("M-.96 -.1L-1.7 .1L-1.5 .66L-.86 .3Z", shade(colour))


def _headset(canvas: Canvas, view: str, colour: str, lit: bool) -> None:
    if view == SIDE:
        canvas.stroke("M-.12 .1Q-.16 -.6 -.02 -1.14", colour, 0.18)
        canvas.ellipse(-0.12, 0.16, 0.26, 0.36, colour)
        canvas.stroke("M-.1 .44Q.2 .9 .74 .66", colour, 0.1)
        canvas.circle(0.76, 0.64, 0.13, colour)
    else:
        canvas.stroke("M-.92 .1Q-1 -1.3 0 -1.26Q1 -1.3 .92 .1", colour, 0.16)
        canvas.ellipse(-0.88, 0.16, 0.2, 0.34, colour)
        canvas.ellipse(0.88, 0.16, 0.2, 0.34, colour)
        if view == FRONT:
            canvas.stroke("M-.88 .4Q-.7 .84 -.2 .74", colour, 0.1)


_HATS = {
    "hard": _hard_hat,
    "leaf": _leaf_hat,
    "cap": _cap,
    "bonnet": _bonnet,
    "rider": _rider_helmet,
    "welding": _welding_mask,
    "scarf": _headscarf,
    "headset": _headset,
}
