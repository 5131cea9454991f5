"""The file library's model; custom from the first migration, since it cannot be changed later."""

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.documents.models import AbstractDocument

from core.captions import Passage, passages, read_captions
from core.text import CleanTextMixin
from core.videos import clock
from documents.media import AUDIO_ENDINGS, VIDEO_TYPES, WEBVTT, Details, read_details


class PortalDocument(CleanTextMixin, AbstractDocument):
    """A file that readers download, kept byte for byte as it was signed; films and recordings are played."""

    source = models.CharField(
        _("source"), max_length=160, blank=True, help_text=_("Who issued the file. Readers see it beside the link.")
    )

    # Read from the file when it comes.
    duration = models.FloatField(null=True, editable=False)  # seconds
    width = models.PositiveIntegerField(null=True, editable=False)
    height = models.PositiveIntegerField(null=True, editable=False)
    spoken = models.JSONField(default=list, editable=False)  # of captions: [[seconds, paragraph], …]

    admin_form_fields = ("title", "file", "source", "collection", "tags")

    class Meta(AbstractDocument.Meta):
        verbose_name = _("file")
        verbose_name_plural = _("files")

    def clean(self) -> None:
        """Ask about the ending where there is a file: of a refused one the field itself has said what is wrong."""
        if self.file:
            super().clean()

    @property
    def is_video(self) -> bool:
        """Whether it is a film that browsers play."""
        return self.content_type in VIDEO_TYPES

    @property
    def is_captions(self) -> bool:
        """Whether it holds captions of a film."""
        return self.content_type == WEBVTT

    @property
    def length(self) -> str:
        """How long it plays: «6:42»."""
        return clock(self.duration)

    @property
    def passages(self) -> list[Passage]:
        """What the captions say, in paragraphs."""
        return [Passage(start, text) for start, text in self.spoken]

    def _set_document_file_metadata(self) -> None:
        """Wagtail calls it whenever an editor has sent a new file."""
        self.read_file()

    def read_file(self) -> None:
        """Note the size of a new file, what kind of film or recording it is, and what captions say; saves nothing."""
        super()._set_document_file_metadata()
        playable = self.is_video or self.file_extension.lower() in AUDIO_ENDINGS
        details = read_details(self.file) if playable else Details()
        self.duration, self.width, self.height = details.seconds, details.width, details.height
        self.spoken = self._read_spoken() if self.is_captions else []

    def _read_spoken(self) -> list[Any]:
        with self.open_file() as file:
            return [[passage.start, passage.text] for passage in passages(read_captions(file.read()))]
