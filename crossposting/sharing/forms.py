"""The part of a page's form that says where the page goes and in which words; one row for each channel."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from core.text import clean_text
from crossposting import rights
from crossposting.models import Channel, SharingChoice
from pages.forms import PortalPageForm, page_form_rule, page_form_saver

TEXT_ROWS = 4


#: Under this name the page's form keeps ours.
SHARING = "sharing"


class PostTextField(forms.CharField):
    """Text as it is sent: a browser posts two characters for each new line, and networks would count both."""

    widget = forms.Textarea

    def to_python(self, value: Any) -> str:
        """One character for a new line, nothing invisible."""
        text = super().to_python(value) or ""
        return clean_text(text.replace("\r\n", "\n").replace("\r", "\n")).strip()


class SharingForm(forms.Form):
    """A tick and a text for each channel. The tick shows what would happen if nobody touched it."""

    def __init__(self, channels: list[Channel], choices: dict[int, SharingChoice], data: Any = None) -> None:
        super().__init__(data, prefix=SHARING)
        self.channels = channels
        for channel in channels:
            choice = choices.get(channel.pk)
            self.fields[f"{channel.pk}-wanted"] = forms.BooleanField(
                label=_("Post there"), required=False, initial=choice.wanted if choice else channel.automatic
            )
            self.fields[f"{channel.pk}-text"] = PostTextField(
                label=_("Text for this channel"),
                required=False,
                initial=choice.text if choice else "",
                widget=forms.Textarea(attrs=_text_attributes(channel)),
                help_text=_("Left empty: title and summary. The link is added by itself."),
            )

    def value(self, channel: Channel, name: str) -> Any:
        """What the form says now of a channel: what was sent if it is in order, otherwise what it began with."""
        field = f"{channel.pk}-{name}"
        if self.is_bound and field not in self.errors:
            return self.cleaned_data[field]
        return self.fields[field].initial


def channels_of(form: PortalPageForm) -> list[Channel]:
    """The channels that this page could go to: those of its unit and of the federation, switched on."""
    page = form.instance
    if not getattr(page, "is_item", False):
        return []
    scope = rights.units_of(form.for_user) if form.for_user is not None else None
    found = []
    for channel in Channel.objects.in_use().select_related("unit"):
        # A page without a unit yet may still get one of the writer's own.
        undecided = page.unit_id is None and channel.unit_id is not None and (scope is None or channel.unit_id in scope)
        if undecided or channel.carries(page):
            found.append(channel)
    return found


@page_form_rule
def add_sharing_form(form: PortalPageForm) -> None:
    """Beside the page's own fields, since Wagtail prints every field of a form that no panel names."""
    channels = channels_of(form)
    if channels:
        choices = {choice.channel_id: choice for choice in form.instance.sharing_choices.all()}
        form.extra_forms[SHARING] = SharingForm(channels, choices, form.data if form.is_bound else None)


def _text_attributes(channel: Channel) -> dict[str, Any]:
    """What the counter in the browser needs to know of the network's way of counting."""
    limits = channel.limits
    return {
        "rows": TEXT_ROWS,
        "data-sharing-unit": limits.measure.unit,
        "data-sharing-link": limits.measure.link_length or "",
    }


@page_form_saver
def keep_choices(form: PortalPageForm) -> None:
    """Put ticks and texts into the page, where they are part of its revision.

    A choice is kept only where it differs from what the channel does by itself, so that a later change of the channel
    reaches the pages nobody decided about.
    """
    ours: Any = form.extra_forms.get(SHARING)
    if ours is None or not ours.is_valid():
        return
    shown = {channel.pk for channel in ours.channels}
    before = {choice.channel_id: choice for choice in form.instance.sharing_choices.all()}
    kept = [choice for pk, choice in before.items() if pk not in shown]
    for channel in ours.channels:
        wanted, text = ours.cleaned_data[f"{channel.pk}-wanted"], ours.cleaned_data[f"{channel.pk}-text"]
        if wanted == channel.automatic and not text:
            continue
        choice = before.get(channel.pk) or SharingChoice(channel=channel)
        choice.wanted, choice.text = wanted, text
        kept.append(choice)
    form.instance.sharing_choices.set(kept)
