"""What the public interface shows of events: when and where, who, the papers that everybody may have."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from api import schemas
from api.batches import Batch, iso
from api.parts import html_url, moment_field
from api.registry import Field, Shown, attribute, register_fields
from events import dossier, parts
from events.choices import EventKind, Status
from events.models import EventPage

PAPER = schemas.structure(
    {
        "title": schemas.text(),
        "note": schemas.text(),
        "file_type": schemas.text(),
        "download_url": schemas.address(),
    }
)


def _papers(page: Any, batch: Batch) -> list[dict[str, str]]:
    return [
        {
            "title": paper.title,
            "note": paper.note,
            "file_type": paper.document.file_extension.lower(),
            "download_url": batch.absolute(paper.document.url),
        }
        for paper in dossier.papers_of(page)
        if not paper.is_private
    ]


def _calendar_url(page: Any, batch: Batch) -> str:
    return f"{html_url(page, batch)}{parts.CALENDAR}/"


def register() -> None:
    """Called when the app is ready."""
    register_fields(
        EventPage,
        attribute("kind", schemas.one_of(EventKind.values), _("What sort of event it is.")),
        moment_field("start", _("When it begins; for a deadline, the last moment.")),
        moment_field("end", _("When it ends, if it says so; of whole days, the beginning of the last one.")),
        attribute("all_day", schemas.boolean(), _("Whether it takes whole days.")),
        Field(
            name="until",
            schema=schemas.nullable(schemas.moment()),
            description=_("From when it is over."),
            read=lambda page, _batch: iso(page.until),
        ),
        attribute("place", schemas.text(), _("Hall and address.")),
        Field(
            name="is_online",
            schema=schemas.boolean(),
            description=_("Whether one can take part online."),
            read=lambda page, _batch: bool(page.online_url),
        ),
        Field(
            name="online_url",
            schema=schemas.text(),
            description=_("The link for taking part, where everybody may have it."),
            read=lambda page, _batch: page.shown_online_url,
        ),
        attribute("status", schemas.one_of(Status.values), _("Whether it takes place.")),
        attribute("status_reason", schemas.text(), _("Why it does not.")),
        attribute("chair", schemas.text(), _("Who presides."), shown=Shown.ALONE),
        attribute("participants", schemas.text(), _("Who takes part."), shown=Shown.ALONE),
        Field(
            name="calendar_url",
            schema=schemas.address(),
            description=_("The event as an iCalendar file."),
            read=_calendar_url,
        ),
        Field(
            name="papers",
            schema=schemas.array(PAPER),
            description=_("Its papers, without those of private collections."),
            read=_papers,
            shown=Shown.ALONE_ONLY,
        ),
    )
