"""What an editor decides for one page and one channel."""

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel
from wagtail.contrib.settings.models import BaseGenericSetting, register_setting

from core.text import CleanTextMixin
from crossposting.models.channels import Channel

#: When people look at their phones: before work, at noon, after supper.
DEFAULT_HOURS = "07:00, 11:30, 19:30"


class SharingChoice(CleanTextMixin, models.Model):
    """Whether, when and in which words a page goes to a channel; kept in revisions with the page itself."""

    class Timing(models.TextChoices):
        """When it goes out."""

        NOW = "now", _("when the page is published")
        HOUR = "hour", _("at the next fixed hour")
        AT = "at", _("at a given moment")

    page = ParentalKey("pages.BasePage", on_delete=models.CASCADE, related_name="sharing_choices")
    channel = models.ForeignKey(Channel, verbose_name=_("channel"), on_delete=models.CASCADE, related_name="+")
    wanted = models.BooleanField(
        _("post there"), default=True, help_text=_("Without the tick, this item is not posted to this channel.")
    )
    text = models.TextField(
        _("text for this channel"),
        blank=True,
        help_text=_("Left empty: title and summary. The link is added by itself."),
    )
    #: None: what the page's topics suggest, also after they change. Empty: none at all.
    hashtags = models.CharField(_("hashtags"), max_length=300, null=True, blank=True)

    timing = models.CharField(_("time of the post"), max_length=10, choices=Timing.choices, default=Timing.NOW)
    at = models.DateTimeField(_("moment"), null=True, blank=True)

    class Meta:
        verbose_name = _("sharing choice")
        verbose_name_plural = _("sharing choices")
        constraints = [models.UniqueConstraint(fields=["page", "channel"], name="crossposting_choice_once")]

    def __str__(self) -> str:
        return f"{self.channel}: {self.wanted}"

    @property
    def decides(self) -> bool:
        """Whether it says anything that the channel would not do by itself."""
        return self.wanted != self.channel.automatic or self.changes_the_post

    @property
    def changes_the_post(self) -> bool:
        """Whether it says anything of words or time."""
        return bool(self.text) or self.hashtags is not None or self.timing != self.Timing.NOW


@register_setting(icon="site", order=320)
class SharingSettings(CleanTextMixin, BaseGenericSetting):
    """What holds for all channels of the federation."""

    hours = models.CharField(
        _("fixed hours for posts"),
        max_length=120,
        default=DEFAULT_HOURS,
        help_text=_("Viet Nam time, with commas between. Editors choose «at the next fixed hour» in the tab Sharing."),
    )

    panels = [FieldPanel("hours")]

    class Meta:
        verbose_name = _("posts to channels")

    def clean(self) -> None:
        """Hours in one way of writing them."""
        from crossposting import timing  # reads this model

        super().clean()
        try:
            self.hours = timing.written(timing.parse_hours(self.hours))
        except ValidationError as error:
            raise ValidationError({"hours": error}) from error
