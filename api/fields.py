"""What the API shows of every page. What a type adds stands in its own app's ``api.py``."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail.blocks import StreamValue, StructValue
from wagtail.blocks.list_block import ListValue
from wagtail.documents import get_document_model
from wagtail.fields import StreamField
from wagtail.images import get_image_model

from api import schemas
from api.batches import Batch, iso
from api.library_fields import DOCUMENT_FIELDS, IMAGE_FIELDS
from api.parts import NUMBER, html_url, meta_field, moment_field, page_link, person_data, topic_data, type_of, unit_data
from api.registry import Field, Shown, attribute, register_fields, shows_text
from core.blocks.pictures import pictures_in, prefetch_sizes
from core.blocks.related import RelatedBlock
from core.listing import filter_specs
from crossposting.feeds.content import text_html
from crossposting.feeds.gathering import item_id
from pages.models import BasePage
from pages.share_cards import card_url


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
    return {name: _stream(stream, batch.hidden_collections) for name, stream in _streams_of(page).items()}


def _stream(stream: StreamValue, hidden: frozenset[int]) -> list[dict[str, Any]]:
    """As Wagtail's API gives it, without cards of other pages, and without what lies in private collections."""
    return [
        {"type": block.block_type, "value": block.block.get_api_representation(block.value), "id": block.id}
        for block in stream
        if not isinstance(block.block, RelatedBlock) and not (hidden and _holds_hidden(block.value, hidden))
    ]


def _holds_hidden(value: Any, hidden: frozenset[int]) -> bool:
    if isinstance(value, StructValue):
        return any(_holds_hidden(child, hidden) for child in value.values())
    if isinstance(value, ListValue):
        return any(_holds_hidden(child, hidden) for child in value)
    return getattr(value, "collection_id", None) in hidden


# Fields -------------------------------------------------------------------------------------------------------------

PAGE_FIELDS = (
    meta_field(
        "type",
        schemas.text(),
        _("The type of the page; what else it shows depends on it."),
        lambda it, _batch: type_of(it),
    ),
    meta_field(
        "detail_url",
        schemas.address(),
        _("Everything about it, as JSON."),
        lambda it, batch: batch.detail_url(BasePage, it.pk),
    ),
    meta_field("html_url", schemas.address(), _("The page for people."), html_url),
    meta_field("slug", schemas.text(), _("The last word of its address."), lambda it, _batch: it.slug),
    moment_field("first_published_at", _("When it first went live; no edit moves it."), meta=True),
    moment_field("last_published_at", _("When readers last saw something new."), meta=True),
    meta_field(
        "feed_id",
        schemas.text(format="uri"),
        _("Its name in feeds, for ever the same."),
        lambda it, _batch: item_id(it),
        Shown.ALONE,
    ),
    meta_field(
        "seo_title", schemas.text(), _("The title for search engines."), lambda it, _batch: it.seo_title, Shown.ALONE
    ),
    meta_field(
        "search_description",
        schemas.text(),
        _("The summary for search engines."),
        lambda it, _batch: it.search_description,
        Shown.ALONE,
    ),
    meta_field(
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


def register() -> None:
    """Called when the app is ready."""
    register_fields(BasePage, *PAGE_FIELDS)
    register_fields(get_image_model(), *IMAGE_FIELDS)
    register_fields(get_document_model(), *DOCUMENT_FIELDS)
