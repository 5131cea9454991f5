"""The demonstration's explainers and procedures."""

from datetime import timedelta
from pathlib import Path
from typing import Any

from django.utils import timezone
from wagtail.rich_text import RichText

from core.demonstration import Say, demonstration_part, read_folder, stream_values
from images.demonstration import scene_image
from organisations.models import Person, Unit
from pages.demonstration import add_published, find_pages
from pages.models import BasePage
from policies.models import ExplainerPage, PolicyIndexPage, ProcedureIndexPage, ProcedurePage
from taxonomy.models import Topic

DEMO = Path(__file__).parent / "demo"


@demonstration_part("Policies", order=40)
def load_policies(say: Say) -> None:
    """Create explainers and procedures that are not there yet."""
    for place, row in enumerate(read_folder(DEMO / "explainers")):
        if not BasePage.objects.filter(slug=row["slug"]).exists():
            days = row.get("days_ago", row.get("reviewed_days_ago", place * 5))
            add_published(PolicyIndexPage.objects.get(), _explainer(row), days_ago=days)
    for place, row in enumerate(read_folder(DEMO / "procedures")):
        if not BasePage.objects.filter(slug=row["slug"]).exists():
            add_published(ProcedureIndexPage.objects.get(), _procedure(row), days_ago=row.get("days_ago", 30 + place))


def _blocks(row: dict[str, Any], key: str) -> list[tuple[str, Any]]:
    return stream_values(row.get(key, []), image=scene_image, pages=find_pages)


def _common(row: dict[str, Any]) -> dict[str, Any]:
    today = timezone.localdate()
    topics = list(Topic.objects.filter(slug__in=row.get("topics", [])))
    basis = [
        (
            "basis",
            {
                "number": item["number"],
                "kind": item.get("kind", ""),
                "title": item["title"],
                "articles": item.get("articles", ""),
                "effective_from": item.get("effective_from"),
                "status": item.get("status", "in_force"),
                "url": item.get("url", ""),
            },
        )
        for item in row.get("basis", [])
    ]
    questions = [
        ("question", {"question": item["question"], "answer": RichText(item["answer_html"])})
        for item in row.get("question", [])
    ]
    reviewed = today - timedelta(days=row.get("reviewed_days_ago", 20))
    return {
        "title": row["title"],
        "slug": row["slug"],
        "summary": row.get("summary", ""),
        "cover": scene_image(row.get("scene", "")),
        "unit": Unit.objects.filter(slug=row.get("unit", "")).first(),
        "main_topic": next((topic for topic in topics if topic.slug == row["topics"][0]), None),
        "basis": basis,
        "questions": questions,
        "reviewed_on": reviewed,
        "next_review": reviewed + timedelta(days=row.get("next_review_days", 180)),
        "owner_person": Person.objects.filter(slug=row.get("owner", "")).first(),
    }


def _explainer(row: dict[str, Any]) -> ExplainerPage:
    page = ExplainerPage(
        **_common(row),
        facts=[("fact", {"label": fact["label"], "value": fact["value"]}) for fact in row.get("facts", [])],
        effective_from=row.get("effective_from"),
        who=row.get("who", ""),
        changed=_blocks(row, "changed"),
        affected=_blocks(row, "affected"),
        todo=_blocks(row, "todo"),
    )
    page.topics = list(Topic.objects.filter(slug__in=row.get("topics", [])))
    return page


def _procedure(row: dict[str, Any]) -> ProcedurePage:
    page = ProcedurePage(
        **_common(row),
        time_limit=row.get("time_limit", ""),
        fee=row.get("fee", ""),
        place=row.get("place_html", ""),
        result=row.get("result", ""),
        steps=[("step", {"title": s["title"], "text": RichText(s.get("html", ""))}) for s in row.get("step", [])],
        papers=[
            ("paper", {"name": p["name"], "copies": str(p.get("copies", "")), "note": p.get("note", "")})
            for p in row.get("paper", [])
        ],
        forms=[
            ("form", {"name": f["name"], "document": None, "url": f.get("url", ""), "note": f.get("note", "")})
            for f in row.get("form", [])
        ],
        body=_blocks(row, "body"),
    )
    page.topics = list(Topic.objects.filter(slug__in=row.get("topics", [])))
    return page
