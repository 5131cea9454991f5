"""What the tab shows for one channel: the post as it would go out, its length, and what the network would refuse."""

from dataclasses import dataclass
from typing import Any

from django.utils.html import format_html_join
from django.utils.safestring import SafeString

from crossposting.channels.contract import Limits, Prepared
from crossposting.counting import HASHTAG, LINK
from crossposting.models import Channel, Delivery
from crossposting.planning import prepare
from crossposting.sharing.forms import SharingForm
from pages.models import BasePage


@dataclass
class Row:
    """One channel in the tab."""

    channel: Channel
    prepared: Prepared
    marked_text: SafeString
    length: int
    room: int
    problems: list[str]
    wanted: Any
    text: Any
    hashtags: Any
    delivery: Delivery | None

    @property
    def host(self) -> str:
        """The portal's name in an address, as cards for links show it."""
        return self.prepared.link.partition("://")[2].partition("/")[0]


def rows_of(page: BasePage, form: SharingForm) -> list[Row]:
    """A row for each channel of the form."""
    deliveries = Delivery.objects.posts().filter(page_id=page.pk or 0).order_by("created_at", "id")
    newest = {delivery.channel_id: delivery for delivery in deliveries}
    return [_row(page, form, channel, newest.get(channel.pk)) for channel in form.channels]


def _row(page: BasePage, form: SharingForm, channel: Channel, delivery: Delivery | None) -> Row:
    limits = channel.limits
    prepared = prepare(channel, page, form.choice(channel))
    return Row(
        channel=channel,
        prepared=prepared,
        marked_text=marked(prepared.text),
        length=limits.measure(prepared.text),
        room=_room(limits, bool(prepared.pictures)),
        problems=channel.provider.validate(prepared, limits) if page.title else [],
        wanted=form[f"{channel.pk}-wanted"],
        text=form[f"{channel.pk}-text"],
        hashtags=form[f"{channel.pk}-hashtags"] if form.has(channel, "hashtags") else None,
        delivery=delivery,
    )


def _room(limits: Limits, with_pictures: bool) -> int:
    return limits.caption if with_pictures and limits.caption else limits.text


def marked(text: str) -> SafeString:
    """The text with its links and hashtags marked, where networks mark them."""
    places = sorted(
        [(m.start(), m.end()) for m in LINK.finditer(text)] + [(m.start(), m.end()) for m in HASHTAG.finditer(text)]
    )
    parts, position = [], 0
    for start, end in places:
        if start < position:  # a # inside a link
            continue
        parts += [(text[position:start], ""), ("", text[start:end])]
        position = end
    parts.append((text[position:], ""))
    return format_html_join("", "{}{}", ((plain, _link(link)) for plain, link in parts))


def _link(text: str) -> SafeString | str:
    return format_html_join("", '<span class="portal-sharing__link">{}</span>', ((text,),)) if text else ""
