from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class VisitsConfig(AppConfig):
    """Counts page views by itself: no cookies, no third party, nothing that identifies a reader after the day."""

    name = "visits"
    verbose_name = _("Views")

    def ready(self) -> None:
        from visits import counting, panels  # models must be loaded

        counting.register()
        panels.register()
