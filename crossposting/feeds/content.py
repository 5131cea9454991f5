"""The text of a page as HTML for feeds.

A type may name a template of its own (``registry.register_template``). Without one its streams and rich texts are
printed in the order of its fields, so that a type that is added later has full feeds without a word of its own here.
"""

import logging
from collections.abc import Iterator
from typing import Any

from django.template.loader import render_to_string
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from wagtail.blocks import StreamValue
from wagtail.fields import RichTextField, StreamField
from wagtail.rich_text import expand_db_html

from core.blocks.related import RelatedBlock
from crossposting.feeds.markup import feed_html
from crossposting.feeds.pictures import Picture
from crossposting.feeds.registry import template_for

logger = logging.getLogger(__name__)

#: The field that is the page's text itself and needs no heading.
MAIN = ("body", "photos")


def full_html(page: Any, *, base: str, url: str, picture: Picture | None) -> str:
    """The picture, the summary and the whole text of a page. ``url`` is the page's own absolute address."""
    parts = [_figure(picture, base), _lead(page)]
    try:
        parts.append(_text(page))
    except Exception:  # a broken block raises whatever it raises; it must not take the whole feed down
        logger.warning("The text of page %s cannot be put into feeds.", page.pk, exc_info=True)
        parts.append(_read_more(url))
    return feed_html("\n".join(parts), url) or _fallback(page, url)


def text_html(page: Any, url: str) -> str:
    """The text alone, without picture and summary; "" where it cannot be printed."""
    try:
        return feed_html(_text(page), url)
    except Exception:  # as above
        logger.warning("The text of page %s cannot be printed.", page.pk, exc_info=True)
        return ""


def summary_html(page: Any, *, base: str, url: str, picture: Picture | None) -> str:
    """The picture and the summary, with the way to the rest."""
    return feed_html("\n".join([_figure(picture, base), _lead(page), _read_more(url)]), url)


def _fallback(page: Any, url: str) -> str:
    return feed_html(format_html("<p>{}</p>{}", page.title, _read_more(url)), url)


def _figure(picture: Picture | None, base: str) -> str:
    if picture is None:
        return ""
    caption = format_html("<figcaption>{}</figcaption>", picture.caption) if picture.caption else ""
    return format_html(
        '<figure><img src="{}" alt="{}" width="{}" height="{}">{}</figure>',
        base.rstrip("/") + picture.url if picture.url.startswith("/") else picture.url,
        picture.alt,
        picture.width,
        picture.height,
        caption,
    )


def _lead(page: Any) -> str:
    return format_html("<p><strong>{}</strong></p>", page.summary) if page.summary else ""


def _read_more(url: str) -> str:
    return format_html('<p><a href="{}">{}</a></p>', url, _("Read on at the portal"))


def _text(page: Any) -> str:
    template = template_for(type(page))
    if template:
        return render_to_string(template, {"page": page})
    return "\n".join(_fields(page))


def _fields(page: Any) -> Iterator[str]:
    for field in page._meta.concrete_fields:  # Django's documented model API
        value = getattr(page, field.name) if isinstance(field, StreamField | RichTextField) else None
        html = stream_html(value) if isinstance(value, StreamValue) else expand_db_html(value or "")
        if html.strip():
            heading = format_html("<h2>{}</h2>", capfirst(str(field.verbose_name)))
            yield html if field.name in MAIN else heading + html


def stream_html(value: StreamValue) -> SafeString:
    """A stream's blocks, without links to other pages of the portal: what they show may be gone tomorrow."""
    blocks = (block for block in value if not isinstance(block.block, RelatedBlock))
    return mark_safe("\n".join(str(block.render()) for block in blocks))  # blocks escape what they print
