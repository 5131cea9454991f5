"""Configuration of the app."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class NewsConfig(AppConfig):
    """News: articles, photo stories, video, in sections."""

    name = "news"
    verbose_name = _("News")

    def ready(self) -> None:
        """Connect what must be connected once the models are loaded."""
        from archives.kinds import register_kind
        from crossposting.incoming.registry import register_draft_maker
        from news import (
            api,
            channels,  # noqa: F401  # registers what a photo story announces
            feeds,
        )
        from news.incoming import VideoDrafts
        from news.models import ArticlePage, PhotoStoryPage, VideoPage

        register_kind("tin-bai", ArticlePage, fades=True)
        register_kind("phong-su-anh", PhotoStoryPage, fades=True)
        register_kind("video", VideoPage, fades=True)
        feeds.register()
        api.register()
        register_draft_maker(VideoDrafts())
