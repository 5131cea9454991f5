"""Configuration of the app."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AccountsConfig(AppConfig):
    """Editors and members log in with the same accounts."""

    name = "accounts"
    verbose_name = _("Accounts")
