"""The demonstration's frames, drawn here."""

import io
from pathlib import Path
from typing import Any

from django.core.files.images import ImageFile
from PIL import Image, ImageDraw, ImageFont
from wagtail.images import get_image_model

from core.demonstration import Say, demonstration_part, read_toml
from core.drawing import FONTS
from frames.covers import give_cover
from frames.models import FrameIndexPage, FramePage
from images.choices import Licence
from organisations.models import Unit
from pages.demonstration import add_published
from pages.models import BasePage
from taxonomy.models import Topic

DEMO = Path(__file__).parent / "demo" / "frames.toml"
#: Pixels of a frame's side, and how much finer it is drawn, since Pillow's edges are not smooth.
SIDE, FINER = 1080, 2
CLEAR = (0, 0, 0, 0)


@demonstration_part("Avatar frames", order=56)
def load_frames(say: Say) -> None:
    """Create the frames that are not there yet, with the pictures that the worker would draw."""
    index = FrameIndexPage.objects.first()
    for row in read_toml(DEMO)["frame"]:
        if index is not None and not BasePage.objects.filter(slug=row["slug"]).exists():
            give_cover(add_published(index, _page(row), days_ago=row["days_ago"]))


def _page(row: dict[str, Any]) -> FramePage:
    topics = list(Topic.objects.filter(slug__in=row["topics"]))
    page = FramePage(
        title=row["title"],
        slug=row["slug"],
        summary=row["summary"],
        unit=Unit.objects.filter(slug=row["unit"]).first(),
        main_topic=next((topic for topic in topics if topic.slug == row["topics"][0]), None),
        frame=_picture(row),
        words_to_post=row["words"],
        about=row.get("about", ""),
    )
    page.topics = topics
    return page


def _picture(row: dict[str, Any]) -> Any:
    images: Any = get_image_model()
    made = io.BytesIO()
    DESIGNS[row["design"]](row).resize((SIDE, SIDE), Image.Resampling.LANCZOS).save(made, "PNG", optimize=True)
    return images.objects.create(
        title=row["title"],
        description=row["alt"],
        file=ImageFile(io.BytesIO(made.getvalue()), name=f"{row['slug']}.png"),
        licence=Licence.OWN,
    )


def _write(draw: ImageDraw.ImageDraw, row: dict[str, Any], middle: int, *, line: str, note: str) -> None:
    side = SIDE * FINER
    for text, size, place, colour in ((row["line"], 74, middle, line), (row["note"], 38, middle + 76, note)):
        font = ImageFont.truetype(str(FONTS / "BeVietnamPro-700.ttf"), size * FINER)
        draw.text((side / 2, place * FINER), text, font=font, fill=colour, anchor="mm")


def _ribbon(row: dict[str, Any]) -> Image.Image:
    """A border, and a ribbon over its lower part; round avatars keep the ribbon's middle."""
    edge, ribbon, ink = row["colours"]
    side = SIDE * FINER
    frame = Image.new("RGBA", (side, side), edge)
    draw = ImageDraw.Draw(frame)
    draw.rounded_rectangle([44 * FINER, 44 * FINER, side - 44 * FINER, side - 44 * FINER], 70 * FINER, fill=CLEAR)
    draw.rectangle([0, 782 * FINER, side, 962 * FINER], fill=ribbon)
    draw.rectangle([0, 962 * FINER, side, side], fill=edge)
    _write(draw, row, 845, line=ink, note=ink)
    return frame


def _ring(row: dict[str, Any]) -> Image.Image:
    """A ring as round avatars are cut, and the words below on its own ground."""
    ring, ink, deep = row["colours"]
    side = SIDE * FINER
    frame = Image.new("RGBA", (side, side), ring)
    draw = ImageDraw.Draw(frame)
    draw.ellipse([50 * FINER, 50 * FINER, side - 50 * FINER, side - 50 * FINER], fill=CLEAR)
    draw.chord([50 * FINER, 50 * FINER, side - 50 * FINER, side - 50 * FINER], 28, 152, fill=deep)
    _write(draw, row, 846, line=ink, note=ink)
    return frame


DESIGNS = {"ribbon": _ribbon, "ring": _ring}
