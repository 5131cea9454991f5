"""What the tab shows for one channel: the post as it would go out, its length, and what the network would refuse."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils import timezone
from django.utils.html import format_html_join
from django.utils.safestring import SafeString
from wagtail.images import get_image_model

from crossposting.channels.contract import Limits, Prepared
from crossposting.counting import HASHTAG, LINK
from crossposting.models import Channel, Delivery, PostTemplate, SharingChoice
from crossposting.planning import prepare
from crossposting.selectors import pick, templates_of
from crossposting.sharing.forms import SharingForm
from crossposting.sharing.pictures import card_address
from crossposting.timing import moment_for
from pages.models import BasePage

#: The size of a photograph in the preview of a post.
PREVIEW = "max-800x800"


@dataclass
class Row:
    """One channel in the tab."""

    channel: Channel
    prepared: Prepared
    picture_url: str
    marked_text: SafeString
    length: int
    room: int
    problems: list[str]
    wanted: Any
    text: Any
    hashtags: Any
    timing: Any
    at: Any
    moment: datetime | None
    delivery: Delivery | None
    template: PostTemplate | None
    is_touched: bool

    @property
    def host(self) -> str:
        """The portal's name in an address, as cards for links show it."""
        return self.prepared.link.partition("://")[2].partition("/")[0]


def rows_of(page: BasePage, form: SharingForm) -> list[Row]:
    """A row for each channel of the form."""
    deliveries = Delivery.objects.posts().filter(page_id=page.pk or 0).order_by("created_at", "id")
    newest = {delivery.channel_id: delivery for delivery in deliveries}
    templates = templates_of(page)
    return [_row(page, form, channel, newest.get(channel.pk), templates) for channel in form.channels]


def _row(
    page: BasePage, form: SharingForm, channel: Channel, delivery: Delivery | None, templates: list[PostTemplate]
) -> Row:
    limits = channel.limits
    choice = form.choice(channel)
    prepared = prepare(channel, page, choice, templates)
    return Row(
        channel=channel,
        prepared=prepared,
        picture_url=_picture_url(page, prepared),
        marked_text=marked(prepared.text),
        length=limits.measure(prepared.text),
        room=_room(limits, bool(prepared.pictures)),
        problems=[*_errors(form, channel), *(channel.provider.validate(prepared, limits) if page.title else [])],
        wanted=form[f"{channel.pk}-wanted"],
        text=form[f"{channel.pk}-text"],
        hashtags=form[f"{channel.pk}-hashtags"] if form.has(channel, "hashtags") else None,
        timing=form[f"{channel.pk}-timing"],
        at=form[f"{channel.pk}-at"],
        moment=_moment(page, choice),
        delivery=delivery,
        template=None if choice.text else pick(templates, channel.network),
        is_touched=choice.changes_the_post or bool(_errors(form, channel)),
    )


def _moment(page: BasePage, choice: SharingChoice) -> datetime | None:
    """When it would go out if the page were published now or at its time; None: together with the page."""
    if choice.timing == SharingChoice.Timing.NOW:
        return None
    now = timezone.now()
    return moment_for(choice, max(page.go_live_at or now, now))


def _picture_url(page: BasePage, prepared: Prepared) -> str:
    """The picture that stands with the post, for the editor's eyes; empty where there is none yet."""
    picture = prepared.pictures[0] if prepared.pictures else prepared.card
    if picture is None:
        return ""
    kind, _colon, name = picture.ref.partition(":")
    if kind == "card":
        return card_address(page, name.partition(":")[2] or "wide") if page.pk else ""
    image = get_image_model().objects.filter(pk=int(name)).first()
    try:
        return str(image.get_rendition(PREVIEW).url) if image else ""
    except Exception:  # noqa: BLE001  # a lost or broken file raises whatever storage or decoder raises
        return ""


def _errors(form: SharingForm, channel: Channel) -> list[str]:
    """What is not in order in the fields of a channel."""
    names = [name for name in form.errors if name.startswith(f"{channel.pk}-")] if form.is_bound else []
    return [str(error) for name in names for error in form.errors[name]]


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
