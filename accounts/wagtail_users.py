"""Wagtail's management of users, with the unit that somebody belongs to."""

from wagtail.users.apps import WagtailUsersAppConfig


class PortalUsersConfig(WagtailUsersAppConfig):
    """Stands in the settings in place of ``wagtail.users``."""

    user_viewset = "accounts.viewsets.PortalUserViewSet"
