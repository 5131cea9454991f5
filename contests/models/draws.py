"""Lots: what was promised beforehand, and what came out."""

import secrets
from datetime import datetime

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from contests import lots


def new_secret() -> str:
    """256 random bits."""
    return secrets.token_hex(32)


class Draw(models.Model):
    """The lots of a round, or of a whole contest. The secret stays on the server until they are drawn."""

    page = models.ForeignKey("contests.ContestPage", on_delete=models.CASCADE, related_name="draws")
    page.wagtail_reference_index_ignore = True  # type: ignore[attr-defined]  # Wagtail reads it off the field
    #: None for the whole contest.
    round = models.ForeignKey("contests.Round", null=True, on_delete=models.CASCADE, related_name="draws")
    round.wagtail_reference_index_ignore = True  # type: ignore[attr-defined]  # noqa: A003  # as above
    secret = models.CharField(max_length=64, default=new_secret)
    source = models.CharField(_("where the public number comes from"), max_length=250)
    commitment = models.CharField(max_length=64)
    committed_at = models.DateTimeField(_("promised"), default=timezone.now)
    #: The closed list, in its order; empty until then.
    tickets = models.JSONField(default=list)
    tickets_sha256 = models.CharField(max_length=64, blank=True)
    closed_at = models.DateTimeField(_("list closed"), null=True)
    public_number = models.CharField(_("public number"), max_length=60, blank=True)
    drawn_at = models.DateTimeField(_("drawn"), null=True)
    drawn_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    #: What is published: :func:`contests.drawing.record_of`.
    record = models.JSONField(default=dict)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["page", "round"], name="one_draw_per_round"),
            models.UniqueConstraint(
                fields=["page"], condition=models.Q(round__isnull=True), name="one_draw_per_contest"
            ),
        ]
        verbose_name = _("drawing of lots")
        verbose_name_plural = _("drawings of lots")

    def __str__(self) -> str:
        return str(self.round or self.page)

    def commit(self, source: str) -> None:
        """Promise the secret together with where the public number will come from."""
        self.source = source
        self.commitment = lots.commitment(self.secret, source)
        self.committed_at = timezone.now()

    @property
    def closes_at(self) -> datetime | None:
        """After this moment nobody can enter any more."""
        if self.round is not None:
            return self.round.closes_at
        last: datetime | None = self.page.rounds.aggregate(last=models.Max("closes_at"))["last"]
        return last

    @property
    def state(self) -> str:
        """One of "promised", "closed", "drawn"."""
        if self.drawn_at is not None:
            return "drawn"
        return "closed" if self.closed_at is not None else "promised"

    @property
    def url(self) -> str:
        """Where everybody sees it."""
        return f"/cuoc-thi/rut-tham/{self.pk}/"
