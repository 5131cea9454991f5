"""What is done to many users at once: nothing to anybody above whoever does it."""

from typing import Any

from wagtail.users.views.bulk_actions import AssignRoleBulkAction, SetActiveStateBulkAction


class _NotAbove:
    request: Any

    def check_perm(self, obj: Any) -> bool:
        """Wagtail asks for the right over accounts in general."""
        allowed: bool = super().check_perm(obj)  # type: ignore[misc]  # a mixin of Wagtail's actions
        return allowed and (self.request.user.is_superuser or not obj.is_superuser)


class AssignRole(_NotAbove, AssignRoleBulkAction):
    """Put many into a group."""


class SetActiveState(_NotAbove, SetActiveStateBulkAction):
    """Close or open many accounts."""
