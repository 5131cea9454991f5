"""Rows of the outbox: what must still happen because something changed, and what happened."""

from typing import ClassVar

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.consequences import Text, kind_label
from outbox.querysets import ConsequenceQuerySet


class State(models.TextChoices):
    """Where a consequence stands."""

    WAITING = "waiting", _("waiting")
    RUNNING = "running", _("running")
    FAILED = "failed", _("failed, will be tried again")
    GAVE_UP = "gave_up", _("gave up")
    DONE = "done", _("done")
    CANCELLED = "cancelled", _("cancelled")


class Consequence(models.Model):
    """One thing that must happen because of a change, written in the transaction of the change."""

    kind = models.CharField(_("kind"), max_length=50)
    key = models.CharField(
        _("key"), max_length=200, unique=True, help_text=_("The same consequence asked for twice has the same key.")
    )
    payload = models.JSONField(_("details"), default=dict)
    state = models.CharField(_("state"), max_length=10, choices=State.choices, default=State.WAITING)
    attempts = models.PositiveSmallIntegerField(_("attempts"), default=0)
    available_at = models.DateTimeField(_("not before"), default=timezone.now)
    worker = models.CharField(_("worker"), max_length=100, blank=True)
    lease_token = models.CharField(max_length=32, blank=True)
    lease_expires_at = models.DateTimeField(null=True)
    last_error = models.TextField(_("last error"), blank=True)
    traceback = models.TextField(_("traceback"), blank=True)
    created_at = models.DateTimeField(_("created"), default=timezone.now)
    finished_at = models.DateTimeField(_("finished"), null=True)

    objects: ClassVar = ConsequenceQuerySet.as_manager()

    class Meta:
        verbose_name = _("consequence")
        verbose_name_plural = _("consequences")
        ordering = ["-created_at", "-id"]
        indexes = [
            models.Index(
                fields=["available_at", "id"], name="outbox_due", condition=models.Q(state__in=["waiting", "failed"])
            ),
            models.Index(fields=["lease_expires_at"], name="outbox_leased", condition=models.Q(state="running")),
            models.Index(fields=["state", "finished_at"], name="outbox_state_finished"),
            models.Index(fields=["-created_at", "-id"], name="outbox_newest"),
        ]

    def __str__(self) -> str:
        return f"{self.kind_label} ({self.key})"

    @property
    def kind_label(self) -> Text:
        """The words for the kind."""
        return kind_label(self.kind)

    @property
    def about(self) -> str:
        """The title of the page (the first, of several) that it is about, if its details hold one."""
        return str(self.payload.get("title", ""))

    @property
    def can_retry(self) -> bool:
        """Whether a person may ask for it to be tried now."""
        return self.state in (State.FAILED, State.GAVE_UP, State.CANCELLED)

    @property
    def can_cancel(self) -> bool:
        """Whether a person may still call it off."""
        return self.state in (State.WAITING, State.FAILED, State.GAVE_UP)


class PageEvent(models.Model):
    """The ledger: what happened to pages, once each. Figures in reports are counted here, never guessed."""

    class Event(models.TextChoices):
        """What happened, as readers saw it."""

        PUBLISHED = "published", _("published")
        UPDATED = "updated", _("updated")
        UNPUBLISHED = "unpublished", _("unpublished")
        MOVED = "moved", _("moved")
        DELETED = "deleted", _("deleted")

    change = models.CharField(max_length=32)
    #: Plain numbers, no foreign keys: the ledger outlives what it tells of.
    page_id = models.BigIntegerField(_("page"))
    unit_id = models.BigIntegerField(_("unit"), null=True)
    revision_id = models.BigIntegerField(_("revision"), null=True)
    page_type = models.CharField(_("type"), max_length=100)
    event = models.CharField(_("event"), max_length=12, choices=Event.choices)
    title = models.CharField(_("title"), max_length=255)
    url = models.CharField(_("address"), max_length=2000, blank=True)
    at = models.DateTimeField(_("at"))

    class Meta:
        verbose_name = _("page event")
        verbose_name_plural = _("page events")
        ordering = ["-at", "-id"]
        constraints = [models.UniqueConstraint(fields=["change", "page_id"], name="outbox_event_once")]
        indexes = [
            models.Index(fields=["page_id", "at"], name="outbox_event_page"),
            models.Index(fields=["at", "event"], name="outbox_event_at"),
        ]

    def __str__(self) -> str:
        return f"{self.get_event_display()}: {self.title}"


class Heartbeat(models.Model):
    """A process that says every few seconds that it is alive and what it is doing."""

    name = models.CharField(max_length=50, unique=True)
    process = models.CharField(max_length=100)
    started_at = models.DateTimeField()
    beat_at = models.DateTimeField()
    doing = models.CharField(max_length=200, blank=True)
    doing_since = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("heartbeat")
        verbose_name_plural = _("heartbeats")

    def __str__(self) -> str:
        return f"{self.name} ({self.process})"


class ScheduleRun(models.Model):
    """The last run of a periodic job, and when it is due again."""

    name = models.CharField(max_length=50, unique=True)
    last_started = models.DateTimeField(null=True)
    last_finished = models.DateTimeField(null=True)
    last_error = models.TextField(blank=True)
    next_run = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("run of a periodic job")
        verbose_name_plural = _("runs of periodic jobs")

    def __str__(self) -> str:
        return self.name
