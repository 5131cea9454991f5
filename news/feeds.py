"""The newsroom's feeds: all of its items, and how a video reads in one."""

from collections.abc import Sequence

from django.contrib.contenttypes.models import ContentType
from django.utils.translation import gettext_lazy as _

from crossposting.feeds.documents import Film
from crossposting.feeds.registry import register_films, register_source, register_template
from crossposting.feeds.sources import CornerFeed
from documents.privacy import are_open
from news.models import NewsIndexPage, VideoPage
from pages.models import BasePage


def films(pages: Sequence[BasePage]) -> dict[int, Film]:
    """The video files of the video pages among these: one query if there are any, one more if any has a file."""
    kind = ContentType.objects.get_for_model(VideoPage)
    ids = [page.pk for page in pages if page.content_type_id == kind.pk]
    if not ids:
        return {}
    rows = VideoPage.objects.filter(pk__in=ids, video_file__isnull=False).select_related("video_file__collection")
    files = {page.pk: page.video_file for page in rows if page.video_file and page.video_file.is_video}
    if files and not are_open(*files.values()):
        files = {pk: file for pk, file in files.items() if are_open(file)}
    return {
        pk: Film(
            url=file.url,
            type=file.content_type,
            bytes=file.file_size,
            seconds=round(file.duration or 0),
            width=file.width or 0,
            height=file.height or 0,
        )
        for pk, file in files.items()
        if file.file_size
    }


def register() -> None:
    """Called when the app is ready."""
    register_source(CornerFeed("tin-tuc", _("News"), order=10, listing="news", front=NewsIndexPage))
    register_template(VideoPage, "news/feed_video.html")
    register_films(films)
