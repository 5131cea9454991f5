"""The part of a page's form that says where the page goes and in which words; one row for each channel."""

from collections.abc import Iterator
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail.admin.widgets import AdminDateTimeInput

from core.text import clean_text
from crossposting import hashtags, rights, timing
from crossposting.models import Channel, SharingChoice
from pages.forms import PortalPageForm, page_form_rule, page_form_saver
from pages.models import BasePage

TEXT_ROWS = 4
Timing = SharingChoice.Timing


#: Under this name the page's form keeps ours.
SHARING = "sharing"


class PostTextField(forms.CharField):
    """Text as it is sent: a browser posts two characters for each new line, and networks would count both."""

    widget = forms.Textarea

    def to_python(self, value: Any) -> str:
        """One character for a new line, nothing invisible."""
        text = super().to_python(value) or ""
        return clean_text(text.replace("\r\n", "\n").replace("\r", "\n")).strip()


class HashtagsField(forms.CharField):
    """Hashtags in any way of typing them; they come back in the one that is stored."""

    def to_python(self, value: Any) -> str:
        """With # and without spaces in them."""
        return hashtags.written(hashtags.parse(clean_text(super().to_python(value) or "")))


class SharingForm(forms.Form):
    """What is decided for each channel. The tick shows what would happen if nobody touched it."""

    def __init__(self, channels: list[Channel], page: BasePage, data: Any = None) -> None:
        super().__init__(data, prefix=SHARING)
        self.channels = channels
        self.choices = {choice.channel_id: choice for choice in page.sharing_choices.all()}
        #: What is proposed now, and what was when the editor opened the form.
        self.proposed = {hashtags.written(hashtags.proposed(page))}
        first = next(iter(self.proposed))
        for channel in channels:
            for name, field in self._fields_of(channel, self.choices.get(channel.pk), first):
                self.fields[f"{channel.pk}-{name}"] = field

    def _fields_of(
        self, channel: Channel, choice: SharingChoice | None, proposed: str
    ) -> Iterator[tuple[str, forms.Field]]:
        wanted = choice.wanted if choice else channel.automatic
        yield "wanted", forms.BooleanField(label=_("Post there"), required=False, initial=wanted)
        yield (
            "text",
            PostTextField(
                label=_("Text for this channel"),
                required=False,
                initial=choice.text if choice else "",
                widget=forms.Textarea(attrs=_text_attributes(channel)),
                help_text=_("Left empty: title and summary. The link is added by itself."),
            ),
        )
        if channel.provider.hashtags:
            typed = choice.hashtags if choice else None
            yield (
                "hashtags",
                HashtagsField(
                    label=_("Hashtags"),
                    required=False,
                    max_length=300,
                    widget=forms.TextInput(
                        attrs={} if choice and choice.hashtags is not None else {"data-sharing-proposed": proposed}
                    ),
                    initial=proposed if typed is None else typed,
                    help_text=_("Proposed from the page's topics. Change them, or leave none."),
                ),
            )

        yield (
            "timing",
            forms.ChoiceField(
                label=_("Time of the post"),
                choices=self._timings(),
                required=False,
                initial=choice.timing if choice else Timing.NOW,
            ),
        )
        yield (
            "at",
            forms.DateTimeField(
                label=_("Moment"),
                required=False,
                initial=choice.at if choice else None,
                widget=AdminDateTimeInput,
                help_text=_("If the page goes live later, the post waits for it."),
            ),
        )

    def _timings(self) -> list[tuple[str, Any]]:
        hours = timing.written(timing.fixed_hours())
        at_hour = _("at the next fixed hour (%(hours)s)") % {"hours": hours}
        return [(value, at_hour if value == Timing.HOUR else label) for value, label in Timing.choices]

    def clean(self) -> dict[str, Any]:
        """A given moment has to be given."""
        cleaned: dict[str, Any] = super().clean() or {}
        for channel in self.channels:
            at = f"{channel.pk}-at"
            if cleaned.get(f"{channel.pk}-timing") == Timing.AT and not cleaned.get(at) and at not in self.errors:
                self.add_error(at, _("Say when it should be posted."))
        return cleaned

    def has(self, channel: Channel, name: str) -> bool:
        """Whether this is asked for at this channel."""
        return f"{channel.pk}-{name}" in self.fields

    def value(self, channel: Channel, name: str) -> Any:
        """What the form says now of a channel: what was sent if it is in order, otherwise what it began with."""
        field = f"{channel.pk}-{name}"
        if self.is_bound and field not in self.errors:
            return self.cleaned_data[field]
        return self.fields[field].initial

    def choice(self, channel: Channel) -> SharingChoice:
        """What is decided for a channel now; a row of its own, to be kept or only looked at."""
        before = self.choices.get(channel.pk)
        choice = SharingChoice(pk=before.pk if before else None, channel=channel)
        choice.wanted, choice.text = self.value(channel, "wanted"), self.value(channel, "text")
        choice.hashtags = self._hashtags(channel, before)
        choice.timing = self.value(channel, "timing") or Timing.NOW
        choice.at = self.value(channel, "at") if choice.timing == Timing.AT else None
        return choice

    def _hashtags(self, channel: Channel, before: SharingChoice | None) -> str | None:
        """None as long as nobody has touched what was proposed: then they follow the page's topics."""
        if not self.has(channel, "hashtags"):
            return before.hashtags if before else None
        typed: str = self.value(channel, "hashtags")
        untouched = before is None or before.hashtags is None
        return None if untouched and typed in self.proposed else typed


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
        form.extra_forms[SHARING] = SharingForm(channels, form.instance, form.data if form.is_bound else None)


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
    """Put what was decided into the page, where it is part of its revision.

    A choice is kept only where it differs from what the channel does by itself, so that a later change of the channel
    reaches the pages nobody decided about.
    """
    ours: Any = form.extra_forms.get(SHARING)
    if ours is None or not ours.is_valid():
        return
    topics = form.cleaned_data.get("topics", form.instance.topics.all())
    ours.proposed.add(hashtags.written(hashtags.of_topics(form.instance.main_topic, topics)))
    shown = {channel.pk for channel in ours.channels}
    kept = [choice for pk, choice in ours.choices.items() if pk not in shown]
    kept += [choice for channel in ours.channels if (choice := ours.choice(channel)).decides]
    form.instance.sharing_choices.set(kept)
