"""Who looks after which members."""

from typing import Any

from django.db.models import QuerySet
from wagtail.permission_policies import ModelPermissionPolicy
from wagtail.permissions import register_permission_policy

from organisations.models import Member, Unit
from organisations.permissions import unit_scope


def members_for(user: Any) -> Any:
    """The members a user may see and, with the right for it, look after."""
    return Member.objects.in_scope(unit_scope(user)).select_related("unit")


def units_for(user: Any) -> QuerySet[Unit]:
    """The units a user may bring members in for."""
    scope = unit_scope(user)
    return Unit.objects.all() if scope is None else Unit.objects.filter(pk__in=scope)


class MemberPolicy(ModelPermissionPolicy):
    """A right over members reaches as far as a person's units, and never to an account with rights."""

    def user_has_any_permission_for_instance(self, user: Any, actions: Any, instance: Member) -> bool:
        """A right, and a member of one's own units."""
        return self.user_has_any_permission(user, actions) and members_for(user).filter(pk=instance.pk).exists()

    def user_has_permission_for_instance(self, user: Any, action: str, instance: Member) -> bool:
        """The same for one right."""
        return self.user_has_any_permission_for_instance(user, [action], instance)

    def instances_user_has_any_permission_for(self, user: Any, actions: Any) -> QuerySet:
        """The same for lists."""
        return members_for(user) if self.user_has_any_permission(user, actions) else Member.objects.none()


def register() -> None:
    """Called when the app is ready."""
    register_permission_policy(Member, MemberPolicy(Member))
