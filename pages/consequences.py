"""What a published page entails for its pictures: drawn by the worker, so that no reader waits."""

from django.utils.translation import gettext_lazy as _

from core.consequences import Job, consequence
from core.listing import filter_specs
from pages.models import BasePage
from pages.share_cards import draw

COVER_RENDITIONS = filter_specs("lead", "card", "thumb", "full")


def _is_item(page: BasePage) -> bool:
    return page.listed


@consequence("share_card", label=_("Share card"), page_events=("published", "updated"), wants=_is_item, max_attempts=4)
def draw_share_card(job: Job) -> None:
    """Draw the cards of the pages named by the job; a page that is gone needs none."""
    for page in BasePage.objects.live().select_related("cover", "main_topic").filter(pk__in=job.payload["pages"]):
        draw(page)


@consequence("renditions", label=_("Picture sizes"), page_events=("published", "updated"), max_attempts=4)
def make_renditions(job: Job) -> None:
    """Make the sizes of the cover that lists and the page itself will ask for."""
    for page in BasePage.objects.live().select_related("cover").filter(pk__in=job.payload["pages"]):
        if page.cover:
            page.cover.get_renditions(*COVER_RENDITIONS)
