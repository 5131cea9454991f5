"""The block of a film: on YouTube, or a file of the portal's own."""

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail.blocks import (
    CharBlock,
    ChoiceBlock,
    StreamBlock,
    StructBlock,
    StructBlockValidationError,
    StructValue,
    URLBlock,
)
from wagtail.documents.blocks import DocumentChooserBlock
from wagtail.fields import StreamField
from wagtail.images.blocks import ImageChooserBlock

from core.blocks.media import any_image, embed_url, validate_youtube_url
from core.blocks.text import INLINE_FEATURES, SafeRichTextBlock
from core.videos import CAPTION_LANGUAGES, Video, check_source


class VideoValue(StructValue):
    """Adds what the player shows."""

    @property
    def embed_url(self) -> str:
        """Address of YouTube's player without cookies."""
        return embed_url(self.get("url") or "")

    @property
    def video(self) -> Video:
        """The film; a value stored before there were files has none."""
        transcript = self.get("transcript")
        return Video(
            title=self.get("title") or "",
            url=self.get("url") or "",
            embed_url=self.embed_url,
            file=self.get("file"),
            captions=self.get("captions"),
            language=self.get("captions_language") or "vi",
            poster=self.get("poster"),
            duration=self.get("duration") or "",
            transcript=transcript if transcript and transcript.source else "",
        )


def films_in(page: Any) -> Iterator[tuple[int, int]]:
    """Ids of the film and the captions of each such block in a page's streams that has no transcript of its own.

    Read from the stored form: nothing is loaded.
    """
    for field in page._meta.concrete_fields:  # Django's documented model API
        if isinstance(field, StreamField):
            stream = getattr(page, field.name)
            yield from _films_of_blocks(stream.stream_block, list(stream.raw_data))


def _films_of_blocks(stream: StreamBlock, blocks: Any) -> Iterator[tuple[int, int]]:
    for item in blocks:
        block, value = stream.child_blocks.get(item["type"]), item["value"]
        if isinstance(block, StreamBlock):
            yield from _films_of_blocks(block, value or ())
        elif isinstance(block, VideoBlock) and isinstance(value, dict):
            film, captions = value.get("file"), value.get("captions")
            if film and captions and not value.get("transcript"):
                yield film, captions


class VideoBlock(StructBlock):
    """A video that loads only when the reader asks for it."""

    url = URLBlock(
        label=_("YouTube address"),
        required=False,
        validators=[validate_youtube_url],
        help_text=_("Nothing is loaded from YouTube until the reader presses play."),
    )
    file = DocumentChooserBlock(
        label=_("Or a video file"),
        required=False,
        help_text=_("Instead of YouTube. MP4 (H.264) plays on every phone; nothing of it is loaded before play."),
    )
    captions = DocumentChooserBlock(
        label=_("Captions of the file"),
        required=False,
        help_text=_("A .srt or .vtt file. Who cannot hear, or may not listen at work, reads along."),
    )
    captions_language = ChoiceBlock(label=_("Language of the captions"), choices=CAPTION_LANGUAGES, default="vi")
    title = CharBlock(label=_("Title"), max_length=160)
    poster = ImageChooserBlock(label=_("Still picture"), required=False)
    duration = CharBlock(
        label=_("Length"),
        required=False,
        max_length=10,
        help_text=_("Minutes and seconds, such as 6:42. Of a file the portal knows it."),
    )
    transcript = SafeRichTextBlock(
        label=_("Transcript"),
        features=INLINE_FEATURES,
        required=False,
        help_text=_("What is said, for who cannot hear it. Left empty, it is made from the captions."),
    )

    def clean(self, value: Any) -> Any:
        """One source, and files that are what they should be."""
        cleaned = super().clean(value)
        wrong = check_source(cleaned["url"], cleaned["file"], cleaned["captions"], file_field="file")
        if wrong:
            raise StructBlockValidationError(block_errors=wrong)
        return cleaned

    def get_preview_value(self) -> Any:
        """Show a real picture as the still."""
        return self.normalize(
            {
                "url": "https://www.youtube.com/watch?v=aqz-KE-bpKQ",
                "file": None,
                "captions": None,
                "captions_language": "vi",
                "title": "Bốn giờ sáng trên chuyến phà cuối cùng của sông Lam",
                "poster": any_image(),
                "duration": "6:42",
                "transcript": "",
            }
        )

    class Meta:
        label = _("Video")
        icon = "media"
        description = _("A video on YouTube or of your own; loads only at a touch.")
        template = "blocks/video.html"
        value_class = VideoValue
