"""What a published page entails for its pictures: drawn by the worker, so that no reader waits."""

from django.utils.translation import gettext_lazy as _

from core.consequences import Job, consequence
from core.drawing import SHAPES
from core.listing import filter_specs
from pages.models import BasePage
from pages.share_cards import RELATED, draw

COVER_RENDITIONS = filter_specs("lead", "card", "thumb", "full")


def _is_item(page: BasePage) -> bool:
    return page.listed


@consequence("share_card", label=_("Share card"), page_events=("published", "updated"), wants=_is_item, max_attempts=4)
def draw_share_card(job: Job) -> None:
    """Draw the cards of the pages named by the job, in every shape; a page that is gone needs none."""
    for page in BasePage.objects.live().select_related(*RELATED).filter(pk__in=job.payload["pages"]):
        for shape in SHAPES.values():
            draw(page, shape)


@consequence("renditions", label=_("Picture sizes"), page_events=("published", "updated"), max_attempts=4)
def make_renditions(job: Job) -> None:
    """Make the sizes of the cover that lists and the page itself will ask for."""
    for page in BasePage.objects.live().select_related("cover").filter(pk__in=job.payload["pages"]):
        if page.cover:
            page.cover.get_renditions(*COVER_RENDITIONS)
