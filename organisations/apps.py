"""Configuration of the app."""

from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _


class OrganisationsConfig(AppConfig):
    """Units of the federation, their people, and who may publish what."""

    name = "organisations"
    verbose_name = _("Organisation")

    def ready(self) -> None:
        """Connect what must be connected once the models are loaded."""
        from wagtail.permissions import register_permission_policy

        from accounts.signal_handlers import erase_with
        from crossposting.rights import use_unit_scope
        from organisations import (
            api,
            feeds,
            forms,  # noqa: F401  # registers the rule of every page's form
            personal_data,
            search,
        )
        from organisations.members import rights as members_rights
        from organisations.models import Member
        from organisations.permissions import UnitPagePermissionPolicy, UnitPagePermissionTester, unit_scope
        from organisations.roles import create_roles_after_migrate
        from pages.models import BasePage
        from pages.permissions import use_tester

        personal_data.register()
        members_rights.register()
        erase_with(Member)
        search.register()
        feeds.register()
        api.register()
        use_tester(UnitPagePermissionTester)
        use_unit_scope(unit_scope)
        register_permission_policy(BasePage, UnitPagePermissionPolicy())
        post_migrate.connect(create_roles_after_migrate, dispatch_uid="organisations.roles")
