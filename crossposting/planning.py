"""From pages to deliveries: what goes where when a page goes live, changes, or is taken down.

Runs in the worker, inside the transaction that marks the outbox's row done: each publication is planned once.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _

from core.consequences import Job
from crossposting import selectors, timing
from crossposting.announcements import announcement_of
from crossposting.channels.contract import Prepared
from crossposting.ledger import Action, State, cancel_all, move, plan
from crossposting.marks import with_mark
from crossposting.models import Channel, Delivery, PostTemplate, SharingChoice
from pages.models import BasePage

#: An editor who publishes often sees a mistake at once: a change waits so long, and takes later ones along.
UPDATE_DELAY = timedelta(seconds=10)


def plan_for(job: Job) -> None:
    """Handler of the consequence «crosspost»."""
    event, change = job.payload["event"], job.payload["change"]
    for page_id in job.payload["pages"]:
        page = _page(page_id)
        if event in ("unpublished", "deleted") or page is None or not page.visible_now:
            plan_withdrawals(page_id, change)
        else:
            plan_posts(page, change, event)
            if event == "updated":
                plan_updates(page, change)


def _page(page_id: int) -> BasePage | None:
    page: BasePage | None = (
        BasePage.objects.select_related("unit", "cover", "main_topic", "share_image").filter(pk=page_id).first()
    )
    return page


def plan_posts(page: BasePage, change: str, event: str) -> None:
    """One post for each channel that wants the page and has none of it, at the time the editor chose."""
    if not page.listed:
        return
    choices = choices_for(page)
    standing = {delivery.channel_id: delivery for delivery in Delivery.objects.standing().filter(page_id=page.pk)}
    for channel in Channel.objects.in_use().select_related("unit"):
        choice = choices.get(channel.pk)
        if channel.pk in standing:
            _follow(standing[channel.pk], choice)
        elif _is_wanted(channel, page, choice, event):
            plan(channel, page, publication=change, at=timing.moment_for(choice, timezone.now()))


def _follow(delivery: Delivery, choice: SharingChoice | None) -> None:
    """A post that still waits for its time goes when, and only if, the editor wants it now."""
    if not delivery.waits_for_its_time:
        return
    if not (choice.wanted if choice else delivery.channel.automatic):
        cancel_all([delivery], _("An editor took the channel away."))
    elif (at := timing.moment_for(choice, timezone.now())) != delivery.not_before:
        move(delivery.pk, at)


def choices_for(page: BasePage) -> dict[int, SharingChoice]:
    """What the editor decided, by channel."""
    return {choice.channel_id: choice for choice in SharingChoice.objects.filter(page=page.pk)}


def _is_wanted(channel: Channel, page: BasePage, choice: SharingChoice | None, event: str) -> bool:
    if choice is not None and not choice.wanted:
        return False
    if choice is None and (event != "published" or not channel.automatic or is_old(page)):
        return False
    if not channel.carries(page):
        return False
    if choice is not None and event == "updated":
        # Chosen after the page went live; one that was called off or given up stays so.
        return not Delivery.objects.posts().filter(channel=channel, page_id=page.pk).exists()
    went_live = page.last_published_at or timezone.now()
    return bool(went_live >= channel.active_since)


def is_old(page: BasePage) -> bool:
    """Whether the date shown is long past: what is brought over from an old site is no news."""
    shown = page.display_date or page.first_published_at
    return shown is not None and shown < timezone.now() - timedelta(days=settings.CHANNEL_NEWS_DAYS)


def prepare_for(channel: Channel, page: BasePage) -> Prepared:
    """What would be sent now."""
    return prepare(channel, page, SharingChoice.objects.filter(page=page.pk, channel=channel).first())


def prepare(
    channel: Channel, page: BasePage, choice: SharingChoice | None, templates: Sequence[PostTemplate] | None = None
) -> Prepared:
    """What would be sent if this were decided, stored or not. ``templates`` are those of the page."""
    provider = channel.provider
    announcement = announcement_of(page, choice, shape=provider.card_shape)
    if not announcement.text:
        template = selectors.pick(selectors.templates_of(page) if templates is None else templates, channel.network)
        if template:
            section = page.section.title if page.section else template.section.title
            announcement = replace(announcement, template=template.text, section=section)
    if not provider.hashtags:
        announcement = replace(announcement, hashtags=())
    return provider.prepare(with_mark(announcement, channel), channel.limits)


def plan_updates(page: BasePage, change: str) -> None:
    """A change of each post that is out and would read differently now."""
    posts = Delivery.objects.posts().filter(page_id=page.pk, state=State.SENT, withdrawn_at__isnull=True)
    for post in posts.select_related("channel__unit"):
        plan_update(post, page, change)


def plan_update(post: Delivery, page: BasePage, change: str) -> None:
    """Change one post, unless a change is waiting already or there is nothing to change."""
    channel = post.channel
    if not channel.enabled or not channel.provider.can_update or not post.remote_id or not post.prepared:
        return
    waiting = Delivery.objects.filter(post=post, action=Action.UPDATE, state__in=(State.WAITING, State.FAILED))
    if not waiting.exists() and differs(prepare_for(channel, page), post.content):
        plan(channel, page, publication=change, action=Action.UPDATE, post=post, at=timezone.now() + UPDATE_DELAY)


def differs(new: Prepared, old: Prepared) -> bool:
    """Whether readers of a network would see a difference that an edit can make."""
    return (new.text, new.title, new.description, new.link) != (old.text, old.title, old.description, old.link)


def plan_withdrawals(page_id: int, change: str) -> None:
    """Call off what has not gone out, and take down what has."""
    waiting = Delivery.objects.filter(page_id=page_id, state__in=(State.WAITING, State.FAILED, State.GAVE_UP))
    cancel_all(waiting.exclude(action=Action.WITHDRAW), _("The item is no longer published."))
    posts = Delivery.objects.posts().filter(page_id=page_id, state=State.SENT, withdrawn_at__isnull=True)
    for post in posts.select_related("channel__unit"):
        plan_withdrawal(post, change)


def plan_withdrawal(post: Delivery, change: str) -> None:
    """Take one post down where channel and network do that."""
    channel = post.channel
    if channel.enabled and channel.withdraws and channel.provider.can_withdraw and post.remote_id:
        plan(channel, _Page(post), publication=change, action=Action.WITHDRAW, post=post)


class _Page:
    """What a delivery needs to know of a page that may be gone."""

    def __init__(self, post: Delivery) -> None:
        self.pk, self.unit_id, self.title = post.page_id, post.unit_id, post.title


def catch_up(post: Delivery) -> None:
    """A post has just arrived: make good what happened to its page while it was on its way."""
    page: Any = _page(post.page_id)
    if page is None or not page.visible_now:
        plan_withdrawal(post, f"late-{post.pk}-{post.turn}")
    else:
        plan_update(post, page, f"late-{post.pk}-{post.turn}")
