"""The form of a channel: what every channel has, and what its network asks for. Keys go in and never come out."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _, gettext_lazy
from wagtail.admin.forms import WagtailAdminModelForm

from crossposting import ledger, outgoing, rights
from crossposting.channels.contract import FieldSpec
from crossposting.channels.registry import network_choices
from crossposting.models import Channel
from crossposting.vault import SealBroken


class ChannelForm(WagtailAdminModelForm):
    """Made anew for each network: its fields stand below the channel's name."""

    fields: dict[str, Any]
    network = forms.ChoiceField(choices=network_choices, widget=forms.HiddenInput)

    class Meta:
        model = Channel
        fields = ["name", "unit", "enabled", "automatic", "withdraws"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        channel: Channel = self.instance
        self.is_new = not channel.pk
        self.was_enabled = channel.enabled and not self.is_new
        self.fields["network"].initial = channel.network
        self.stored = _stored_keys(channel)
        asked: dict[str, Any] = {"network": self.fields["network"], "name": self.fields["name"]}
        for spec in channel.provider.fields:
            asked[_field_name(spec)] = self._field(spec)
        for name in ("unit", "enabled", "automatic", "withdraws"):
            asked[name] = self.fields[name]
        if not channel.provider.can_withdraw:
            del asked["withdraws"]
        self.fields = asked
        self._hold_to_units()

    def _hold_to_units(self) -> None:
        """Who works for some units makes channels of these units only."""
        scope = rights.units_of(self.for_user) if self.for_user is not None else None
        field: Any = self.fields["unit"]
        if scope is not None:
            field.queryset = field.queryset.filter(pk__in=scope)
            field.required = True
            if self.is_new and len(scope) == 1:
                self.initial["unit"] = next(iter(scope))

    def _field(self, spec: FieldSpec) -> Any:
        if spec.secret:
            return self._key_field(spec)
        options: dict[str, Any] = {"label": spec.label, "help_text": spec.help, "required": spec.required}
        options["initial"] = self.instance.config.get(spec.name, "")
        if spec.kind == "choice":
            return forms.ChoiceField(choices=spec.choices, **options)
        if spec.kind == "url":
            return forms.URLField(assume_scheme="https", **options)
        return forms.CharField(max_length=300, **options)

    def _key_field(self, spec: FieldSpec) -> forms.Field:
        """Empty also when there is one: what was entered once is never shown again."""
        words = spec.help
        if spec.name in self.stored:
            words = _("%(help)s One is stored and is not shown; left empty, it stays.") % {"help": spec.help}
        widget = forms.PasswordInput(render_value=False, attrs={"autocomplete": "off", "spellcheck": "false"})
        required = spec.required and spec.name not in self.stored
        return forms.CharField(
            label=str(spec.label), help_text=str(words), required=required, widget=widget, max_length=4000
        )

    def clean(self) -> dict[str, Any]:
        """Refuse an address that the portal would not call, while somebody is there to correct it."""
        cleaned: dict[str, Any] = super().clean()
        for spec in self.instance.provider.fields:
            address = cleaned.get(_field_name(spec))
            if spec.kind == "url" and address:
                try:
                    outgoing.check_url(address)
                except outgoing.OutgoingError as error:
                    self.add_error(_field_name(spec), ValidationError(str(error)))
        return cleaned

    def save(self, commit: bool = True) -> Channel:
        """Keep what the network asked for; new keys count as a new account until they are tried."""
        channel: Channel = super().save(commit=False)
        specs = channel.provider.fields
        config = {s.name: self.cleaned_data[_field_name(s)].strip() for s in specs if not s.secret}
        given = {s.name: self.cleaned_data[_field_name(s)].strip() for s in specs if s.secret}
        given = {name: value for name, value in given.items() if value}
        if given or config != channel.config or self.is_new:
            self._replace_keys(channel, given)
        channel.config = config
        if commit:
            channel.save()
            if channel.enabled != self.was_enabled:
                ledger.switch(channel, on=channel.enabled)
        return channel

    def _replace_keys(self, channel: Channel, given: dict[str, str]) -> None:
        """Drop what the portal itself had fetched with the old keys: sessions and access tokens."""
        specs = [spec for spec in channel.provider.fields if spec.secret]
        kept = {s.name: self.stored[s.name] for s in specs if s.name in self.stored and (s.required or not given)}
        channel.secrets = {**kept, **given}
        channel.secrets_version += 1


def _field_name(spec: FieldSpec) -> str:
    return f"{'key' if spec.secret else 'config'}_{spec.name}"


def _stored_keys(channel: Channel) -> dict[str, str]:
    try:
        return {name: value for name, value in channel.secrets.items() if value}
    except SealBroken:
        return {}


class ArrivedForm(forms.Form):
    """«It did arrive»: with the address of the post, for those who have it at hand."""

    url = forms.URLField(
        label=gettext_lazy("Address of the post"), required=False, assume_scheme="https", max_length=1000
    )
