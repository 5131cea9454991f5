"""The portal's own user, so that accounts can grow without touching what refers to them."""

from typing import Any

from django.contrib.auth.hashers import UNUSABLE_PASSWORD_PREFIX
from django.contrib.auth.models import AbstractUser
from django.db import models
from django.db.models import Q
from django.utils.crypto import get_random_string
from django.utils.translation import gettext_lazy as _

from accounts import member_codes
from core.text import CleanTextMixin

#: Conditions of an account that may do nothing in the admin. Only such accounts are anybody's members to look after.
WITHOUT_RIGHTS = Q(is_superuser=False, is_staff=False, groups=None, user_permissions=None)
NOT_ACTIVATED = Q(password__startswith=UNUSABLE_PASSWORD_PREFIX)


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
    member_code = models.CharField(
        _("member code"),
        max_length=member_codes.LONGEST,
        blank=True,
        default="",
        help_text=_("The member logs in with it, or with the e-mail. Spaces, dots and dashes do not count."),
    )
    #: Number of the text that the member has agreed to; 0 while the member has not, or not any more; None for accounts
    #: that an administrator appoints, who are bound by their office.
    consent_version = models.PositiveIntegerField(null=True, editable=False)
    #: Came by open registration; the e-mail is proved before the first log-in.
    is_self_registered = models.BooleanField(default=False, editable=False)

    class Meta(AbstractUser.Meta):
        verbose_name = _("user")  # type: ignore[assignment]  # django-stubs reads AbstractUser's as plain text
        verbose_name_plural = _("users")  # type: ignore[assignment]  # same
        constraints = [
            models.UniqueConstraint(
                fields=["member_code"],
                condition=~Q(member_code=""),
                name="one_account_per_member_code",
                violation_error_message=_("Another account has this member code."),
            )
        ]

    def get_full_name(self) -> str:
        """Vietnamese order: family name, then given name."""
        return f"{self.last_name} {self.first_name}".strip()

    def __str__(self) -> str:
        return self.get_full_name() or self.username

    def clean(self) -> None:
        """A code is checked and stored in its one form."""
        super().clean()
        self.member_code = member_codes.read_code(self.member_code)

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Also where code saves without a form, a code is stored in its one form."""
        self.member_code = member_codes.read_code(self.member_code)
        super().save(*args, **kwargs)

    @property
    def written_member_code(self) -> str:
        """The code as it is printed."""
        return member_codes.written(self.member_code)

    @property
    def awaits_consent(self) -> bool:
        """Whether the portal may do nothing for this member yet, or any more."""
        return self.consent_version == 0


def split_name(full_name: str) -> tuple[str, str]:
    """Family and middle names, and the given name, which comes last: «Nguyễn Văn» and «Bình»."""
    family, _space, given = " ".join(full_name.split()).rpartition(" ")
    return family, given


def new_username() -> str:
    """A name for an account whose owner logs in by code or e-mail; it says nothing and never changes."""
    return f"dv-{get_random_string(12, 'abcdefghjkmnpqrstvwxyz0123456789')}"
