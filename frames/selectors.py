"""Reads of the frames."""

import logging
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from django.db.models import Q, Sum
from django.http import HttpRequest
from django.utils import timezone

from archives.related import surroundings
from archives.sharing import share_links
from pages.models import BasePage
from pages.querysets import BasePageQuerySet

if TYPE_CHECKING:
    from frames.models import FramePage

#: Pixels of the width that the browser draws: what networks keep of an avatar, and no more than a cheap phone can hold.
WIDTH = 1080
#: WebP keeps transparency in a tenth of a PNG's bytes.
DRAWN = f"width-{WIDTH}|format-webp|webpquality-88"
WEEK = timedelta(days=7)
logger = logging.getLogger(__name__)


def all_frames() -> BasePageQuerySet:
    """Every published frame."""
    return BasePage.objects.listed().filter(listing="frames")


@dataclass(frozen=True)
class Drawn:
    """The frame as the browser puts it over a photo; sizes in pixels."""

    url: str
    width: int
    height: int


def drawn(page: "FramePage") -> Drawn | None:
    """None when the picture was deleted or its file is lost."""
    if page.frame is None:
        return None
    try:
        rendition = page.frame.get_rendition(DRAWN)
    except Exception:  # a missing or broken file raises whatever the storage or the decoder raises
        logger.warning("The frame of page %s cannot be shown.", page.pk, exc_info=True)
        return None
    return Drawn(rendition.url, rendition.width, rendition.height)


def frame_context(page: "FramePage", request: HttpRequest) -> dict[str, Any]:
    """What stands on a frame's page."""
    around = surroundings(page, same_type=True)
    return {
        "breadcrumbs": around.breadcrumbs,
        "related": around.related,
        "drawn": drawn(page),
        "share_links": share_links(page, request),
    }


def most_downloaded(units: frozenset[int] | None, most: int) -> list["FramePage"]:
    """Frames of these units (None: of all) by the downloads of the last week, with both sums; one query."""
    from frames.models import FramePage  # the models import this module

    since = timezone.localdate() - WEEK
    pages = FramePage.objects.live().annotate(
        of_week=Sum("downloads__count", filter=Q(downloads__day__gt=since), default=0),
        in_all=Sum("downloads__count", default=0),
    )
    if units is not None:
        pages = pages.filter(unit__in=units)
    return list(pages.filter(in_all__gt=0).order_by("-of_week", "-in_all", "pk")[:most])
