"""What makes answers old. Pages name a key of the API themselves; what stands beside them is followed here."""

from collections.abc import Iterator
from typing import Any

from django.db.models import Model
from django.db.models.signals import post_delete, post_save
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.models import Collection, CollectionViewRestriction

from core.signals import readers_see_change
from core.surrogates import LISTING, surrogate_provider
from pages.models import BasePage

#: Any page of any type; names of units, topics and people renew every listing; pictures and files.
PAGES, FILES = "api-pages", "api-files"
PAGE_KEYS = (PAGES, FILES, LISTING)
FILE_KEYS = (FILES,)
UNIT_KEYS = (LISTING,)


@surrogate_provider
def keys_of_any_page(page: BasePage) -> Iterator[str]:
    """Lists of the API hold pages of every type."""
    yield PAGES


def renew_files(sender: type[Model], instance: Any, **kwargs: Any) -> None:
    """A picture, a file or who may see a collection was changed."""
    readers_see_change.send(sender=sender, keys={FILES})


def connect() -> None:
    """Called when the app is ready."""
    for model in (get_image_model(), get_document_model(), Collection, CollectionViewRestriction):
        post_save.connect(renew_files, sender=model, dispatch_uid=f"api.saved.{model.__name__}")
        post_delete.connect(renew_files, sender=model, dispatch_uid=f"api.deleted.{model.__name__}")
