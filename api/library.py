"""``/api/v2/images/`` and ``/api/v2/documents/``: what lies in collections that everybody may open."""

import logging
from collections.abc import Sequence
from typing import Any

from django.http import Http404, HttpRequest, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.urls import path
from django.utils.translation import gettext_lazy
from wagtail.documents import get_document_model
from wagtail.documents.api.v2.views import DocumentsAPIViewSet
from wagtail.images import get_image_model
from wagtail.images.api.v2.views import ImagesAPIViewSet

from api import parameters, pictures
from api.batches import hidden_collections
from api.freshness import FILE_KEYS
from api.viewsets import PublicSerializer, PublicViewSet

logger = logging.getLogger(__name__)

CREATED_AFTER = parameters.moment(
    "created_after", gettext_lazy("Only what came into the library after this moment.")
).narrowing(lambda queryset, value: queryset.filter(created_at__gt=value))
ORDERS = ("id", "created_at", "title")


def in_public_collections(queryset: Any) -> Any:
    """What everybody may open, as the search has it too."""
    return queryset.exclude(collection__in=hidden_collections())


class ImagesViewSet(PublicViewSet, ImagesAPIViewSet):
    """The picture library."""

    base_serializer_class = PublicSerializer
    known_query_parameters: frozenset[str] = frozenset()
    filter_backends: Sequence[Any] = ()
    name = "images"
    model = get_image_model()
    keys = FILE_KEYS
    about = gettext_lazy("Pictures with their text alternative, credit and sizes.")
    orders = ORDERS
    own_parameters = (CREATED_AFTER,)

    def visible(self) -> Any:
        """Those of public collections."""
        return in_public_collections(self.model.objects.all())

    @classmethod
    def get_urlpatterns(cls) -> list[Any]:
        """Also the sizes below each picture."""
        return [*super().get_urlpatterns(), path("<int:pk>/<str:name>", drawn, name="drawn")]


class DocumentsViewSet(PublicViewSet, DocumentsAPIViewSet):
    """The file library."""

    base_serializer_class = PublicSerializer
    known_query_parameters: frozenset[str] = frozenset()
    filter_backends: Sequence[Any] = ()
    name = "documents"
    model = get_document_model()
    keys = FILE_KEYS
    about = gettext_lazy("Files to download.")
    orders = ORDERS
    own_parameters = (CREATED_AFTER,)

    def visible(self) -> Any:
        """Those of public collections."""
        return in_public_collections(self.model.objects.all())


def drawn(request: HttpRequest, pk: int, name: str) -> HttpResponseBase:
    """Lead to a picture in one of the design's sizes, and draw it before if it is asked for the first time."""
    spec = pictures.spec_of(name)
    images = in_public_collections(get_image_model().objects.all())
    image = images.filter(pk=pk).first() if spec else None
    if image is None:
        raise Http404
    try:
        url = image.get_rendition(spec).url
    except Exception:  # a missing or broken file raises whatever the storage or the decoder raises
        logger.warning("The picture %s (%s) cannot be drawn.", image.pk, image.title, exc_info=True)
        raise Http404 from None
    return HttpResponseRedirect(url, headers={"Cache-Control": "public, max-age=300"})


drawn.cls = type("Drawn", (), {"keys": None})  # type: ignore[attr-defined]  # the router asks the view of an address
