"""Uploaded files, served by the portal itself: pictures shown, everything else only downloaded.

What editors upload is not trusted with the site's own origin: nothing but plain raster pictures is ever opened by the
browser as a page of this site. Documents are not here at all: Wagtail serves them, after asking who may read them.
"""

from pathlib import Path

from django.conf import settings
from django.core.exceptions import SuspiciousFileOperation
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.utils._os import safe_join
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from core.ranges import StoredFile, answer

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


@require_safe
def serve(request: HttpRequest, path: str) -> HttpResponseBase:
    """Answer for one uploaded file."""
    file_path = find(path)
    status = file_path.stat()
    shown = SHOWN.get(file_path.suffix.lower())
    headers = {"Content-Type": shown or "application/octet-stream"}
    if not shown:
        headers["Content-Disposition"] = str(content_disposition_header(as_attachment=True, filename=file_path.name))
    etag = f'"{status.st_mtime_ns:x}-{status.st_size:x}"'
    file = StoredFile(path=file_path, size=status.st_size, etag=etag, changed=int(status.st_mtime))
    response = answer(request, file, headers)
    lifetime = f"{YEAR}, immutable" if path.startswith(RENDITIONS) else str(HOUR)
    response.setdefault("Cache-Control", f"public, max-age={lifetime}")
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
