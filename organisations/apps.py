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

        from crossposting.rights import use_unit_scope
        from organisations import (
            feeds,
            forms,  # noqa: F401  # registers the rule of every page's form
            search,
        )
        from organisations.permissions import UnitPagePermissionPolicy, UnitPagePermissionTester, unit_scope
        from organisations.roles import create_roles_after_migrate
        from pages.models import BasePage
        from pages.permissions import use_tester

        search.register()
        feeds.register()
        use_tester(UnitPagePermissionTester)
        use_unit_scope(unit_scope)
        register_permission_policy(BasePage, UnitPagePermissionPolicy())
        post_migrate.connect(create_roles_after_migrate, dispatch_uid="organisations.roles")
