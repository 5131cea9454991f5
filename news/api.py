"""What the public interface shows of videos."""

from typing import Any

from django.utils.html import format_html_join
from django.utils.translation import gettext_lazy as _
from wagtail.rich_text import expand_db_html

from api import schemas
from api.batches import Batch
from api.parts import html_url
from api.registry import Field, Shown, attribute, register_fields
from crossposting.feeds.markup import feed_html
from news.models import VideoPage

FILM = schemas.structure(
    {
        "url": schemas.address(),
        "file_type": schemas.text(description=_("Such as video/mp4.")),
        "seconds": schemas.integer(),
        "width": schemas.nullable(schemas.integer(1)),
        "height": schemas.nullable(schemas.integer(1)),
    },
    description=_("A video file of the portal's own; parts of it can be asked for."),
)
CAPTIONS = schemas.structure(
    {"url": schemas.address(), "language": schemas.text()}, description=_("Captions of the file, as WebVTT.")
)


def _film(page: VideoPage, batch: Batch) -> dict[str, Any] | None:
    """None for a film on YouTube, and for one that not everybody may open."""
    film = page.video_file
    if film is None or not film.is_video or film.collection_id in batch.hidden_collections:
        return None
    return {
        "url": batch.absolute(film.url),
        "file_type": film.content_type,
        "seconds": page.video.seconds,
        "width": film.width or None,
        "height": film.height or None,
    }


def _captions(page: VideoPage, batch: Batch) -> dict[str, str] | None:
    captions = page.captions
    if _film(page, batch) is None or captions is None or captions.collection_id in batch.hidden_collections:
        return None
    return {"url": batch.absolute(captions.url), "language": page.captions_language}


def _transcript(page: VideoPage, batch: Batch) -> str:
    """As the editor wrote it, else as the captions say it."""
    captions = page.captions
    if page.transcript or captions is None or _captions(page, batch) is None:
        return feed_html(expand_db_html(page.transcript), html_url(page, batch))
    return str(format_html_join("", "<p>{}</p>", ((passage.text,) for passage in captions.passages)))


def register() -> None:
    """Called when the app is ready."""
    register_fields(
        VideoPage,
        attribute("video_url", schemas.text(), _("The address of the video on YouTube.")),
        Field(
            name="file",
            schema=schemas.nullable(FILM),
            description=_("The video file, where the video is not on YouTube."),
            read=_film,
            shown=Shown.ALONE_ONLY,
        ),
        Field(
            name="captions",
            schema=schemas.nullable(CAPTIONS),
            description=_("What is said, with its times."),
            read=_captions,
            shown=Shown.ALONE_ONLY,
        ),
        attribute("duration", schemas.text(), _("Minutes and seconds, such as 6:42.")),
        Field(
            name="transcript",
            schema=schemas.html(),
            description=_("What is said."),
            read=_transcript,
            shown=Shown.ALONE_ONLY,
        ),
    )
