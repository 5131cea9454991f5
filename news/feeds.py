"""The newsroom's feeds: all of its items, and how a video reads in one."""

from django.utils.translation import gettext_lazy as _

from crossposting.feeds.registry import register_source, register_template
from crossposting.feeds.sources import CornerFeed
from news.models import NewsIndexPage, VideoPage


def register() -> None:
    """Called when the app is ready."""
    register_source(CornerFeed("tin-tuc", _("News"), order=10, listing="news", front=NewsIndexPage))
    register_template(VideoPage, "news/feed_video.html")
