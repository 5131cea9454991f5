"""People: a jointed figure whose hands and feet are placed in the scene.

Measures are head radii, as in the figure kit of the look: neck to 1.85, hips at 6.5, feet at 12.9
below the head's centre. A scene says where hips, hands and feet are; elbows and knees follow from
the lengths of the bones. A hand out of reach is an error, so no scene can show an arm that ends
beside what it holds.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Self

from .canvas import Canvas, Point
from .heads import BACK, FRONT, SIDE, draw_head
from .palette import BLUE, CREAM, FAIR, HAIR, INK, WHITE, shade

UPPER_ARM, FOREARM, THIGH, SHIN = 2.4, 2.3, 3.2, 3.05
# A pose may stretch an arm or a leg by this much before it counts as out of reach.
STRETCH = 1.06


@dataclass(frozen=True, kw_only=True)
class Look:
    """Who a figure is: skin, hair and working clothes."""

    skin: str = FAIR
    hair: str = "short"
    hair_colour: str = HAIR
    hat: str = ""
    hat_colour: str = WHITE
    mask: bool = False
    top: str = BLUE
    sleeves: str = "long"
    bottom: str = INK
    skirt: bool = False
    shoes: str = INK
    collar: str = ""
    vest: str = ""
    stripe: str = CREAM
    apron: str = ""
    tie: str = ""
    gloves: str = ""
    slim: bool = False
    size: float = 1
    """Body length against the head: 1 for adults, about .62 for a child of six."""

    def but(self, **changes: object) -> Self:
        """Return the same person with some things changed."""
        return replace(self, **changes)  # type: ignore[arg-type]  # names are checked by replace


def bend(start: Point, end: Point, first: float, second: float, side: int) -> Point:
    """Return the joint between two bones; `side` 1 bends clockwise of start to end, -1 the other way."""
    distance = math.dist(start, end)
    if distance > (first + second) * STRETCH:
        raise ValueError(
            f"out of reach: {distance:.0f} px from {start[0]:.0f},{start[1]:.0f} to "
            f"{end[0]:.0f},{end[1]:.0f}, the limb has {first + second:.0f}"
        )
    distance = max(distance, abs(first - second) * 1.02, 1e-6)
    along = (first**2 - second**2 + distance**2) / (2 * distance)
    off = math.sqrt(max(first**2 - along**2, 0)) * side
    ux, uy = (end[0] - start[0]) / distance, (end[1] - start[1]) / distance
    if along > first:  # stretched: the joint lies on the straight line
        along, off = distance * first / (first + second), 0
    return start[0] + ux * along - uy * off, start[1] + uy * along + ux * off


class Figure:
    """One person in a scene.

    `hip` is the middle of the hips and `scale` the head radius, both in pixels. `view` is
    front, back, left or right. In the front and back views limbs come as (left, right) on the
    sheet, in the side views as (far, near). A hand is a point, "rest" (hanging) or None (not
    drawn); no feet draws no legs.
    """

    def __init__(
        self,
        look: Look,
        hip: Point,
        scale: float,
        *,
        view: str = "front",
        lean: float = 0,
        head_view: str = "",
        head_turn: float = 0,
        hands: Sequence[Point | str | None] = ("rest", "rest"),
        elbows: Sequence[int | None] = (None, None),
        feet: Sequence[Point | None] | None = None,
        knees: Sequence[int | None] = (None, None),
        arms_behind: bool = False,
    ) -> None:
        self.look, self.hip, self.scale, self.view = look, hip, scale, view
        self.lean, self.head_turn = lean, head_turn
        self.head_view = head_view or view
        self.hands, self.elbows, self.feet, self.knees = hands, elbows, feet, knees
        self.arms_behind = arms_behind
        self.side = -1 if view == "left" else 1
        self.profile = view in {"left", "right"}

    def at(self, x: float, y: float) -> Point:
        """Return the sheet point of a torso point given in head radii from the hips."""
        angle = math.radians(self.lean)
        x, y = x * self.scale, y * self.scale * self.look.size
        return (
            self.hip[0] + x * math.cos(angle) - y * math.sin(angle),
            self.hip[1] + x * math.sin(angle) + y * math.cos(angle),
        )

    @property
    def head(self) -> Point:
        """The head's centre, moved forward a little when the figure bends."""
        neck = self.at(0.12 * self.side if self.profile else 0, -4.7)
        angle = math.radians(self.lean * 0.75 + self.head_turn)
        return neck[0] + 1.6 * self.scale * math.sin(angle), neck[1] - 1.6 * self.scale * math.cos(angle)

    def draw(self, canvas: Canvas) -> None:
        """Paint the figure from back to front."""
        self.draw_body(canvas)
        self.draw_arms(canvas)

    def draw_body(self, canvas: Canvas) -> None:
        """Paint all that lies behind the near arms; a table may follow, then the arms upon it."""
        if self.view == "back" or self.arms_behind:
            self._arm(canvas, 0)
            self._arm(canvas, 1)
        elif self.profile:
            self._arm(canvas, 0)
        self._legs(canvas)
        if self.look.hair == "long" and self.head_view == "front":
            self._head(canvas)
        self._torso(canvas)
        self._neck(canvas)
        self._head(canvas)

    def draw_arms(self, canvas: Canvas) -> None:
        """Paint the arms in front of the body."""
        if self.profile and not self.arms_behind:
            self._arm(canvas, 1)
        elif self.view == "front" and not self.arms_behind:
            self._arm(canvas, 0)
            self._arm(canvas, 1)

    def _neck(self, canvas: Canvas) -> None:
        base = self.at(0.12 * self.side if self.profile else 0, -4.75)
        radius = 0.46 * self.scale
        skin = shade(self.look.skin, 0.2)
        canvas.capsule(base, radius, self.head, radius, skin)

    def _head(self, canvas: Canvas) -> None:
        mirrored = self.head_view == "left"
        kind = {"front": FRONT, "back": BACK}.get(self.head_view, SIDE)
        turn = self.lean * 0.6 + self.head_turn
        look = self.look
        with canvas.group(*self.head, scale=self.scale, turn=turn, flip=mirrored):
            draw_head(
                canvas,
                view=kind,
                skin=look.skin,
                hair=look.hair,
                hair_colour=look.hair_colour,
                hat=look.hat,
                hat_colour=look.hat_colour,
                mask=look.mask,
                lit=not mirrored,
            )

    def _shoulder(self, index: int) -> Point:
        if self.profile:
            return self.at((0.5 if index == 0 else -0.1) * self.side, -3.85)
        return self.at((-1.45 if index == 0 else 1.45) * (0.9 if self.look.slim else 1), -3.8)

    def _arm(self, canvas: Canvas, index: int) -> None:
        target = self.hands[index]
        if target is None:
            return
        look, unit, shoulder = self.look, self.scale, self._shoulder(index)
        outward = self.side if self.profile else (-1 if index == 0 else 1)
        reach = look.size * (1 if look.size == 1 else 0.95)
        if isinstance(target, str):
            drift = 0.3 * self.side if self.profile else 0.55 * outward
            target = (shoulder[0] + drift * unit, shoulder[1] + 4.55 * reach * unit)
        assert not isinstance(target, str)
        upper, fore = UPPER_ARM * unit * reach, FOREARM * unit * reach
        choice = self.elbows[index]
        if choice is None:
            choice = self._lower_elbow(shoulder, target, upper, fore, outward)
        elbow = bend(shoulder, target, upper, fore, choice)
        slim = 0.88 if look.slim or look.size < 1 else 1
        top = look.top if (index == 1 or not self.profile) else shade(look.top, 0.22)
        skin = look.skin if (index == 1 or not self.profile) else shade(look.skin, 0.2)
        radius = [r * unit * slim for r in (0.68, 0.54, 0.42)]
        if look.sleeves == "long":
            self._hand(canvas, elbow, target, look.gloves or skin)
            canvas.limb(elbow, radius[1], target, radius[2], top)
            canvas.limb(shoulder, radius[0], elbow, radius[1], top)
        else:
            self._hand(canvas, elbow, target, look.gloves or skin)
            canvas.limb(elbow, radius[1] * 0.82, target, radius[2] * 0.8, skin)
            canvas.limb(shoulder, radius[0] * 0.84, elbow, radius[1] * 0.82, skin)
            if look.sleeves == "short":
                middle = (shoulder[0] * 0.4 + elbow[0] * 0.6, shoulder[1] * 0.4 + elbow[1] * 0.6)
                canvas.limb(shoulder, radius[0], middle, radius[0] * 0.96, top)
        if look.vest and index == 1 and self.profile:
            canvas.limb(
                shoulder,
                radius[0] * 1.02,
                (shoulder[0] * 0.8 + elbow[0] * 0.2, shoulder[1] * 0.8 + elbow[1] * 0.2),
                radius[0],
                look.vest,
            )

    def _lower_elbow(self, shoulder: Point, target: Point, upper: float, fore: float, outward: int) -> int:
        """Choose the side on which the elbow hangs lower, or points away from the body."""
        one, other = (bend(shoulder, target, upper, fore, side) for side in (1, -1))
        back = -outward if self.profile else outward
        gain = (one[1] - other[1]) + 0.8 * back * (one[0] - other[0])
        return 1 if gain > 0 else -1

    def _hand(self, canvas: Canvas, elbow: Point, wrist: Point, colour: str) -> None:
        turn = math.degrees(math.atan2(wrist[1] - elbow[1], wrist[0] - elbow[0]))
        unit = self.scale * (0.82 if self.look.size < 1 else 1)
        with canvas.group(*wrist, scale=unit, turn=turn):
            canvas.capsule((0, 0), 0.36, (0.52, 0), 0.4, colour)
            canvas.capsule((0.2, -0.16), 0.16, (0.52, -0.5), 0.15, colour)

    def _legs(self, canvas: Canvas) -> None:
        if self.feet is None:
            return
        for index, foot in enumerate(self.feet):
            if foot is not None:
                self._leg(canvas, index, foot)
        if self.look.skirt:
            self._skirt(canvas)

    def _leg(self, canvas: Canvas, index: int, foot: Point) -> None:
        look, unit = self.look, self.scale
        outward = -1 if index == 0 else 1
        joint = (
            self.at(0.15 * self.side * (1 if index == 0 else -1), -0.1)
            if self.profile
            else (self.hip[0] + outward * 0.8 * unit, self.hip[1])
        )
        ankle = (foot[0], foot[1] - 0.5 * unit)
        choice = self.knees[index]
        if choice is None:
            choice = -self.side if self.profile else -outward
        reach = look.size * (1 if look.size == 1 else 0.92)
        knee = bend(joint, ankle, THIGH * unit * reach, SHIN * unit * reach, choice)
        far = self.profile and index == 0
        cloth = shade(look.bottom, 0.25) if far else look.bottom
        bare = shade(look.skin, 0.2) if far else look.skin
        slim = 0.86 if look.slim or look.size < 1 else 1
        self._shoe(canvas, foot, outward, far)
        if look.skirt:
            canvas.limb(knee, 0.5 * unit * slim, ankle, 0.36 * unit * slim, bare)
        else:
            canvas.limb(knee, 0.74 * unit * slim, ankle, 0.58 * unit * slim, cloth)
            canvas.limb(joint, 0.94 * unit * slim, knee, 0.76 * unit * slim, cloth)

    def _shoe(self, canvas: Canvas, foot: Point, outward: int, far: bool) -> None:
        toe = self.side if self.profile else outward * 0.55
        colour = shade(self.look.shoes, 0.2) if far else self.look.shoes
        with canvas.group(*foot, scale=self.scale, flip=toe < 0):
            length = 1.2 if self.profile else 0.8
            canvas.path(
                f"M-.56 0L-.6 -.6Q-.5 -.9 .3 -.86Q.56 -.5 {length} -.34Q{length + 0.26} -.2 {length + 0.2} 0Z", colour
            )

    def _skirt(self, canvas: Canvas) -> None:
        look, unit = self.look, self.scale
        hem = self.hip[1] + 3.4 * unit * look.size
        x, y = self.hip
        half = (1.22 if self.profile else 1.55) * unit * (0.92 if look.slim else 1)
        sway = 0.4 * self.side * unit if self.profile else 0
        canvas.poly(
            [(x - half, y - unit), (x + half, y - unit), (x + half * 1.3 + sway, hem), (x - half * 1.3 + sway, hem)],
            look.bottom,
        )
        canvas.poly(
            [
                (x + half * 0.4, y - unit),
                (x + half, y - unit),
                (x + half * 1.3 + sway, hem),
                (x + half * 0.6 + sway, hem),
            ],
            shade(look.bottom),
        )

    def _torso(self, canvas: Canvas) -> None:
        look = self.look
        with canvas.group(*self.hip, scale=self.scale, turn=self.lean, flip=self.profile and self.side < 0):
            k = look.size
            if self.profile:
                _side_torso(canvas, look, lit=self.side > 0 or abs(self.lean) > 35, k=k)
            else:
                _front_torso(canvas, look, back=self.view == "back", k=k)


