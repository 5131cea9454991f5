"""What an editor decides for one page and one channel."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey

from core.text import CleanTextMixin
from crossposting.models.channels import Channel


class SharingChoice(CleanTextMixin, models.Model):
    """Whether, and in which words, a page goes to a channel; kept in revisions with the page itself."""

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

    class Meta:
        verbose_name = _("sharing choice")
        verbose_name_plural = _("sharing choices")
        constraints = [models.UniqueConstraint(fields=["page", "channel"], name="crossposting_choice_once")]

    def __str__(self) -> str:
        return f"{self.channel}: {self.wanted}"

    @property
    def decides(self) -> bool:
        """Whether it says anything that the channel would not do by itself."""
        return self.wanted != self.channel.automatic or bool(self.text) or self.hashtags is not None
