"""Draws share cards with Pillow and Raqm, so that Vietnamese marks stack right. Takes plain data, knows no model."""

import io
import math
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont

from core.text import clean_text

FONTS = Path(__file__).parent / "fonts"
MARGIN = 64
MAX_LINES = 5
LINE_HEIGHT = 1.36
NAVY, DEEP, SUN, WHITE, INK, PALE = "#0b3a75", "#082c5a", "#ffc53d", "#ffffff", "#13181f", "#c9dcf2"
#: A picture that fills less of its place looks lost there: the card does without.
LEAST_SHARE = 0.4

Box = tuple[int, int, int, int]


@dataclass(frozen=True, kw_only=True)
class Shape:
    """A form of card: its size, and where picture and words stand (left, top, right, bottom)."""

    name: str
    size: tuple[int, int]
    picture: Box
    words: Box  # beside or below the picture
    words_alone: Box  # where there is no picture
    band: Box  # a strip of blue on the yellow card without picture
    tab: tuple[int, int]
    title_sizes: tuple[int, ...]
    title_sizes_alone: tuple[int, ...]
    kicker_size: int = 30

    @property
    def place(self) -> tuple[int, int]:
        """How large a picture would have to be."""
        left, top, right, bottom = self.picture
        return right - left, bottom - top


#: For links: Facebook, Bluesky, Mastodon, Zalo, search engines.
WIDE = Shape(
    name="wide",
    size=(1200, 630),
    picture=(684, 0, 1200, 630),  # the words have 57 % of the card
    words=(MARGIN, 68, 684 - MARGIN, 630 - MARGIN),
    words_alone=(MARGIN, 68, 1104 - MARGIN, 630 - MARGIN),
    band=(1104, 0, 1200, 630),
    tab=(120, 12),
    title_sizes=(50, 46, 42),
    title_sizes_alone=(66, 58, 50, 42),
)
#: For groups and for networks that show squares.
SQUARE = Shape(
    name="square",
    size=(1080, 1080),
    picture=(0, 0, 1080, 560),
    words=(MARGIN, 610, 1080 - MARGIN, 1080 - MARGIN),
    words_alone=(MARGIN, 110, 984 - MARGIN, 1080 - MARGIN),
    band=(984, 0, 1080, 1080),
    tab=(140, 14),
    title_sizes=(58, 52, 46),
    title_sizes_alone=(84, 76, 66, 58, 50),
)
#: For stories: apps lay their own buttons over 250 pixels above and 340 below.
STORY = Shape(
    name="story",
    size=(1080, 1920),
    picture=(0, 0, 1080, 960),
    words=(MARGIN, 1024, 1080 - MARGIN, 1920 - 340),
    words_alone=(MARGIN, 320, 1080 - MARGIN, 1920 - 360),
    band=(0, 1620, 1080, 1920),
    tab=(160, 16),
    title_sizes=(72, 64, 56, 50),
    title_sizes_alone=(96, 84, 72, 64, 56),
    kicker_size=36,
)
SHAPES = {shape.name: shape for shape in (WIDE, SQUARE, STORY)}
SIZE = WIDE.size


@dataclass(frozen=True, kw_only=True)
class CardContent:
    """What a card says. ``picture`` holds any image file's bytes, at best of the shape's own ``place``.

    Of a tall picture, such as an infographic, the upper end is shown: its heading stands there.
    """

    title: str
    kicker: str = ""
    date: str = ""
    site_name: str = ""
    picture: bytes | None = None


@lru_cache(maxsize=32)
def _font(weight: str, size: int) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(FONTS / f"BeVietnamPro-{weight}.ttf", size, layout_engine=ImageFont.Layout.RAQM)


