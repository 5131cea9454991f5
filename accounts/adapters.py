"""How allauth behaves here."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest
from django.shortcuts import resolve_url
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail.models import Site

from accounts import consents, member_codes
from accounts.models import RegistrationSettings

_MISMATCH = _("That name and that password do not belong together. Check both and try again.")
_EMAIL_STAGE = "allauth.account.stages.EmailVerificationStage"


class AccountAdapter(DefaultAccountAdapter):
    """One name of three kinds to log in with; registration only where the administrator has opened it."""

    #: The same words whatever was typed and whether or not there is such an account.
    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "username_password_mismatch": _MISMATCH,
        "email_password_mismatch": _MISMATCH,
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """As the administrator has set it."""
        return registration_is_open(request)

    def get_login_stages(self) -> list[str]:
        """Allauth's own, with ours for the proof of an e-mail."""
        return [
            "accounts.stages.ProvedEmailStage" if stage == _EMAIL_STAGE else stage
            for stage in super().get_login_stages()
        ]

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        """Editors land on their dashboard, members on their own page."""
        if request.user.has_perm("wagtailadmin.access_admin"):
            return resolve_url("wagtailadmin_home")
        return reverse("account_own_page")

    def post_login(self, request: HttpRequest, user: Any, **kwargs: Any) -> Any:
        """Ask who has not agreed to the text in force, then go on to where they wanted."""
        response = super().post_login(request, user, **kwargs)
        if response.status_code == 302 and consents.needs_asking(user):
            request.session["after_consent"] = response["Location"]
            response["Location"] = reverse("account_consent")
        return response

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        """Back to the own page, which says that it is done."""
        return reverse("account_own_page")

    def _get_login_attempts_cache_key(self, request: HttpRequest, **credentials: Any) -> str:
        """All spellings of one member code share one limit of failed attempts."""
        name = str(credentials.get("email") or credentials.get("username") or "")
        if "@" not in name:
            name = member_codes.normal_form(name) or name
        return super()._get_login_attempts_cache_key(request, username=name)


def registration_is_open(request: HttpRequest) -> bool:
    """Whether visitors may open accounts by themselves."""
    site = Site.find_for_request(request)
    return site is not None and RegistrationSettings.for_site(site).is_open
