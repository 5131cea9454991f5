"""Sizes of pictures in lists, named here because both queries (to prefetch) and templates (to print) need them."""

# name -> (ratio or None for the original, widths). Each width exists as WebP and, for the smallest browsers, as JPEG.
PICTURE_FORMATS: dict[str, tuple[tuple[int, int] | None, tuple[int, ...]]] = {
    "lead": ((16, 9), (640, 960, 1280)),
    "card": ((16, 9), (320, 480, 640, 800)),
    "thumb": ((4, 3), (104, 208, 312, 416)),
    "square": ((1, 1), (96, 192, 384)),
    "full": (None, (480, 800, 1200, 1600)),
}


def filter_spec(name: str, width: int, file_format: str) -> str:
    """Return Wagtail's filter for one width of a format: ``fill-320x180|format-webp``."""
    ratio, _widths = PICTURE_FORMATS[name]
    quality = "webpquality-72" if file_format == "webp" else "jpegquality-76"
    if ratio is None:
        return f"width-{width}|format-{file_format}|{quality}"
    return f"fill-{width}x{round(width * ratio[1] / ratio[0])}|format-{file_format}|{quality}"


def filter_specs(*names: str) -> list[str]:
    """Every filter that the named formats need: all widths in WebP and one width in JPEG."""
    specs = []
    for name in names:
        widths = PICTURE_FORMATS[name][1]
        specs += [filter_spec(name, width, "webp") for width in widths]
        specs.append(filter_spec(name, fallback_width(name), "jpeg"))
    return specs


def fallback_width(name: str) -> int:
    """The width served to a browser that knows neither WebP nor ``srcset``."""
    widths = PICTURE_FORMATS[name][1]
    return widths[len(widths) // 2]


LISTING_RENDITIONS = filter_specs("card", "thumb")
