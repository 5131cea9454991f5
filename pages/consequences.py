"""What a published page entails for its pictures: drawn by the worker, so that no reader waits."""

from datetime import timedelta

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.consequences import Job, consequence
from core.drawing import SHAPES, WIDE, Shape
from core.listing import filter_specs
from pages.models import BasePage
from pages.share_cards import RELATED, draw

NEWS_FOR = timedelta(days=7)
COVER_RENDITIONS = filter_specs("lead", "card", "thumb", "full")


def _is_item(page: BasePage) -> bool:
    return page.listed


def _is_news(page: BasePage) -> bool:
    dated = page.display_date or page.first_published_at or timezone.now()
    return page.listed and dated > timezone.now() - NEWS_FOR


@consequence("share_card", label=_("Share card"), page_events=("published", "updated"), wants=_is_item, max_attempts=4)
def draw_share_card(job: Job) -> None:
    """Draw the cards of the pages named by the job; a page that is gone needs none."""
    _draw(job, WIDE)


@consequence(
    "share_card_shapes",
    label=_("Share cards for groups and stories"),
    page_events=("published", "updated"),
    wants=_is_news,
    max_attempts=4,
)
def draw_other_shapes(job: Job) -> None:
    """Draw what editors of news will soon download; of older items they are drawn when asked for."""
    _draw(job, *(shape for shape in SHAPES.values() if shape is not WIDE))


def _draw(job: Job, *shapes: Shape) -> None:
    for page in BasePage.objects.live().select_related(*RELATED).filter(pk__in=job.payload["pages"]):
        for shape in shapes:
            draw(page, shape)


@consequence("renditions", label=_("Picture sizes"), page_events=("published", "updated"), max_attempts=4)
def make_renditions(job: Job) -> None:
    """Make the sizes of the cover that lists and the page itself will ask for."""
    for page in BasePage.objects.live().select_related("cover").filter(pk__in=job.payload["pages"]):
        if page.cover:
            page.cover.get_renditions(*COVER_RENDITIONS)
