"""Rounds of a contest, and what can be won."""

from datetime import datetime, timedelta

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, FieldRowPanel
from wagtail.models import Orderable

from contests.choices import Award, Scope
from core.text import CleanTextMixin


class Round(CleanTextMixin, Orderable):
    """A window in which people answer questions drawn from a bank."""

    page = ParentalKey("contests.ContestPage", on_delete=models.CASCADE, related_name="rounds")
    title = models.CharField(_("name of the round"), max_length=120, help_text=_("Such as: Week 1."))
    opens_at = models.DateTimeField(_("opens"))
    closes_at = models.DateTimeField(_("closes"), help_text=_("Whoever is answering then is stopped."))
    bank = models.ForeignKey(
        "training.QuestionBank",
        verbose_name=_("question bank"),
        on_delete=models.PROTECT,
        related_name="+",
        help_text=_("Each person gets other questions, drawn at random and mixed."),
    )
    questions = models.PositiveSmallIntegerField(
        _("how many questions"), default=20, validators=[MinValueValidator(1), MaxValueValidator(100)]
    )
    minutes_allowed = models.PositiveSmallIntegerField(
        _("time limit in minutes"),
        default=20,
        validators=[MinValueValidator(1), MaxValueValidator(300)],
        help_text=_("Counted by the portal's own clock, from the moment somebody begins."),
    )
    asks_guess = models.BooleanField(
        _("ask how many will take part"),
        default=True,
        help_text=_("Of people with the same points, the one who guessed best comes first."),
    )

    panels = [
        FieldPanel("title"),
        FieldRowPanel([FieldPanel("opens_at"), FieldPanel("closes_at")]),
        FieldPanel("bank"),
        FieldRowPanel([FieldPanel("questions"), FieldPanel("minutes_allowed")]),
        FieldPanel("asks_guess"),
    ]

    class Meta(Orderable.Meta):
        verbose_name = _("round")
        verbose_name_plural = _("rounds")

    def __str__(self) -> str:
        return self.title

    def clean(self) -> None:
        """A round ends after it begins, and leaves time to answer."""
        super().clean()
        opens: datetime | None = self.opens_at  # not filled in yet, perhaps
        closes: datetime | None = self.closes_at
        if opens and closes and closes < opens + timedelta(minutes=1):
            raise ValidationError({"closes_at": _("A round closes after it opens.")})

    @property
    def state(self) -> str:
        """One of "coming", "open", "closed"."""
        now = timezone.now()
        if now < self.opens_at:
            return "coming"
        return "open" if now < self.closes_at else "closed"

    @property
    def is_open(self) -> bool:
        """Whether one can enter now."""
        return self.state == "open"

    @property
    def is_closed(self) -> bool:
        """Whether it is over."""
        return self.state == "closed"

    @property
    def url(self) -> str:
        """Where one enters."""
        return f"/cuoc-thi/vong/{self.pk}/"

    @property
    def ranking_url(self) -> str:
        """Where the ranking stands once it is shown."""
        return f"/cuoc-thi/vong/{self.pk}/xep-hang/"

    def due(self, begun: datetime) -> datetime:
        """Until when somebody who begins at a moment may answer."""
        return min(begun + timedelta(minutes=self.minutes_allowed), self.closes_at)


class Prize(CleanTextMixin, Orderable):
    """So many prizes of one kind."""

    page = ParentalKey("contests.ContestPage", on_delete=models.CASCADE, related_name="prizes")
    title = models.CharField(_("prize"), max_length=120, help_text=_("Such as: First prize."))
    worth = models.CharField(_("what it is"), max_length=160, blank=True, help_text=_("Such as: 2,000,000 đồng."))
    count = models.PositiveSmallIntegerField(
        _("how many"), default=1, validators=[MinValueValidator(1), MaxValueValidator(1000)]
    )
    award = models.CharField(_("how it is given"), max_length=10, choices=Award.choices, default=Award.RANKING)
    scope = models.CharField(_("given for"), max_length=10, choices=Scope.choices, default=Scope.ROUND)
    min_percent = models.PositiveSmallIntegerField(
        _("only with at least, in %"), default=0, validators=[MaxValueValidator(100)]
    )

    panels = [
        FieldRowPanel([FieldPanel("title"), FieldPanel("worth")]),
        FieldRowPanel([FieldPanel("count"), FieldPanel("award"), FieldPanel("scope")]),
        FieldPanel("min_percent"),
    ]

    class Meta(Orderable.Meta):
        verbose_name = _("prize")
        verbose_name_plural = _("prizes")

    def __str__(self) -> str:
        return self.title
