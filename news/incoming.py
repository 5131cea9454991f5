"""How a video from YouTube becomes a draft of the newsroom."""

from typing import Any

from django.db.models import QuerySet

from crossposting.incoming.registry import DraftMaker, Video
from news.models import SectionPage, VideoPage
from pages.models import BasePage


class VideoDrafts(DraftMaker):
    """Video pages in the sections of news."""

    def sections(self) -> QuerySet[BasePage]:
        """Every section."""
        return BasePage.objects.type(SectionPage).order_by("path")

    def make(self, video: Video, *, section: BasePage, unit_id: int | None, cover: Any) -> BasePage:
        """What the feed says, to be completed by an editor: topics, transcript, length."""
        page = VideoPage(
            title=video.title,
            summary=video.summary,
            video_url=video.url,
            unit_id=unit_id,
            cover=cover,
            live=False,
            has_unpublished_changes=True,
        )
        section.specific.add_child(instance=page)
        page.save_revision()
        return page
