"""How wide words are in Be Vietnam Pro, the one face of the portal, and how they break into lines.

All lengths are in pixels of the format. Words are measured with the bundled fonts, and a little more is reckoned than
they take, since a browser's own fonts may lack some kerning.
"""

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from PIL import ImageFont

from core import drawing

FAMILY = "Be Vietnam Pro"
REGULAR, BOLD = "400", "700"
FONT_FILES = {weight: Path(drawing.FONTS) / f"BeVietnamPro-{weight}.ttf" for weight in (REGULAR, BOLD)}
LINE_HEIGHT = 1.36
#: The face reaches so far above the baseline (Ẳ) and below it (ự), in its size.
ABOVE, BELOW = 1.23, 0.26
#: Height of capitals and digits.
CAPITALS = 0.72

_MEASURED_AT = 200
_RESERVE = 1.015
_NO_CHARACTER = "\U0010ffff"
_SPACES = " \u00a0"


@lru_cache(maxsize=2)
def _font(weight: str) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(FONT_FILES[weight], _MEASURED_AT, layout_engine=ImageFont.Layout.RAQM)


@lru_cache(maxsize=1)
def _sampler() -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(FONT_FILES[REGULAR], 24, layout_engine=ImageFont.Layout.BASIC)


@lru_cache(maxsize=4096)
def _has_glyph(character: str) -> bool:
    font = _sampler()
    return bytes(font.getmask(character)) != bytes(font.getmask(_NO_CHARACTER))


def undrawable(text: str) -> str:
    """The first character that the face lacks, such as an emoji; "" when it has all."""
    return next((character for character in text if character not in _SPACES and not _has_glyph(character)), "")


def drawable(text: str) -> str:
    """Text without the characters that the face lacks, which would be drawn as empty boxes."""
    kept = "".join(character for character in text if character in _SPACES or _has_glyph(character))
    return " ".join(kept.split(" ")).strip()


@lru_cache(maxsize=8192)
def _unit_width(text: str, weight: str) -> float:
    return _font(weight).getlength(text.replace("\u00a0", " ")) / _MEASURED_AT


def width_of(text: str, size: float, weight: str = REGULAR) -> float:
    """How much room a line takes."""
    return _unit_width(text, weight) * size * _RESERVE


def cut(text: str, size: float, weight: str, width: float) -> str:
    """Shorten a line that is too long, at a word where there is one, and show that something is missing."""
    if width_of(text, size, weight) <= width:
        return text
    while text and width_of(f"{text}…", size, weight) > width:
        shorter = text.rpartition(" ")[0]
        text = shorter or text[:-1]
    return f"{text.rstrip(' ,;:–-')}…"


def wrap(text: str, size: float, weight: str, width: float) -> list[str]:
    """Break text into lines at its spaces; a word that is too long is broken inside."""
    lines: list[str] = []
    for word in _pieces(text, size, weight, width):
        candidate = f"{lines[-1]} {word}" if lines else word
        if lines and width_of(candidate, size, weight) <= width:
            lines[-1] = candidate
        else:
            lines.append(word)
    return lines


def _pieces(text: str, size: float, weight: str, width: float) -> list[str]:
    pieces: list[str] = []
    for word in text.split(" "):
        rest = word
        while len(rest) > 1 and width_of(rest, size, weight) > width:
            end = max(1, next((n for n in range(len(rest), 1, -1) if width_of(rest[:n], size, weight) <= width), 1))
            pieces.append(rest[:end])
            rest = rest[end:]
        if rest:
            pieces.append(rest)
    return pieces


@dataclass(frozen=True, kw_only=True)
class Setting:
    """Text set into lines of one size."""

    lines: tuple[str, ...]
    size: float
    weight: str = REGULAR
    cut: bool = False

    @property
    def leading(self) -> float:
        """From one baseline to the next."""
        return self.size * LINE_HEIGHT

    @property
    def height(self) -> float:
        """Of all lines."""
        return len(self.lines) * self.leading

    @property
    def width(self) -> float:
        """Of the longest line."""
        return max((width_of(line, self.size, self.weight) for line in self.lines), default=0)


def set_text(
    text: str,
    *,
    sizes: tuple[float, ...],
    width: float,
    lines: int,
    weight: str = REGULAR,
    height: float | None = None,
    balanced: bool = False,
) -> Setting:
    """Set text in the largest of ``sizes`` in which it takes at most so many lines; cut it when none will do.

    ``balanced`` makes lines of like length, and takes a slightly smaller size where that saves a line.
    """
    text = drawable(text)
    broken = [text]
    for size in sizes:
        broken = wrap(text, size, weight, width)
        if len(broken) <= lines and (height is None or len(broken) * size * LINE_HEIGHT <= height):
            return _balanced(text, sizes, size, weight, width) if balanced else _setting(broken, size, weight)
    size = sizes[-1]
    room = lines if height is None else max(1, min(lines, int(height // (size * LINE_HEIGHT))))
    kept = broken[:room]
    if len(broken) > room:
        kept[-1] = cut(" ".join(broken[room - 1 :]), size, weight, width)
    return Setting(lines=tuple(kept), size=size, weight=weight, cut=len(broken) > room)


def _setting(lines: list[str], size: float, weight: str) -> Setting:
    return Setting(lines=tuple(lines), size=size, weight=weight)


def _balanced(text: str, sizes: tuple[float, ...], size: float, weight: str, width: float) -> Setting:
    fewest = len(wrap(text, size, weight, width))
    for smaller in sizes:
        if size > smaller >= size * 0.8 and len(wrap(text, smaller, weight, width)) < fewest:
            size, fewest = smaller, len(wrap(text, smaller, weight, width))
            break
    narrow, wide = width / max(1, fewest), width
    for _step in range(8):
        middle = (narrow + wide) / 2
        if len(wrap(text, size, weight, middle)) <= fewest:
            wide = middle
        else:
            narrow = middle
    return _setting(wrap(text, size, weight, wide), size, weight)
