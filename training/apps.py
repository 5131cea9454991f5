"""Configuration of the app."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class TrainingConfig(AppConfig):
    """Training: materials, courses with lessons and quizzes, certificates, classes."""

    name = "training"
    verbose_name = _("Training")

    def ready(self) -> None:
        """Connect what must be connected once the models are loaded."""
        from archives.kinds import register_kind
        from training import (
            api,
            feeds,
            forms,  # noqa: F401  # registers the rule of a form
            panels,
            permissions,
            personal_data,
            rights,
            search,
            signal_handlers,
            upkeep,  # noqa: F401  # the daily job registers itself
        )
        from training.admin import forms as admin_forms  # noqa: F401  # registers the rule of every lesson's form
        from training.classes import personal_data as _classes  # noqa: F401  # the daily job registers itself
        from training.models import ClassPage, CoursePage, MaterialPage

        register_kind("khoa-hoc", CoursePage)
        register_kind("lop-hoc", ClassPage)
        register_kind("tai-lieu", MaterialPage)
        feeds.register()
        api.register()
        search.register()
        rights.register()
        signal_handlers.connect()
        permissions.register()
        panels.register()
        personal_data.register()
