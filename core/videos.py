"""What a player shows: a film on YouTube, or one of the portal's own files with its captions."""

from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

#: Languages of captions, each named as its readers call it.
CAPTION_LANGUAGES = [
    ("vi", "Tiếng Việt"),
    ("en", "English"),
    ("km", "ភាសាខ្មែរ"),
    ("zh", "中文"),
    ("ko", "한국어"),
    ("ja", "日本語"),
]


@dataclass(frozen=True, kw_only=True)
class Video:
    """A film as templates, feeds and search engines need it; ``file`` and ``captions`` are files of the library."""

    title: str
    url: str = ""
    embed_url: str = ""
    file: Any = None
    captions: Any = None
    language: str = "vi"
    poster: Any = None
    duration: str = ""
    transcript: Any = ""

    @property
    def language_label(self) -> str:
        """The name of the captions' language, in that language."""
        return dict(CAPTION_LANGUAGES).get(self.language, self.language)

    @property
    def length(self) -> str:
        """As the editor wrote it, or as long as the file is: «6:42»."""
        return self.duration or clock(getattr(self.file, "duration", None))

    @property
    def seconds(self) -> int:
        """The length in whole seconds, 0 where nobody knows."""
        measured = getattr(self.file, "duration", None)
        return round(measured) if measured else _seconds(self.duration)


def clock(seconds: float | None) -> str:
    """Write seconds as people do: «0:07», «6:42», «1:02:03»; "" for none."""
    if seconds is None:
        return ""
    minutes, rest = divmod(int(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02d}:{rest:02d}" if hours else f"{minutes}:{rest:02d}"


def _seconds(written: str) -> int:
    parts = written.strip().split(":")
    if not 2 <= len(parts) <= 3 or not all(part.isdecimal() for part in parts):
        return 0
    total = 0
    for part in parts:
        total = total * 60 + int(part)
    return total


def check_source(url: str, file: Any, captions: Any, *, file_field: str) -> dict[str, ValidationError]:
    """What is wrong with where a film comes from, by the fields ``url``, ``captions`` and the one named."""
    wrong: dict[str, ValidationError] = {}
    if not url and not file:
        wrong["url"] = ValidationError(_("Give the address on YouTube, or choose a video file below."))
    elif url and file:
        wrong[file_field] = ValidationError(_("Either the address on YouTube or a video file: empty one of them."))
    if file and not getattr(file, "is_video", False):
        words = _("«%(title)s» is not a video. Choose or upload an MP4 or WebM file.")
        wrong[file_field] = ValidationError(words, params={"title": file.title})
    if captions and not getattr(captions, "is_captions", False):
        words = _("«%(title)s» holds no captions. Choose or upload a .srt or .vtt file.")
        wrong["captions"] = ValidationError(words, params={"title": captions.title})
    return wrong
