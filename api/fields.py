"""What the API shows of every page, picture and file. What a type of page adds stands in its own app's ``api.py``."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail.blocks import StreamValue
from wagtail.documents import get_document_model
from wagtail.fields import StreamField
from wagtail.images import get_image_model

from api import pictures, schemas
from api.batches import Batch, iso
from api.registry import Field, Shown, attribute, register_fields, shows_text
from core.blocks.pictures import pictures_in, prefetch_sizes
from core.blocks.related import RelatedBlock
from core.listing import filter_specs
from crossposting.feeds.content import text_html
from crossposting.feeds.gathering import item_id
from outbox.signal_handlers import address
from pages.models import BasePage
from pages.share_cards import card_url

UNIT = schemas.structure(
    {
        "id": schemas.identifier(),
        "name": schemas.text(),
        "short_name": schemas.text(),
        "slug": schemas.text(),
        "html_url": schemas.address(),
        "detail_url": schemas.address(),
    }
)
TOPIC = schemas.structure(
    {"id": schemas.identifier(), "name": schemas.text(), "slug": schemas.text(), "html_url": schemas.address()}
)
PERSON = schemas.structure(
    {
        "id": schemas.identifier(),
        "name": schemas.text(),
        "role": schemas.text(),
        "slug": schemas.text(),
        "html_url": schemas.address(),
    }
)
PAGE_LINK = schemas.structure(
    {
        "id": schemas.identifier(),
        "meta": schemas.structure(
            {"type": schemas.text(), "detail_url": schemas.address(), "html_url": schemas.address()}
        ),
        "title": schemas.text(),
    }
)
BLOCK = schemas.structure(
    {"type": schemas.text(), "value": {}, "id": schemas.nullable(schemas.text())},
    description=_("A block of a text. Pictures, files and pages stand in it as numbers, rich text as HTML."),
)


# Parts --------------------------------------------------------------------------------------------------------------


def unit_data(unit: Any, batch: Batch) -> dict[str, Any] | None:
    """A unit that stands beside something."""
    if unit is None:
        return None
    return {
        "id": unit.pk,
        "name": unit.name,
        "short_name": unit.short_name,
        "slug": unit.slug,
        "html_url": batch.absolute(unit.url),
        "detail_url": batch.detail_url(type(unit), unit.pk),
    }


def topic_data(topic: Any, batch: Batch) -> dict[str, Any] | None:
    """A topic."""
    if topic is None:
        return None
    return {"id": topic.pk, "name": topic.name, "slug": topic.slug, "html_url": batch.absolute(topic.url)}


def person_data(person: Any, batch: Batch) -> dict[str, Any]:
    """An author or an officer, as listings name them."""
    return {
        "id": person.pk,
        "name": person.name,
        "role": person.role,
        "slug": person.slug,
        "html_url": batch.absolute(person.url),
    }


def type_of(page: Any) -> str:
    """The name of a page's type, without loading it as such."""
    model = page.specific_class or type(page)
    return str(model._meta.label)  # Django's documented model API


def html_url(page: Any, batch: Batch) -> str:
    """The page for people."""
    return batch.absolute(address(page.url_path) or "/")


def page_link(page: Any, batch: Batch) -> dict[str, Any] | None:
    """Another page that any reader may see; None for one that only some may."""
    if page is None or not page.visible_now:
        return None
    meta = {
        "type": type_of(page),
        "detail_url": batch.detail_url(BasePage, page.pk),
        "html_url": html_url(page, batch),
    }
    return {"id": page.pk, "meta": meta, "title": page.title}


def _parent(page: Any, batch: Batch) -> dict[str, Any] | None:
    parent = page.get_parent()
    return page_link(parent, batch) if parent is not None and parent.depth > 1 else None


def _topics(page: Any, batch: Batch) -> list[Any]:
    """The main topic first."""
    topics = sorted(batch.topics.get(page.pk, []), key=lambda topic: topic.pk != page.main_topic_id)
    return [topic_data(topic, batch) for topic in topics]


# Texts --------------------------------------------------------------------------------------------------------------


def _streams_of(page: Any) -> dict[str, StreamValue]:
    fields = [field for field in page._meta.concrete_fields if isinstance(field, StreamField)]  # documented API
    return {field.name: getattr(page, field.name) for field in fields}


def _html(page: Any, batch: Batch) -> str:
    if not shows_text(page):
        return ""
    in_text = [picture for stream in _streams_of(page).values() for picture in pictures_in(stream)]
    prefetch_sizes(in_text, filter_specs("full", "card"))
    return text_html(page, html_url(page, batch))


def _streams(page: Any, batch: Batch) -> dict[str, Any]:
    if not shows_text(page):
        return {}
    return {name: stream_data(stream) for name, stream in _streams_of(page).items()}