def draw_share_card(content: CardContent, shape: Shape = WIDE) -> bytes:
    """Return a JPEG: a blue panel with the title and the picture beside or above it, or a yellow card without one."""
    picture = _fitted(content.picture, shape) if content.picture else None
    card = Image.new("RGB", shape.size, NAVY if picture else SUN)
    draw = ImageDraw.Draw(card)
    if picture:
        left, top, right, bottom = shape.picture
        draw.rectangle((left, top, right - 1, bottom - 1), fill=DEEP)
        above = right - left == shape.size[0]  # then a picture that is not high enough stands on the words
        free = bottom - top - picture.height
        card.paste(picture, ((left + right - picture.width) // 2, top + (free if above else free // 2)))
        _panel(draw, content, shape, shape.words, colours=(SUN, WHITE, PALE))
    else:
        draw.rectangle(shape.band, fill=DEEP)
        _panel(draw, content, shape, shape.words_alone, colours=(NAVY, INK, NAVY))
    _tab(draw, shape, on_blue=picture is not None)
    output = io.BytesIO()
    card.save(output, "JPEG", quality=86, optimize=True, progressive=True)
    return output.getvalue()


def _fitted(content: bytes, shape: Shape) -> Image.Image | None:
    """The picture cut to its place, never enlarged; None where it would fill too little of it."""
    picture = Image.open(io.BytesIO(content)).convert("RGB")
    width, height = shape.place
    scale = min(1.0, max(width / picture.width, height / picture.height))
    if scale < 1:
        picture = picture.resize(
            (max(1, round(picture.width * scale)), max(1, round(picture.height * scale))), Image.Resampling.LANCZOS
        )
    wide, high = min(width, picture.width), min(height, picture.height)
    if wide * high < LEAST_SHARE * width * height:
        return None
    left = (picture.width - wide) // 2
    top = 0 if picture.height > 1.5 * picture.width else (picture.height - high) // 2
    return picture.crop((left, top, left + wide, top + high))


def _tab(draw: ImageDraw.ImageDraw, shape: Shape, *, on_blue: bool) -> None:
    """The small bar where the words begin: at the edge of the card, or of the picture above them."""
    top = shape.picture[3] if on_blue and shape.picture[0] == 0 else 0
    draw.rectangle((MARGIN, top, MARGIN + shape.tab[0], top + shape.tab[1]), fill=SUN if on_blue else DEEP)


def _panel(
    draw: ImageDraw.ImageDraw, content: CardContent, shape: Shape, box: Box, *, colours: tuple[str, str, str]
) -> None:
    kicker_colour, title_colour, foot_colour = colours
    left, y, right, bottom = box
    width = right - left
    if content.kicker:
        font = _font("700", shape.kicker_size)
        draw.text((left, y), _fit(_one_line(content.kicker), font, width), kicker_colour, font)
        y += shape.kicker_size + 26
    sizes = shape.title_sizes if title_colour == WHITE else shape.title_sizes_alone
    font, lines = _set_title(clean_text(content.title), width, sizes, bottom - y - 84)
    for line in lines:
        draw.text((left, y), line, title_colour, font)
        y += round(font.size * LINE_HEIGHT)
    _foot(draw, content, box, colours=(title_colour, foot_colour))


def _foot(draw: ImageDraw.ImageDraw, content: CardContent, box: Box, *, colours: tuple[str, str]) -> None:
    """The emblem with the portal's name and the date beside it."""
    name_colour, date_colour = colours
    width, centre = box[2] - box[0], (MARGIN + 30, box[3] - 18)
    on_blue = name_colour == WHITE
    _emblem(draw, centre, SUN if on_blue else NAVY, NAVY if on_blue else SUN)
    left, top = MARGIN + 82, centre[1] - 32
    name = _fit(_one_line(content.site_name), _font("700", 26), width - 82)
    draw.text((left, top), name, name_colour, _font("700", 26))
    draw.text((left, top + 34), content.date, date_colour, _font("400", 24))


def _emblem(draw: ImageDraw.ImageDraw, centre: tuple[int, int], colour: str, ground: str) -> None:
    """A gear of twelve teeth with a river in it, 60 pixels wide."""
    x, y = centre
    for tooth in range(12):
        angle = math.tau * tooth / 12
        along, across = (math.cos(angle), math.sin(angle)), (-math.sin(angle), math.cos(angle))
        corners = ((18.0, -6.0), (30.0, -4.5), (30.0, 4.5), (18.0, 6.0))
        draw.polygon(
            [(x + along[0] * out + across[0] * side, y + along[1] * out + across[1] * side) for out, side in corners],
            fill=colour,
        )
    draw.ellipse((x - 23, y - 23, x + 23, y + 23), fill=colour)
    draw.ellipse((x - 15, y - 15, x + 15, y + 15), fill=ground)
    for level in (-4, 4):
        wave = [(x + step, y + level + 2.4 * math.sin(step / 4)) for step in range(-12, 13)]
        draw.line(wave, fill=colour, width=3, joint="curve")


def _set_title(title: str, width: int, sizes: tuple[int, ...], height: int) -> tuple[ImageFont.FreeTypeFont, list[str]]:
    """Break a title into at most five lines, in the largest size that fits; cut at a word when none does."""
    font, lines = _font("700", sizes[-1]), [title]
    for size in sizes:
        font = _font("700", size)
        lines = _wrap(title, font, width)
        if len(lines) <= MAX_LINES and len(lines) * size * LINE_HEIGHT <= height:
            return font, lines
    room = min(MAX_LINES, max(1, int(height // (sizes[-1] * LINE_HEIGHT))))
    kept = lines[:room]
    kept[-1] = _fit(" ".join(lines[room - 1 :]), font, width)
    return font, kept


def _wrap(text: str, font: ImageFont.FreeTypeFont, width: int) -> list[str]:
    lines: list[str] = []
    for word in text.split():
        candidate = f"{lines[-1]} {word}" if lines else word
        if lines and font.getlength(candidate) <= width:
            lines[-1] = candidate
        else:
            lines.append(_fit(word, font, width))
    return lines or [""]


def _one_line(text: str) -> str:
    """Pillow refuses to measure a line break."""
    return " ".join(clean_text(text).split())


def _fit(text: str, font: ImageFont.FreeTypeFont, width: int) -> str:
    """Cut a line that is too long, at a word where there is one, and show that something is missing."""
    if font.getlength(text) <= width:
        return text
    while text and font.getlength(f"{text}…") > width:
        shorter = text.rpartition(" ")[0]
        text = shorter or text[:-1]
    return f"{text}…"
