"""The picture of an item: what the editor chose if it is large enough, otherwise the card that the portal draws.

Networks show a picture large from 1,200 pixels on, take JPEG and PNG only, and some ask for its size in bytes. Nothing
is ever enlarged: a small picture stands on the drawn card instead.
"""

import logging
from dataclasses import dataclass
from typing import Any

from django.core.files.storage import default_storage

from core.drawing import SIZE as CARD_SIZE
from pages.models import BasePage
from pages.share_cards import card_url, draw

logger = logging.getLogger(__name__)

WIDTH = 1200
RENDITION = f"width-{WIDTH}|format-jpeg|jpegquality-80"


@dataclass(frozen=True, kw_only=True)
class Picture:
    """A picture as feeds name it; ``url`` is absolute once the item is made."""

    url: str
    width: int
    height: int
    bytes: int
    alt: str = ""
    caption: str = ""
    type: str = "image/jpeg"


def picture_of(page: BasePage) -> Picture | None:
    """The picture to show with an item; None only when not even the card can be drawn."""
    for image in (page.share_image, page.cover):
        if image is not None and image.width >= WIDTH and (found := _from_library(image, page)):
            return found
    try:
        return Picture(
            url=card_url(page),
            width=CARD_SIZE[0],
            height=CARD_SIZE[1],
            bytes=default_storage.size(draw(page)),
            alt=page.title,
        )
    except Exception:  # storage and drawing raise whatever they raise; an item without a picture is better than none
        logger.warning("The card of page %s cannot be drawn.", page.pk, exc_info=True)
        return None


def _from_library(image: Any, page: BasePage) -> Picture | None:
    try:
        rendition = image.get_rendition(RENDITION)
        size = rendition.file.size
    except Exception:  # a missing or broken file raises whatever the storage or the decoder raises
        logger.warning("The picture %s (%s) cannot be put into a feed.", image.pk, image.title, exc_info=True)
        return None
    caption = page.cover_caption if image.pk == page.cover_id else ""
    return Picture(
        url=rendition.url,
        width=rendition.width,
        height=rendition.height,
        bytes=size,
        alt=image.description or page.title,
        caption=" ".join(part for part in (caption, image.credit) if part),
    )
