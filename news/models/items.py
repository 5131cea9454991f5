"""What the newsroom writes."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.blocks import StreamBlock
from wagtail.fields import RichTextField, StreamField

from core.blocks.body import BodyBlock
from core.blocks.media import GalleryItemBlock, embed_url, validate_youtube_url
from core.blocks.text import INLINE_FEATURES, sanitise_rich_text
from core.videos import CAPTION_LANGUAGES, Video, check_source
from news import selectors
from pages.models import BasePage


class NewsItemPage(BasePage):
    """What articles, photo stories and videos share."""

    is_item = True
    listing_name = "news"
    parent_page_types = ["news.SectionPage"]
    subpage_types: list[str] = []

    class Meta:
        abstract = True

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Add the trail, the authors, neighbours and further reading."""
        context = super().get_context(request, *args, **kwargs)
        context.update(selectors.item_context(self, request))
        return context


class ArticlePage(NewsItemPage):
    """A news story."""

    admin_icon = "doc-full-inverse"
    page_description = _("News told in words, with pictures, tables, quotations and files.")

    body = StreamField(BodyBlock(), verbose_name=_("text"), blank=True)

    content_panels = [*BasePage.content_panels, FieldPanel("body")]

    class Meta:
        verbose_name = _("article")
        verbose_name_plural = _("articles")


class PhotoBlock(StreamBlock):
    """The pictures of a photo story, in order."""

    photo = GalleryItemBlock()

    class Meta:
        min_num = 1


class PhotoStoryPage(NewsItemPage):
    """A story told in pictures."""

    card_badge = "photo"
    admin_icon = "image"
    page_description = _("The pictures tell the story; words only lead in.")

    body = StreamField(BodyBlock(required=False), verbose_name=_("introduction"), blank=True)
    photos = StreamField(PhotoBlock(), verbose_name=_("pictures"), blank=True)

    content_panels = [*BasePage.content_panels, FieldPanel("body"), FieldPanel("photos")]

    class Meta:
        verbose_name = _("photo story")
        verbose_name_plural = _("photo stories")

    def derive(self) -> None:
        """The card says how many pictures there are."""
        super().derive()
        self.card_note = str(len(self.photos)) if len(self.photos) else ""

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Add the pictures that still exist."""
        context = super().get_context(request, *args, **kwargs)
        values = [block.value for block in self.photos if block.value.get("image")]
        context["photos"] = [
            {
                "image": value["image"],
                "alt": value["alt"] or value["image"].description,
                "caption": value["caption"],
                "credit": value["credit"] or value["image"].credit,
                "number": number,
            }
            for number, value in enumerate(values, start=1)
        ]
        return context


class VideoPage(NewsItemPage):
    """A video with its transcript; nothing is loaded from elsewhere until the reader presses play."""

    card_badge = "video"
    admin_icon = "media"
    page_description = _("A video on YouTube or of your own, with captions and transcript.")

    video_url = models.URLField(
        _("YouTube address"),
        blank=True,
        validators=[validate_youtube_url],
        help_text=_("Nothing is loaded from YouTube until the reader presses play."),
    )
    video_file = models.ForeignKey(
        "documents.PortalDocument",
        verbose_name=_("or a video file"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text=_("Instead of YouTube. MP4 (H.264) plays on every phone; nothing of it is loaded before play."),
    )
    captions = models.ForeignKey(
        "documents.PortalDocument",
        verbose_name=_("captions of the file"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text=_("A .srt or .vtt file. Who cannot hear, or may not listen at work, reads along."),
    )
    captions_language = models.CharField(
        _("language of the captions"), max_length=5, choices=CAPTION_LANGUAGES, default="vi"
    )
    duration = models.CharField(
        _("length"),
        max_length=10,
        blank=True,
        help_text=_("Minutes and seconds, such as 6:42. Of a file the portal knows it."),
    )
    transcript = RichTextField(
        _("transcript"),
        blank=True,
        features=[*INLINE_FEATURES, "ul"],
        help_text=_("What is said, for who cannot hear it. Left empty, it is made from the captions."),
    )
    body = StreamField(BodyBlock(required=False), verbose_name=_("text"), blank=True)

    content_panels = [
        *BasePage.content_panels,
        MultiFieldPanel(
            [
                FieldPanel("video_url"),
                FieldPanel("video_file"),
                FieldRowPanel([FieldPanel("captions"), FieldPanel("captions_language")]),
                FieldPanel("duration"),
            ],
            heading=_("Video"),
        ),
        FieldPanel("body"),
        FieldPanel("transcript"),
    ]

    class Meta:
        verbose_name = _("video")
        verbose_name_plural = _("videos")

    def clean(self) -> None:
        """A video page without a video helps nobody."""
        super().clean()
        self.transcript = sanitise_rich_text(self.transcript or "")
        wrong = check_source(self.video_url, self.video_file, self.captions, file_field="video_file")
        if "url" in wrong:
            wrong["video_url"] = wrong.pop("url")
        if wrong:
            raise ValidationError({field: error.messages for field, error in wrong.items()})

    def derive(self) -> None:
        """The card says how long the video is."""
        super().derive()
        self.card_note = self.video.length

    @property
    def video(self) -> Video:
        """What the player shows."""
        return Video(
            title=self.title,
            url=self.video_url,
            embed_url=embed_url(self.video_url),
            file=self.video_file,
            captions=self.captions,
            language=self.captions_language,
            poster=self.cover,
            duration=self.duration,
            transcript=self.transcript,
        )

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Add the player."""
        context = super().get_context(request, *args, **kwargs)
        context["video"] = self.video
        return context
