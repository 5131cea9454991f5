"""What a film or a recording is, read from the file itself: its name may say anything.

``pymediainfo`` brings the reader with it (no system library) and reads the heads of a file, not its pictures. What no
phone plays is refused when it is uploaded, with words that say what to do.
"""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from pymediainfo import MediaInfo

MP4, WEBM, WEBVTT = "video/mp4", "video/webm", "text/vtt"
VIDEO_TYPES = {MP4, WEBM}
#: What browsers play or show without running anything that is in the file.
SHOWN = {*VIDEO_TYPES, WEBVTT, "audio/mpeg", "audio/mp4", "audio/ogg", "audio/wav"}
#: Endings under which people upload films, also those that are refused.
VIDEO_ENDINGS = {"mp4", "m4v", "webm", "mov", "avi", "wmv", "mkv", "mpg", "mpeg", "3gp", "flv", "ts", "mts", "vob"}
AUDIO_ENDINGS = {"mp3", "m4a", "ogg", "opus", "wav"}
#: What every phone of the last ten years plays, by MediaInfo's names.
_PICTURE = {MP4: {"AVC"}, WEBM: {"VP8", "VP9", "AV1"}}
_SOUND = {MP4: {"AAC", "MPEG Audio"}, WEBM: {"Opus", "Vorbis"}}
_CONTAINERS = {"MPEG-4": MP4, "WebM": WEBM}

_NO_VIDEO = _(
    "This file is not a video, or it is damaged. See whether it plays on your computer, then upload it again."
)
_CUT = _("The video's end is missing: it was not copied or downloaded to the end. Copy it again, then upload it.")
_OTHER = _(
    "Phones cannot play this video (%(kind)s). Save it as MP4 with H.264 pictures and AAC sound, then upload that file."
)
_FROM_PHONE = _(
    "Phones of other makes cannot play this video (%(kind)s). On an iPhone choose Settings, Camera, Formats, "
    "«Most compatible» before filming; or save the video as MP4 (H.264), then upload that file."
)


@dataclass(frozen=True, kw_only=True)
class Details:
    """How long a film or recording is, and how large a film's picture, as it is seen."""

    type: str = ""
    seconds: float | None = None
    width: int | None = None
    height: int | None = None


def read_details(file: Any) -> Details:
    """Read a film or recording from an open file or a path; without details when it is neither."""
    general, tracks = _tracks(file)
    picture = next((track for track in tracks if track["track_type"] == "Video"), {})
    width, height = picture.get("width"), picture.get("height")
    if str(picture.get("rotation", "0")).partition(".")[0] in {"90", "270"}:
        width, height = height, width
    return Details(
        type=_CONTAINERS.get(general.get("format", ""), "") if picture else "",
        seconds=_seconds(general.get("duration")),
        width=width,
        height=height,
    )


def check_video(file: Any) -> str:
    """Return the type of a film that every phone plays; raise ValidationError with what to do about any other."""
    general, tracks = _tracks(file)
    pictures = [track for track in tracks if track["track_type"] == "Video"]
    if general.get("istruncated") == "Yes":
        raise ValidationError(_CUT, code="cut")
    if not pictures:
        raise ValidationError(_NO_VIDEO, code="no_video")
    sounds = [track for track in tracks if track["track_type"] == "Audio"]
    kinds = [general.get("format", "?"), *(track.get("format", "?") for track in (*pictures, *sounds))]
    kind = ", ".join(dict.fromkeys(kinds))
    container = _CONTAINERS.get(general.get("format", ""), "")
    if pictures[0].get("format") == "HEVC":
        raise ValidationError(_FROM_PHONE, code="from_phone", params={"kind": kind})
    if not container or not (
        all(_plays(track, container) for track in pictures)
        and all(track.get("format") in _SOUND[container] for track in sounds[:1])  # new iPhones add one of their own
    ):
        raise ValidationError(_OTHER, code="other", params={"kind": kind})
    if not _seconds(general.get("duration")):
        raise ValidationError(_NO_VIDEO, code="no_video")
    return container


def _plays(track: dict[str, Any], container: str) -> bool:
    """H.264 with more colour than televisions have plays in studios only."""
    plain = track.get("chroma_subsampling", "4:2:0") == "4:2:0" and track.get("bit_depth", 8) == 8
    return track.get("format") in _PICTURE[container] and (plain or container == WEBM)


def _tracks(file: Any) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    """What the reader says of the whole and of each track."""
    if not isinstance(file, str | Path):
        file.seek(0)
    try:
        # Half the default speed: durations come from heads, never from reading a large file through.
        tracks = [track.to_data() for track in MediaInfo.parse(file, parse_speed=0.25).tracks]
    except (OSError, RuntimeError, ValueError, SyntaxError):  # SyntaxError: the reader's own XML was broken
        tracks = []
    finally:
        if not isinstance(file, str | Path):
            file.seek(0)
    general = next((track for track in tracks if track["track_type"] == "General"), {})
    return general, tracks


def _seconds(milliseconds: Any) -> float | None:
    try:
        return round(float(milliseconds) / 1000, 2) or None
    except (TypeError, ValueError):
        return None
