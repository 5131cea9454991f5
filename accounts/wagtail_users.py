"""Wagtail's management of users, with units and member codes, and an end to an administrator's rights."""

from wagtail.users.apps import WagtailUsersAppConfig


class PortalUsersConfig(WagtailUsersAppConfig):
    """Stands in the settings in place of ``wagtail.users``."""

    user_viewset = "accounts.viewsets.PortalUserViewSet"

    def ready(self) -> None:
        """Wagtail's own policies are registered there; ours follows, and the last one counts."""
        super().ready()
        from wagtail.permissions import register_permission_policy  # models are not loaded yet

        from accounts.models import User  # as above
        from accounts.user_rights import UserPolicy  # as above

        register_permission_policy(User, UserPolicy(User))
