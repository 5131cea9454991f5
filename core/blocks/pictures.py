"""Finds the pictures in a page's streams, so that all their sizes come from one statement."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from django.db.models import Prefetch, prefetch_related_objects
from wagtail.blocks import StreamValue, StructValue
from wagtail.blocks.list_block import ListValue
from wagtail.images import get_image_model


def pictures_in(value: Any) -> Iterator[Any]:
    """Yield every picture inside a stream, a struct or a list of blocks."""
    if isinstance(value, StreamValue):
        for block in value:
            yield from pictures_in(block.value)
    elif isinstance(value, StructValue):
        for child in value.values():
            yield from pictures_in(child)
    elif isinstance(value, ListValue):
        for child in value:
            yield from pictures_in(child)
    elif isinstance(value, get_image_model()):
        yield value


def prefetch_sizes(pictures: Iterable[Any], specs: Sequence[str]) -> None:
    """Read the sizes that exist already of all these pictures, in one statement."""
    wanted = [picture for picture in pictures if picture is not None]
    if wanted:
        rendition = get_image_model().get_rendition_model()
        sizes = rendition.objects.filter(filter_spec__in=list(specs))
        prefetch_related_objects(wanted, Prefetch("renditions", sizes, to_attr="prefetched_renditions"))
