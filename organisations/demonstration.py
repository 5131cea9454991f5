"""The demonstration's units, people and unit pages."""

from pathlib import Path
from typing import Any

from core.demonstration import Say, demonstration_part, read_toml, stream_values
from core.text import vietnamese_slug
from images.demonstration import scene_image
from organisations.models import FormerName, Person, Unit, UnitIndexPage, UnitPage
from pages.demonstration import add_published, find_pages

DEMO = Path(__file__).parent / "demo"
UNIT_FIELDS = (
    "name",
    "short_name",
    "kind",
    "valid_from",
    "valid_to",
    "address",
    "phone",
    "email",
    "members",
    "website",
)


@demonstration_part("Units and people", order=30)
def load_organisation(say: Say) -> None:
    """Create the units, in an order in which parents come first, then mergers, people and pages."""
    rows = read_toml(DEMO / "units.toml")["unit"]
    for row in rows:
        _unit(row)
    for row in rows:
        if row.get("merged_into"):
            Unit.objects.filter(slug=row["slug"]).update(merged_into=Unit.objects.get(slug=row["merged_into"]))
    for row in read_toml(DEMO / "people.toml")["person"]:
        _person(row)
    index = UnitIndexPage.objects.first()
    for row in rows:
        if index and row.get("intro_html"):
            _page(index, row)


def _unit(row: dict[str, Any]) -> None:
    if Unit.objects.filter(slug=row["slug"]).exists():
        return
    parent = Unit.objects.get(slug=row["parent"]) if row.get("parent") else None
    unit = Unit(slug=row["slug"], parent=parent, **{name: row[name] for name in UNIT_FIELDS if row.get(name)})
    unit.former_names = [  # type: ignore[misc]  # modelcluster lets an unsaved parent hold its children
        FormerName(name=name, slug=vietnamese_slug(name)) for name in row.get("former_names", [])
    ]
    unit.save()


def _person(row: dict[str, Any]) -> None:
    if Person.objects.filter(slug=row["slug"]).exists():
        return
    bio = row.get("bio_html", "").replace("</p><p>", "\n\n").replace("<p>", "").replace("</p>", "")
    Person.objects.create(
        slug=row["slug"],
        name=row["name"],
        role=row.get("role", ""),
        unit=Unit.objects.filter(slug=row.get("unit", "")).first(),
        bio=bio,
        is_author=row.get("is_author", False),
    )


def _page(index: UnitIndexPage, row: dict[str, Any]) -> None:
    unit = Unit.objects.get(slug=row["slug"])
    if UnitPage.objects.filter(unit=unit).exists():
        return
    blocks = row.get("body") or [{"type": "paragraph", "html": row["intro_html"]}]
    page = UnitPage(
        title=unit.name,
        unit=unit,
        cover=scene_image(row.get("scene", "")),
        body=stream_values(blocks, image=scene_image, pages=find_pages),
    )
    add_published(index, page, days_ago=200)
