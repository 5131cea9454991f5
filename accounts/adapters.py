"""How allauth behaves here."""

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest
from django.shortcuts import resolve_url


class AccountAdapter(DefaultAccountAdapter):
    """Accounts are made by an administrator; nobody signs up by themselves."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Members' own registration comes with the training courses; editors are always appointed."""
        return False

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        """Editors land on their dashboard, everybody else on the front page."""
        if request.user.has_perm("wagtailadmin.access_admin"):
            return resolve_url("wagtailadmin_home")
        return "/"
