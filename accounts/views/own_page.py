"""A member's own page, and the consent."""

from typing import Any

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts import consents, sessions
from accounts.forms import ConsentForm
from accounts.models import Consent, User


def _member(request: HttpRequest) -> User:
    """Who is logged in, behind a door that lets in nobody else."""
    user: Any = request.user
    member: User = user
    return member


@login_required
@require_safe
def own_page(request: HttpRequest) -> HttpResponse:
    """Everything about the account at a glance, each with its way."""
    user = _member(request)
    kinds = set(Authenticator.objects.filter(user=user).values_list("type", flat=True))
    given = Consent.objects.filter(user=user, withdrawn_at=None).first()
    context = {
        "unit": user.unit,
        "email": EmailAddress.objects.filter(user=user).order_by("-primary", "-verified").first(),
        "has_app": Authenticator.Type.TOTP in kinds,
        "has_passkey": Authenticator.Type.WEBAUTHN in kinds,
        "consent": given,
        "is_member": user.consent_version is not None,
        "noindex": True,
    }
    return TemplateResponse(request, "account/own_page.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def consent(request: HttpRequest) -> HttpResponse:
    """The text in force, and the box. Who has agreed to it already goes on."""
    user = _member(request)
    if not consents.needs_asking(user):
        return _go_on(request)
    form = ConsentForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        consents.give(user, Consent.Occasion.LOGIN)
        return _go_on(request)
    context = {"form": form, "consent": consents.current_text(), "noindex": True}
    return TemplateResponse(request, "account/consent.html", context)


def _go_on(request: HttpRequest) -> HttpResponse:
    address = request.session.pop("after_consent", "")
    if not url_has_allowed_host_and_scheme(address, allowed_hosts={request.get_host()}):
        address = "account_own_page"
    return redirect(address)


@login_required
@require_POST
def withdraw(request: HttpRequest) -> HttpResponse:
    """Take the consent back: the account rests, and is logged out everywhere."""
    user = _member(request)
    if user.consent_version is not None:
        consents.withdraw(user)
        sessions.end_all(user)
        logout(request)
        messages.success(
            request,
            _(
                "You have withdrawn your consent. The account rests: log in to agree again, to download your data "
                "or to delete the account."
            ),
        )
    return redirect("account_login")
