"""The colours of each paper. Every pair of ground and text has a contrast of at least 4.5 to 1; tests count them."""

from dataclasses import dataclass

INK, WHITE, NAVY, DEEP, SUN, PALE = "#13181f", "#ffffff", "#0b3a75", "#082c5a", "#ffc53d", "#c9dcf2"


@dataclass(frozen=True, kw_only=True)
class Paper:
    """Colours of one paper.

    ``series`` are those of one, two and three columns, oldest first, so that the newest always has the strongest;
    ``parts`` those of the parts of a whole, the last one for what is left over.
    """

    ground: str
    ink: str  # title, numbers
    soft: str  # subtitle, source
    strong: str  # large labels
    rule: str  # the heavy line above the foot
    grid: str  # thin lines behind lines
    band: str  # strips at the edge
    muted: str  # what stands beside something highlighted
    series: tuple[tuple[str, ...], ...]
    parts: tuple[str, ...]
    text_on: dict[str, str]  # letters on a filled shape, by its colour


_ON = {
    NAVY: WHITE,
    SUN: INK,
    WHITE: INK,
    "#b98a1e": INK,
    "#2f7d5b": WHITE,
    "#17613d": WHITE,
    "#1f66b5": WHITE,
    "#6fa3d8": INK,
    "#9cc5a4": INK,
    "#6b4a00": WHITE,
    "#4a5563": WHITE,
    "#c9dcf2": INK,
    "#e6b93c": INK,
    "#a9b8cc": INK,
    "#bfd9f0": INK,
    "#ffe79c": INK,
    "#e8962e": INK,
}

PAPERS: dict[str, Paper] = {
    "sun": Paper(
        ground="#ffd25e",
        ink=INK,
        soft=INK,
        strong=NAVY,
        rule=INK,
        grid="#d9a935",
        band=DEEP,
        muted="#b98a1e",
        series=((NAVY,), ("#b98a1e", NAVY), ("#b98a1e", "#17613d", NAVY)),
        parts=(NAVY, "#b98a1e", "#1f66b5", "#6b4a00", "#2f7d5b", "#e8962e", "#4a5563"),
        text_on=_ON,
    ),
    "white": Paper(
        ground=WHITE,
        ink=INK,
        soft="#4a5563",
        strong=NAVY,
        rule=INK,
        grid="#d3d9e1",
        band=NAVY,
        muted="#6fa3d8",
        series=((NAVY,), ("#b98a1e", NAVY), ("#b98a1e", "#17613d", NAVY)),
        parts=(NAVY, "#b98a1e", "#1f66b5", "#6b4a00", "#2f7d5b", "#e8962e", "#4a5563"),
        text_on=_ON,
    ),
    "navy": Paper(
        ground=NAVY,
        ink=WHITE,
        soft=PALE,
        strong=SUN,
        rule=WHITE,
        grid="#35598c",
        band=DEEP,
        muted="#6fa3d8",
        series=((SUN,), ("#6fa3d8", SUN), ("#6fa3d8", "#9cc5a4", SUN)),
        parts=(SUN, "#6fa3d8", "#e8962e", "#c9dcf2", "#9cc5a4", "#ffe79c", "#a9b8cc"),
        text_on=_ON,
    ),
}


def _linear(channel: int) -> float:
    share = channel / 255
    return share / 12.92 if share <= 0.04045 else ((share + 0.055) / 1.055) ** 2.4


def luminance(colour: str) -> float:
    """Relative luminance by WCAG 2."""
    red, green, blue = (_linear(int(colour[start : start + 2], 16)) for start in (1, 3, 5))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(first: str, second: str) -> float:
    """Contrast of two colours by WCAG 2, from 1 to 21."""
    lighter, darker = sorted((luminance(first), luminance(second)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)
