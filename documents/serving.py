"""Hands out the library's files: in parts to players, shown by the browser only where that is safe.

Stands before Wagtail's own view, which sends a file as a whole or not at all; phones play nothing from such a server.
Who may read is asked the same way, by Wagtail's ``before_serve_document``.
"""

from datetime import UTC, datetime
from pathlib import Path

from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe
from wagtail import hooks
from wagtail.documents.models import document_served
from wagtail.documents.views.serve import serve as wagtail_serve

from core.ranges import StoredFile, answer
from documents.media import SHOWN
from documents.models import PortalDocument

#: A browser shows it in a part of its own that runs nothing of the file's; a sandbox would keep even that shut.
PDF = "application/pdf"


@require_safe
def serve(request: HttpRequest, document_id: str, document_filename: str) -> HttpResponseBase:
    """Answer for a file of the library."""
    document = get_object_or_404(PortalDocument, pk=document_id)
    if document.filename != document_filename:
        raise Http404
    for ask in hooks.get_hooks("before_serve_document"):
        refusal = ask(document, request)
        if isinstance(refusal, HttpResponseBase):
            return refusal
    try:
        path = Path(document.file.path)
    except NotImplementedError:  # the storage is elsewhere
        return wagtail_serve(request, document_id, document_filename)
    return _from_disk(request, document, path)


def _from_disk(request: HttpRequest, document: PortalDocument, path: Path) -> HttpResponseBase:
    try:
        status = path.stat()
    except OSError:
        raise Http404 from None
    if _begins(request):
        document_served.send(sender=type(document), instance=document, request=request)
    changed = datetime.fromtimestamp(status.st_mtime, tz=UTC)
    version = document.file_hash or f"{status.st_mtime_ns:x}-{status.st_size:x}"
    file = StoredFile(path=path, size=status.st_size, etag=f'"{version}"', changed=int(changed.timestamp()))
    response = answer(request, file, _described(document))
    response.setdefault("Cache-Control", _kept(document))
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = _policy(document.content_type)
    return response


def _policy(content_type: str) -> str:
    """What a file may do that is opened by itself: nothing, but for films and recordings, which the browser plays."""
    if content_type == PDF:
        return "default-src 'none'"
    if content_type in SHOWN:
        # The browser makes a page around it, which must be of the file's own origin to fetch it. Nothing runs there.
        return "default-src 'none'; media-src 'self'; style-src 'unsafe-inline'; sandbox allow-same-origin"
    return "default-src 'none'; sandbox"


def _begins(request: HttpRequest) -> bool:
    """A player asks for a film in many parts; it is handed out once."""
    asked = request.headers.get("Range", "")
    return not asked or asked.startswith("bytes=0-")


def _described(document: PortalDocument) -> dict[str, str]:
    shown = document.content_type in {*SHOWN, PDF}
    named = content_disposition_header(as_attachment=not shown, filename=document.filename)
    return {"Content-Type": document.content_type, "Content-Disposition": named or "inline"}


def _kept(document: PortalDocument) -> str:
    """Whoever keeps a file asks again each time, since it may be closed; what is closed nobody keeps."""
    closed = document.collection.get_view_restrictions()
    return "private, no-store" if closed else "public, max-age=0, must-revalidate"
