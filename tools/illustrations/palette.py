"""The only colours the scenes may use, and the two ways to mix them."""

INK = "#0A1F3D"
NAVY = "#0B3A75"
BLUE = "#1F66B5"
MID = "#6FA3D8"
SKY = "#BFD9F0"
MIST = "#E7F0F8"
WHITE = "#FFFFFF"
CREAM = "#FFF3D9"
SAND = "#F3DDB3"
SUN = "#FFC53D"
AMBER = "#E8962E"
RED = "#C8281F"
BRICK = "#8E2A22"
LEAF = "#2F7D5B"
PINE = "#174F43"
SAGE = "#9CC5A4"
WOOD = "#9A5B36"
CLAY = "#C77B4E"
FAIR = "#E0A878"
TAN = "#C48556"
BROWN = "#95603C"
HAIR = "#1B1A24"


def mix(colour: str, other: str, share: float) -> str:
    """Return `colour` with `share` (0 to 1) of `other` mixed in."""
    channels = (round(int(colour[i : i + 2], 16) * (1 - share) + int(other[i : i + 2], 16) * share) for i in (1, 3, 5))
    return "#" + "".join(f"{channel:02X}" for channel in channels)


def shade(colour: str, share: float = 0.18) -> str:
    """Return the colour of the side away from the light."""
    return mix(colour, INK, share)


def tint(colour: str, share: float = 0.3) -> str:
    """Return a lighter relative of the colour, for highlights and far planes in haze."""
    return mix(colour, WHITE, share)


GREY_HAIR = mix(HAIR, MIST, 0.62)
