"""What accounts themselves keep about a person."""

from typing import Any

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.utils.translation import gettext

from accounts import sessions
from accounts.models import ActivationCode, Consent, DeletionRequest, User
from core.personal_data import register_personal_data

COVERS = (
    "account.EmailAddress",
    "accounts.ActivationCode",
    "accounts.Consent",
    "accounts.DeletionRequest",
    "mfa.Authenticator",
    "usersessions.UserSession",
)


def export(user: User) -> dict[str, Any]:
    """Everything but secrets: no password, no keys, no codes."""
    code = ActivationCode.objects.filter(user=user).first()
    deletion = DeletionRequest.objects.filter(user=user).first()
    return {
        "username": user.username,
        "full_name": user.get_full_name(),
        "email": user.email,
        "member_code": user.member_code,
        "unit": user.unit.name if user.unit else "",
        "created": user.date_joined,
        "last_login": user.last_login,
        "registered_alone": user.is_self_registered,
        "addresses": list(EmailAddress.objects.filter(user=user).values("email", "verified", "primary")),
        "consents": [
            {
                "version": consent.text_id,
                "text": consent.text.text,
                "given": consent.given_at,
                "occasion": consent.get_occasion_display(),
                "withdrawn": consent.withdrawn_at,
            }
            for consent in Consent.objects.filter(user=user).select_related("text")
        ],
        "two_step_login": [
            {"kind": one.get_type_display(), "added": one.created_at, "last_used": one.last_used_at}
            for one in Authenticator.objects.filter(user=user)
        ],
        "sessions": list(UserSession.objects.filter(user=user).values("created_at", "ip", "user_agent")),
        "activation_code": {"issued": code.created_at, "valid_until": code.expires_at, "used": code.used_at}
        if code
        else None,
        "deletion": {"asked": deletion.asked_at, "due": deletion.due_at} if deletion else None,
    }


def erase(user: User) -> None:
    """All of it goes with the user; sessions in the browser's store besides."""
    sessions.end_all(user)


def objection(user: User) -> str | None:
    """Whoever can do everything cannot leave unseen."""
    if user.is_superuser:
        return gettext("Your account administers the portal. Ask another administrator to close it.")
    return None


def register() -> None:
    """Called when the app is ready."""
    register_personal_data("account", export=export, erase=erase, objection=objection, covers=COVERS)
