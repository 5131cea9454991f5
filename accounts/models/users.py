"""The portal's own user, so that accounts can grow without touching what refers to them."""

from django.contrib.auth.models import AbstractUser
from django.db import models
from django.utils.translation import gettext_lazy as _

from core.text import CleanTextMixin


class User(CleanTextMixin, AbstractUser):
    """An editor or a member."""

    unit = models.ForeignKey(
        "organisations.Unit",
        verbose_name=_("unit"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="people_with_accounts",
        help_text=_("The unit whose member this is; courses and certificates are counted for it."),
    )

    class Meta(AbstractUser.Meta):
        verbose_name = _("user")  # type: ignore[assignment]  # django-stubs reads AbstractUser's as plain text
        verbose_name_plural = _("users")  # type: ignore[assignment]  # same

    def get_full_name(self) -> str:
        """Vietnamese order: family name, then given name."""
        return f"{self.last_name} {self.first_name}".strip()

    def __str__(self) -> str:
        return self.get_full_name() or self.username
