"""The picture of a chart for lists, feeds and networks: drawn by the worker when an editor has chosen none."""

import io
from typing import Any

from django.core.files.storage import default_storage
from django.utils.translation import gettext_lazy as _
from PIL import Image

from archives import drawn_covers
from core.consequences import Job, consequence
from infographics.blocks import words_of
from infographics.charts import Chart, ChartError
from infographics.downloads import stored_png
from infographics.models import InfographicPage
from pages.models import BasePage

COLLECTION = "Biểu đồ do cổng vẽ"


def _is_infographic(page: BasePage) -> bool:
    return page.specific_class is InfographicPage


@consequence(
    "infographic_cover",
    label=_("Picture of a chart"),
    page_events=("published", "updated"),
    wants=_is_infographic,
    max_attempts=4,
    urgent=True,  # networks and feeds take the picture in their own turn
)
def draw_covers(job: Job) -> None:
    """Give each infographic that begins with a chart the picture of it."""
    for page in InfographicPage.objects.live().filter(pk__in=job.payload["pages"]):
        give_cover(page)


def give_cover(page: InfographicPage) -> None:
    """Draw the first chart, and let it be the cover unless an editor has chosen one."""
    found = first_chart(page)
    if found is not None and drawn_covers.is_free(page):
        drawn_covers.show(page, _picture_of(page, *found))


def first_chart(page: InfographicPage) -> tuple[Chart, str] | None:
    """The first chart with what it says in words; None where pictures come first or it cannot be drawn."""
    block = next(iter(page.panels), None)
    if block is None or block.block_type != "chart":
        return None
    try:
        return block.value.chart, words_of(block.value)
    except ChartError:
        return None


def _picture_of(page: InfographicPage, chart: Chart, words: str) -> Any:
    """The chart in the picture library, once."""
    stored = stored_png(chart, "wide")

    def draw() -> bytes:
        with default_storage.open(stored) as file, Image.open(file) as drawn:
            return _for_lists(drawn.convert("RGB"))

    name = "chart-" + stored.rpartition("/")[2]
    return drawn_covers.in_library(name, draw, title=page.title, words=words, collection=COLLECTION)


def _for_lists(drawn: Image.Image) -> bytes:
    """The drawing on more of its own paper, in the form of a card: lists cut nothing off it."""
    width, height = drawn.width, round(drawn.width * 9 / 16)
    card = Image.new("RGB", (width, height), drawn.getpixel((0, 0)))
    card.paste(drawn, (0, (height - drawn.height) // 2))
    made = io.BytesIO()
    card.save(made, "PNG", optimize=True)
    return made.getvalue()
