"""The picture of a frame for lists, feeds and networks: drawn by the worker when an editor has chosen none."""

import hashlib

from django.utils.translation import gettext_lazy as _
from PIL import Image

from archives import drawn_covers
from core.consequences import Job, consequence
from frames.drawing import card_of
from frames.models import FramePage
from pages.models import BasePage

COLLECTION = "Khung ảnh do cổng vẽ"
#: Part of the name of stored files: a new design gives every frame a new one.
DESIGN = "1"


def _is_frame(page: BasePage) -> bool:
    return page.specific_class is FramePage


@consequence(
    "frame_cover",
    label=_("Picture of a frame"),
    page_events=("published", "updated"),
    wants=_is_frame,
    max_attempts=4,
    urgent=True,  # networks and feeds take the picture in their own turn
)
def draw_covers(job: Job) -> None:
    """Give each frame the picture of itself."""
    for page in FramePage.objects.live().filter(pk__in=job.payload["pages"]).select_related("frame"):
        give_cover(page)


def give_cover(page: FramePage) -> None:
    """Draw the frame, and let it be the cover unless an editor has chosen one."""
    if page.frame is None or not drawn_covers.is_free(page):
        return
    frame = page.frame

    def draw() -> bytes:
        with frame.get_willow_image() as willow, Image.open(willow.f) as opened:
            return card_of(opened)

    file = f"{DESIGN}\x1f{frame.pk}\x1f{frame.file.name}"
    name = f"frame-{hashlib.sha256(file.encode()).hexdigest()[:24]}.png"
    image = drawn_covers.in_library(name, draw, title=page.title, words=frame.description, collection=COLLECTION)
    drawn_covers.show(page, image)
