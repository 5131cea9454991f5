"""How posts of a section are worded."""

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from core.text import CleanTextMixin
from crossposting.channels.registry import provider_for


class PostTemplate(CleanTextMixin, models.Model):
    """The text that posts of a section get where their editor writes none; sections below inherit it."""

    section = models.ForeignKey(
        "pages.BasePage",
        verbose_name=_("section"),
        on_delete=models.CASCADE,
        related_name="post_templates",
        help_text=_("Holds for everything below it, unless a section further down has its own."),
    )
    network = models.CharField(
        _("network"), max_length=20, blank=True, help_text=_("Left empty: all networks that have none of their own.")
    )
    text = models.TextField(_("text"), max_length=2000)

    class Meta:
        verbose_name = _("template of posts")
        verbose_name_plural = _("templates of posts")
        ordering = ["section__path", "network"]
        constraints = [models.UniqueConstraint(fields=["section", "network"], name="crossposting_template_once")]

    def __str__(self) -> str:
        return f"{self.section.title} ({self.network_label})"

    def clean(self) -> None:
        """Refuse what could not be filled in."""
        from crossposting import wording  # reads this model

        super().clean()
        try:
            wording.check(self.text)
        except ValidationError as error:
            raise ValidationError({"text": error}) from error

    @property
    def network_label(self) -> str:
        """For people."""
        return str(provider_for(self.network).label if self.network else _("all networks"))
