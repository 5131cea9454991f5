"""Objects that are shown together, and what they refer to, read once for all of them."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime
from functools import cached_property
from typing import Any

from django.http import HttpRequest
from django.utils import timezone
from wagtail.models import Collection

from api import pictures
from documents.privacy import restricted_folders
from pages.models import BasePage


class Batch:
    """The objects of one answer. Whatever is read of related objects costs one query for all, when first asked for."""

    def __init__(self, objects: Sequence[Any], request: HttpRequest, router: Any) -> None:
        self.objects = objects
        self.request = request
        self.router = router
        self.base = request.build_absolute_uri("/")[:-1]

    def absolute(self, path: str) -> str:
        """An address of the portal under the name by which the reader knows it."""
        return path if "://" in path else f"{self.base}{path}"

    def detail_url(self, model: type, pk: int) -> str:
        """Where a thing of one of the API's own models stands alone."""
        return self.absolute(self.router.get_object_detail_urlpath(model, pk))

    @cached_property
    def topics(self) -> dict[int, list[Any]]:
        """Topics by the id of the page."""
        return self._named("topics", "topic")

    @cached_property
    def authors(self) -> dict[int, list[Any]]:
        """Authors by the id of the page."""
        return self._named("authors", "person")

    def _named(self, field: str, column: str) -> dict[int, list[Any]]:
        through = getattr(BasePage, field).through.objects.filter(basepage__in=[it.pk for it in self.objects])
        found: dict[int, list[Any]] = defaultdict(list)
        for row in through.select_related(column).order_by("pk"):
            found[row.basepage_id].append(getattr(row, column))
        return found

    @cached_property
    def hidden_collections(self) -> frozenset[int]:
        """Collections whose pictures and files only some may see."""
        return hidden_collections()

    def picture(self, image: Any) -> dict[str, Any] | None:
        """A picture that stands beside something; None for one of a private collection."""
        if image is None or image.collection_id in self.hidden_collections:
            return None
        url = self.detail_url(type(image), image.pk)
        return {
            "id": image.pk,
            "meta": {"type": image._meta.label, "detail_url": url},  # Django's documented model API
            "alt": image.description,
            "credit": image.credit,
            "width": image.width,
            "height": image.height,
            "renditions": pictures.sizes_beside(image, url),
        }


def hidden_collections() -> frozenset[int]:
    """Ids of the collections that are private, or below one that is; one query where none is."""
    return frozenset(Collection.objects.filter(restricted_folders()).values_list("pk", flat=True))


def iso(moment: datetime | None) -> str | None:
    """A moment as ISO 8601 in the portal's zone."""
    return timezone.localtime(moment).isoformat(timespec="seconds") if moment else None
