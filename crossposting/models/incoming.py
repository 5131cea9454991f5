"""YouTube channels that are looked at, and the videos that came from there."""

from typing import ClassVar

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.text import CleanTextMixin
from crossposting.querysets import ChannelQuerySet, IncomingVideoQuerySet


class VideoSource(CleanTextMixin, models.Model):
    """One YouTube channel: its new videos become drafts."""

    name = models.CharField(
        _("name"), max_length=100, blank=True, help_text=_("How editors call it. Left empty: as YouTube names it.")
    )
    channel_id = models.CharField(
        _("YouTube channel"),
        max_length=24,
        unique=True,
        error_messages={"unique": _("This YouTube channel is registered already.")},
    )
    unit = models.ForeignKey(
        "organisations.Unit",
        verbose_name=_("unit"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="video_sources",
        help_text=_("Whose channel it is: drafts belong to this unit. Left empty: the federation's own."),
    )
    section = models.ForeignKey(
        "pages.BasePage",
        verbose_name=_("section"),
        null=True,
        on_delete=models.SET_NULL,
        related_name="video_sources",
        help_text=_("Where the drafts go. An editor may move each of them."),
    )
    enabled = models.BooleanField(
        _("switched on"), default=True, help_text=_("Switched off, the channel is not looked at.")
    )

    etag = models.CharField(max_length=200, editable=False, default="", blank=True)
    last_modified = models.CharField(max_length=80, editable=False, default="", blank=True)
    looked_at = models.DateTimeField(_("last look"), null=True, editable=False)
    next_look_at = models.DateTimeField(editable=False, default=timezone.now)
    failures = models.PositiveSmallIntegerField(editable=False, default=0)
    error = models.TextField(_("last error"), editable=False, default="", blank=True)

    objects: ClassVar = ChannelQuerySet.as_manager()

    class Meta:
        verbose_name = _("YouTube channel")
        verbose_name_plural = _("YouTube channels")
        ordering = ["name", "pk"]
        indexes = [models.Index(fields=["enabled", "next_look_at"], name="crossposting_next_look")]

    def __str__(self) -> str:
        return self.name or self.channel_id


class IncomingVideo(models.Model):
    """A video that has become a draft, once for ever: the row outlives draft and channel."""

    video_id = models.CharField(max_length=11, unique=True)
    source = models.ForeignKey(
        VideoSource, verbose_name=_("YouTube channel"), null=True, on_delete=models.SET_NULL, related_name="videos"
    )
    page = models.ForeignKey(
        "pages.BasePage", verbose_name=_("page"), null=True, on_delete=models.SET_NULL, related_name="incoming_videos"
    )
    page.wagtail_reference_index_ignore = True  # type: ignore[attr-defined]  # Wagtail reads it off the field
    title = models.CharField(_("title"), max_length=255)
    published_at = models.DateTimeField(_("published on YouTube"), null=True)
    created_at = models.DateTimeField(_("arrived"), default=timezone.now)

    objects: ClassVar = IncomingVideoQuerySet.as_manager()

    class Meta:
        verbose_name = _("video from YouTube")
        verbose_name_plural = _("videos from YouTube")
        ordering = ["-created_at", "-pk"]
        default_permissions = ()

    def __str__(self) -> str:
        return self.title
