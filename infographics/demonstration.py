"""The demonstration's infographics."""

import json
from pathlib import Path
from typing import Any

from core.demonstration import Say, demonstration_part, read_toml
from images.demonstration import scene_image
from infographics.covers import give_cover
from infographics.models import InfographicIndexPage, InfographicPage, InfographicSeriesPage
from organisations.models import Unit
from pages.demonstration import add_published
from pages.models import BasePage
from taxonomy.models import Topic

DEMO = Path(__file__).parent / "demo" / "infographics.toml"


@demonstration_part("Infographics", order=55)
def load_infographics(say: Say) -> None:
    """Create series and infographics that are not there yet, with the pictures that the worker would draw."""
    rows = read_toml(DEMO)
    for row in rows["series"]:
        if not BasePage.objects.filter(slug=row["slug"]).exists():
            add_published(_index(), InfographicSeriesPage(**row), days_ago=90)
    for row in rows["infographic"]:
        if not BasePage.objects.filter(slug=row["slug"]).exists():
            parent = InfographicSeriesPage.objects.filter(slug=row.get("series", "")).first() or _index()
            give_cover(add_published(parent, _page(row), days_ago=row["days_ago"]))


def _index() -> InfographicIndexPage:
    return InfographicIndexPage.objects.get()


def _page(row: dict[str, Any]) -> InfographicPage:
    topics = list(Topic.objects.filter(slug__in=row["topics"]))
    panels = [*map(_chart, row.get("chart", [])), *map(_picture, row.get("pictures", []))]
    page = InfographicPage(
        title=row["title"],
        slug=row["slug"],
        summary=row["summary"],
        unit=Unit.objects.filter(slug=row["unit"]).first(),
        main_topic=next((topic for topic in topics if topic.slug == row["topics"][0]), None),
        panels=json.dumps(panels),
        text_alternative=row.get("words", ""),
        sources=[
            ("source", {"text": source["text"], "url": source.get("url", "")}) for source in row.get("sources", [])
        ],
        explained_in=BasePage.objects.filter(slug=row.get("explained_in", "")).first(),
    )
    page.topics = topics
    return page


def _chart(row: dict[str, Any]) -> dict[str, Any]:
    first, *others = row["columns"]
    table = {
        "columns": [
            {"type": "text", "heading": first},
            *({"type": "number", "heading": heading} for heading in others),
        ],
        "rows": [{"values": values} for values in row["rows"]],
        "caption": "",
    }
    kept = {key: row.get(key, "") for key in ("kind", "title", "subtitle", "unit", "source")}
    return {"type": "chart", "value": {**kept, "table": table, "highlight": None, "paper": row.get("paper", "sun")}}


def _picture(row: dict[str, Any]) -> dict[str, Any]:
    image = scene_image(row["scene"])
    return {"type": "picture", "value": {"image": image.pk if image else None, "alt": row["alt"]}}
