"""How events are found: by their days however they are written, by place and people; results show the day itself."""

from dataclasses import replace
from typing import Any

from core.templatetags.portal_text import vi_date
from events.choices import EventKind
from events.models import EventPage
from search.documents import SearchDocument
from search.registry import page_adapter


def register() -> None:
    """Called when the app is ready."""
    page_adapter(EventPage)(tell_when)


def tell_when(page: Any, document: SearchDocument) -> SearchDocument:
    """The day stands in the text, and the days by which readers narrow results are those of the event."""
    day = page.first_day
    spelt = f"ngày {day.day} tháng {day.month} năm {day.year}"
    kind = str(EventKind(page.kind).label)
    return replace(
        document,
        context="\n".join(filter(None, [document.context, kind])),
        text="\n".join(filter(None, [f"{page.when}, {spelt}", document.text])),
        date=page.start,
        facets={**document.facets, "year": (str(day.year),)},
        shown={**document.shown, "date": vi_date(day)},
    )