def _scaled(data: str, k: float) -> str:
    """Return path data of absolute M, L, Q and Z steps with its heights multiplied."""
    if k == 1:
        return data
    out, token, is_y = "", "", False
    for char in data + " ":
        if char in "MLQZ ":
            if token:
                out += f"{float(token) * k:.2f}" if is_y else token
                is_y, token = not is_y, ""
            out += char
        else:
            token += char
    return out.strip()


def _front_torso(canvas: Canvas, look: Look, *, back: bool, k: float) -> None:
    w = 1.8 if look.slim else 2.05
    waist = 1.3 if look.slim else 1.62
    canvas.path(
        _scaled(
            f"M{-w} -3.4Q{-w} -4.66 -1 -4.96L1 -4.96Q{w} -4.66 {w} -3.4Q{waist} -1.6 1.6 .4L-1.6 .4"
            f"Q{-waist} -1.6 {-w} -3.4Z",
            k,
        ),
        look.top,
    )
    canvas.path(
        _scaled(f"M.46 -4.96L1 -4.96Q{w} -4.66 {w} -3.4Q{waist} -1.6 1.6 .4L.4 .4Q.86 -2.4 .46 -4.96Z", k),
        shade(look.top),
    )
    if not back:
        canvas.path(_scaled("M-.58 -5L0 -4.06L.58 -5Z", k), look.skin)
        if look.collar:
            canvas.path(_scaled("M-.6 -5.06L0 -4.1L-.5 -3.7L-.98 -4.9Z", k), look.collar)
            canvas.path(_scaled("M.6 -5.06L0 -4.1L.5 -3.7L.98 -4.9Z", k), shade(look.collar, 0.12))
        if look.tie:
            canvas.path(_scaled("M-.18 -4.3L.18 -4.3L.34 -2L0 -1.4L-.34 -2Z", k), look.tie)
    if look.vest:
        gap = 0 if back else 0.12
        canvas.path(_scaled(f"M-1.8 -4.7L-.74 -4.94L{-gap} -3.4L{-gap} .4L-1.6 .4L-1.76 -3.2Z", k), look.vest)
        canvas.path(_scaled(f"M1.8 -4.7L.74 -4.94L{gap} -3.4L{gap} .4L1.6 .4L1.76 -3.2Z", k), shade(look.vest, 0.14))
        if back:
            canvas.path(_scaled("M-.76 -4.94L.76 -4.94L0 -3.3Z", k), look.vest)
        canvas.path(_scaled("M-1.66 -2.1L1.66 -2.1L1.62 -1.4L-1.62 -1.4Z", k), look.stripe)
    if look.apron and not back:
        canvas.path(_scaled("M-.9 -3.6L.9 -3.6L1.2 -2L1.56 .5L-1.56 .5L-1.2 -2Z", k), look.apron)
        canvas.path(_scaled("M.3 -3.6L.9 -3.6L1.2 -2L1.56 .5L.5 .5Q.7 -1.6 .3 -3.6Z", k), shade(look.apron, 0.14))
        canvas.stroke(_scaled("M-.86 -3.5L-.7 -4.86M.86 -3.5L.7 -4.86", k), look.apron, 0.2)


