"""The newsroom's feeds: all of its items, and how a video reads in one."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from core.surrogates import LISTING
from crossposting.feeds.registry import FeedSource, Subject, register_source, register_template
from news import selectors
from news.models import NewsIndexPage, VideoPage
from pages.querysets import BasePageQuerySet


class NewsFeed(FeedSource):
    """Every item of the newsroom, whatever its type and section."""

    name = "tin-tuc"
    legend = _("The whole portal")  # the heading below which it is listed
    order = 10
    numbered = False

    def keys(self, key: str) -> tuple[str, ...]:
        """Most of what is published is news: every item's change renews it."""
        return (LISTING,)

    def find(self, key: str, query: Mapping[str, Any]) -> Subject | None:
        """There is one."""
        return None if key else Subject(title=str(_("News")), url="/tin-tuc/")

    def subjects(self) -> Iterable[Subject]:
        """There is one."""
        return [Subject(title=str(_("News")), url="/tin-tuc/")]

    def pages(self, subject: Subject) -> BasePageQuerySet:
        """All news."""
        return selectors.all_news()

    def showing(self, page: Any) -> Iterator[Subject]:
        """All news stands here."""
        if page.listing == "news":
            yield from self.subjects()

    def of_context(self, context: Mapping[str, Any]) -> Subject | None:
        """The newsroom's front."""
        return self.find("", {}) if isinstance(context.get("page"), NewsIndexPage) else None


def register() -> None:
    """Called when the app is ready."""
    register_source(NewsFeed())
    register_template(VideoPage, "news/feed_video.html")
