"""What people type to enter a contest."""

from typing import Any

from django import forms
from django.core import signing
from django.core.exceptions import ValidationError
from django.utils.functional import cached_property
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from contests.entering import Entrant
from contests.identity import name_of_member, normal_phone
from contests.models import Round
from contests.models.entries import new_code
from organisations.models import Unit
from organisations.naming import UnitNameInput, unit_called, unit_names
from training.classes.forms import PRIVACY_PAGE, LineField

LARGEST_GUESS = 10_000_000
_SALT = "contests.entry"


class EntryForm(forms.Form):
    """Name, number, unit, the guess, and the consent. A member's own account stands in place of the number."""

    name = LineField(
        label=_("Full name"),
        max_length=120,
        help_text=_("As on your identity card: prizes and certificates carry it."),
        widget=forms.TextInput(attrs={"autocomplete": "name", "autocapitalize": "words", "spellcheck": "false"}),
    )
    phone = LineField(
        label=_("Mobile number"),
        max_length=40,
        help_text=_("Each number enters once. Only a trace that nobody can read back is stored."),
        widget=forms.TextInput(attrs={"autocomplete": "tel", "inputmode": "tel"}),
    )
    unit = LineField(
        label=_("Unit"),
        max_length=200,
        help_text=_("Choose from the list that appears as you type; a unit that is not there, write in full."),
        widget=UnitNameInput(),
    )
    guess = forms.IntegerField(
        label=_("How many people will take part in this round, do you think?"),
        min_value=0,
        max_value=LARGEST_GUESS,
        help_text=_("Of people with the same points, the one who guessed best comes first."),
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
    )
    consent = forms.BooleanField(label=_("I agree that the organisers use these details for this contest"))
    website = forms.CharField(required=False, label=_("Leave this field empty"), widget=forms.TextInput())
    #: The entry's code, drawn with the form: sent again because the answer was lost, it leads to the same entry.
    key = forms.CharField(required=False, widget=forms.HiddenInput())

    def __init__(self, *args: Any, round_: Round, user: Any = None, **kwargs: Any) -> None:
        self.user = user
        if user is not None:
            label = next((name for name, unit in self.units.items() if unit.pk == user.unit_id), "")
            kwargs["initial"] = {"name": user.get_full_name(), "unit": label, **kwargs.get("initial", {})}
        super().__init__(*args, **kwargs)
        self.fields["key"].initial = signing.dumps(new_code(), salt=_SALT)
        if user is not None:
            del self.fields["phone"]
        if not round_.asks_guess:
            del self.fields["guess"]
        self.fields["consent"].help_text = _consent()
        self.fields["website"].widget.attrs |= {"tabindex": "-1", "autocomplete": "off"}

    @cached_property
    def units(self) -> dict[str, Unit]:
        """All units by their names; read only where a form is filled in."""
        return unit_names()

    def clean_name(self) -> str:
        """A name has letters."""
        name: str = self.cleaned_data["name"]
        if not any(letter.isalpha() for letter in name):
            raise ValidationError(_("Write your family name and given name."))
        return name

    def clean_phone(self) -> str:
        """In its one form."""
        return normal_phone(self.cleaned_data["phone"])

    def clean_website(self) -> str:
        """What fills in everything is no person."""
        if self.cleaned_data["website"]:
            raise ValidationError(_("Leave this field empty."))
        return ""

    def clean_key(self) -> str:
        """The code that the portal drew for this form; a new one where somebody made up another."""
        try:
            return str(signing.loads(self.cleaned_data["key"], salt=_SALT))
        except signing.BadSignature:
            return new_code()

    @property
    def person(self) -> Entrant:
        """Who it is; only of a valid form."""
        typed = self.cleaned_data["unit"]
        known_as = self.cleaned_data["phone"] if self.user is None else name_of_member(self.user)
        return Entrant(
            known_as=known_as,
            name=self.cleaned_data["name"],
            unit=unit_called(typed, self.units),
            unit_name=typed,
            user=self.user,
        )


def _consent() -> SafeString:
    return format_html(
        str(
            _(
                "Name, unit, points and the last three digits of the number of the best and of winners are published. "
                "Twelve months after the contest names are removed. "
                '<a href="{address}">How the portal protects your data</a>'
            )
        ),
        address=PRIVACY_PAGE,
    )
