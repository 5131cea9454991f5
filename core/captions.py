"""Captions: read from WebVTT or SRT as editors have them, written as the WebVTT that browsers show.

Libraries for these formats leave out what they do not understand; here the line is told instead, since an editor can
mend it. Nothing of a file's markup is kept: a cue is words, a speaker's name among them.
"""

import codecs
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from html import escape, unescape

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from core.text import clean_text

#: An hour of speech is some 60 KB; whoever sends more has sent something else.
MAX_BYTES = 2 * 1024 * 1024
#: A paragraph of the derived transcript ends after so many words, at the end of a sentence, or at a pause.
WORDS_A_PARAGRAPH = 50
PAUSE = 2.5

_MOMENT = r"(?:(\d{1,3}):)?(\d{1,2}):(\d{1,2})[.,](\d{1,3})"
_TIMES = re.compile(rf"\s*{_MOMENT}\s*-->\s*{_MOMENT}(?:\s.*)?$", re.ASCII)
_VOICE = re.compile(r"<v(?:\.[^\s>]*)?\s+([^>]*)>")
_TAG = re.compile(r"</?[A-Za-z0-9][^<>]*>|\{\\[^{}]*\}")
_SPEAKS = re.compile(r"(?:[-–—]\s|[^\W\d_][^:.!?]{0,40}:\s)")  # «Chị Lan: …», «– …»
_ENDS = (".", "!", "?", "…", "”", "»", '"', "]")
_MARKS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
_NOT_CUES = ("NOTE", "STYLE", "REGION")
_VIETNAMESE = frozenset("ăâđêôơưàằầèềìòồờùừỳảẳẩẻểỉỏổởủửỷãẵẫẽễĩõỗỡũữỹáắấéếíóốớúứýạặậẹệịọộợụựỵ")
_SIGNS = frozenset("“”‘’–—…«»•°·€₫\u00a0")


@dataclass(frozen=True)
class Cue:
    """Words on the screen from one moment to another, in seconds."""

    start: float
    end: float
    text: str


@dataclass(frozen=True)
class Passage:
    """A paragraph of what is said, and when it begins."""

    start: float
    text: str


def read_captions(data: bytes) -> list[Cue]:
    """Read the cues of a file, in their order; raise ValidationError with the line that is wrong."""
    if len(data) > MAX_BYTES:
        raise ValidationError(_("This file is too large for captions."), code="too_large")
    lines = decode(data).replace("\r\n", "\n").replace("\r", "\n").split("\n")
    cues = sorted(_cues(lines), key=lambda cue: cue.start)
    if not cues:
        raise ValidationError(_("There are no captions in this file."), code="empty")
    return cues


def decode(data: bytes) -> str:
    """Turn a file's bytes into text: Unicode, or Windows' old Vietnamese code where there is no doubt."""
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _decoded(data, encoding)
    if b"\0" in data[:200]:  # UTF-16 without its mark: every second byte of the times and numbers is empty
        return _decoded(data, "utf-16-be" if data[:1] == b"\0" else "utf-16-le")
    try:
        return data.decode()
    except UnicodeDecodeError:
        text = clean_text(_decoded(data, "cp1258"))
    foreign = {letter for letter in text.lower() if not letter.isascii()}
    if not foreign <= _VIETNAMESE | _SIGNS:
        raise _unknown_encoding()
    return text


def _decoded(data: bytes, encoding: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError:
        raise _unknown_encoding() from None


def _unknown_encoding() -> ValidationError:
    words = _("The letters of this file cannot be read. Open it in Notepad, choose «Save as», encoding UTF-8.")
    return ValidationError(words, code="encoding")


def _cues(lines: Sequence[str]) -> Iterator[Cue]:
    for first, block in _blocks(lines):
        if block[0].lstrip("\ufeff").startswith("WEBVTT") and first == 1:
            continue
        if block[0].startswith(_NOT_CUES) and "-->" not in block[0]:
            continue
        named = "-->" not in block[0]
        number, rest = first + named, block[named:]
        if not rest:
            raise _wrong(first, block[0])
        start, end = _times(number, rest[0])
        text = _words(rest[1:])
        if text:
            yield Cue(start, end, text)


def _blocks(lines: Sequence[str]) -> Iterator[tuple[int, list[str]]]:
    """What stands between empty lines, with the number of its first line."""
    block: list[str] = []
    for number, line in enumerate([*lines, ""], start=1):
        if line.strip("\ufeff \t"):
            block.append(line)
        elif block:
            yield number - len(block), block
            block = []


def _times(number: int, line: str) -> tuple[float, float]:
    match = _TIMES.match(line)
    if match is None:
        raise _wrong(number, line)
    parts = match.groups()
    if any(int(part) > 59 for part in (parts[1], parts[2], parts[5], parts[6])):
        raise _wrong(number, line)
    start, end = _seconds(parts[:4]), _seconds(parts[4:])
    if end <= start:
        words = _("Line %(line)d: the caption ends before it begins.")
        raise ValidationError(words, code="order", params={"line": number})
    return start, end


def _seconds(parts: Sequence[str | None]) -> float:
    hours, minutes, seconds, fraction = (part or "0" for part in parts)
    return int(hours) * 3600 + int(minutes) * 60 + int(seconds) + int(fraction.ljust(3, "0")) / 1000


def _wrong(number: int, line: str) -> ValidationError:
    words = _(
        "Line %(line)d: «%(text)s» should be the time of a caption, such as 00:00:05,000 --> 00:00:08,500. "
        "Before each caption there is one empty line, and none inside it."
    )
    return ValidationError(words, code="times", params={"line": number, "text": clean_text(line).strip()[:60]})


def _words(lines: Iterable[str]) -> str:
    """A cue's lines without markup."""
    named = (_VOICE.sub(r"\1: ", line) for line in lines)
    plain = (" ".join(clean_text(unescape(_TAG.sub("", line))).split()) for line in named)
    return "\n".join(line for line in plain if line)


def webvtt(cues: Iterable[Cue]) -> str:
    """Write cues as WebVTT."""
    blocks = (f"{_clock(cue.start)} --> {_clock(cue.end)}\n{escape(cue.text, quote=False)}\n" for cue in cues)
    return "\n".join(["WEBVTT\n", *blocks])


def _clock(seconds: float) -> str:
    thousandths = round(seconds * 1000)
    minutes, rest = divmod(thousandths, 60_000)
    return f"{minutes // 60:02d}:{minutes % 60:02d}:{rest // 1000:02d}.{rest % 1000:03d}"


def passages(cues: Sequence[Cue]) -> list[Passage]:
    """What is said as paragraphs: a new one for each speaker, after a pause, and where a long one may be cut."""
    found: list[Passage] = []
    words: list[str] = []
    start = end = 0.0
    for cue in cues:
        text = " ".join(cue.text.split())
        if words and (_SPEAKS.match(text) or cue.start - end > PAUSE or _is_full(words)):
            found.append(Passage(start, " ".join(words)))
            words = []
        start = start if words else cue.start
        words.append(text)
        end = cue.end
    return [*found, Passage(start, " ".join(words))] if words else found


def _is_full(words: Sequence[str]) -> bool:
    count = sum(len(text.split()) for text in words)
    return count >= 2 * WORDS_A_PARAGRAPH or (count >= WORDS_A_PARAGRAPH and words[-1].endswith(_ENDS))
