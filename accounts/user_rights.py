"""Who may change whose account."""

from typing import Any

from django.db.models import QuerySet
from wagtail.permission_policies import ModelPermissionPolicy


class UserPolicy(ModelPermissionPolicy):
    """An administrator's right over accounts ends below superusers.

    Otherwise a new password for a superuser, or a changed e-mail, would make an administrator one.
    """

    def user_has_any_permission_for_instance(self, user: Any, actions: Any, instance: Any) -> bool:
        """A right over accounts, and nobody above."""
        if not super().user_has_any_permission_for_instance(user, actions, instance):
            return False
        return user.is_superuser or not instance.is_superuser

    def user_has_permission_for_instance(self, user: Any, action: str, instance: Any) -> bool:
        """The same for one right."""
        return self.user_has_any_permission_for_instance(user, [action], instance)

    def instances_user_has_any_permission_for(self, user: Any, actions: Any) -> QuerySet:
        """The same for lists."""
        users = super().instances_user_has_any_permission_for(user, actions)
        return users if user.is_superuser else users.filter(is_superuser=False)
