"""Whether a picture can be a frame: large enough, and open where the photo shall shine through."""

from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from PIL import Image
from wagtail.images.models import SourceImageIOError

#: Pixels of the shorter side: what a browser makes of it shall still be sharp on a phone.
SMALLEST = 600
#: Width by height: networks show squares, circles and upright pictures.
NARROWEST, WIDEST = 0.5, 2.0
#: The part of the picture that must be open, and the most of it: there is to be a place for the photo, and a frame.
LEAST_OPEN, MOST_OPEN = 0.12, 0.97
#: An alpha below this lets the photo through; 255 hides it.
OPEN = 32
SAMPLE = (160, 160)


@dataclass(frozen=True)
class Openness:
    """How much of a picture is open, from 0 to 1, and whether it knows transparency at all."""

    share: float
    has_alpha: bool


def check_frame(image: Any) -> None:
    """Raise ValidationError, in words that an editor can act on, for a picture that makes no frame."""
    ratio = image.width / image.height
    if min(image.width, image.height) < SMALLEST:
        words = _("The frame is %(width)s × %(height)s pixels. Upload one of %(least)s × %(least)s or more.")
        raise ValidationError(words, params={"width": image.width, "height": image.height, "least": SMALLEST})
    if not NARROWEST <= ratio <= WIDEST:
        raise ValidationError(_("The frame is too narrow. Square ones fit every network, 1080 × 1080 is best."))
    openness = measure(image)
    if not openness.has_alpha or openness.share < LEAST_OPEN:
        raise ValidationError(
            _(
                "There is no place for the photo in this picture: where the photo goes, the picture must be "
                "transparent. Have it saved as a PNG with a transparent background; a JPEG is never transparent."
            )
        )
    if openness.share > MOST_OPEN:
        raise ValidationError(_("Almost all of this picture is transparent: nothing of a frame would be seen."))


def measure(image: Any) -> Openness:
    """Look at a small copy of the picture. Raises ValidationError when the file cannot be read."""
    try:
        with image.get_willow_image() as willow, Image.open(willow.f) as opened:
            has_alpha = "A" in opened.getbands() or "transparency" in opened.info
            alpha = opened.convert("RGBA").getchannel("A").resize(SAMPLE)
    except (OSError, SourceImageIOError, ValueError, Image.DecompressionBombError) as error:
        raise ValidationError(_("The file of this picture cannot be read. Upload it again.")) from error
    counts = alpha.histogram()
    return Openness(sum(counts[:OPEN]) / (SAMPLE[0] * SAMPLE[1]), has_alpha)
