"""What members are told about their data, and who agreed to which version of it."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, HelpPanel

from core.text import CleanTextMixin


class ConsentText(CleanTextMixin, models.Model):
    """One version of the text. What somebody agreed to never changes: a change is a new version."""

    text = models.TextField(
        _("text"),
        help_text=_("What data are kept, what for, for how long, who sees them, and what rights members have."),
    )
    created_at = models.DateTimeField(_("in force since"), default=timezone.now, editable=False)

    panels = [
        HelpPanel(
            content=_("A new text holds from now on. Members are asked to agree to it when they log in the next time.")
        ),
        FieldPanel("text"),
    ]

    class Meta:
        ordering = ["-pk"]
        verbose_name = _("consent text")
        verbose_name_plural = _("consent texts")

    def __str__(self) -> str:
        return str(_("Version %(number)d") % {"number": self.pk})


class Consent(models.Model):
    """A member's agreement to one version, and when it was taken back."""

    class Occasion(models.TextChoices):
        """Where the box was ticked."""

        ACTIVATION = "activation", _("activating the account")
        REGISTRATION = "registration", _("registering")
        LOGIN = "login", _("logging in")

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="consents")
    text = models.ForeignKey(ConsentText, on_delete=models.PROTECT, related_name="consents")
    occasion = models.CharField(max_length=20, choices=Occasion)
    given_at = models.DateTimeField(_("given"), default=timezone.now)
    withdrawn_at = models.DateTimeField(_("withdrawn"), null=True)

    class Meta:
        ordering = ["-given_at", "-pk"]
        verbose_name = _("consent")
        verbose_name_plural = _("consents")

    def __str__(self) -> str:
        return f"{self.user_id}: {self.text_id}"
