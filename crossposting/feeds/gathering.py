"""Reads what a page of a feed shows: a fixed number of queries for the items, and one for each of their types.

The text of an item is drawn once for each of its states and kept, so that news costs the drawing of one item, not of
thirty, in every feed that shows it.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from hashlib import blake2b
from typing import Any

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.db.models import Prefetch
from django.templatetags.static import static
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.fields import StreamField
from wagtail.images import get_image_model

from core.blocks.pictures import pictures_in, prefetch_sizes
from core.blocks.plain_text import rich_paragraphs
from core.listing import filter_specs
from core.surrogates import SITE, page_key
from crossposting.feeds import store
from crossposting.feeds.addresses import Format, Variant, address
from crossposting.feeds.content import full_html, summary_html
from crossposting.feeds.documents import Author, FeedDocument, FeedItem, Film
from crossposting.feeds.markup import absolute_address, plain
from crossposting.feeds.paging import Cursor, PageOfIds
from crossposting.feeds.pictures import RENDITION, picture_of
from crossposting.feeds.registry import FeedSource, Subject, films_of
from crossposting.feeds.sources import site_name
from outbox.signal_handlers import address as page_url
from pagecache.generations import fingerprint
from pages.models import BasePage

#: Items on one page of a feed. Tools that carry feeds elsewhere remember a hundred or so.
PER_PAGE = 30
EXCERPT = 280


@dataclass(frozen=True, kw_only=True)
class Place:
    """Which feed, written how, and from where on; ``base`` is the address of the portal as the reader knows it."""

    source: FeedSource
    subject: Subject
    variant: Variant
    cursor: Cursor
    base: str

    def address(self, cursor: Cursor | None = None, variant: Variant | None = None) -> str:
        """The absolute address of a page of this feed."""
        return self.absolute(address(self.source, self.subject, variant or self.variant, cursor))

    def absolute(self, path: str) -> str:
        """An address of the portal, absolute."""
        return absolute_address(path, self.base)


@dataclass(frozen=True, kw_only=True)
class Gathered:
    """A document, and until when it holds: the moment at which the first of its items expires."""

    document: FeedDocument
    valid_until: datetime | None


def gather(place: Place, updated: datetime) -> Gathered:
    """Read one page of a feed; ``updated`` is when its items last changed."""
    found = place.source.ids(place.subject, place.cursor, PER_PAGE)
    pages = _pages(found.ids)
    items = list(_items(pages, place))
    ends = [page.expire_at for page in pages if page.expire_at]
    return Gathered(document=_document(place, found, items, updated), valid_until=min(ends, default=None))


def title_of(subject: Subject, name: str) -> str:
    """The title of a feed: the portal's name, with the thing's own before it."""
    return plain(f"{subject.title} – {name}" if subject.title else name) or plain(settings.WAGTAIL_SITE_NAME)


def _document(place: Place, found: PageOfIds, items: list[FeedItem], updated: datetime) -> FeedDocument:
    name = site_name() or settings.WAGTAIL_SITE_NAME
    title = title_of(place.subject, name)
    logo = place.absolute(static("icons/apple-touch-icon.png"))
    return FeedDocument(
        # The address under which the first page is known for ever, whoever asks for whatever page.
        id=place.address(),
        title=title,
        description=plain(place.subject.description) or _("New on %(title)s") % {"title": title},
        self_url=place.address(place.cursor),
        home_url=place.absolute(place.subject.url),
        icon_url=place.absolute(static("icons/favicon.ico")),
        logo_url=logo,
        publisher=plain(name),
        updated=max((updated, *(item.updated for item in items))),
        items=items,
        hubs=tuple(settings.WEBSUB_HUBS) if place.source.pushes else (),
        first=place.address() if found.next or not place.cursor.is_first else "",
        next=place.address(found.next) if found.next else "",
        previous=place.address(found.previous) if found.previous else "",
        style_url="" if place.variant.format is Format.JSON else static("css/feed-in-browser.css"),
        language=settings.LANGUAGE_CODE,
        full=place.variant.full,
    )


# Items --------------------------------------------------------------------------------------------------------------


def _pages(ids: Sequence[int]) -> list[BasePage]:
    """The base rows in the order asked for, with everything that an item says besides its text."""
    images = get_image_model().objects.prefetch_renditions(RENDITION)
    rows = (
        BasePage.objects.listed()
        .select_related("unit", "main_topic")
        .prefetch_related(Prefetch("cover", images), Prefetch("share_image", images))
        .in_bulk(ids)
    )
    return [rows[pk] for pk in ids if pk in rows]


def _items(pages: list[BasePage], place: Place) -> Iterable[FeedItem]:
    texts = _texts(pages, place)
    topics, people = _related(pages, "topics", "topic"), _related(pages, "authors", "person")
    films = films_of(pages)
    name = site_name() or settings.WAGTAIL_SITE_NAME
    for page in pages:
        html, summary = texts[page.pk]
        published, updated = moments(page)
        yield FeedItem(
            id=item_id(page),
            url=_url(page, place),
            title=plain(page.title) or f"{page.pk}",
            summary=summary,
            html=html,
            published=published,
            updated=updated,
            language=settings.LANGUAGE_CODE,
            authors=tuple(_authors(page, people.get(page.pk, []), place, name)),
            categories=_categories(page, topics.get(page.pk, [])),
            picture=_picture(page, place),
            film=_film(films.get(page.pk), place),
            page_id=page.pk,
        )


def item_id(page: BasePage) -> str:
    """What names an item for ever: drawn with the page, kept when it moves, is renamed or withdrawn for a while."""
    return f"urn:uuid:{page.translation_key}"


def moments(page: BasePage) -> tuple[datetime, datetime]:
    """When an item first went live, which never changes, and when readers last saw something new."""
    published = page.first_published_at or page.display_date or timezone.now()
    published = timezone.localtime(published)  # to the microsecond: two items with one moment make validators wonder
    return published, max(published, timezone.localtime(page.last_published_at or published))


def _url(page: BasePage, place: Place) -> str:
    return place.absolute(page_url(page.url_path) or "/")


def _related(pages: list[BasePage], field: str, column: str) -> dict[int, list[Any]]:
    """The topics or authors of all pages in one query."""
    through = getattr(BasePage, field).through.objects.filter(basepage__in=[page.pk for page in pages])
    found: dict[int, list[Any]] = defaultdict(list)
    for row in through.select_related(column).order_by("pk"):
        found[row.basepage_id].append(getattr(row, column))
    return found


def _categories(page: BasePage, topics: list[Any]) -> tuple[str, ...]:
    """The names of the topics, the main topic first."""
    topics = sorted(topics, key=lambda topic: topic.pk != page.main_topic_id)
    return tuple(dict.fromkeys(filter(None, (plain(topic.name) for topic in topics))))


def _authors(page: BasePage, people: list[Any], place: Place, name: str) -> Iterable[Author]:
    if people and not page.byline:
        for person in people:
            yield Author(name=plain(person.name), url=place.absolute(person.url))
    else:
        yield Author(name=plain(page.author_line) or plain(name))


def _picture(page: BasePage, place: Place) -> Any:
    picture = picture_of(page)
    return replace(picture, url=place.absolute(picture.url)) if picture else None


def _film(film: Film | None, place: Place) -> Film | None:
    return replace(film, url=place.absolute(film.url)) if film else None


# Texts --------------------------------------------------------------------------------------------------------------


def _texts(pages: list[BasePage], place: Place) -> dict[int, tuple[str, str]]:
    """HTML and summary of each item: those kept from before, the others drawn now."""
    names = {page.pk: _text_name(page, place) for page in pages}
    kept = store.texts(names.values())
    texts = {pk: kept[name] for pk, name in names.items() if name in kept}
    missing = [page for page in pages if page.pk not in texts]
    drawn = {page.pk: _draw(page, place) for page in _specific(missing)}
    store.keep_texts({names[pk]: text for pk, text in drawn.items()})
    return texts | drawn


def _text_name(page: BasePage, place: Place) -> str:
    """Names the state of an item's text; noted before it is drawn, so that an old one never stands for a new one."""
    state = f"{place.base} {place.variant.full} {page.pk} {fingerprint([page_key(page.pk), SITE])}"
    return blake2b(state.encode(), digest_size=16).hexdigest()


