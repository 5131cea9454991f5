"""Draws a frame around somebody without a face, as lists and share cards show it."""

import io

from PIL import Image, ImageDraw

#: Pixels of the card, in the form of all covers.
CARD = (1600, 900)
MARGIN = 40
#: Part of the frame's height: the head, and the shoulders below it.
HEAD, SHOULDERS = 0.34, 0.92
PAPER, STRIPE, BEHIND, SOMEBODY = "#e5eefa", "#c9dcf2", "#f3f5f8", "#8fa3bd"


def card_of(frame: Image.Image) -> bytes:
    """A PNG of the frame, whole, around a silhouette, on the portal's paper."""
    width, height = CARD
    card = Image.new("RGB", CARD, PAPER)
    stripes = ImageDraw.Draw(card)
    for left in range(-height, width, 120):
        stripes.polygon([(left, height), (left + 60, height), (left + 60 + height, 0), (left + height, 0)], fill=STRIPE)
    shown = frame.convert("RGBA")
    shown.thumbnail((width - 2 * MARGIN, height - 2 * MARGIN))
    inside = silhouette(shown.size)
    inside.alpha_composite(shown)
    place = (width - inside.width) // 2, (height - inside.height) // 2
    card.paste(inside.convert("RGB"), place)
    made = io.BytesIO()
    card.save(made, "PNG", optimize=True)
    return made.getvalue()


def silhouette(size: tuple[int, int]) -> Image.Image:
    """Somebody, on a light ground."""
    width, height = size
    picture = Image.new("RGBA", size, BEHIND)
    draw = ImageDraw.Draw(picture)
    middle, head = width / 2, HEAD * height
    draw.ellipse([middle - head / 2, 0.2 * height, middle + head / 2, 0.2 * height + head], fill=SOMEBODY)
    reach = SHOULDERS * height / 2
    draw.ellipse([middle - reach, 0.6 * height, middle + reach, 0.6 * height + 2 * reach], fill=SOMEBODY)
    return picture
