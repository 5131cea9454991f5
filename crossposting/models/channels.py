"""Accounts at networks to which the portal posts."""

from typing import Any, ClassVar

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.text import CleanTextMixin
from crossposting.channels.contract import Limits, Provider, Text
from crossposting.channels.registry import provider_for
from crossposting.querysets import ChannelQuerySet
from crossposting.vault import seal, unseal


class Channel(CleanTextMixin, models.Model):
    """One account at one network; of the federation, or of a unit."""

    class State(models.TextChoices):
        """Whether the account can be used."""

        UNTRIED = "untried", _("not tried yet")
        WELL = "well", _("works")
        BROKEN = "broken", _("access lost")

    network = models.CharField(_("network"), max_length=20, editable=False)
    name = models.CharField(
        _("name"), max_length=100, help_text=_("How editors call it, for instance «Fanpage of the federation».")
    )
    unit = models.ForeignKey(
        "organisations.Unit",
        verbose_name=_("unit"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="channels",
        help_text=_(
            "Whose account it is: it carries what this unit and the units below it publish. "
            "Left empty: the federation's own, for everything."
        ),
    )
    enabled = models.BooleanField(
        _("switched on"),
        default=True,
        help_text=_("Switched off, nothing is posted. What was published meanwhile is not posted afterwards either."),
    )
    automatic = models.BooleanField(
        _("post every new item"),
        default=True,
        help_text=_("Otherwise only items for which an editor chooses this channel."),
    )
    withdraws = models.BooleanField(
        _("take down what is taken down here"),
        default=True,
        help_text=_("When an item is unpublished, its post is deleted too, where the network allows it."),
    )
    config = models.JSONField(default=dict, editable=False)
    sealed = models.TextField(editable=False, default="", db_default="")
    secrets_version = models.PositiveIntegerField(editable=False, default=1)
    renewal_lease = models.CharField(max_length=32, editable=False, default="", blank=True)
    renewal_lease_until = models.DateTimeField(null=True, editable=False)
    facts = models.JSONField(default=dict, editable=False)

    state = models.CharField(_("state"), max_length=10, choices=State.choices, default=State.UNTRIED, editable=False)
    state_words = models.TextField(_("in the network's words"), editable=False, default="", blank=True)
    state_since = models.DateTimeField(_("since"), editable=False, default=timezone.now)
    checked_at = models.DateTimeField(_("tried"), null=True, editable=False)
    #: Nothing that went live before is posted by itself.
    active_since = models.DateTimeField(editable=False, default=timezone.now)
    #: A network that has said «too much» is left alone until then.
    paused_until = models.DateTimeField(_("paused until"), null=True, editable=False)

    objects: ClassVar = ChannelQuerySet.as_manager()

    class Meta:
        verbose_name = _("channel")
        verbose_name_plural = _("channels")
        ordering = ["name", "pk"]

    def __str__(self) -> str:
        return self.name

    @property
    def provider(self) -> Provider:
        """What speaks to the network."""
        return provider_for(self.network)

    @property
    def network_label(self) -> Text:
        """The network's name for people."""
        return self.provider.label

    @property
    def limits(self) -> Limits:
        """What this channel takes."""
        return self.provider.limits_for(self.facts)

    @property
    def secrets(self) -> dict[str, str]:
        """The keys, decrypted; raises SealBroken when the site's secret key has changed."""
        return unseal(self.sealed)

    @secrets.setter
    def secrets(self, values: dict[str, str]) -> None:
        self.sealed = seal(values)

    @property
    def is_broken(self) -> bool:
        """Whether a person has to mend it before anything can be posted."""
        return self.state == self.State.BROKEN

    def carries(self, page: Any) -> bool:
        """Whether what this page's unit publishes belongs here."""
        if self.unit is None:
            return True
        return page.unit_id is not None and page.unit.tree_path.startswith(self.unit.tree_path)
