"""What the public interface shows of infographics: the same in words, and the numbers of charts."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from api import schemas
from api.batches import Batch
from api.parts import html_url, page_link
from api.registry import Field, Shown, register_fields
from crossposting.feeds.markup import feed_html
from infographics import downloads
from infographics.charts import FORMATS, KINDS, ChartError
from infographics.models import InfographicPage

CHART = schemas.structure(
    {
        "number": schemas.integer(1),
        "kind": schemas.one_of(KINDS),
        "title": schemas.text(),
        "subtitle": schemas.text(),
        "unit": schemas.text(),
        "source": schemas.text(),
        "columns": schemas.array(schemas.text()),
        "rows": schemas.array(schemas.array(schemas.text())),
        "images": schemas.table_of(schemas.address()),
    }
)
SOURCE = schemas.structure({"text": schemas.text(), "url": schemas.text()})


def _charts(page: Any, batch: Batch) -> list[dict[str, Any]]:
    """Each chart that can be drawn, with its table as the editor wrote it and the addresses of its pictures."""
    found = []
    for number, block in enumerate(page.panels, start=1):
        if block.block_type == "chart" and _can_be_drawn(block.value):
            found.append(_chart(number, block.value, f"{html_url(page, batch)}{downloads.FILES}/{number}-"))
    return found


def _can_be_drawn(value: Any) -> bool:
    try:
        return bool(value.chart)
    except ChartError:
        return False


def _chart(number: int, value: Any, files: str) -> dict[str, Any]:
    table = value.get("table")
    return {
        "number": number,
        **{name: value.get(name) or "" for name in ("kind", "title", "subtitle", "unit", "source")},
        "columns": [column["heading"] for column in table.columns],
        "rows": [[str(cell.value or "") for cell in row] for row in table.rows],
        "images": {name: f"{files}{name}/" for name in (*FORMATS, downloads.SVG)},
    }


def _sources(page: Any, _batch: Batch) -> list[dict[str, str]]:
    return [{name: block.value.get(name) or "" for name in ("text", "url")} for block in page.sources]


def register() -> None:
    """Called when the app is ready."""
    register_fields(
        InfographicPage,
        Field(
            name="text_alternative",
            schema=schemas.html(),
            description=_("Everything that stands on its pictures, in words."),
            read=lambda page, batch: feed_html(page.in_words, html_url(page, batch)),
            shown=Shown.ALONE_ONLY,
        ),
        Field(
            name="charts",
            schema=schemas.array(CHART),
            description=_("Its charts: the numbers behind them, and pictures of them to take away."),
            read=_charts,
            shown=Shown.ALONE_ONLY,
        ),
        Field(
            name="sources",
            schema=schemas.array(SOURCE),
            description=_("Where its numbers come from."),
            read=_sources,
            shown=Shown.ALONE_ONLY,
        ),
        Field(
            name="explained_in",
            schema=schemas.nullable(schemas.reference("PageLink")),
            description=_("The page that explains it in full."),
            read=lambda page, batch: page_link(page.explained_in, batch),
            shown=Shown.ALONE_ONLY,
        ),
    )
