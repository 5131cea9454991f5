"""What the public interface shows of videos."""

from django.utils.translation import gettext_lazy as _
from wagtail.rich_text import expand_db_html

from api import schemas
from api.parts import html_url
from api.registry import Field, Shown, attribute, register_fields
from crossposting.feeds.markup import feed_html
from news.models import VideoPage


def register() -> None:
    """Called when the app is ready."""
    register_fields(
        VideoPage,
        attribute("video_url", schemas.text(), _("The address of the video on YouTube.")),
        attribute("duration", schemas.text(), _("Minutes and seconds, such as 6:42.")),
        Field(
            name="transcript",
            schema=schemas.html(),
            description=_("What is said."),
            read=lambda page, batch: feed_html(expand_db_html(page.transcript), html_url(page, batch)),
            shown=Shown.ALONE_ONLY,
        ),
    )
