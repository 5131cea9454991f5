"""Covers that the portal draws itself, while no editor has chosen one: kept in the picture library, each once."""

import io
from collections.abc import Callable
from typing import Any

from django.core.files.images import ImageFile
from django.db import transaction
from wagtail.images import get_image_model
from wagtail.models import Collection

from core.signals import readers_see_change
from core.surrogates import surrogate_keys
from images.choices import Licence
from pages.models import BasePage


def in_library(name: str, draw: Callable[[], bytes], *, title: str, words: str, collection: str) -> Any:
    """The picture of this file name; drawn and put into the named collection when it is not there yet."""
    images: Any = get_image_model()
    known = images.objects.filter(file__endswith=f"/{name}").first()
    if known is not None:
        return known
    return images.objects.create(
        title=title[:255],
        description=words[:255],
        file=ImageFile(io.BytesIO(draw()), name=name),
        collection=_collection(collection),
        licence=Licence.OWN,
    )


def is_free(page: Any) -> bool:
    """Whether the portal may choose the cover of this page, whose type has a field ``drawn_cover``."""
    return page.cover_id in (None, page.drawn_cover_id)


def show(page: Any, image: Any) -> None:
    """Let a drawn picture be the cover of such a page, for readers at once."""
    if page.cover_id == image.pk:
        return
    with transaction.atomic():
        type(page).objects.filter(pk=page.pk).update(drawn_cover=image)
        BasePage.objects.filter(pk=page.pk).update(cover=image)
        page.cover = page.drawn_cover = image
        readers_see_change.send(sender=type(page), keys=surrogate_keys(page))


def _collection(name: str) -> Collection:
    found = Collection.objects.filter(name=name).first()
    return found or Collection.get_first_root_node().add_child(name=name)
