"""What the API shows of pictures and files."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from api import pictures, schemas
from api.batches import Batch
from api.parts import NUMBER, meta_field, moment_field
from api.registry import Field, Shown, attribute


def _largest(image: Any, batch: Batch) -> str:
    width = max(pictures.useful_widths(image, "full"))
    return str(pictures.size(image, "full", width, "jpg", batch.detail_url(type(image), image.pk))["url"])


IMAGE_FIELDS = (
    meta_field("type", schemas.text(), _("The type of the thing."), lambda it, _batch: it._meta.label),
    meta_field(
        "detail_url",
        schemas.address(),
        _("Everything about it, as JSON."),
        lambda it, batch: batch.detail_url(type(it), it.pk),
    ),
    meta_field(
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
    meta_field("type", schemas.text(), _("The type of the thing."), lambda it, _batch: it._meta.label),
    meta_field(
        "detail_url",
        schemas.address(),
        _("Everything about it, as JSON."),
        lambda it, batch: batch.detail_url(type(it), it.pk),
    ),
    meta_field("download_url", schemas.address(), _("The file."), lambda it, batch: batch.absolute(it.url)),
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
