"""Uploaded files, served by the portal itself: pictures shown, everything else only downloaded.

What editors upload is not trusted with the site's own origin: nothing but plain raster pictures is ever opened by the
browser as a page of this site. Documents are not here at all: Wagtail serves them, after asking who may read them.
"""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from django.conf import settings
from django.core.exceptions import SuspiciousFileOperation
from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.utils._os import safe_join
from django.utils.cache import get_conditional_response
from django.utils.http import content_disposition_header, http_date, parse_http_date_safe
from django.views.decorators.http import require_safe

RENDITIONS = "images/"  # Wagtail's folder of drawn sizes; a name's content does not change
PRIVATE = "documents/"  # only through Wagtail's document view, which checks the collection's restrictions
SHOWN = {
    ".jpg": "image/jpeg",
    ".jpeg": "image/jpeg",
    ".png": "image/png",
    ".webp": "image/webp",
    ".gif": "image/gif",
    ".avif": "image/avif",
}
YEAR = 60 * 60 * 24 * 365
HOUR = 60 * 60
CHUNK = 256 * 1024
RANGE = re.compile(r"bytes=(\d*)-(\d*)$")


@require_safe
def serve(request: HttpRequest, path: str) -> HttpResponseBase:
    """Answer for one uploaded file."""
    # Pictures are compressed already; and a compressed range would be a range of something else.
    request.META["HTTP_ACCEPT_ENCODING"] = "identity"
    file_path = find(path)
    status = file_path.stat()
    etag, changed = f'"{status.st_mtime_ns:x}-{status.st_size:x}"', int(status.st_mtime)
    response: HttpResponseBase | None = get_conditional_response(request, etag=etag, last_modified=changed)
    if response is None:
        response = content(request, file_path, status.st_size, etag=etag, changed=changed)
    response["ETag"] = etag
    response["Last-Modified"] = http_date(changed)
    response["Accept-Ranges"] = "bytes"
    lifetime = f"{YEAR}, immutable" if path.startswith(RENDITIONS) else str(HOUR)
    response["Cache-Control"] = f"public, max-age={lifetime}"
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response


def find(path: str) -> Path:
    """Return the file of an address; 404 for folders, hidden and private files, and ways out of the folder."""
    try:
        found = Path(safe_join(settings.MEDIA_ROOT, path))
        inside = found.resolve().relative_to(Path(settings.MEDIA_ROOT).resolve())
        is_file = found.is_file()
    except (SuspiciousFileOperation, ValueError, OSError):  # outside, a null byte, a name longer than names can be
        raise Http404 from None
    hidden = any(name.startswith(".") for name in inside.parts)
    if hidden or inside.is_relative_to(PRIVATE) or not is_file:
        raise Http404
    return found


def content(request: HttpRequest, path: Path, size: int, *, etag: str, changed: int) -> HttpResponseBase:
    """Return the file, or the part that was asked for."""
    asked = request.headers.get("Range", "")
    if_range = request.headers.get("If-Range", "")
    if if_range and if_range != etag and parse_http_date_safe(if_range) != changed:
        asked = ""  # the reader holds a part of another version
    first, last, code = part(asked, size)
    if code == 416:
        return HttpResponse(status=416, headers={"Content-Range": f"bytes */{size}"})
    length = last - first + 1
    response: HttpResponseBase
    if request.method == "HEAD":
        response = HttpResponse(status=code)
    elif length <= CHUNK:
        with path.open("rb") as file:
            response = HttpResponse(b"".join(pieces(file, first, length)), status=code)
    else:
        response = StreamingHttpResponse(stream(path, first, length), status=code)
    response["Content-Length"] = str(length)
    if code == 206:
        response["Content-Range"] = f"bytes {first}-{last}/{size}"
    shown = SHOWN.get(path.suffix.lower())
    response["Content-Type"] = shown or "application/octet-stream"
    if not shown:
        response["Content-Disposition"] = str(content_disposition_header(as_attachment=True, filename=path.name))
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
