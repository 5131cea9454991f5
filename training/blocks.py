"""Blocks of training: everything an article may hold, and recordings."""

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail.blocks import (
    CharBlock,
    ChoiceBlock,
    StreamBlock,
    StructBlock,
    StructBlockValidationError,
    TextBlock,
    URLBlock,
)
from wagtail.documents.blocks import DocumentChooserBlock

from core.blocks.body import BodyBlock
from core.blocks.media import DocumentBlock
from core.blocks.video import VideoBlock

#: File endings of recordings that every phone plays.
RECORDINGS = {"mp3", "m4a", "ogg", "opus", "wav"}


class AudioBlock(StructBlock):
    """A recording to listen to, with what is said in it."""

    recording = DocumentChooserBlock(label=_("Recording"), help_text=_("MP3 plays on every phone."))
    title = CharBlock(label=_("Title"), max_length=160)
    duration = CharBlock(label=_("Length"), required=False, max_length=10, help_text=_("Such as 12:30."))
    transcript = TextBlock(
        label=_("What is said"), required=False, help_text=_("For who cannot hear or may not listen at work.")
    )

    def clean(self, value: Any) -> Any:
        """Refuse a file that no browser plays."""
        cleaned = super().clean(value)
        extension = cleaned["recording"].file_extension.lower()
        if extension not in RECORDINGS:
            words = _("«%(extension)s» is not a recording. Upload an MP3 file.")
            refused = ValidationError(words, params={"extension": extension})
            raise StructBlockValidationError(block_errors={"recording": refused})
        return cleaned

    class Meta:
        label = _("Recording")
        icon = "media"
        description = _("A sound file with a player.")
        template = "training/blocks/audio.html"


class LinkBlock(StructBlock):
    """Material that stands on another site."""

    url = URLBlock(label=_("Address"))
    title = CharBlock(label=_("Title"), max_length=200)
    note = CharBlock(label=_("Note"), required=False, max_length=200)

    class Meta:
        label = _("Link")
        icon = "link"
        description = _("Something to read or to see on another site.")
        template = "training/blocks/link.html"
        preview_value = {"url": "https://example.org/bai-giang", "title": "Bài giảng của trường", "note": "45 phút"}


class SlidesBlock(DocumentBlock):
    """Slides or a paper, to be opened or downloaded."""

    kind = ChoiceBlock(
        label=_("Kind"),
        choices=[("slides", _("Slides")), ("paper", _("Paper")), ("exercise", _("Exercise"))],
        default="slides",
    )

    class Meta:
        label = _("Slides or paper")
        icon = "doc-full"
        description = _("A PDF, Word or PowerPoint file.")
        template = "training/blocks/slides.html"


class MaterialBlock(StreamBlock):
    """What a material consists of."""

    slides = SlidesBlock()
    video = VideoBlock()
    audio = AudioBlock()
    link = LinkBlock()


class LessonBodyBlock(BodyBlock):
    """What a lesson consists of."""

    audio = AudioBlock()
