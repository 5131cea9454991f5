"""Members as their unit's editors see them: accounts that may do nothing in the admin."""

from typing import Any

from django.contrib.auth.models import UserManager
from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.models import NOT_ACTIVATED, WITHOUT_RIGHTS, User


class MemberQuerySet(models.QuerySet["Member"]):
    """Words about members."""

    def in_scope(self, scope: frozenset[int] | None) -> "MemberQuerySet":
        """Of these units; None does not narrow."""
        return self if scope is None else self.filter(unit__in=scope)

    def not_activated(self) -> "MemberQuerySet":
        """Who has not set a password yet."""
        return self.filter(NOT_ACTIVATED)


class MemberManager(UserManager.from_queryset(MemberQuerySet)):  # type: ignore[misc]  # made at run time
    """Leaves out every account with rights, so that no view of members can reach one."""

    use_in_migrations = False

    def get_queryset(self) -> Any:
        """Accounts without a group, a right of their own, or a unit to edit for."""
        return super().get_queryset().filter(WITHOUT_RIGHTS, unit_assignments=None)


class Member(User):
    """The same row as the user's; rights over it are rights over members, never over staff."""

    objects = MemberManager()  # type: ignore[misc]  # not the user's: it may not find everybody

    class Meta:
        proxy = True
        ordering = ["unit__sort_name", "last_name", "first_name"]
        verbose_name = _("union member")
        verbose_name_plural = _("union members")

    @property
    def is_activated(self) -> bool:
        """Whether the member has set a password."""
        return self.has_usable_password()
