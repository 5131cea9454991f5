"""The demonstration's news: sections, articles, photo stories, videos."""

from datetime import timedelta
from pathlib import Path
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from wagtail.rich_text import RichText

from core.demonstration import Say, demonstration_part, read_folder, read_toml, stream_values
from documents.models import PortalDocument
from documents.uploads import checked
from images.demonstration import scene_image
from news.models import ArticlePage, NewsIndexPage, NewsItemPage, PhotoStoryPage, SectionPage, VideoPage
from organisations.models import Person, Unit
from pages.demonstration import add_published, find_pages
from pages.models import BasePage
from taxonomy.models import Topic

DEMO = Path(__file__).parent / "demo"


@demonstration_part("News", order=50)
def load_news(say: Say) -> None:
    """Create sections and items that are not there yet, the oldest first."""
    index = NewsIndexPage.objects.get()
    for row in read_toml(DEMO / "sections.toml")["section"]:
        if not SectionPage.objects.filter(slug=row["slug"]).exists():
            page = SectionPage(title=row["title"], slug=row["slug"], summary=row.get("summary", ""))
            add_published(index, page, days_ago=300)
            index.refresh_from_db()
    makers = (("articles", _article), ("photo_stories", _photo_story), ("videos", _video))
    rows = [(row, make) for folder, make in makers for row in read_folder(DEMO / folder)]
    for row, make in sorted(rows, key=lambda pair: -pair[0]["days_ago"]):
        if not BasePage.objects.filter(slug=row["slug"]).exists():
            section = SectionPage.objects.get(slug=row["section"])
            add_published(section, make(row, common_fields(row)), days_ago=row["days_ago"])


def common_fields(row: dict[str, Any]) -> dict[str, Any]:
    """What every item's row says, as fields of the base page."""
    topics = list(Topic.objects.filter(slug__in=row.get("topics", [])))
    first = row.get("topics", [""])[0]
    fields: dict[str, Any] = {
        "title": row["title"],
        "slug": row["slug"],
        "summary": row.get("summary", ""),
        "cover": scene_image(row.get("scene", "")),
        "cover_caption": row.get("cover_caption", ""),
        "unit": Unit.objects.filter(slug=row.get("unit", "")).first(),
        "main_topic": next((topic for topic in topics if topic.slug == first), None),
        "byline": row.get("byline", ""),
    }
    if row.get("hot"):
        fields.update(is_hot=True, hot_until=timezone.now() + timedelta(hours=row.get("hot_hours", 36)))
    if row.get("featured"):
        fields["is_featured"] = True
    fields["topics"] = topics
    fields["authors"] = list(Person.objects.filter(slug__in=row.get("authors", [])))
    return fields


def body(row: dict[str, Any], key: str = "body") -> list[tuple[str, Any]]:
    """A row's blocks as StreamField values."""
    return stream_values(row.get(key, []), image=scene_image, pages=find_pages)


def _article(row: dict[str, Any], fields: dict[str, Any]) -> NewsItemPage:
    return build(ArticlePage, fields, body=body(row))


def _photo_story(row: dict[str, Any], fields: dict[str, Any]) -> NewsItemPage:
    photos = [
        ("photo", {"image": scene_image(photo["scene"]), "alt": "", "caption": photo["caption"], "credit": ""})
        for photo in row["photo"]
    ]
    return build(PhotoStoryPage, fields, body=body(row), photos=photos)


def _video(row: dict[str, Any], fields: dict[str, Any]) -> NewsItemPage:
    return build(
        VideoPage,
        fields,
        body=body(row),
        video_url=row.get("url", ""),
        video_file=_uploaded(row["file"], row["title"]) if "file" in row else None,
        captions=_uploaded(row["captions"], f"Phụ đề: {row['title']}") if "captions" in row else None,
        duration=row.get("duration", ""),
        transcript=RichText(row.get("transcript_html", "")).source,
    )


def _uploaded(name: str, title: str) -> PortalDocument:
    """A file of ``demo/files``, looked at and kept as if an editor had uploaded it."""
    content = (DEMO / "files" / name).read_bytes()
    document = PortalDocument(title=title, file=checked(SimpleUploadedFile(name, content)))
    document.read_file()
    document.save()
    return document


def build[P: BasePage](model: type[P], fields: dict[str, Any], **more: Any) -> P:
    """Make an unsaved page; many-to-many values are set after the rest."""
    plain = {key: value for key, value in fields.items() if key not in {"topics", "authors"}}
    page = model(**plain, **more)
    page.topics = fields["topics"]
    page.authors = fields["authors"]
    return page
