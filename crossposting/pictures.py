"""Pictures in the form networks take: JPEG, within a number of bytes and pixels, with an absolute address."""

import io
import logging
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.core.files.storage import default_storage
from PIL import Image as PillowImage
from wagtail.images import get_image_model

from core.drawing import SHAPES, WIDE, Shape
from crossposting.channels.contract import Picture
from pages import share_cards
from pages.models import BasePage

logger = logging.getLogger(__name__)

#: Tried in turn until the file is small enough: longest side and quality.
_STEPS = ((2048, 82), (1600, 78), (1200, 72), (1000, 64), (800, 56))


@dataclass(frozen=True, kw_only=True)
class LoadedPicture:
    """A picture ready to be sent."""

    content: bytes
    name: str
    width: int
    height: int
    alt: str
    mime: str = "image/jpeg"


def load_picture(picture: Picture, *, max_bytes: int, max_side: int) -> LoadedPicture | None:
    """Read a picture; None when it or its file is lost, which must not keep the words from being posted."""
    try:
        found = _card(picture) if picture.ref.startswith("card:") else _image(picture, max_bytes, max_side)
    except Exception:  # storage and decoders raise whatever they like
        logger.warning("The picture %s cannot be read for a channel.", picture.ref, exc_info=True)
        return None
    return found if found is not None and len(found.content) <= max_bytes else None


def picture_url(picture: Picture, *, max_bytes: int, max_side: int) -> str:
    """The absolute address from which a network fetches the picture; empty when it or its file is lost."""
    if picture.ref.startswith("card:"):
        page, shape = _page_and_shape(picture)
        return absolute(share_cards.card_url(page, shape)) if page else ""
    try:
        rendition = _rendition(picture, max_bytes, max_side)
    except Exception:  # as above
        logger.warning("The picture %s cannot be drawn for a channel.", picture.ref, exc_info=True)
        return ""
    return "" if rendition is None else absolute(rendition.url)


def absolute(url: str) -> str:
    """An address on the portal with its host."""
    return url if "://" in url else f"{settings.WAGTAILADMIN_BASE_URL}{url}"


def _page_and_shape(picture: Picture) -> tuple[BasePage | None, Shape]:
    """What ``card:ID`` or ``card:ID:SHAPE`` names."""
    _card_sign, page_id, *name = picture.ref.split(":")
    page = BasePage.objects.select_related(*share_cards.RELATED).filter(pk=int(page_id)).first()
    return page, SHAPES[name[0]] if name else WIDE


def _card(picture: Picture) -> LoadedPicture | None:
    page, shape = _page_and_shape(picture)
    if page is None:
        return None
    with default_storage.open(share_cards.draw(page, shape)) as file:
        return _measured(file.read(), f"card-{page.pk}.jpg", picture.alt)


def _image(picture: Picture, max_bytes: int, max_side: int) -> LoadedPicture | None:
    rendition = _rendition(picture, max_bytes, max_side)
    if rendition is None:
        return None
    with rendition.file.open("rb") as file:
        return _measured(file.read(), f"{picture.ref.replace(':', '-')}.jpg", picture.alt)


def _rendition(picture: Picture, max_bytes: int, max_side: int) -> Any:
    image = get_image_model().objects.filter(pk=int(picture.ref.partition(":")[2])).first()
    if image is None:
        return None
    rendition = None
    for side, quality in _STEPS:
        if side > max_side and side != _STEPS[-1][0]:
            continue
        # «max-» never enlarges; the format is JPEG because some networks take nothing newer.
        rendition = image.get_rendition(f"max-{side}x{side}|format-jpeg|jpegquality-{quality}|bgcolor-ffffff")
        if rendition.file.size <= max_bytes:
            break
    return rendition


def _measured(content: bytes, name: str, alt: str) -> LoadedPicture:
    with PillowImage.open(io.BytesIO(content)) as opened:
        width, height = opened.size
    return LoadedPicture(content=content, name=name, width=width, height=height, alt=alt)
