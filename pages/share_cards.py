"""The pictures that networks show when a page is shared: drawn by the portal, once per state of the page and shape."""

import hashlib
import logging
from collections.abc import Iterator
from typing import Any

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.http import FileResponse, Http404, HttpRequest
from django.urls import reverse
from wagtail.fields import StreamField
from wagtail.models import Site

from core.blocks.pictures import pictures_in
from core.drawing import SHAPES, WIDE, CardContent, Shape, draw_share_card
from core.templatetags.portal_text import vi_date
from pages.models import BasePage

logger = logging.getLogger(__name__)
# Part of the digest: a new design gives every card a new address, so that networks fetch it again.
DESIGN = "3"
DIGEST_LENGTH = 16
#: What a card needs of a page.
RELATED = ("cover", "share_image", "main_topic")
#: A picture so much higher than wide is an infographic: its upper end is shown, where its heading stands.
TALL = 1.5
LARGEST = 2000


def digest(page: BasePage) -> str:
    """Name the state of a page's cards: changes when anything drawn on them changes. Asks the database nothing."""
    drawn = [DESIGN, page.title, page.kicker, vi_date(page.display_date), page.kind_label]
    drawn.append(str(page.share_image_id or page.cover_id or page.last_published_at or ""))
    return hashlib.sha256("\x1f".join(drawn).encode()).hexdigest()[:DIGEST_LENGTH]


def card_url(page: BasePage, shape: Shape = WIDE) -> str:
    """The address of a page's card; drawn by the worker after publishing, or when first asked for."""
    return reverse("share-card", args=[page.pk, digest(page) + _ending(shape)])


def stored_name(page: BasePage, shape: Shape = WIDE) -> str:
    """Where the card lies in the file storage."""
    return f"share-cards/{page.pk % 100:02d}/{page.pk}-{digest(page)}{_ending(shape)}.jpg"


def _ending(shape: Shape) -> str:
    return "" if shape is WIDE else f"-{shape.name}"


def draw(page: BasePage, shape: Shape = WIDE) -> str:
    """Draw and store the card unless it is there already; return its name in the storage."""
    name = stored_name(page, shape)
    if not default_storage.exists(name):
        default_storage.save(name, ContentFile(drawn(page, shape)))
    return name


def drawn(page: BasePage, shape: Shape = WIDE) -> bytes:
    """Draw the card of a page in whatever state it is, and store nothing."""
    return draw_share_card(
        CardContent(
            title=page.title,
            kicker=page.kicker or page.kind_label,
            date=vi_date(page.display_date),
            site_name=_site_name(),
            picture=_picture_bytes(page, shape),
        ),
        shape,
    )


def _site_name() -> str:
    """The portal's name, which the site's settings keep in Wagtail's own record of the site."""
    site = Site.objects.filter(is_default_site=True).first()
    return site.site_name if site else ""


def pictures_of(page: BasePage) -> list[Any]:
    """The pictures of a page, each once: cover first, then those in its text. Reads the whole page."""
    found = [page.cover, *_pictures_in_streams(page.specific)]
    return list({picture.pk: picture for picture in found if picture is not None}.values())


def _pictures_in_streams(page: Any) -> Iterator[Any]:
    for field in page._meta.get_fields():
        if isinstance(field, StreamField):
            yield from pictures_in(getattr(page, field.name))


def _picture_bytes(page: BasePage, shape: Shape) -> bytes | None:
    """The picture for sharing, the cover, or the first of the text, cropped around its subject.

    None when there is none, or its file is lost.
    """
    picture = page.share_image or page.cover or next(_pictures_in_streams(page.specific), None)
    if picture is None:
        return None
    try:
        rendition: Any = picture.get_rendition(_spec(picture, shape))
        with rendition.file.open("rb") as file:
            content: bytes = file.read()
            return content
    except Exception:  # a missing or broken file raises whatever the storage or the decoder raises
        logger.warning("The picture of page %s cannot be drawn on its card.", page.pk, exc_info=True)
        return None


def _spec(picture: Any, shape: Shape) -> str:
    """The size to draw from: cut by Wagtail, which knows the subject, unless that would leave too little."""
    width, height = shape.place
    if picture.height > TALL * picture.width and not picture.has_focal_point():
        return f"width-{width}|format-png"
    if picture.width < width or picture.height < height:
        return f"max-{LARGEST}x{LARGEST}|format-png"  # the card cuts it as it is, which leaves more than scaling
    return f"fill-{width}x{height}|format-png"


def serve(request: HttpRequest, page_id: int, digest: str) -> FileResponse:
    """Send a page's card. An older digest still answers with today's card: networks keep old addresses for years."""
    digest, _dash, name = digest.partition("-")
    shape = SHAPES.get(name or WIDE.name)
    page = BasePage.objects.published().select_related(*RELATED).filter(pk=page_id).first()
    if page is None or shape is None or len(digest) != DIGEST_LENGTH:
        raise Http404
    response = FileResponse(default_storage.open(draw(page, shape)), content_type="image/jpeg")
    response["Cache-Control"] = "public, max-age=86400"
    return response
