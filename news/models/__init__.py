"""Pages of the newsroom."""

from news.models.indexes import NewsIndexPage, SectionPage
from news.models.items import ArticlePage, NewsItemPage, PhotoStoryPage, VideoPage

__all__ = ["ArticlePage", "NewsIndexPage", "NewsItemPage", "PhotoStoryPage", "SectionPage", "VideoPage"]
