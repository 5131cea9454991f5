"""The demonstration's pictures: drawn for this project as SVG, stored as PNG like a photograph an editor uploads."""

import io
from pathlib import Path
from typing import Any

import resvg_py
from django.core.files.images import ImageFile
from wagtail.models import Collection

from core.demonstration import Say, demonstration_part, read_toml
from images.choices import Licence
from images.models import PortalImage

SCENES = Path(__file__).parent / "demo" / "scenes"
COLLECTION = "Tranh minh hoạ"
CREDIT = "Tranh: Cổng thông tin Công đoàn"


@demonstration_part("Pictures", order=10)
def load_pictures(say: Say) -> None:
    """Draw every scene that the library does not hold yet."""
    collection = Collection.objects.filter(name=COLLECTION).first() or Collection.get_first_root_node().add_child(
        name=COLLECTION
    )
    known = set(PortalImage.objects.filter(collection=collection).values_list("file", flat=True))
    stored = {Path(name).stem for name in known}
    for name, scene in read_toml(SCENES / "scenes.toml").items():
        if name not in stored and (SCENES / f"{name}.svg").exists():
            _store(name, scene, collection)


def _store(name: str, scene: dict[str, Any], collection: Collection) -> None:
    png = bytes(resvg_py.svg_to_bytes(svg_path=str(SCENES / f"{name}.svg"), width=1600))
    x, y, width, height = scene["focal"]
    PortalImage.objects.create(
        title=scene["title"],
        description=scene["alt"],
        file=ImageFile(io.BytesIO(png), name=f"{name}.png"),
        collection=collection,
        credit=CREDIT,
        licence=Licence.OWN,
        focal_point_x=round(x + width / 2),
        focal_point_y=round(y + height / 2),
        focal_point_width=width,
        focal_point_height=height,
    )


def scene_image(name: str) -> PortalImage | None:
    """Find the picture of a scene; None when there is none of that name."""
    return PortalImage.objects.filter(collection__name=COLLECTION, file__endswith=f"/{name}.png").first()
