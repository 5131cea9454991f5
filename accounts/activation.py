"""How a member gets in the first time: a code on paper, once, for sixty days."""

from collections.abc import Iterable
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.crypto import constant_time_compare, salted_hmac

from accounts import consents, member_codes
from accounts.models import ActivationCode, Consent, User
from core import typed_codes

VALID_FOR = timedelta(days=60)
LENGTH = 10
_GROUP = 5


def has_rights(user: Any) -> bool:
    """Whether an account may do anything in the admin: nobody activates or renews such an account on paper."""
    return user.is_superuser or user.is_staff or user.groups.exists() or user.user_permissions.exists()


@transaction.atomic
def issue_codes(users: Iterable[User]) -> dict[int, str]:
    """Draw a new code for each; earlier ones are worth nothing from now on. The codes exist nowhere but in the answer.

    Whoever calls sees to it that none of the users has rights. Three queries, however many users.
    """
    codes = {user.pk: typed_codes.new_code(LENGTH) for user in users}
    until = timezone.now() + VALID_FOR
    ActivationCode.objects.filter(user__in=codes).delete()
    ActivationCode.objects.bulk_create(
        ActivationCode(user_id=pk, digest=_digest(pk, code), expires_at=until) for pk, code in codes.items()
    )
    return {pk: typed_codes.written(code, group=_GROUP) for pk, code in codes.items()}


def find_member(member_code: str, activation_code: str) -> User | None:
    """Whom the two codes let in, or None: unknown, wrong, used, expired, closed, or an account with rights.

    The same work is done whichever it is, but for the last check, which only a right code reaches.
    """
    typed = typed_codes.read_code(activation_code, LENGTH) or ""
    wanted = member_codes.normal_form(member_code)
    code = ActivationCode.objects.filter(user__member_code=wanted).select_related("user").first() if wanted else None
    expected = code.digest if code else "0" * 64
    is_right = constant_time_compare(_digest(code.user_id if code else 0, typed), expected)
    if code is None or not typed or not is_right:
        return None
    if code.used_at is not None or code.expires_at <= timezone.now():
        return None
    return code.user if code.user.is_active and not has_rights(code.user) else None


@transaction.atomic
def activate(user: User, password: str) -> bool:
    """Set the first password, keep the consent, use the code up. False if the code was used meanwhile.

    All sessions of the account end, as with every change of a password.
    """
    now = timezone.now()
    if not ActivationCode.objects.filter(user=user, used_at=None, expires_at__gt=now).update(used_at=now):
        return False
    user.set_password(password)
    user.save(update_fields=["password"])
    consents.give(user, Consent.Occasion.ACTIVATION)
    return True


def _digest(user_id: int, code: str) -> str:
    """Keyed with the site's secret: a copy of the database alone opens no account."""
    text = f"{user_id}:{code}"
    return salted_hmac("accounts.activation", text, secret=settings.SECRET_KEY, algorithm="sha256").hexdigest()
