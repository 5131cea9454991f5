"""Looks at what is uploaded to the library before it is kept."""

from pathlib import PurePath

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile, UploadedFile
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext_lazy as _

from core.captions import MAX_BYTES, read_captions, webvtt
from documents.media import VIDEO_ENDINGS, WEBM, WEBVTT, check_video

CAPTION_ENDINGS = {"srt", "vtt"}


def checked(file: UploadedFile) -> UploadedFile:
    """Return the file to keep: films under the ending of what they are, captions as WebVTT in UTF-8."""
    name = PurePath(file.name or "")
    ending = name.suffix.lower().lstrip(".")
    if ending in CAPTION_ENDINGS:
        return _captions(file, name.stem)
    if ending in VIDEO_ENDINGS:
        _check_size(file, settings.VIDEO_MAX_UPLOAD_SIZE, _("a video"))
        file.name = f"{name.stem}.{'webm' if check_video(file) == WEBM else 'mp4'}"
        return file
    _check_size(file, settings.FILE_MAX_UPLOAD_SIZE, _("a file"))
    return file


def _captions(file: UploadedFile, stem: str) -> UploadedFile:
    file.seek(0)
    cues = read_captions(file.read(MAX_BYTES + 1))
    return SimpleUploadedFile(f"{stem}.vtt", webvtt(cues).encode(), content_type=WEBVTT)


def _check_size(file: UploadedFile, most: int, what: object) -> None:
    size = file.size or 0
    if size > most:
        words = _(
            "%(size)s is too large for %(what)s: the portal takes up to %(most)s. "
            "Save it smaller (a video: 720p is enough for phones) or put the video on YouTube."
        )
        params = {"size": filesizeformat(size), "what": what, "most": filesizeformat(most)}
        raise ValidationError(words, code="too_large", params=params)
