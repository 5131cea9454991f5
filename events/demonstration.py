"""The demonstration's calendar: events around the day of loading, one with papers."""

import io
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

from django.core.files.base import ContentFile
from django.utils import timezone
from PIL import Image, ImageDraw, ImageFont

from core.demonstration import Say, demonstration_part, read_toml
from core.drawing import FONTS
from core.text import vietnamese_slug
from documents.models import PortalDocument
from events.models import EventIndexPage, EventPage
from images.demonstration import scene_image
from organisations.models import Unit
from pages.demonstration import add_published
from pages.models import BasePage
from taxonomy.models import Topic

DEMO = Path(__file__).parent / "demo" / "events.toml"
#: Of a paper, in pixels: A4 at 110 to the inch.
PAPER = (910, 1286)
SUNDAY = 6
PLAIN = (
    "kind",
    "place",
    "online_url",
    "online_is_public",
    "chair",
    "participants",
    "status",
    "status_reason",
    "all_day",
)


@demonstration_part("Work calendar", order=58)
def load_events(say: Say) -> None:
    """Create the events that are not there yet."""
    for row in read_toml(DEMO)["event"]:
        if not BasePage.objects.filter(slug=row["slug"]).exists():
            add_published(EventIndexPage.objects.get(), _event(row), days_ago=row["days_ago"])


def _event(row: dict[str, Any]) -> EventPage:
    topics = list(Topic.objects.filter(slug__in=row["topics"]))
    first = _day(row)
    last = first + timedelta(days=row.get("lasts_days", 0))
    has_end = "ends" in row or "lasts_days" in row
    page = EventPage(
        title=row["title"],
        slug=row["slug"],
        summary=row["summary"],
        unit=Unit.objects.filter(slug=row["unit"]).first(),
        cover=scene_image(row["scene"]) if "scene" in row else None,
        main_topic=next((topic for topic in topics if topic.slug == row["topics"][0]), None),
        start=_moment(first, row.get("begins", "00:00")),
        end=_moment(last, row.get("ends", "00:00")) if has_end else None,
        body=[("paragraph", row["about"])] if "about" in row else [],
        agenda=[_agenda_row(given) for given in row.get("agenda", [])],
        papers=[("paper", _paper(given)) for given in row.get("paper", [])],
        **{name: row[name] for name in PLAIN if name in row},
    )
    page.topics = topics
    return page


def _day(row: dict[str, Any]) -> date:
    day = timezone.localdate() + timedelta(days=row["in_days"])
    return day + timedelta(days=1) if day.weekday() == SUNDAY and not row.get("weekend") else day


def _moment(day: date, clock: str) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.fromisoformat(clock)))


def _agenda_row(row: dict[str, str]) -> tuple[str, dict[str, Any]]:
    if "part" in row:
        return "part", {"title": row["part"]}
    clock = time.fromisoformat(row["time"]) if "time" in row else None
    return "item", {"time": clock, "what": row["what"], "who": row.get("who", "")}


def _paper(row: dict[str, Any]) -> dict[str, Any]:
    written = io.BytesIO()
    _drawn(row["title"], row["lines"]).save(written, "PDF", resolution=110, title=row["title"])
    file = ContentFile(written.getvalue(), name=f"{vietnamese_slug(row['title'])}.pdf")
    document = PortalDocument.objects.create(title=row["title"], file=file)
    document.get_file_size()  # stored at the first question
    return {"document": document, "title": "", "note": row.get("note", "")}


def _drawn(title: str, lines: list[str]) -> Image.Image:
    """One page: the federation's name, the title, the lines."""
    page = Image.new("RGB", PAPER, "#ffffff")
    draw = ImageDraw.Draw(page)
    draw.text((80, 96), "Liên đoàn Lao động tỉnh Lam Giang", font=_font("700", 20), fill="#0b3a75", anchor="ls")
    draw.rectangle((80, 116, 830, 119), fill="#0b3a75")
    y = 190
    for part in _wrapped(draw, title, _font("700", 34)):
        draw.text((80, y), part, font=_font("700", 34), fill="#13181f", anchor="ls")
        y += 50
    for line in lines:
        y += 26
        draw.rectangle((80, y - 9, 94, y - 5), fill="#0b4da2")
        for part in _wrapped(draw, line, _font("400", 22)):
            draw.text((112, y), part, font=_font("400", 22), fill="#13181f", anchor="ls")
            y += 36
    return page


def _wrapped(draw: ImageDraw.ImageDraw, text: str, font: ImageFont.FreeTypeFont) -> list[str]:
    """The text in lines no wider than the page."""
    lines = [""]
    for word in text.split():
        longer = f"{lines[-1]} {word}".strip()
        if draw.textlength(longer, font=font) > PAPER[0] - 200 and lines[-1]:
            lines.append(word)
        else:
            lines[-1] = longer
    return lines


def _font(weight: str, size: int) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(str(FONTS / f"BeVietnamPro-{weight}.ttf"), size, layout_engine=ImageFont.Layout.RAQM)
