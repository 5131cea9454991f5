"""The picture library's models; custom from the first migration, since they cannot be changed later."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.images.models import AbstractImage, AbstractRendition

from core.text import CleanTextMixin
from images.choices import Licence


class PortalImage(CleanTextMixin, AbstractImage):
    """A picture with what readers and lawyers ask for: text alternative, credit and licence.

    Wagtail's ``description`` holds the text alternative.
    """

    credit = models.CharField(
        _("credit"),
        max_length=160,
        blank=True,
        help_text=_("Photographer or source. Readers see it under the picture."),
    )
    licence = models.CharField(_("licence"), max_length=20, choices=Licence, default=Licence.OWN)
    source_url = models.URLField(
        _("source address"), blank=True, help_text=_("Where the picture was found, if online.")
    )

    admin_form_fields = (
        "title",
        "file",
        "description",
        "credit",
        "licence",
        "source_url",
        "collection",
        "tags",
        "focal_point_x",
        "focal_point_y",
        "focal_point_width",
        "focal_point_height",
    )

    class Meta(AbstractImage.Meta):
        verbose_name = _("picture")
        verbose_name_plural = _("pictures")


class PortalRendition(AbstractRendition):
    """A picture resized for one place; made once, served for ever."""

    image = models.ForeignKey(PortalImage, on_delete=models.CASCADE, related_name="renditions")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["image", "filter_spec", "focal_point_key"], name="unique_rendition")
        ]
