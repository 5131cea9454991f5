"""The key of every listing's counts: whatever adds, changes or takes away an item makes them new."""

from collections.abc import Iterator

from core.surrogates import LISTING, surrogate_provider
from pages.models import BasePage

__all__ = ["LISTING", "keys_of_item"]


@surrogate_provider
def keys_of_item(page: BasePage) -> Iterator[str]:
    """Items stand in listings; sections and standard pages do not."""
    if page.listed:
        yield LISTING
