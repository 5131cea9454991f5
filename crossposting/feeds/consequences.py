"""Draws beforehand what feeds show, so that no reader waits for it."""

from django.utils.translation import gettext_lazy as _

from core.consequences import Job, consequence
from crossposting.feeds.pictures import picture_of
from pages.models import BasePage


def _is_item(page: BasePage) -> bool:
    return page.listed


def draw_pictures(job: Job) -> None:
    """Make the pictures of items that feeds will show; an item that is gone needs none."""
    rows = BasePage.objects.live().select_related("cover", "share_image", "main_topic")
    for page in rows.filter(pk__in=job.payload["pages"]):
        picture_of(page)


def register() -> None:
    """Called when the app is ready."""
    consequence(
        "feed_picture",
        label=_("Picture for feeds"),
        page_events=("published", "updated"),
        wants=_is_item,
        max_attempts=4,
    )(draw_pictures)
