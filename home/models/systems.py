"""Systems that workers and officers reach from the portal."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel

from core.text import CleanTextMixin

SLOW_AFTER_MS = 3000


class LinkedSystem(CleanTextMixin, models.Model):
    """A linked site or system, and whether it answered when the portal last asked."""

    class State(models.TextChoices):
        """What the last look found."""

        UNCHECKED = "unchecked", _("Not checked")
        UP = "up", _("Working")
        SLOW = "slow", _("Slow")
        DOWN = "down", _("No answer")

    name = models.CharField(_("name"), max_length=120)
    description = models.CharField(_("what it is for"), max_length=200, blank=True)
    url = models.URLField(_("address"))
    sort_order = models.PositiveSmallIntegerField(_("place in the list"), default=100)
    check_answers = models.BooleanField(
        _("check whether it answers"),
        default=False,
        help_text=_("The portal asks every ten minutes and shows the answer."),
    )
    state = models.CharField(max_length=10, choices=State, default=State.UNCHECKED, editable=False)
    response_ms = models.PositiveIntegerField(null=True, editable=False)
    checked_at = models.DateTimeField(null=True, editable=False)

    panels = [
        FieldPanel("name"),
        FieldPanel("description"),
        FieldPanel("url"),
        FieldPanel("check_answers"),
        FieldPanel("sort_order"),
    ]

    class Meta:
        ordering = ["sort_order", "name"]
        verbose_name = _("linked system")
        verbose_name_plural = _("linked systems")

    def __str__(self) -> str:
        return self.name
