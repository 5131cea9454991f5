"""Prints a picture in one of the portal's formats."""

import logging
from typing import Any

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from core.listing import PICTURE_FORMATS, fallback_width, filter_spec

register = template.Library()
logger = logging.getLogger(__name__)
NOTHING = mark_safe("")
SMALL_WIDTHS = (208, 312)  # of the format "thumb", for screens of two and three dots to a pixel
LAZY = 'loading="lazy" decoding="async"'
PHONE_WIDTH = 800  # fills the screen of a telephone
SMALL_SIZES = "(width < 30em) 104px, 144px"


@register.simple_tag
def picture(
    image: Any,
    name: str,
    *,
    alt: str | None = None,
    sizes: str = "100vw",
    small: str = "",
    priority: bool = False,
    lazy: bool = True,
    css_class: str = "",
) -> SafeString:
    """Print ``<img>`` with every width of a format, as WebP, and a JPEG for the oldest browsers.

    ``alt`` left out means the picture's own description; "" means decoration. ``small``, a condition such as
    ``(width < 32em)``, names the screens that get the format "thumb" instead: cut around the picture's focal point,
    where style sheets could only cut its middle. ``lazy`` is off for what stands near the top.

    A picture whose file is missing or broken prints nothing and is logged: one lost file never takes a page down.
    """
    if image is None or image == "":
        return NOTHING
    ratio, widths = PICTURE_FORMATS[name]
    if ratio is None:
        widths = tuple(width for width in widths if width <= image.width) or (widths[0],)
    specs = [filter_spec(name, width, "webp") for width in widths]
    small_specs = [filter_spec("thumb", width, "webp") for width in SMALL_WIDTHS] if small else []
    fallback = filter_spec(name, min(fallback_width(name), max(widths)), "jpeg")
    try:
        renditions = image.get_renditions(*specs, *small_specs, fallback)
    except Exception:  # a missing or broken file raises whatever the storage or the decoder raises
        logger.warning("The picture %s (%s) cannot be shown.", image.pk, image.title, exc_info=True)
        return NOTHING
    jpeg = renditions[fallback]
    first = renditions[small_specs[0]] if small else None
    loading = mark_safe('fetchpriority="high"' if priority else LAZY if lazy else 'decoding="async"')
    return format_html(
        '<picture>{}<source type="image/webp" srcset="{}" sizes="{}">'
        '<img src="{}" width="{}" height="{}" alt="{}"{} {}></picture>',
        format_html(
            '<source media="{}" type="image/webp" srcset="{}" sizes="{}" width="{}" height="{}">',
            small,
            _srcset(renditions, small_specs),
            SMALL_SIZES,
            first.width,
            first.height,
        )
        if first
        else NOTHING,
        _srcset(renditions, specs),
        sizes,
        jpeg.url,
        jpeg.width,
        jpeg.height,
        image.description if alt is None else alt,
        format_html(' class="{}"', css_class) if css_class else "",
        loading,
    )


@register.simple_tag
def large_picture(image: Any) -> dict[str, str]:
    """Addresses for a picture that fills the screen, uncut and never the original.

    ``url`` is a JPEG, for who opens it by itself and for feeds; ``srcset`` is for telephone and desk, as WebP.
    """
    widths = PICTURE_FORMATS["full"][1]
    largest = max((width for width in widths if width <= image.width), default=widths[0])
    specs = [filter_spec("full", width, "webp") for width in sorted({min(PHONE_WIDTH, largest), largest})]
    fallback = filter_spec("full", min(fallback_width("full"), largest), "jpeg")
    try:
        renditions = image.get_renditions(*specs, fallback)
    except Exception:  # a missing or broken file raises whatever the storage or the decoder raises
        logger.warning("The picture %s (%s) cannot be shown.", image.pk, image.title, exc_info=True)
        return {}
    return {"url": renditions[fallback].url, "srcset": _srcset(renditions, specs)}


@register.simple_tag
def picture_url(image: Any, name: str, width: int) -> str:
    """The address of one width of a format, as WebP; "" for a picture that cannot be shown."""
    try:
        return str(image.get_rendition(filter_spec(name, width, "webp")).url)
    except Exception:  # a missing or broken file raises whatever the storage or the decoder raises
        logger.warning("The picture %s (%s) cannot be shown.", image.pk, image.title, exc_info=True)
        return ""


def _srcset(renditions: dict[str, Any], specs: list[str]) -> SafeString:
    return format_html_join(", ", "{} {}w", ((renditions[spec].url, renditions[spec].width) for spec in specs))