def _specific(pages: list[BasePage]) -> list[Any]:
    """The same pages as what they are, one query a type, with the sizes of their pictures."""
    by_type: dict[int, list[int]] = defaultdict(list)
    base = {page.pk: page for page in pages}
    for page in pages:
        by_type[page.content_type_id].append(page.pk)
    found: list[Any] = []
    for content_type, pks in by_type.items():
        model: Any = ContentType.objects.get_for_id(content_type).model_class()
        found += (model or BasePage)._default_manager.filter(pk__in=pks)
    for page in found:
        row = base[page.pk]
        page.cover, page.share_image, page.main_topic = row.cover, row.share_image, row.main_topic
    in_texts = [picture for page in found for stream in _streams(page) for picture in pictures_in(stream)]
    prefetch_sizes(in_texts, filter_specs("full", "card"))
    return found


def _streams(page: Any) -> list[Any]:
    names = [field.name for field in page._meta.concrete_fields if isinstance(field, StreamField)]  # documented API
    return [getattr(page, name) for name in names]


def _draw(page: Any, place: Place) -> tuple[str, str]:
    make = full_html if place.variant.full else summary_html
    html = make(page, base=place.base, url=_url(page, place), picture=picture_of(page))
    return html, plain(page.summary) or excerpt(page)


def excerpt(page: Any) -> str:
    """The beginning of a text without a summary, cut at a word."""
    text = ""
    for paragraph in rich_paragraphs(page):
        text = f"{text} {plain(paragraph)}".strip()
        if len(text) > EXCERPT:
            return text[:EXCERPT].rpartition(" ")[0] + "…"
    return text or plain(page.title)
