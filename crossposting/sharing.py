"""The part of a page's form that says where the page goes and in which words; one row for each channel."""

from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import Panel

from crossposting import rights
from crossposting.announcements import announcement_of
from crossposting.channels.contract import Limits
from crossposting.models import Channel, Delivery, SharingChoice
from pages.forms import PortalPageForm, page_form_rule, page_form_saver
from pages.models import BasePage

TEXT_ROWS = 4


#: Under this name the page's form keeps ours.
SHARING = "sharing"


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
            self.fields[f"{channel.pk}-text"] = forms.CharField(
                label=_("Text for this channel"),
                required=False,
                initial=choice.text if choice else "",
                widget=forms.Textarea(attrs=_text_attributes(channel)),
                help_text=_("Left empty: title and summary. The link is added by itself."),
            )


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
        wanted, text = ours.cleaned_data[f"{channel.pk}-wanted"], ours.cleaned_data[f"{channel.pk}-text"].strip()
        if wanted == channel.automatic and not text:
            continue
        choice = before.get(channel.pk) or SharingChoice(channel=channel)
        choice.wanted, choice.text = wanted, text
        kept.append(choice)
    form.instance.sharing_choices.set(kept)


@dataclass
class Row:
    """One channel in the tab."""

    channel: Channel
    wanted: Any
    text: Any
    preview: str
    length: int
    room: int
    unit: str
    problems: list[str]
    pictures: int
    card: bool
    delivery: Delivery | None


class SharingPanel(Panel):
    """«Channels» in the tab «Sharing»; not there for pages that are no items, and without channels."""

    class BoundPanel(Panel.BoundPanel):
        """The panel in one form."""

        template_name = "crossposting/admin/sharing_panel.html"

        def is_shown(self) -> bool:
            """Only where there is something to choose."""
            return SHARING in getattr(self.form, "extra_forms", {})

        def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
            """The rows, each with the text as it would go out."""
            context: dict[str, Any] = super().get_context_data(parent_context)
            context["rows"] = [self._row(channel) for channel in self.form.extra_forms[SHARING].channels]
            return context

        def _row(self, channel: Channel) -> Row:
            ours = self.form.extra_forms[SHARING]
            wanted, text = ours[f"{channel.pk}-wanted"], ours[f"{channel.pk}-text"]
            limits = channel.limits
            page: BasePage = self.instance
            prepared = channel.provider.prepare(announcement_of(page, text=text.value() or ""), limits)
            problems = channel.provider.validate(prepared, limits) if page.pk else []
            deliveries = Delivery.objects.posts().filter(channel=channel, page_id=page.pk or 0)
            return Row(
                channel=channel,
                wanted=wanted,
                text=text,
                preview=prepared.text,
                length=limits.measure(prepared.text),
                room=_room(limits, bool(prepared.pictures)),
                unit=limits.measure.unit,
                problems=problems,
                pictures=len(prepared.pictures),
                card=prepared.card is not None and not prepared.pictures,
                delivery=deliveries.first(),
            )


def _room(limits: Limits, with_pictures: bool) -> int:
    return limits.caption if with_pictures and limits.caption else limits.text


def register() -> None:
    """Called when the app is ready: put the panel first in the tab of every type that keeps the base page's panels."""
    if not any(isinstance(panel, SharingPanel) for panel in BasePage.promote_panels):
        BasePage.promote_panels.insert(0, SharingPanel(heading=_("Channels"), classname="portal-sharing"))
