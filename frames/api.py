"""What the public interface shows of avatar frames: enough for an app to put a photo into one."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail.rich_text import expand_db_html

from api import schemas
from api.batches import Batch
from api.parts import html_url
from api.registry import Field, Shown, attribute, register_fields
from crossposting.feeds.markup import feed_html
from frames import selectors
from frames.models import FramePage

FRAME = schemas.structure(
    {"url": schemas.address(), "width": schemas.integer(1), "height": schemas.integer(1), "alt": schemas.text()},
    description=_("A WebP picture that is transparent where the photo goes."),
)


def _frame(page: Any, batch: Batch) -> dict[str, Any] | None:
    if page.frame is None or page.frame.collection_id in batch.hidden_collections:
        return None
    drawn = selectors.drawn(page)
    if drawn is None:
        return None
    size = {"width": drawn.width, "height": drawn.height}
    return {"url": batch.absolute(drawn.url), **size, "alt": page.frame.description}


def register() -> None:
    """Called when the app is ready."""
    register_fields(
        FramePage,
        attribute("words_to_post", schemas.text(), _("Words for posting a picture in this frame.")),
        Field(
            name="frame",
            schema=schemas.nullable(FRAME),
            description=_("The frame itself."),
            read=_frame,
            shown=Shown.ALONE_ONLY,
        ),
        Field(
            name="about",
            schema=schemas.html(),
            description=_("About the campaign."),
            read=lambda page, batch: feed_html(expand_db_html(page.about), html_url(page, batch)),
            shown=Shown.ALONE_ONLY,
        ),
    )
