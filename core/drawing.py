"""Draws share cards with Pillow and Raqm, so that Vietnamese marks stack right. Takes plain data, knows no model."""

import io
import math
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont

from core.text import clean_text

FONTS = Path(__file__).parent / "fonts"
SIZE = (1200, 630)
PANEL_WIDTH = 684  # 57 % of the card
MARGIN = 64
MAX_LINES = 5
TITLE_SIZES = (50, 46, 42)
LINE_HEIGHT = 1.36
NAVY, DEEP, SUN, WHITE, INK, PALE = "#0b3a75", "#082c5a", "#ffc53d", "#ffffff", "#13181f", "#c9dcf2"


@dataclass(frozen=True, kw_only=True)
class CardContent:
    """What a card says. ``picture`` holds any image file's bytes, 640×630 at best."""

    title: str
    kicker: str = ""
    date: str = ""
    site_name: str = ""
    picture: bytes | None = None


@lru_cache(maxsize=32)
def _font(weight: str, size: int) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(FONTS / f"BeVietnamPro-{weight}.ttf", size, layout_engine=ImageFont.Layout.RAQM)


def draw_share_card(content: CardContent) -> bytes:
    """Return a 1200×630 JPEG: a blue panel with the title and the picture beside it, or a yellow card without one."""
    card = _with_picture(content) if content.picture else _without_picture(content)
    output = io.BytesIO()
    card.save(output, "JPEG", quality=86, optimize=True, progressive=True)
    return output.getvalue()


def _with_picture(content: CardContent) -> Image.Image:
    card = Image.new("RGB", SIZE, NAVY)
    picture = Image.open(io.BytesIO(content.picture or b"")).convert("RGB")
    width = SIZE[0] - PANEL_WIDTH
    scale = max(width / picture.width, SIZE[1] / picture.height)
    picture = picture.resize((round(picture.width * scale), round(picture.height * scale)), Image.Resampling.LANCZOS)
    left, top = (picture.width - width) // 2, (picture.height - SIZE[1]) // 2
    card.paste(picture.crop((left, top, left + width, top + SIZE[1])), (PANEL_WIDTH, 0))
    draw = ImageDraw.Draw(card)
    _panel(draw, content, width=PANEL_WIDTH - 2 * MARGIN, title_sizes=TITLE_SIZES, colours=(SUN, WHITE, PALE))
    draw.rectangle((MARGIN, 0, MARGIN + 120, 12), fill=SUN)
    return card


def _without_picture(content: CardContent) -> Image.Image:
    card = Image.new("RGB", SIZE, SUN)
    draw = ImageDraw.Draw(card)
    draw.rectangle((SIZE[0] - 96, 0, SIZE[0], SIZE[1]), fill=DEEP)
    draw.rectangle((MARGIN, 0, MARGIN + 120, 12), fill=DEEP)
    _panel(draw, content, width=SIZE[0] - 96 - 2 * MARGIN, title_sizes=(66, 58, 50, 42), colours=(NAVY, INK, NAVY))
    return card


def _panel(
    draw: ImageDraw.ImageDraw,
    content: CardContent,
    *,
    width: int,
    title_sizes: tuple[int, ...],
    colours: tuple[str, str, str],
) -> None:
    kicker_colour, title_colour, foot_colour = colours
    y = MARGIN + 4
    if content.kicker:
        draw.text(
            (MARGIN, y), _fit(_one_line(content.kicker), _font("700", 30), width), kicker_colour, _font("700", 30)
        )
        y += 56
    font, lines = _set_title(clean_text(content.title), width, title_sizes, SIZE[1] - y - MARGIN - 84)
    for line in lines:
        draw.text((MARGIN, y), line, title_colour, font)
        y += round(font.size * LINE_HEIGHT)
    _foot(draw, content, width=width, colours=(title_colour, foot_colour))


def _foot(draw: ImageDraw.ImageDraw, content: CardContent, *, width: int, colours: tuple[str, str]) -> None:
    """The emblem with the portal's name and the date beside it."""
    name_colour, date_colour = colours
    centre = (MARGIN + 30, SIZE[1] - MARGIN - 18)
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
