"""What people type: to sign up, to check in in the room, and what an organiser adds."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.functional import cached_property
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from core.text import clean_text
from organisations.models import Unit
from organisations.naming import UnitNameInput, unit_called, unit_names
from training.classes.contacts import LONGEST, normalise
from training.classes.signing_up import Person

PRIVACY_PAGE = "/bao-ve-du-lieu/"


class LineField(forms.CharField):
    """One line of text, clean before it is measured."""

    def to_python(self, value: Any) -> str:
        """In one form, without what nobody sees and without double spaces."""
        return " ".join(clean_text(super().to_python(value) or "").split())

    def clean(self, value: Any) -> Any:
        """Clean first: what was pasted along unseen is no reason to refuse a name."""
        return super().clean(clean_text(value) if isinstance(value, str) else value)


class ContactField(LineField):
    """A telephone number or an e-mail address, in its one form."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            max_length=LONGEST,
            label=_("Telephone or e-mail"),
            widget=forms.TextInput(attrs={"autocomplete": "tel", "autocapitalize": "none", "spellcheck": "false"}),
            **kwargs,
        )

    def clean(self, value: Any) -> Any:
        """Refuse what is neither."""
        cleaned = super().clean(value)
        return normalise(cleaned) if cleaned else ""


class PersonForm(forms.Form):
    """Name, unit and contact of one person."""

    name = LineField(
        label=_("Full name"),
        max_length=120,
        widget=forms.TextInput(attrs={"autocomplete": "name", "autocapitalize": "words", "spellcheck": "false"}),
    )
    unit = LineField(
        label=_("Unit"),
        max_length=200,
        help_text=_("Choose from the list that appears as you type; a unit that is not there, write in full."),
        widget=UnitNameInput(),
    )
    contact = ContactField(help_text=_("One is enough. The organisers use it when the class changes."))

    def __init__(self, *args: Any, user: Any = None, **kwargs: Any) -> None:
        self.user = user
        if user is not None:
            kwargs["initial"] = {**self._known(user), **kwargs.get("initial", {})}
        super().__init__(*args, **kwargs)

    @cached_property
    def units(self) -> dict[str, Unit]:
        """All units by their names; read only where a form is filled in."""
        return unit_names()

    def _known(self, user: Any) -> dict[str, str]:
        label = next((name for name, unit in self.units.items() if unit.pk == user.unit_id), "")
        return {"name": user.get_full_name(), "unit": label, "contact": user.email}

    def clean_name(self) -> str:
        """A name has letters."""
        name: str = self.cleaned_data["name"]
        if not any(letter.isalpha() for letter in name):
            raise ValidationError(_("Write your family name and given name."))
        return name

    @property
    def person(self) -> Person:
        """Who it is; only of a valid form."""
        typed = self.cleaned_data["unit"]
        unit = unit_called(typed, self.units)
        return Person(
            name=self.cleaned_data["name"],
            contact=self.cleaned_data["contact"],
            unit=unit,
            unit_name=typed,
            user=self.user,
        )


def _consent() -> SafeString:
    return format_html(
        str(
            _(
                "Kept for this class only, seen by its organisers only, removed twelve months after it. "
                '<a href="{address}">How the portal protects your data</a>'
            )
        ),
        address=PRIVACY_PAGE,
    )


class SelfForm(PersonForm):
    """The same, filled in by the person: with consent, and a field that only machines fill in."""

    consent = forms.BooleanField(label=_("I agree that the organisers keep these details for this class"))
    website = forms.CharField(required=False, label=_("Leave this field empty"), widget=forms.TextInput())

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["consent"].help_text = _consent()
        self.fields["website"].widget.attrs |= {"tabindex": "-1", "autocomplete": "off"}

    def clean_website(self) -> str:
        """What fills in everything is no person."""
        if self.cleaned_data["website"]:
            raise ValidationError(_("Leave this field empty."))
        return ""


class WalkInForm(PersonForm):
    """Somebody who came without signing up, written down by an organiser."""

    contact = ContactField(required=False, help_text=_("May be left empty."))


class ContactForm(forms.Form):
    """The contact given at sign-up, to be found in the list."""

    contact = ContactField(help_text=_("The one you gave when you signed up."))
