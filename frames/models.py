"""Avatar frames, the page that lists them, and how often each was put to use."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.fields import RichTextField

from archives.filters import TOPIC, UNIT, Filters
from archives.listing import Listing
from archives.views import listing_context
from core.blocks.text import TEXT_FEATURES, sanitise_rich_text
from frames import selectors
from frames.checks import check_frame
from pages.models import BasePage


class FrameIndexPage(BasePage):
    """All frames."""

    max_count = 1
    is_section = True
    parent_page_types = ["home.HomePage"]
    subpage_types = ["frames.FramePage"]
    template = "frames/listing.html"

    class Meta:
        verbose_name = _("avatar frames front")
        verbose_name_plural = _("avatar frames fronts")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Add the listing."""
        context = super().get_context(request, *args, **kwargs)
        listing = Listing(selectors.all_frames(), Filters.parse(request.GET), path=self.url, groups=(TOPIC, UNIT))
        context.update(listing_context(request, listing, heading=self.title, intro=self.summary))
        return context


class FramePage(BasePage):
    """A frame that readers put around their own photo; the photo never leaves their device."""

    is_item = True
    listing_name = "frames"
    admin_icon = "user"
    page_description = _("A frame with a transparent middle; readers put their own photo behind it and download it.")
    parent_page_types = ["frames.FrameIndexPage"]
    subpage_types: list[str] = []
    template = "frames/frame_page.html"

    frame = models.ForeignKey(
        "images.PortalImage",
        verbose_name=_("frame"),
        null=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text=_(
            "A PNG, best 1080 × 1080, transparent where the photo goes. Nothing important in the corners: many "
            "networks cut avatars round."
        ),
    )
    words_to_post = models.TextField(
        _("words to post with it"),
        blank=True,
        max_length=1000,
        help_text=_("Readers copy them with one press: the campaign's line and its hashtags."),
    )
    about = RichTextField(_("about the campaign"), blank=True, features=TEXT_FEATURES)
    #: The cover that the portal has drawn of the frame, while no editor has chosen one.
    drawn_cover = models.ForeignKey(
        "images.PortalImage", null=True, editable=False, on_delete=models.SET_NULL, related_name="+"
    )

    content_panels = [
        *BasePage.content_panels,
        FieldPanel("frame"),
        FieldPanel("words_to_post"),
        FieldPanel("about"),
    ]

    class Meta:
        verbose_name = _("avatar frame")
        verbose_name_plural = _("avatar frames")

    def clean(self) -> None:
        """The frame must be one."""
        super().clean()
        self.about = sanitise_rich_text(self.about or "")
        if self.frame is not None:
            try:
                check_frame(self.frame)
            except ValidationError as error:
                raise ValidationError({"frame": error}) from error

    def derive(self) -> None:
        """Lists show the cover; without one the frame as the worker has drawn it around a silhouette."""
        super().derive()
        if self.cover_id is None:
            self.cover = self.drawn_cover

    def with_content_json(self, content: dict[str, Any]) -> "FramePage":
        """A draft made before the cover was drawn does not know it."""
        page = super().with_content_json(content)
        page.drawn_cover_id = self.drawn_cover_id
        return page

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Add the frame as browsers draw it, and what stands around the page."""
        context = super().get_context(request, *args, **kwargs)
        context.update(selectors.frame_context(self, request))
        return context


class FrameDownloads(models.Model):
    """How many pictures readers have taken away with a frame on one day; says nothing of who did."""

    page = models.ForeignKey(FramePage, on_delete=models.CASCADE, related_name="downloads")
    day = models.DateField(_("day"))
    count = models.PositiveIntegerField(_("downloads"), default=0)

    class Meta:
        verbose_name = _("downloads of a frame on a day")
        verbose_name_plural = _("downloads of frames")
        constraints = [models.UniqueConstraint(fields=["page", "day"], name="frames_downloads_of_day")]
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.day}, {self.page_id}: {self.count}"
