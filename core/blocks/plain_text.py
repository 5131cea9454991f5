"""What people read in rich text and streams, as plain paragraphs.

Read from the stored form by the definitions of the blocks: no picture, file or page that a block refers to is loaded,
and ids, types, addresses and choices are left out.
"""

import re
from collections.abc import Iterable, Iterator
from html import unescape
from typing import Any

from django.db import models
from wagtail.blocks import CharBlock, ListBlock, RichTextBlock, StreamBlock, StructBlock, TextBlock
from wagtail.contrib.typed_table_block.blocks import TypedTableBlock
from wagtail.fields import RichTextField, StreamField

_BREAK = re.compile(r"<(?:br|hr)\b[^>]*>|</?(?:p|li|ul|ol|h[1-6]|blockquote|div|tr|td|th)\b[^>]*>", re.IGNORECASE)
_TAG = re.compile(r"<[^>]+>")


def rich_paragraphs(instance: models.Model) -> Iterator[str]:
    """Yield every paragraph of an object's streams and rich text, in the order of its fields."""
    for field in instance._meta.concrete_fields:  # Django's documented model API
        if isinstance(field, StreamField):
            yield from stream_paragraphs(getattr(instance, field.name))
        elif isinstance(field, RichTextField):
            yield from html_paragraphs(getattr(instance, field.name) or "")


def stream_paragraphs(value: Any) -> Iterator[str]:
    """Yield the paragraphs of a stream's value."""
    yield from _of_block(value.stream_block, list(value.raw_data))


def html_paragraphs(html: str) -> Iterator[str]:
    """Yield the paragraphs of stored rich text: what stands on lines of its own comes apart, bold words do not."""
    for part in _BREAK.split(html):
        words = " ".join(unescape(_TAG.sub("", part)).split())
        if words:
            yield words


def _of_block(block: Any, raw: Any) -> Iterator[str]:
    if isinstance(block, StreamBlock):
        yield from _of_blocks((block.child_blocks.get(item["type"]), item["value"]) for item in raw or ())
    elif isinstance(block, StructBlock):
        yield from _of_blocks((child, (raw or {}).get(name)) for name, child in block.child_blocks.items())
    elif isinstance(block, ListBlock):
        yield from _of_blocks((block.child_block, _list_item(item)) for item in raw or ())
    elif isinstance(block, TypedTableBlock):
        yield from _of_table(block, raw or {})
    elif isinstance(block, RichTextBlock):
        yield from html_paragraphs(raw or "")
    elif isinstance(block, CharBlock | TextBlock):
        yield from _lines(raw or "")


def _of_blocks(pairs: Iterable[tuple[Any, Any]]) -> Iterator[str]:
    for block, raw in pairs:
        if block is not None:  # a kind of block that is gone
            yield from _of_block(block, raw)


def _list_item(item: Any) -> Any:
    """A list's item in either of the two forms that Wagtail stores."""
    is_wrapped = isinstance(item, dict) and item.get("type") == "item" and "value" in item
    return item["value"] if is_wrapped else item


def _of_table(block: TypedTableBlock, raw: dict[str, Any]) -> Iterator[str]:
    """A row is one paragraph, so that a name and its figure stay together."""
    columns = raw.get("columns", [])
    yield from _lines(raw.get("caption") or "")
    yield from _lines(" · ".join(column["heading"] for column in columns if column.get("heading")))
    for row in raw.get("rows", []):
        cells = [
            " ".join(_of_block(block.child_blocks.get(column["type"]), value))
            for column, value in zip(columns, row["values"], strict=False)
        ]
        yield from _lines(" · ".join(filter(None, cells)))


def _lines(text: str) -> Iterator[str]:
    for line in str(text).splitlines():
        words = " ".join(line.split())
        if words:
            yield words
