"""What stands beside something in the API: units, topics, people, pictures, other pages; and fields that many have."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from api import pictures, schemas
from api.batches import Batch, iso
from api.registry import Field, Shown, attribute
from outbox.signal_handlers import address
from pages.models import BasePage

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


# Fields -------------------------------------------------------------------------------------------------------------


def meta_field(name: str, schema: schemas.Schema, description: Any, read: Any, shown: Shown = Shown.ALWAYS) -> Field:
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
