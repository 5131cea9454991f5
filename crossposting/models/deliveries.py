"""The ledger: what was to be delivered to which channel, what became of it, and what the network said."""

from typing import Any, ClassVar
from uuid import uuid4

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from crossposting.channels.contract import Posted, Prepared
from crossposting.models.channels import Channel
from crossposting.querysets import DeliveryQuerySet


def draw_token() -> str:
    """The name under which a network knows this delivery, however often it is tried."""
    return uuid4().hex


class Delivery(models.Model):
    """One thing to be done at one channel for one publication of a page: a post, a change of it, its withdrawal."""

    class State(models.TextChoices):
        """Where it stands."""

        WAITING = "waiting", _("waiting")
        SENDING = "sending", _("sending")
        SENT = "sent", _("sent")
        UNKNOWN = "unknown", _("unknown whether it arrived")
        FAILED = "failed", _("failed, will be tried again")
        GAVE_UP = "gave_up", _("gave up")
        CANCELLED = "cancelled", _("cancelled")

    class Action(models.TextChoices):
        """What is done."""

        POST = "post", _("post")
        UPDATE = "update", _("change")
        WITHDRAW = "withdraw", _("take down")

    channel = models.ForeignKey(Channel, verbose_name=_("channel"), on_delete=models.PROTECT, related_name="deliveries")
    #: Plain numbers, no foreign keys: the ledger outlives the page.
    page_id = models.BigIntegerField(_("page"))
    unit_id = models.BigIntegerField(_("unit"), null=True)
    publication = models.CharField(max_length=64)
    action = models.CharField(_("what"), max_length=10, choices=Action.choices, default=Action.POST)
    post = models.ForeignKey("self", null=True, on_delete=models.CASCADE, related_name="changes")
    title = models.CharField(_("title"), max_length=255)
    token = models.CharField(max_length=32, unique=True, default=draw_token)

    state = models.CharField(_("state"), max_length=10, choices=State.choices, default=State.WAITING)
    #: Each step of work has a number; what belongs to an earlier one does nothing.
    turn = models.PositiveIntegerField(default=0)
    claimed_turn = models.PositiveIntegerField(default=0)
    attempts = models.PositiveSmallIntegerField(_("attempts"), default=0)
    asked = models.PositiveSmallIntegerField(default=0)
    not_before = models.DateTimeField(_("not before"), default=timezone.now)
    #: When it was asked for, by the publication or by a person: what waits too long is no news any more.
    wanted_at = models.DateTimeField(default=timezone.now)
    #: From the moment a request goes out that readers may see, until the network has said what became of it.
    out_since = models.DateTimeField(null=True)

    prepared = models.JSONField(default=dict)
    progress = models.JSONField(default=dict)
    words = models.TextField(_("in the network's words"), default="", blank=True)
    code = models.CharField(max_length=60, default="", blank=True)
    remote_id = models.CharField(max_length=500, default="", blank=True)
    remote_url = models.URLField(_("link to the post"), max_length=1000, default="", blank=True)

    created_at = models.DateTimeField(_("created"), default=timezone.now)
    settled_at = models.DateTimeField(_("finished"), null=True)
    withdrawn_at = models.DateTimeField(_("taken down"), null=True)

    objects: ClassVar = DeliveryQuerySet.as_manager()

    class Meta:
        verbose_name = _("delivery")
        verbose_name_plural = _("deliveries")
        ordering = ["-created_at", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["channel", "page_id", "action", "publication"], name="crossposting_delivery_once"
            )
        ]
        indexes = [
            models.Index(fields=["page_id", "channel"], name="crossposting_page"),
            models.Index(fields=["state", "created_at"], name="crossposting_state"),
            models.Index(fields=["-created_at", "-id"], name="crossposting_newest"),
        ]

    def __str__(self) -> str:
        return f"{self.title} → {self.channel}"

    @property
    def waits_for_its_time(self) -> bool:
        """Whether it was planned for later and nothing has been tried yet."""
        return self.state == self.State.WAITING and self.attempts == 0 and self.wanted_at > timezone.now()

    @property
    def can_retry(self) -> bool:
        """Whether trying again now makes sense; of a post that may be out, a person says «send again» instead."""
        return self.state in (self.State.FAILED, self.State.GAVE_UP, self.State.CANCELLED)

    @property
    def can_cancel(self) -> bool:
        """Whether it may still be called off."""
        return self.state in (self.State.WAITING, self.State.FAILED, self.State.GAVE_UP)

    @property
    def can_be_settled(self) -> bool:
        """Whether a person may say that it did arrive."""
        by_hand = self.channel.provider.by_hand and self.state == self.State.WAITING
        return by_hand or self.state in (self.State.UNKNOWN, self.State.GAVE_UP)

    @property
    def can_send_again(self) -> bool:
        """Whether a person may ask for the same to be posted once more."""
        return self.action == self.Action.POST and self.state in (self.State.UNKNOWN, self.State.SENT)

    @property
    def content(self) -> Prepared:
        """What is, or was, sent."""
        return Prepared.from_json(self.prepared)

    @property
    def posted(self) -> Posted:
        """The post, as the network names it."""
        return Posted(id=self.remote_id, url=self.remote_url)

    @property
    def text(self) -> str:
        """The words that were sent."""
        return str(self.prepared.get("text", ""))

    def page(self) -> Any:
        """The page as it is now, or None when it is gone."""
        from pages.models import BasePage  # this module is loaded before the page model is ready

        return BasePage.objects.select_related("unit", "cover", "main_topic").filter(pk=self.page_id).first()


class Attempt(models.Model):
    """One attempt of a delivery, and how it ended."""

    class Outcome(models.TextChoices):
        """How it ended."""

        RUNNING = "running", _("running")
        DONE = "done", _("done")
        NOT_REACHED = "unreached", _("network not reached")
        REFUSED = "refused", _("refused")
        UNANSWERED = "unanswered", _("no answer")
        PROCESSING = "processing", _("being processed by the network")
        ABSENT = "absent", _("asked: not there")
        INTERRUPTED = "interrupted", _("interrupted")

    delivery = models.ForeignKey(Delivery, on_delete=models.CASCADE, related_name="log")
    number = models.PositiveSmallIntegerField(_("attempt"))
    asking = models.BooleanField(default=False)
    outcome = models.CharField(_("outcome"), max_length=12, choices=Outcome.choices, default=Outcome.RUNNING)
    words = models.TextField(_("in the network's words"), default="", blank=True)
    code = models.CharField(max_length=60, default="", blank=True)
    started_at = models.DateTimeField(_("begun"), default=timezone.now)
    ended_at = models.DateTimeField(_("ended"), null=True)

    class Meta:
        verbose_name = _("attempt")
        verbose_name_plural = _("attempts")
        ordering = ["started_at", "id"]

    def __str__(self) -> str:
        return f"{self.delivery_id}/{self.number}: {self.get_outcome_display()}"
