"""A video's picture as its cover: fetched, and checked as an upload is. Without one, the draft comes all the same."""

import io
import logging
from typing import Any

from django.core.exceptions import ValidationError
from django.core.files.images import ImageFile
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image as PillowImage, ImageStat
from wagtail.images import get_image_model
from wagtail.images.fields import WagtailImageField

from crossposting import outgoing
from crossposting.incoming.registry import Video
from images.choices import Licence

logger = logging.getLogger(__name__)

#: YouTube's large picture stands beside the one that feeds name; not every video has it.
_NAMED, _LARGE = "/hqdefault.jpg", "/maxresdefault.jpg"
#: A stripe darker than this, on average of 255, is what YouTube puts above and below a wide video.
_BLACK = 12


def fetch_cover(video: Video, *, timeout: float) -> bytes | None:
    """The best picture there is, as JPEG; None when there is none that may be used."""
    if not video.thumbnail:
        return None
    large = video.thumbnail.replace(_NAMED, _LARGE)
    for address in dict.fromkeys((large, video.thumbnail)):
        try:
            answer = outgoing.request("GET", address, timeout=timeout, headers={"Accept": "image/jpeg"})
        except outgoing.OutgoingError as error:
            logger.info("The picture of the video %s was not fetched: %s", video.id, error)
            continue
        if answer.status == 200 and (content := _checked(answer.body)):
            return content
    return None


def _checked(content: bytes) -> bytes | None:
    """What the library would take from an editor, without black stripes; None for anything else."""
    try:
        WagtailImageField().clean(SimpleUploadedFile("cover.jpg", content, "image/jpeg"))
        picture = PillowImage.open(io.BytesIO(content))
        return _without_stripes(picture, content) if picture.format == "JPEG" else None
    except (ValidationError, OSError, ValueError, SyntaxError, PillowImage.DecompressionBombError) as error:
        logger.info("A picture from YouTube is none: %s", type(error).__name__)
        return None


def _without_stripes(picture: Any, content: bytes) -> bytes:
    """Cut a wide video's picture out of the 4:3 in which YouTube delivers it."""
    width, height = picture.size
    stripe = (height - width * 9 // 16) // 2
    if stripe <= 0 or width * 3 != height * 4:
        return content
    grey = picture.convert("L")
    edges = (grey.crop((0, 0, width, stripe)), grey.crop((0, height - stripe, width, height)))
    if max(ImageStat.Stat(edge).mean[0] for edge in edges) > _BLACK:
        return content
    cut = io.BytesIO()
    picture.convert("RGB").crop((0, stripe, width, height - stripe)).save(cut, "JPEG", quality=90)
    return cut.getvalue()


def store_cover(video: Video, content: bytes) -> Any:
    """Put the picture into the library. The caller deletes its file when the transaction comes to nothing."""
    image = get_image_model()(
        title=video.title,
        description=video.title,
        credit="YouTube",
        licence=Licence.PERMISSION,
        source_url=video.url,
        file=ImageFile(io.BytesIO(content), name=f"youtube-{video.id}.jpg"),
    )
    image.save()
    return image
