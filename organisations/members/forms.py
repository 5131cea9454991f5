"""Forms of whoever looks after members."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from accounts import member_codes
from accounts.models import User
from organisations.members import lists
from organisations.members.rights import units_for
from organisations.models import Member, Unit


class _UnitForm(forms.Form):
    """Asks for one of the user's units; proposes the only one there is."""

    unit = forms.ModelChoiceField(
        label=_("Unit"),
        queryset=Unit.objects.none(),
        error_messages={"invalid_choice": _("You do not edit for this unit. Choose one of your own.")},
    )

    def __init__(self, *args: Any, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["unit"]
        field.queryset = units_for(user)
        few = list(field.queryset[:2])
        if len(few) == 1:
            self.initial["unit"] = few[0].pk


class ListForm(_UnitForm):
    """A list, pasted or as a file."""

    file = forms.FileField(
        label=_("File"),
        required=False,
        help_text=_("A .xlsx or .csv file with the columns member code, full name and, if known, e-mail."),
        widget=forms.FileInput(attrs={"accept": ".xlsx,.csv,.txt,.tsv"}),
    )
    text = forms.CharField(
        label=_("Or paste the list here"),
        required=False,
        strip=False,
        max_length=lists.LARGEST_FILE,
        help_text=_("One person a line: member code, full name, e-mail. Copied from a spreadsheet it fits as it is."),
        widget=forms.Textarea(attrs={"rows": 12, "spellcheck": "false", "autocomplete": "off"}),
    )

    def clean(self) -> dict[str, Any]:
        """Read the list; a file counts before the text."""
        cleaned: dict[str, Any] = super().clean() or {}
        file = cleaned.get("file")
        try:
            if file:
                content = file.read(lists.LARGEST_FILE + 1)
                cleaned["lines"] = lists.read_file(file.name, content)
            else:
                cleaned["lines"] = lists.read_text(cleaned.get("text") or "")
        except ValidationError as problem:
            self.add_error("file" if file else "text", problem)
            return cleaned
        if not cleaned["lines"] and "text" not in self.errors:
            self.add_error("text", _("There is nobody in this list."))
        return cleaned


class SlipsForm(_UnitForm):
    """For whom slips are printed."""

    NEW, ALL = "new", "all"
    whom = forms.ChoiceField(
        label=_("For whom"),
        choices=[
            (NEW, _("Members who have no valid slip yet")),
            (ALL, _("All members who have not opened their account: earlier slips become worthless")),
        ],
        initial=NEW,
        widget=forms.RadioSelect,
    )


class MemberForm(forms.ModelForm):
    """What a unit may change of a member. Neither e-mail nor password: they are the member's."""

    for_user: Any = None

    class Meta:
        model = Member
        fields = ["last_name", "first_name", "member_code", "unit", "is_active"]
        labels = {"last_name": _("Family and middle names"), "first_name": _("Given name")}
        help_texts = {"is_active": _("Unticked, the member cannot log in. Records of courses stay.")}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.pop("for_user", None)
        super().__init__(*args, **kwargs)
        field: Any = self.fields["unit"]
        field.queryset = units_for(self.for_user)
        field.required = True
        self.fields["member_code"].required = True
        self.fields["first_name"].required = True

    def clean_member_code(self) -> str:
        """In its one form, and nobody else's, not even of an account that this user does not see."""
        code = member_codes.read_code(self.cleaned_data["member_code"])
        if User.objects.filter(member_code=code).exclude(pk=self.instance.pk).exists():
            raise ValidationError(_("Another account has this member code."))
        return code