def stream_data(stream: StreamValue) -> list[dict[str, Any]]:
    """A stream as Wagtail's API gives it, without cards of other pages: some may be gone tomorrow."""
    return [
        {"type": block.block_type, "value": block.block.get_api_representation(block.value), "id": block.id}
        for block in stream
        if not isinstance(block.block, RelatedBlock)
    ]


# Registration -------------------------------------------------------------------------------------------------------


def _meta(name: str, schema: schemas.Schema, description: Any, read: Any, shown: Shown = Shown.ALWAYS) -> Field:
    return Field(name=name, schema=schema, description=description, read=read, meta=True, shown=shown)


def moment_field(name: str, description: Any, *, meta: bool = False, shown: Shown = Shown.ALWAYS) -> Field:
    """A moment that is an attribute."""
    return Field(
        name=name,
        schema=schemas.nullable(schemas.moment()),
        description=description,
        read=lambda it, _batch: iso(getattr(it, name)),
        meta=meta,
        shown=shown,
    )


NUMBER = attribute("id", schemas.identifier(), _("The number of the thing; never given to another one."))

PAGE_FIELDS = (
    _meta(
        "type",
        schemas.text(),
        _("The type of the page; what else it shows depends on it."),
        lambda it, _batch: type_of(it),
    ),
    _meta(
        "detail_url",
        schemas.address(),
        _("Everything about it, as JSON."),
        lambda it, batch: batch.detail_url(BasePage, it.pk),
    ),
    _meta("html_url", schemas.address(), _("The page for people."), html_url),
    _meta("slug", schemas.text(), _("The last word of its address."), lambda it, _batch: it.slug),
    moment_field("first_published_at", _("When it first went live; no edit moves it."), meta=True),
    moment_field("last_published_at", _("When readers last saw something new."), meta=True),
    _meta(
        "feed_id",
        schemas.text(format="uri"),
        _("Its name in feeds, for ever the same."),
        lambda it, _batch: item_id(it),
        Shown.ALONE,
    ),
    _meta(
        "seo_title", schemas.text(), _("The title for search engines."), lambda it, _batch: it.seo_title, Shown.ALONE
    ),
    _meta(
        "search_description",
        schemas.text(),
        _("The summary for search engines."),
        lambda it, _batch: it.search_description,
        Shown.ALONE,
    ),
    _meta(
        "parent",
        schemas.nullable(schemas.reference("PageLink")),
        _("The page above it."),
        _parent,
        Shown.ALONE_ONLY,
    ),
    NUMBER,
    attribute("title", schemas.text(), _("Its title.")),
    attribute("summary", schemas.text(), _("One or two sentences.")),
    Field(
        name="cover",
        schema=schemas.nullable(schemas.reference("Picture")),
        description=_("Its picture in lists."),
        read=lambda it, batch: batch.picture(it.cover),
    ),
    attribute("cover_caption", schemas.text(), _("What the picture shows: who, where, when."), shown=Shown.ALONE),
    Field(
        name="share_card",
        schema=schemas.address(),
        description=_("A JPEG of 1200 × 630 with title and picture, as networks show it; drawn when first fetched."),
        read=lambda it, batch: batch.absolute(card_url(it)),
        shown=Shown.ALONE,
    ),
    Field(
        name="unit",
        schema=schemas.nullable(schemas.reference("UnitLink")),
        description=_("The unit that it is about or that wrote it."),
        read=lambda it, batch: unit_data(it.unit, batch),
    ),
    Field(
        name="main_topic",
        schema=schemas.nullable(schemas.reference("Topic")),
        description=_("The topic above its title."),
        read=lambda it, batch: topic_data(it.main_topic, batch),
    ),
    Field(
        name="topics",
        schema=schemas.array(schemas.reference("Topic")),
        description=_("All its topics, the main topic first."),
        read=_topics,
    ),
    attribute("author_line", schemas.text(), _("Who wrote it, in one line.")),
    Field(
        name="authors",
        schema=schemas.array(schemas.reference("Person")),
        description=_("The authors who have a page of their own."),
        read=lambda it, batch: [person_data(person, batch) for person in batch.authors.get(it.pk, [])],
        shown=Shown.ALONE,
    ),
    moment_field("display_date", _("The date that readers see; lists of the portal are ordered by it.")),
    Field(
        name="hot_until",
        schema=schemas.nullable(schemas.moment()),
        description=_("Until when it is hot news; null when it is none."),
        read=lambda it, _batch: iso(it.hot_until) if it.is_hot else None,
    ),
    Field(
        name="featured_until",
        schema=schemas.nullable(schemas.moment()),
        description=_("Until when it may lead the front page; null when it may not."),
        read=lambda it, _batch: iso(it.featured_until) if it.is_featured else None,
    ),
    moment_field("expire_at", _("When it leaves by itself; null when it stays."), shown=Shown.ALONE),
    Field(
        name="is_item",
        schema=schemas.boolean(),
        description=_("Whether it stands in listings; sections and standing pages do not."),
        read=lambda it, _batch: it.listed,
        shown=Shown.ALONE,
    ),
    attribute("listing", schemas.text(), _("Which part of the portal lists it, such as news."), shown=Shown.ALONE),
    Field(
        name="section",
        schema=schemas.nullable(schemas.identifier()),
        description=_("The number of the section that gathers it."),
        read=lambda it, _batch: it.section_id,
        shown=Shown.ALONE,
    ),
    attribute("reading_minutes", schemas.integer(), _("How long it takes to read."), shown=Shown.ALONE),
    Field(
        name="html",
        schema=schemas.html(),
        description=_("The whole text as plain HTML with absolute addresses, as feeds have it."),
        read=_html,
        shown=Shown.ALONE_ONLY,
    ),
    Field(
        name="streams",
        schema=schemas.table_of(schemas.array(schemas.reference("Block"))),
        description=_("The same text block by block, by the names of its parts."),
        read=_streams,
        shown=Shown.ALONE_ONLY,
    ),
)


