"""A page's drawn cards for editors: to look at and to download, also of a draft."""

from io import BytesIO
from typing import Any

from django.core.exceptions import PermissionDenied
from django.core.files.storage import default_storage
from django.http import FileResponse, Http404, HttpRequest
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_GET

from core.drawing import SHAPES
from pages import share_cards
from pages.models import BasePage


@require_GET
def card(request: HttpRequest, page_id: int, shape: str) -> FileResponse:
    """The card of the newest draft. What the worker has drawn for readers is taken where it says the same."""
    form = SHAPES.get(shape)
    if form is None:
        raise Http404
    stored: BasePage = get_object_or_404(BasePage.objects.select_related(*share_cards.RELATED), pk=page_id)
    rights = stored.permissions_for_user(request.user)
    if not (rights.can_edit() or rights.can_publish()):
        raise PermissionDenied
    draft = stored.get_latest_revision_as_object()
    name = share_cards.stored_name(draft, form)
    if stored.live and share_cards.digest(draft) == share_cards.digest(stored) and default_storage.exists(name):
        file: Any = default_storage.open(name)
    else:
        file = BytesIO(share_cards.drawn(draft, form))
    width, height = form.size
    response = FileResponse(
        file,
        as_attachment="download" in request.GET,
        filename=f"{draft.slug}-{width}x{height}.jpg",
        content_type="image/jpeg",
    )
    response["Cache-Control"] = "private, max-age=300"
    return response
