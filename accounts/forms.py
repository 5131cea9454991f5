"""Forms of log-in, registration, activation and consent."""

from typing import Any

from allauth.account.adapter import get_adapter
from allauth.account.forms import LoginForm as AllauthLoginForm, SignupForm as AllauthSignupForm
from allauth.account.internal.userkit import filter_users_by_email
from django import forms
from django.contrib.auth import password_validation
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from accounts import consents
from accounts.models import Consent, User, split_name
from core.text import clean_text

LONGEST_NAME = 150
_AGREE = _("I have read this and agree to it")
_MUST_AGREE = _("Without your consent the account cannot be opened.")


class LoginForm(AllauthLoginForm):
    """One field for three kinds of names."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["login"] = forms.CharField(
            label=_("Username, e-mail or member code"),
            max_length=254,
            widget=forms.TextInput(attrs={"autocomplete": "username webauthn", "autocapitalize": "none"}),
        )
        self.order_fields(["login", "password"])


class ConsentForm(forms.Form):
    """The box below the text. Never ticked in advance."""

    agree = forms.BooleanField(label=_AGREE, error_messages={"required": _MUST_AGREE})


class SignupForm(AllauthSignupForm):
    """Registration by oneself: a name for certificates, and the consent."""

    full_name = forms.CharField(
        label=_("Full name"),
        max_length=LONGEST_NAME,
        help_text=_("As it shall stand on certificates."),
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    agree = forms.BooleanField(label=_AGREE, error_messages={"required": _MUST_AGREE})
    field_order = ["full_name", "email", "password1", "password2", "agree"]

    def validate_unique_email(self, value: str) -> str:
        """An e-mail that has an account gets the same answer as a new one; its owner gets a message."""
        self.account_already_exists = bool(filter_users_by_email(value))
        return value

    def clean_full_name(self) -> str:
        """Without marks that nobody sees."""
        return " ".join(clean_text(self.cleaned_data["full_name"]).split())

    def save(self, request: HttpRequest) -> Any:
        """A member without a unit, who has agreed."""
        user = super().save(request)
        consents.give(user, Consent.Occasion.REGISTRATION)
        return user

    def signup(self, request: HttpRequest, user: User) -> None:
        """Called by allauth once the user has a number."""
        user.last_name, user.first_name = split_name(self.cleaned_data["full_name"])
        user.is_self_registered = True
        user.consent_version = 0
        user.save(update_fields=["last_name", "first_name", "is_self_registered", "consent_version"])


class ActivationForm(forms.Form):
    """Both codes, the own password twice, and the consent."""

    member_code = forms.CharField(
        label=_("Member code"),
        max_length=40,
        help_text=_("As on your slip: your telephone number or the number of your union card."),
        widget=forms.TextInput(attrs={"autocomplete": "username", "autocapitalize": "characters"}),
    )
    activation_code = forms.CharField(
        label=_("Activation code"),
        max_length=40,
        help_text=_("Ten letters and digits from the slip. Dashes and case do not count."),
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "autocapitalize": "characters"}),
    )
    password1 = forms.CharField(
        label=_("Your new password"),
        strip=False,
        max_length=128,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )
    password2 = forms.CharField(
        label=_("The password again"),
        strip=False,
        max_length=128,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )
    agree = forms.BooleanField(label=_AGREE, error_messages={"required": _MUST_AGREE})

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["password1"].help_text = password_validation.password_validators_help_text_html()

    def clean(self) -> dict[str, Any]:
        """Both passwords are one, and strong. Whether it is too like the name is asked once the code is right."""
        cleaned: dict[str, Any] = super().clean() or {}
        first, second = cleaned.get("password1"), cleaned.get("password2")
        if first and second and first != second:
            self.add_error("password2", _("The two passwords differ."))
        elif first:
            self.check_password(first)
        return cleaned

    def check_password(self, password: str, user: User | None = None) -> bool:
        """Whether the password will do; says at the field what is missing."""
        try:
            get_adapter().clean_password(password, user=user)
        except forms.ValidationError as problem:
            self.add_error("password1", problem)
            return False
        return True


class DeletionForm(forms.Form):
    """The box below the warning."""

    understood = forms.BooleanField(
        label=_("I understand, delete my account"),
        error_messages={"required": _("Tick the box if you want the account to be deleted.")},
    )
