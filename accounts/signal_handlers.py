"""What follows when somebody logs in, and when an account goes."""

from typing import Any

from allauth.account.signals import password_reset
from django.contrib import messages
from django.contrib.auth.signals import user_logged_in
from django.db.models.signals import pre_delete
from django.http import HttpRequest
from django.utils.translation import gettext as _

from accounts import deletion
from accounts.models import ActivationCode, User


def keep_the_account(request: HttpRequest | None, user: User, **kwargs: Any) -> None:
    """Signal handler: to log in is to call off a deletion."""
    if deletion.call_off(user) and request is not None and hasattr(request, "_messages"):
        messages.success(request, _("You have logged in, so your account stays: the deletion is called off."))


def make_slips_worthless(user: User, **kwargs: Any) -> None:
    """Signal handler: whoever gets in otherwise needs no slip, and none that lies about opens the account."""
    ActivationCode.objects.filter(user=user, used_at=None).delete()


def erase_with(model: type[User]) -> None:
    """Erase what apps keep whenever an account of this model is deleted; Django names a proxy, not its user."""
    pre_delete.connect(deletion.erase_before_delete, sender=model, dispatch_uid=f"accounts.erase.{model._meta.label}")


def connect() -> None:
    """Called when the app is ready."""
    user_logged_in.connect(keep_the_account, dispatch_uid="accounts.deletion")
    user_logged_in.connect(make_slips_worthless, dispatch_uid="accounts.slips")
    password_reset.connect(make_slips_worthless, dispatch_uid="accounts.slips")
    erase_with(User)
