"""What machines read on a page: search engines (JSON-LD) and networks (OpenGraph)."""

from dataclasses import dataclass, field
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils import timezone

from archives.films import open_file, video_object
from core.listing import filter_spec
from core.videos import Video
from pages.models import BasePage
from pages.share_cards import card_url

DESCRIPTION_LENGTH = 200


@dataclass
class Metadata:
    """One page's metadata, ready to print."""

    title: str
    description: str
    url: str
    image: str
    image_alt: str
    kind: str
    published: str = ""
    modified: str = ""
    section: str = ""
    tags: list[str] = field(default_factory=list)
    json_ld: list[dict[str, Any]] = field(default_factory=list)
    video: Any = None
    video_url: str = ""


def absolute(request: HttpRequest, url: str) -> str:
    """Make an address absolute, as networks want it."""
    return request.build_absolute_uri(url)


def shorten(text: str, length: int = DESCRIPTION_LENGTH) -> str:
    """Cut a text at a word."""
    if len(text) <= length:
        return text
    return text[:length].rpartition(" ")[0] + "…"


def for_context(request: HttpRequest, context: dict[str, Any]) -> Metadata:
    """Gather the metadata of whatever the template shows: a page, or a listing without one."""
    page: BasePage | None = context.get("page")
    portal = context.get("portal")
    site_name = getattr(portal, "name", "") or settings.WAGTAIL_SITE_NAME
    if page is None or context.get("topic") or context.get("person"):
        return _for_listing(request, context, site_name)
    description = page.search_description or page.summary
    if page.depth == 2 and not description:  # root, front page
        description = getattr(portal, "description", "")
    image = image_url(request, page)
    metadata = Metadata(
        title=page.seo_title or context.get("heading") or page.title,
        description=shorten(description),
        url=context.get("canonical_url") or absolute(request, page.url or request.path),
        image=image,
        image_alt=page.title,
        kind="article" if page.is_item else "website",
        published=_iso(page.first_published_at) if page.is_item else "",
        modified=_iso(page.updated_at or page.first_published_at) if page.is_item else "",
        tags=[topic.name for topic in page.topics_list] if page.is_item else [],
    )
    metadata.json_ld = [organisation(request, portal)] if page.depth == 2 else []  # front page
    if page.is_item:
        metadata.json_ld.append(article(request, page, context, metadata))
    if page.is_item and isinstance(context.get("video"), Video):
        _add_video(request, page, context["video"], metadata)
    if context.get("breadcrumbs"):
        metadata.json_ld.append(breadcrumb_list(request, context["breadcrumbs"], metadata))
    return metadata


def _add_video(request: HttpRequest, page: BasePage, video: Video, metadata: Metadata) -> None:
    metadata.video = open_file(video)
    if metadata.video:
        metadata.video_url = absolute(request, metadata.video.url)
    metadata.json_ld.append(
        video_object(
            request,
            page,
            video,
            metadata.video,
            description=metadata.description,
            image=metadata.image,
            published=metadata.published,
        )
    )


def _for_listing(request: HttpRequest, context: dict[str, Any], site_name: str) -> Metadata:
    heading = context.get("heading", "") or site_name
    metadata = Metadata(
        title=heading,
        description=shorten(context.get("intro", "")),
        url=context.get("canonical_url") or absolute(request, request.path),
        image="",
        image_alt="",
        kind="website",
    )
    if context.get("breadcrumbs"):
        metadata.json_ld = [breadcrumb_list(request, context["breadcrumbs"], metadata)]
    return metadata


def image_url(request: HttpRequest, page: BasePage) -> str:
    """The picture to show when shared: the editor's, else the card that the portal draws."""
    if page.share_image:
        try:
            return absolute(request, page.share_image.get_rendition("fill-1200x630|format-jpeg").url)
        except Exception:  # noqa: BLE001  # a lost or broken file raises whatever storage or decoder raises
            return absolute(request, card_url(page)) if page.pk else ""
    return absolute(request, card_url(page)) if page.pk else ""


def article(request: HttpRequest, page: BasePage, context: dict[str, Any], metadata: Metadata) -> dict[str, Any]:
    """NewsArticle, or Article for explainers and procedures, as schema.org names things."""
    news = page.url.startswith("/tin-tuc/") if page.url else False
    data: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": "NewsArticle" if news else "Article",
        "headline": shorten(page.title, 110),
        "description": metadata.description,
        "inLanguage": "vi",
        "mainEntityOfPage": metadata.url,
        "image": [metadata.image],
        "datePublished": metadata.published,
        "dateModified": metadata.modified,
        "author": _authors(request, page, context),
        "publisher": organisation(request, context.get("portal"), nested=True),
    }
    if page.cover_id:
        data["image"] += _cover_urls(request, page)
    if metadata.tags:
        data["keywords"] = metadata.tags
    return {key: value for key, value in data.items() if value}


def _cover_urls(request: HttpRequest, page: BasePage) -> list[str]:
    try:
        rendition: Any = page.cover and page.cover.get_rendition(filter_spec("lead", 960, "jpeg"))
    except Exception:  # noqa: BLE001  # a lost or broken file raises whatever storage or decoder raises
        return []
    return [absolute(request, rendition.url)]


def _authors(request: HttpRequest, page: BasePage, context: dict[str, Any]) -> list[dict[str, str]]:
    people = context.get("authors") or []
    if people and not page.byline:
        return [{"@type": "Person", "name": person.name, "url": absolute(request, person.url)} for person in people]
    name = page.byline or getattr(context.get("portal"), "federation_name", "")
    return [{"@type": "Organization", "name": name}] if name else []


def organisation(request: HttpRequest, portal: Any, *, nested: bool = False) -> dict[str, Any]:
    """The federation: schema.org has a type for workers' unions."""
    data: dict[str, Any] = {} if nested else {"@context": "https://schema.org"}
    data |= {
        "@type": ["NewsMediaOrganization", "WorkersUnion"],
        "name": getattr(portal, "federation_name", "") or settings.WAGTAIL_SITE_NAME,
        "url": absolute(request, "/"),
        "logo": absolute(request, "/static/icons/apple-touch-icon.png"),
    }
    if not nested:
        links = [getattr(portal, name, "") for name in ("facebook", "zalo", "youtube")]
        extra = {
            "telephone": getattr(portal, "hotline", ""),
            "email": getattr(portal, "email", ""),
            "address": getattr(portal, "address", ""),
            "sameAs": [link for link in links if link],
        }
        data |= {key: value for key, value in extra.items() if value}
    return data


def breadcrumb_list(request: HttpRequest, trail: list[dict[str, str]], metadata: Metadata) -> dict[str, Any]:
    """The way from the front page to here."""
    steps = [*trail, {"title": metadata.title, "url": metadata.url}]
    return {
        "@context": "https://schema.org",
        "@type": "BreadcrumbList",
        "itemListElement": [
            {"@type": "ListItem", "position": place, "name": step["title"], "item": absolute(request, step["url"])}
            for place, step in enumerate(steps, start=1)
        ],
    }


def _iso(value: Any) -> str:
    return timezone.localtime(value).isoformat(timespec="seconds") if value else ""
