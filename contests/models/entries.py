"""Entries and their answers."""

from typing import Any

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _, pgettext_lazy

from core import typed_codes
from core.text import CleanTextMixin

#: Of the code that holds an entry, and of the ticket that stands in public lists; five bits a character.
CODE_LENGTH, TICKET_LENGTH = 20, 8


def new_code() -> str:
    """A secret of a hundred random bits: whoever knows it holds the entry."""
    return typed_codes.new_code(CODE_LENGTH)


def new_ticket() -> str:
    """A number for public lists; it opens nothing."""
    return typed_codes.new_code(TICKET_LENGTH)


class EntryQuerySet(models.QuerySet):
    """Entries in the words of whoever judges them."""

    def valid(self) -> "EntryQuerySet":
        """Not taken out by an organiser."""
        return self.filter(cancelled_at=None)

    def finished(self) -> "EntryQuerySet":
        """Handed in, or stopped when the time was over."""
        return self.filter(cancelled_at=None, submitted_at__isnull=False)


class Entry(CleanTextMixin, models.Model):
    """One person in one round: what was drawn, who it is, and what came out.

    ``identity`` is the keyed hash of :mod:`contests.identity`; the number itself is stored nowhere.
    """

    code = models.CharField(max_length=CODE_LENGTH, unique=True, default=new_code)
    ticket = models.CharField(_("ticket"), max_length=TICKET_LENGTH, unique=True, default=new_ticket)
    round = models.ForeignKey(
        "contests.Round", verbose_name=_("round"), on_delete=models.PROTECT, related_name="entries"
    )
    round.wagtail_reference_index_ignore = True  # type: ignore[attr-defined]  # noqa: A003  # Wagtail reads it
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="contest_entries"
    )
    identity = models.CharField(max_length=64)
    last_digits = models.CharField(max_length=3, blank=True)
    name = models.CharField(_("name"), max_length=120, blank=True)
    unit = models.ForeignKey(
        "organisations.Unit", verbose_name=_("unit"), null=True, on_delete=models.SET_NULL, related_name="+"
    )
    unit.wagtail_reference_index_ignore = True  # type: ignore[attr-defined]  # as above
    #: As it was called then, or as somebody wrote it whose unit is not in the list.
    unit_name = models.CharField(_("unit"), max_length=200, blank=True)
    guess = models.PositiveIntegerField(_("guess"), null=True)
    #: The questions with their right answers; never leaves the server as it is.
    drawn = models.JSONField(default=list)
    started_at = models.DateTimeField(_("begun"), default=timezone.now)
    #: After this moment, by the server's clock, answers count no more.
    due_at = models.DateTimeField()
    submitted_at = models.DateTimeField(_("handed in"), null=True)
    points = models.FloatField(_("points"), default=0)
    percent = models.PositiveSmallIntegerField(_("result in %"), default=0)
    #: Between beginning and handing in.
    seconds = models.PositiveIntegerField(_("time in seconds"), default=0)
    cancelled_at = models.DateTimeField(_("taken out"), null=True)
    cancelled_because = models.CharField(_("reason"), max_length=300, blank=True)
    forgotten_at = models.DateTimeField(_("personal data removed"), null=True)
    certificate = models.OneToOneField(
        "training.Certificate", null=True, on_delete=models.SET_NULL, related_name="contest_entry"
    )
    certificate.wagtail_reference_index_ignore = True  # type: ignore[attr-defined]  # as above

    objects = EntryQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["round", "identity"],
                condition=models.Q(cancelled_at__isnull=True) & ~models.Q(identity=""),
                name="one_entry_per_person",
            )
        ]
        indexes = [
            models.Index(fields=["round", "cancelled_at", "-points", "seconds"], name="entry_ranking"),
            models.Index(fields=["due_at"], name="entry_open", condition=models.Q(submitted_at__isnull=True)),
        ]
        verbose_name = pgettext_lazy("contest", "entry")
        verbose_name_plural = pgettext_lazy("contest", "entries")

    def __str__(self) -> str:
        return f"{self.shown_name} ({self.ticket})"

    @property
    def shown_name(self) -> str:
        """The name, or words in its place once it was taken out."""
        return self.name or str(_("(name removed)"))

    @property
    def is_open(self) -> bool:
        """Whether answers are still awaited."""
        return self.submitted_at is None

    @property
    def seconds_left(self) -> int:
        """Until the time is over, not below zero."""
        return max(0, int((self.due_at - timezone.now()).total_seconds()))

    @property
    def url(self) -> str:
        """Where its holder sees it; nobody else knows the address."""
        return f"/cuoc-thi/bai/{self.code}/"

    def question_url(self, number: int) -> str:
        """Where a question is answered, from 1."""
        return f"{self.url}cau/{number}/"


class Answer(models.Model):
    """What an entry answers to one of its questions: the last word counts, and there is one."""

    entry = models.ForeignKey(Entry, on_delete=models.CASCADE, related_name="answers")
    number = models.PositiveSmallIntegerField()
    #: As :func:`training.questions.read_answer` reads it.
    given: Any = models.JSONField(null=True)
    answered_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["entry", "number"], name="one_answer_per_question")]
        verbose_name = _("answer")
        verbose_name_plural = _("answers")

    def __str__(self) -> str:
        return f"{self.entry_id}: {self.number}"
