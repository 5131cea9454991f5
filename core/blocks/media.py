"""Blocks with pictures and files, and what the portal knows of YouTube's addresses."""

import re
from typing import Any
from urllib.parse import parse_qs, urlsplit

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail.blocks import CharBlock, ListBlock, StructBlock
from wagtail.documents.blocks import DocumentChooserBlock
from wagtail.images import get_image_model
from wagtail.images.blocks import ImageChooserBlock

YOUTUBE_HOSTS = {"youtube.com", "www.youtube.com", "m.youtube.com", "youtu.be", "www.youtube-nocookie.com"}
YOUTUBE_ID = re.compile(r"[\w-]{11}", re.ASCII)


def youtube_id(url: str) -> str:
    """Return the video's id from any address YouTube gives out, or "" if it is none."""
    try:
        parts = urlsplit(url or "")
    except ValueError:  # «http://[»
        return ""
    if parts.hostname not in YOUTUBE_HOSTS:
        return ""
    candidate = parse_qs(parts.query).get("v", [""])[0]
    if not candidate:
        candidate = parts.path.rstrip("/").rpartition("/")[2]
    return candidate if YOUTUBE_ID.fullmatch(candidate) else ""


def validate_youtube_url(url: str) -> None:
    """Refuse an address without a YouTube video in it."""
    if not youtube_id(url):
        raise ValidationError(_("This is not the address of a YouTube video."))


def embed_url(url: str) -> str:
    """The address that plays the video without cookies."""
    video = youtube_id(url)
    return f"https://www.youtube-nocookie.com/embed/{video}?autoplay=1&rel=0" if video else ""


def any_image() -> Any:
    """A real picture of the library, for previews of blocks."""
    return get_image_model().objects.order_by("pk").first()


class ImageBlock(StructBlock):
    """A picture with words that help who cannot see it."""

    image = ImageChooserBlock(label=_("Picture"))
    alt = CharBlock(
        label=_("Text alternative here"),
        required=False,
        max_length=300,
        help_text=_("What the picture tells in this story. Left empty, the picture's own description is read out."),
    )
    caption = CharBlock(label=_("Caption"), required=False, max_length=300)
    credit = CharBlock(
        label=_("Credit"), required=False, max_length=160, help_text=_("Left empty, the picture's own credit is shown.")
    )

    def get_preview_value(self) -> Any:
        """Show a real picture of the library."""
        return self.normalize(
            {"image": any_image(), "alt": "", "caption": "Chuyền may số 4, đầu ca sáng.", "credit": ""}
        )

    class Meta:
        label = _("Picture")
        icon = "image"
        description = _("One picture with caption and credit.")
        template = "blocks/image.html"
        preview_value = None


class GalleryItemBlock(ImageBlock):
    """One picture of a gallery."""

    class Meta:
        label = _("Picture")
        icon = "image"


class GalleryBlock(StructBlock):
    """Several pictures, opened large at a touch."""

    title = CharBlock(label=_("Title"), required=False, max_length=120)
    items = ListBlock(GalleryItemBlock(), label=_("Pictures"), min_num=2)

    def get_preview_value(self) -> Any:
        """Show real pictures of the library."""
        pictures = get_image_model().objects.order_by("pk")[:4]
        items = [{"image": picture, "alt": "", "caption": picture.title, "credit": ""} for picture in pictures]
        return self.normalize({"title": "Một ngày ở cảng", "items": items})

    class Meta:
        label = _("Gallery")
        icon = "image"
        description = _("A grid of pictures; each opens large.")
        template = "blocks/gallery.html"


class DocumentBlock(StructBlock):
    """A file to download."""

    document = DocumentChooserBlock(label=_("File"))
    title = CharBlock(
        label=_("Title"), required=False, max_length=200, help_text=_("Left empty, the file's own title.")
    )
    note = CharBlock(label=_("Note"), required=False, max_length=200)

    class Meta:
        label = _("File")
        icon = "doc-full"
        description = _("A file to download, with its kind and size.")
        template = "blocks/document.html"
