from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class OutboxConfig(AppConfig):
    """Consequences of publishing: their rows, the worker, the schedule and the heartbeat."""

    name = "outbox"
    verbose_name = _("Outbox")

    def ready(self) -> None:
        from outbox import checks, health, ledger, panels, scheduling, signal_handlers, upkeep  # models must be loaded
        from pages.atomic import make_actions_atomic  # models must be loaded

        make_actions_atomic()
        signal_handlers.connect()
        for module in (ledger, scheduling, upkeep, health, panels, checks):
            module.register()