def _largest(image: Any, batch: Batch) -> str:
    width = max(pictures.useful_widths(image, "full"))
    return str(pictures.size(image, "full", width, "jpg", batch.detail_url(type(image), image.pk))["url"])


IMAGE_FIELDS = (
    _meta("type", schemas.text(), _("The type of the thing."), lambda it, _batch: it._meta.label),
    _meta(
        "detail_url",
        schemas.address(),
        _("Everything about it, as JSON."),
        lambda it, batch: batch.detail_url(type(it), it.pk),
    ),
    _meta(
        "download_url",
        schemas.address(),
        _("The largest size; the original stays inside, since cameras write down more than a picture shows."),
        _largest,
    ),
    NUMBER,
    attribute("title", schemas.text(), _("Its name in the library.")),
    Field(
        name="alt",
        schema=schemas.text(),
        description=_("What the picture shows, for who cannot see it."),
        read=lambda it, _batch: it.description,
    ),
    attribute("credit", schemas.text(), _("Photographer or source; to be shown beside the picture.")),
    attribute("licence", schemas.text(), _("What it may be used for.")),
    attribute("source_url", schemas.text(), _("Where it was found, if online."), shown=Shown.ALONE),
    attribute("width", schemas.integer(), _("Of the original, in pixels.")),
    attribute("height", schemas.integer(), _("Of the original, in pixels.")),
    moment_field("created_at", _("When it came into the library."), shown=Shown.ALWAYS),
    Field(
        name="renditions",
        schema=pictures.ALL_SIZES,
        description=_("All sizes of the design, each drawn when it is first fetched."),
        read=lambda it, batch: pictures.all_sizes(it, batch.detail_url(type(it), it.pk)),
        shown=Shown.ALONE,
    ),
)


DOCUMENT_FIELDS = (
    _meta("type", schemas.text(), _("The type of the thing."), lambda it, _batch: it._meta.label),
    _meta(
        "detail_url",
        schemas.address(),
        _("Everything about it, as JSON."),
        lambda it, batch: batch.detail_url(type(it), it.pk),
    ),
    _meta("download_url", schemas.address(), _("The file."), lambda it, batch: batch.absolute(it.url)),
    NUMBER,
    attribute("title", schemas.text(), _("Its title.")),
    attribute("source", schemas.text(), _("Who issued it.")),
    attribute("filename", schemas.text(), _("The name of the file.")),
    Field(
        name="file_type",
        schema=schemas.text(),
        description=_("The ending of its name, in small letters."),
        read=lambda it, _batch: it.file_extension.lower(),
    ),
    attribute("file_size", schemas.nullable(schemas.integer()), _("In bytes; null when nobody has counted them.")),
    Field(
        name="sha1",
        schema=schemas.text(),
        description=_("The SHA-1 of the file, to notice a new version; empty when nobody has computed it."),
        read=lambda it, _batch: it.file_hash,
        shown=Shown.ALONE,
    ),
    moment_field("created_at", _("When it came into the library.")),
)

COMPONENTS: dict[str, schemas.Schema] = {
    "Picture": pictures.PICTURE,
    "PictureSizes": pictures.SIZES,
    "PictureSize": pictures.SIZE,
    "PictureSizeByFormat": pictures.SIZE_BY_FORMAT,
    "UnitLink": UNIT,
    "Topic": TOPIC,
    "Person": PERSON,
    "PageLink": PAGE_LINK,
    "Block": BLOCK,
}


def register() -> None:
    """Called when the app is ready."""
    register_fields(BasePage, *PAGE_FIELDS)
    register_fields(get_image_model(), *IMAGE_FIELDS)
    register_fields(get_document_model(), *DOCUMENT_FIELDS)
