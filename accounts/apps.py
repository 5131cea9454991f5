"""Configuration of the app."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AccountsConfig(AppConfig):
    """Editors and members log in with the same accounts."""

    name = "accounts"
    verbose_name = _("Accounts")

    def ready(self) -> None:
        """Connect what must be connected once the models are loaded."""
        from accounts import deletion, personal_data, signal_handlers

        deletion.register()
        personal_data.register()
        signal_handlers.connect()
