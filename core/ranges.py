"""Answers for files on disk: whole, or the part that was asked for (RFC 9110), a few pieces in memory at a time.

The web server takes what an answer yields into a small buffer of its own and then waits for the reader, holding one of
few threads meanwhile. A browser that plays a video reads just ahead of the picture: eight viewers would stop the whole
portal. So a part without an end («from here on») is answered as far as the buffer goes, which RFC 9110 (15.3.7) allows;
Chromium and Firefox, the only ones that ask like this, go on by themselves. Whoever names an end gets all of it, since
Apple's players insist; but only a few such answers run at a time, so that threads for pages always remain.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from threading import BoundedSemaphore
from typing import BinaryIO

from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.utils.cache import get_conditional_response
from django.utils.http import http_date, parse_http_date_safe
from django.utils.translation import gettext as _

CHUNK = 256 * 1024
#: What the server's buffer (32 pieces) takes at once, with room to spare: such an answer never waits for its reader.
AT_ONCE = 16 * CHUNK
#: Longer answers that a process sends at a time, out of the six threads it has (``portal.web``).
LONG_ANSWERS = BoundedSemaphore(3)
RANGE = re.compile(r"bytes=(\d{0,18})-(\d{0,18})$", re.ASCII)


@dataclass(frozen=True, kw_only=True)
class StoredFile:
    """A file and what identifies this version of it; ``etag`` with its quotes, ``changed`` in whole seconds."""

    path: Path
    size: int
    etag: str
    changed: int


def answer(request: HttpRequest, file: StoredFile, headers: Mapping[str, str]) -> HttpResponseBase:
    """Answer a GET or HEAD for a file: 200, 206, 304, 412, 416 or, while too many are being sent, 503.

    ``headers`` say what the file is and go with its bytes alone. The caller adds how long the answer may be kept,
    by ``setdefault``: the refusal has decided for itself.
    """
    # A compressed part would be a part of something else; and what is worth its size is compressed already.
    request.META["HTTP_ACCEPT_ENCODING"] = "identity"
    response: HttpResponseBase | None = get_conditional_response(request, etag=file.etag, last_modified=file.changed)
    if response is None:
        response = _content(request, file)
        if response.status_code in {200, 206}:
            for name, value in headers.items():
                response[name] = value
    response["ETag"] = file.etag
    response["Last-Modified"] = http_date(file.changed)
    response["Accept-Ranges"] = "bytes"
    return response


def _content(request: HttpRequest, file: StoredFile) -> HttpResponseBase:
    asked = request.headers.get("Range", "") if request.method == "GET" else ""  # RFC 9110: a range is for GET alone
    if_range = request.headers.get("If-Range", "")
    if if_range and if_range != file.etag and parse_http_date_safe(if_range) != file.changed:
        asked = ""  # the reader holds a part of another version
    first, last, code = part(asked, file.size)
    if code == 416:
        return HttpResponse(status=416, headers={"Content-Range": f"bytes */{file.size}"})
    if code == 206 and asked.endswith("-"):
        last = min(last, first + AT_ONCE - 1)
    response = _body(request, file, first, last, code)
    if response.status_code == 206:
        last = first + int(response["Content-Length"]) - 1
        response["Content-Range"] = f"bytes {first}-{last}/{file.size}"
    return response


def _body(request: HttpRequest, file: StoredFile, first: int, last: int, code: int) -> HttpResponseBase:
    length = last - first + 1
    response: HttpResponseBase
    if request.method == "HEAD":
        response = HttpResponse(status=code)
    elif length <= CHUNK:
        with file.path.open("rb") as opened:
            response = HttpResponse(b"".join(pieces(opened, first, length)), status=code)
    elif length <= AT_ONCE:
        response = StreamingHttpResponse(stream(file.path, first, length), status=code)
    elif LONG_ANSWERS.acquire(blocking=False):
        response = StreamingHttpResponse(LongAnswer(file.path, first, length), status=code)
    elif code == 206:
        length = AT_ONCE  # less than was asked for, rather than nothing
        response = StreamingHttpResponse(stream(file.path, first, length), status=code)
    else:
        words = _("Many people are downloading large files at this moment. Please try again in a minute.")
        headers = {"Retry-After": "20", "Cache-Control": "no-store"}
        return HttpResponse(words, content_type="text/plain; charset=utf-8", status=503, headers=headers)
    response["Content-Length"] = str(length)
    return response


def part(asked: str, size: int) -> tuple[int, int, int]:
    """Read a Range header into first byte, last byte and status; several ranges at once get the whole file."""
    whole = 0, size - 1, 200
    match = RANGE.match(asked)
    if match is None or match.groups() == ("", ""):
        return whole
    begin, end = match.groups()
    if begin == "":
        first, last = max(0, size - int(end)), size - 1
    else:
        first, last = int(begin), min(int(end), size - 1) if end else size - 1
    if begin and end and int(end) < int(begin):
        return whole  # not a range at all: RFC 9110 says to ignore it
    return (first, last, 206) if first <= last else (0, -1, 416)


def stream(path: Path, first: int, length: int) -> Iterator[bytes]:
    """Open the file only once it is read, and close it however the transfer ends."""
    with path.open("rb") as file:
        yield from pieces(file, first, length)


def pieces(file: BinaryIO, first: int, length: int) -> Iterator[bytes]:
    """Read a part of a file in chunks."""
    file.seek(first)
    while length > 0 and (piece := file.read(min(CHUNK, length))):
        length -= len(piece)
        yield piece


class LongAnswer:
    """The pieces of an answer that may wait for its reader; gives its place back when it is closed, begun or not."""

    def __init__(self, path: Path, first: int, length: int) -> None:
        self._pieces = stream(path, first, length)
        self._holds_place = True

    def __iter__(self) -> Iterator[bytes]:
        return self

    def __next__(self) -> bytes:
        try:
            return next(self._pieces)
        except StopIteration:
            self.close()
            raise

    def close(self) -> None:
        """Called by Django however the transfer ends."""
        if self._holds_place:
            self._holds_place = False
            LONG_ANSWERS.release()
        self._pieces.close()  # type: ignore[attr-defined]  # a generator
