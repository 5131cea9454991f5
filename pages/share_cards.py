"""The picture that networks show when a page is shared: drawn by the portal, once per state of the page."""

import hashlib
import logging
from typing import Any

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.http import FileResponse, Http404, HttpRequest
from django.urls import reverse
from wagtail.models import Site

from core.drawing import CardContent, draw_share_card
from core.templatetags.portal_text import vi_date
from pages.models import BasePage

logger = logging.getLogger(__name__)
# Part of the digest: a new design gives every card a new address, so that networks fetch it again.
DESIGN = "2"
DIGEST_LENGTH = 16


def digest(page: BasePage) -> str:
    """Name the state of a page's card: changes when anything drawn on it changes."""
    drawn = [DESIGN, page.title, page.kicker, vi_date(page.display_date), str(page.cover_id or ""), page.kind_label]
    return hashlib.sha256("\x1f".join(drawn).encode()).hexdigest()[:DIGEST_LENGTH]


def card_url(page: BasePage) -> str:
    """The address of a page's card; drawn by the worker after publishing, or when first asked for."""
    return reverse("share-card", args=[page.pk, digest(page)])


def stored_name(page: BasePage) -> str:
    """Where the card lies in the file storage."""
    return f"share-cards/{page.pk % 100:02d}/{page.pk}-{digest(page)}.jpg"


def draw(page: BasePage) -> str:
    """Draw and store the card unless it is there already; return its name in the storage."""
    name = stored_name(page)
    if not default_storage.exists(name):
        jpeg = draw_share_card(
            CardContent(
                title=page.title,
                kicker=page.kicker or page.kind_label,
                date=vi_date(page.display_date),
                site_name=_site_name(),
                picture=_cover_bytes(page),
            )
        )
        default_storage.save(name, ContentFile(jpeg))
    return name


def _site_name() -> str:
    """The portal's name, which the site's settings keep in Wagtail's own record of the site."""
    site = Site.objects.filter(is_default_site=True).first()
    return site.site_name if site else ""


def _cover_bytes(page: BasePage) -> bytes | None:
    """The cover cropped around its subject; None when there is none or its file is lost."""
    if page.cover is None:
        return None
    try:
        rendition: Any = page.cover.get_rendition("fill-640x630|format-png")
        with rendition.file.open("rb") as file:
            return file.read()
    except Exception:  # a missing or broken file raises whatever the storage or the decoder raises
        logger.warning("The cover of page %s cannot be drawn on its card.", page.pk, exc_info=True)
        return None


def serve(request: HttpRequest, page_id: int, digest: str) -> FileResponse:
    """Send a page's card. An older digest still answers with today's card: networks keep old addresses for years."""
    page = BasePage.objects.published().select_related("cover", "main_topic").filter(pk=page_id).first()
    if page is None or len(digest) != DIGEST_LENGTH:
        raise Http404
    response = FileResponse(default_storage.open(draw(page)), content_type="image/jpeg")
    response["Cache-Control"] = "public, max-age=86400"
    return response
