"""Configuration of the app."""

from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _


class HomeConfig(AppConfig):
    """The front page, navigation, site settings and standard pages: composes the verticals."""

    name = "home"
    verbose_name = _("Front page")

    def ready(self) -> None:
        """Connect what must be connected once the models are loaded."""
        from home import api, linked_systems, signal_handlers  # noqa: F401  # linked_systems registers its periodic job
        from home.structure import create_structure_after_migrate

        signal_handlers.connect()
        api.register()

        post_migrate.connect(create_structure_after_migrate, dispatch_uid="home.structure")
