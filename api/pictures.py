"""Pictures in the API: the sizes that the portal's design has, under addresses that draw one when it is first fetched.

So a list of a hundred pages names their pictures without drawing any, and without asking which are drawn already.
"""

import re
from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext_lazy as _

from api import schemas
from core.listing import PICTURE_FORMATS, fallback_width, filter_spec

ENDINGS = {"jpg": "jpeg", "webp": "webp"}
#: Formats that stand beside a picture which is part of something else.
BESIDE = ("thumb", "card", "full")
_NAME = re.compile(r"([a-z]+)-([0-9]{1,4})\.(jpg|webp)", re.ASCII)

SIZE = schemas.structure({"url": schemas.address(), "width": schemas.integer(1), "height": schemas.integer(1)})
SIZES = schemas.structure(
    {name: schemas.reference("PictureSize") for name in BESIDE},
    description=_("One size of each format, as JPEG; drawn when it is first fetched."),
)
PICTURE = schemas.structure(
    {
        "id": schemas.identifier(),
        "meta": schemas.structure({"type": schemas.text(), "detail_url": schemas.address()}),
        "alt": schemas.text(description=_("What the picture shows, for who cannot see it.")),
        "credit": schemas.text(),
        "width": schemas.integer(),
        "height": schemas.integer(),
        "renditions": schemas.reference("PictureSizes"),
    }
)
ALL_SIZES = schemas.table_of(schemas.array(schemas.reference("PictureSizeByFormat")))
SIZE_BY_FORMAT = schemas.structure(
    {"format": schemas.one_of(["jpeg", "webp"]), **SIZE["properties"]}, description=_("A size, and how it is written.")
)


def spec_of(name: str) -> str | None:
    """Wagtail's filter for the name of a drawn picture, ``card-640.webp``; None for a size that the design lacks."""
    match = _NAME.fullmatch(name)
    if match is None or match[1] not in PICTURE_FORMATS or int(match[2]) not in PICTURE_FORMATS[match[1]][1]:
        return None
    return filter_spec(match[1], int(match[2]), ENDINGS[match[3]])


def measures(image: Any, name: str, width: int) -> tuple[int, int]:
    """Width and height of a picture drawn in a format: nothing is enlarged."""
    ratio, _widths = PICTURE_FORMATS[name]
    if ratio is None:
        return (width, max(1, int(image.height * width / image.width))) if width < image.width else image_size(image)
    height = round(width * ratio[1] / ratio[0])
    aspect = width / height
    cut = round(min(image.width, image.height * aspect)), round(min(image.height, image.width / aspect))
    return (width, height) if cut[0] >= width else cut


def image_size(image: Any) -> tuple[int, int]:
    """The size of the original."""
    return image.width, image.height


def useful_widths(image: Any, name: str) -> tuple[int, ...]:
    """The widths of a format that are no larger than the picture gives; at least the smallest."""
    widths = PICTURE_FORMATS[name][1]
    return tuple(width for width in widths if measures(image, name, width)[0] == width) or widths[:1]


def size(image: Any, name: str, width: int, ending: str, base: str) -> dict[str, Any]:
    """One size with its address; ``base`` is the absolute address of the picture in the API."""
    drawn_width, height = measures(image, name, width)
    return {"url": f"{base}{name}-{width}.{ending}", "width": drawn_width, "height": height}


def sizes_beside(image: Any, base: str) -> dict[str, Any]:
    """One size of each format."""
    return {name: size(image, name, _width_beside(image, name), "jpg", base) for name in BESIDE}


def _width_beside(image: Any, name: str) -> int:
    return min(fallback_width(name), max(useful_widths(image, name)))


def all_sizes(image: Any, base: str) -> dict[str, list[dict[str, Any]]]:
    """Every size of every format."""
    return {name: list(_sizes(image, name, base)) for name in PICTURE_FORMATS}


def _sizes(image: Any, name: str, base: str) -> Iterator[dict[str, Any]]:
    for width in useful_widths(image, name):
        for ending, file_format in ENDINGS.items():
            yield {"format": file_format, **size(image, name, width, ending, base)}
