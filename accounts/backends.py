"""Who logs in: by username, e-mail or member code, all typed into one field."""

from typing import Any

from allauth.account.auth_backends import AuthenticationBackend
from allauth.account.internal.userkit import filter_users_by_email, get_user_by_username
from django.http import HttpRequest

from accounts import member_codes
from accounts.models import User


class AccountBackend(AuthenticationBackend):
    """Looks up by all three and checks a password once.

    Exactly one password is hashed for an account that exists and for one that does not, so that the time tells nothing.
    allauth's own backend checks a known e-mail twice when usernames are allowed, too.
    """

    def authenticate(self, request: HttpRequest | None, **credentials: Any) -> Any:
        """The user, or None."""
        login = credentials.get("username") or credentials.get("email")
        password = credentials.get("password")
        if not login or not password:
            return None
        found = accounts_named(str(login).strip())
        if not found:
            User().set_password(password)
        for user in found:
            if user.check_password(password):
                if self.user_can_authenticate(user):
                    return user
                self._stash_user(user)  # allauth then says that the account is closed
                return None
        return None


def accounts_named(login: str) -> list[Any]:
    """Whom a typed name may mean: hardly ever more than one.

    Several only where an administrator gave two accounts one e-mail, or a username that is another's member code.
    """
    found: dict[int, Any] = {}
    by_name = get_user_by_username(login)
    if by_name is not None:
        found[by_name.pk] = by_name
    if "@" in login:
        for user in filter_users_by_email(login, prefer_verified=True, for_login=True):
            found.setdefault(user.pk, user)
    elif code := member_codes.normal_form(login):
        for user in User.objects.filter(member_code=code):
            found.setdefault(user.pk, user)
    return list(found.values())
