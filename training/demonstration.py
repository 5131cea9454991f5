"""The demonstration's courses, question banks, materials and classes."""

import io
from datetime import datetime, time, timedelta
from pathlib import Path
from typing import Any

from django.core.files.base import ContentFile
from django.utils import timezone
from PIL import Image, ImageDraw, ImageFont

from core.demonstration import Say, demonstration_part, read_toml
from core.drawing import FONTS
from documents.models import PortalDocument
from images.demonstration import scene_image
from organisations.models import Unit
from pages.demonstration import add_published
from pages.models import BasePage
from taxonomy.models import Topic
from training.certificates.codes import new_code
from training.classes.attendance import give_certificates
from training.models import (
    ClassPage,
    CoursePage,
    LessonPage,
    MaterialPage,
    Question,
    QuestionBank,
    QuestionOption,
    QuizPart,
    Registration,
    TrainingIndexPage,
)

DEMO = Path(__file__).parent / "demo" / "training.toml"
#: Of a slide, in pixels.
SLIDE = (1600, 900)
OPTIONAL = ("minutes", "pass_mark", "minutes_allowed", "attempts_allowed")


@demonstration_part("Courses", order=57)
def load_training(say: Say) -> None:
    """Create banks, courses with their lessons, materials and classes that are not there yet."""
    rows = read_toml(DEMO)
    for row in rows["bank"]:
        load_bank(row)
    for row in rows["course"]:
        if not BasePage.objects.filter(slug=row["slug"]).exists():
            _course(row)
    for row in rows["material"]:
        if not BasePage.objects.filter(slug=row["slug"]).exists():
            add_published(_index(), _material(row), days_ago=row["days_ago"])
    for row in rows["class"]:
        if not BasePage.objects.filter(slug=row["slug"]).exists():
            _class(row)


def _index() -> TrainingIndexPage:
    return TrainingIndexPage.objects.get()


def load_bank(row: dict[str, Any]) -> None:
    """Create a bank with its questions, unless there is one of this name."""
    bank, is_new = QuestionBank.objects.get_or_create(title=row["title"], defaults={"note": row["note"]})
    for asked in row["question"] if is_new else ():
        kind = asked.get("kind", "single")
        right = [(*words.split(" = "), "")[:2] if kind == "match" else (words, "") for words in asked["right"]]
        options = [
            QuestionOption(text=words, partner=partner, is_right=kind in {"single", "multiple"})
            for words, partner in right
        ]
        options += [QuestionOption(text=words) for words in asked.get("wrong", [])]
        for place, option in enumerate(options):
            option.sort_order = place
        question = Question(bank=bank, kind=kind, text=asked["text"], explanation=asked.get("why", ""))
        question.options = options  # type: ignore[misc]  # modelcluster takes a list
        question.full_clean()
        question.save()


def _common(row: dict[str, Any]) -> dict[str, Any]:
    topics = list(Topic.objects.filter(slug__in=row["topics"]))
    return {
        "title": row["title"],
        "slug": row["slug"],
        "summary": row["summary"],
        "audience": row["audience"],
        "unit": Unit.objects.filter(slug=row["unit"]).first(),
        "cover": scene_image(row["scene"]) if "scene" in row else None,
        "main_topic": next((topic for topic in topics if topic.slug == row["topics"][0]), None),
        "body": [("paragraph", row["about"])] if "about" in row else [],
    }


def _course(row: dict[str, Any]) -> None:
    page = CoursePage(
        **_common(row),
        access=row.get("access", "open"),
        signer=row.get("signer", ""),
        signer_role=row.get("signer_role", ""),
    )
    page.topics = list(Topic.objects.filter(slug__in=row["topics"]))
    course = add_published(_index(), page, days_ago=row["days_ago"])
    for given in row["lesson"]:
        lesson = LessonPage(
            title=given["title"],
            body=[("paragraph", html) for html in given.get("html", [])],
            **{name: given[name] for name in OPTIONAL if name in given},
        )
        if "bank" in given:
            bank = QuestionBank.objects.get(title=given["bank"])
            lesson.quiz_parts = [QuizPart(bank=bank, count=given.get("count"))]  # type: ignore[misc]  # as above
        add_published(CoursePage.objects.get(pk=course.pk), lesson, days_ago=row["days_ago"])


def _material(row: dict[str, Any]) -> MaterialPage:
    parts: list[Any] = []
    if "slide" in row:
        value = {"document": _slides(row["title"], row["slide"]), "title": "", "note": "", "kind": "slides"}
        parts.append(("slides", value))
    parts += [("link", link) for link in row.get("links", [])]
    page = MaterialPage(**_common(row), parts=parts)
    page.topics = list(Topic.objects.filter(slug__in=row["topics"]))
    return page


def _class(row: dict[str, Any]) -> None:
    start = _moment(row["in_days"], row["begins"])
    page = ClassPage(
        **_common(row),
        start=start,
        end=_moment(row["in_days"], row["ends"]),
        sign_up_until=start - timedelta(days=row["sign_up_days_before"]) if "sign_up_days_before" in row else None,
        **{name: row[name] for name in ("place", "hours", "seats", "signer", "signer_role")},
    )
    page.topics = list(Topic.objects.filter(slug__in=row["topics"]))
    made = add_published(_index(), page, days_ago=row["days_ago"])
    for number, person in enumerate(row["people"], start=1):
        unit = Unit.objects.filter(slug=person["unit"]).first()
        came = person.get("present", False)
        Registration.objects.create(
            page=made,
            name=person["name"],
            unit=unit,
            unit_name=unit.name if unit else "",
            contact=f"0900{made.pk % 1000:03d}{number:03d}",
            code=new_code(),
            created=timezone.now() - timedelta(days=row["days_ago"], hours=-number),
            attended_at=start + timedelta(minutes=number) if came else None,
            source=Registration.Source.ROOM if came else "",
        )
    if made.is_over:
        give_certificates(made)


def _moment(in_days: int, clock: str) -> datetime:
    return timezone.make_aware(
        datetime.combine(timezone.localdate() + timedelta(days=in_days), time.fromisoformat(clock))
    )


def _slides(title: str, slides: list[dict[str, Any]]) -> PortalDocument:
    """A PDF with a page for each slide, drawn here."""
    pages = [_slide(slide["head"], slide["lines"]) for slide in slides]
    made = io.BytesIO()
    pages[0].save(made, "PDF", save_all=True, append_images=pages[1:], resolution=144, title=title)
    document = PortalDocument.objects.create(title=title, file=ContentFile(made.getvalue(), name="trinh-chieu.pdf"))
    document.get_file_size()  # stored at the first question
    return document


def _slide(head: str, lines: list[str]) -> Image.Image:
    page = Image.new("RGB", SLIDE, "#ffffff")
    draw = ImageDraw.Draw(page)
    draw.rectangle((0, 0, SLIDE[0], 300), fill="#0b3a75")
    draw.rectangle((100, 300, 260, 314), fill="#ffc53d")
    draw.text((100, 190), head, font=_font("700", 66), fill="#ffffff", anchor="ls")
    for number, line in enumerate(lines):
        y = 440 + number * 110
        draw.rectangle((100, y - 22, 130, y - 14), fill="#0b4da2")
        draw.text((160, y), line, font=_font("400", 52), fill="#13181f", anchor="ls")
    return page


def _font(weight: str, size: int) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(str(FONTS / f"BeVietnamPro-{weight}.ttf"), size, layout_engine=ImageFont.Layout.RAQM)