def _side_torso(canvas: Canvas, look: Look, *, lit: bool, k: float) -> None:
    canvas.path(
        _scaled(
            "M-1.2 -3.4Q-1.1 -4.6 -.4 -4.92L.6 -4.86Q1.3 -4.2 1.34 -3.1Q1.3 -1.4 1.3 .4L-1.2 .4Q-1.1 -1.6 -1.2 -3.4Z", k
        ),
        look.top,
    )
    strip = (
        "M.4 -4.88L.6 -4.86Q1.3 -4.2 1.34 -3.1Q1.3 -1.4 1.3 .4L.4 .4Q.8 -2.4 .4 -4.88Z"
        if lit
        else "M-.4 -4.92Q-1.1 -4.6 -1.2 -3.4Q-1.1 -1.6 -1.2 .4L-.4 .4Q-.7 -2.4 -.4 -4.92Z"
    )
    canvas.path(_scaled(strip, k), shade(look.top))
    if look.collar:
        canvas.path(_scaled("M-.42 -5.06L.62 -5.02L.86 -4.4L.1 -4.5Z", k), look.collar)
    if look.vest:
        canvas.path(
            _scaled(
                "M-1.2 -3.4Q-1.1 -4.6 -.4 -4.92L.3 -4.9Q1 -3.6 1.34 -3.1Q1.3 -1.4 1.3 .4L-1.2 .4Q-1.1 -1.6 -1.2 -3.4Z",
                k,
            ),
            look.vest,
        )
        canvas.path(_scaled("M-1.16 -2.1L1.32 -2.1L1.31 -1.4L-1.15 -1.4Z", k), look.stripe)
    if look.apron:
        canvas.path(_scaled("M.5 -3.8L1.3 -3.6Q1.36 -2 1.4 .5L.1 .5Q.2 -1.4 .5 -3.8Z", k), look.apron)
        canvas.stroke(_scaled("M.2 -1L-1.1 -1.2", k), look.apron, 0.2)
