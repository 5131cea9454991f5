"""Configuration of the app."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ContestsConfig(AppConfig):
    """Contests: rounds of random questions, ranking, lots, certificates."""

    name = "contests"
    verbose_name = _("Contests")

    def ready(self) -> None:
        """Connect what must be connected once the models are loaded."""
        from archives.kinds import register_kind
        from contests import (
            api,
            feeds,
            panels,
            personal_data,
            rights,
            signal_handlers,
            upkeep,  # noqa: F401  # the jobs register themselves
        )
        from contests.models import ContestPage
        from contests.page_forms import ContestPageForm

        ContestPage.base_form_class = ContestPageForm  # it asks the models, which therefore cannot name it
        register_kind("cuoc-thi", ContestPage)
        feeds.register()
        api.register()
        rights.register()
        signal_handlers.connect()
        personal_data.register()
        panels.register()
