"""Writes the rows of what a change entails, in the transaction of the change."""

from collections.abc import Iterable, Iterator
from itertools import batched
from typing import Any

from django.db import transaction
from django.db.models.signals import pre_delete
from django.utils import timezone
from wagtail.models import Site
from wagtail.signals import post_page_move

from core.consequences import kinds_for_page_event
from core.signals import PageChange, page_changed, readers_see_change
from core.surrogates import HOME, NAVIGATION, SITE, page_key, section_key
from outbox import keys as _keys  # noqa: F401  # registers the built-in surrogate keys
from outbox.services import enqueue, enqueue_once
from pages.atomic import announce_deletion, redirect_after_move
from pages.models import BasePage

#: Pages told of in one row; a moved section may hold thousands.
PAGES_PER_ROW = 500
#: From so many moved pages on, everything stored is renewed rather than the keys of each.
MANY_PAGES = 200

Facts = dict[str, Any]


def write_consequences(sender: type, change: PageChange, **kwargs: Any) -> None:
    """Write one row per consequence of a change of a page: the ledger, what other apps registered, generations."""
    pages = list(_facts_of_moved(change)) if change.event == "moved" else [_facts(change.page)]
    if not pages:
        return
    at = timezone.now().isoformat()
    for number, some in enumerate(batched(pages, PAGES_PER_ROW)):
        enqueue(
            "page_event",
            f"page_event:{change.id}:{number}",
            {"change": change.id, "event": change.event, "title": some[0]["title"], "at": at, "pages": list(some)},
        )
        for kind in kinds_for_page_event(change.event):
            if kind.wants is None or kind.wants(change.page):
                enqueue(
                    kind.name,
                    f"{kind.name}:{change.id}:{number}",
                    {
                        "change": change.id,
                        "event": change.event,
                        "title": some[0]["title"],
                        "pages": [page["id"] for page in some],
                    },
                )
    if change.was_live or change.page.live:
        readers_see_change.send(sender=sender, keys=change.keys | _keys_of_moved(pages[1:]))


def _facts(page: BasePage) -> Facts:
    return {
        "id": page.pk,
        "title": page.title,
        "url": address(page.url_path),
        "type": page.cached_content_type.model_class()._meta.label if page.specific_class else "",
        "unit": page.unit_id,
        "revision": page.live_revision_id or page.latest_revision_id,
    }


def _facts_of_moved(change: PageChange) -> Iterator[Facts]:
    """The page, if readers saw it before and see it now, and all that is published below it, at its new address."""
    page, old = change.page, change.old_url_path
    if change.was_live and page.live:
        yield _facts(page)
    for below in BasePage.objects.descendant_of(page).live().select_related("content_type").iterator():
        if below.url_path.startswith(old) and not below.url_path.startswith(page.url_path):
            # A move by Wagtail saves the page first and its descendants after.
            below.url_path = page.url_path + below.url_path[len(old) :]
        yield _facts(below)


def _keys_of_moved(pages: Iterable[Facts]) -> set[str]:
    keys = {page_key(page["id"]) for page in pages}
    return keys if len(keys) < MANY_PAGES else {SITE}


def address(url_path: str) -> str:
    """Return the address on the site of a page with this path in the tree; empty when no site shows it."""
    for root in Site.get_site_root_paths():
        if url_path.startswith(root.root_path):
            return "/" + url_path[len(root.root_path) :]
    return ""


def renew_after_move(
    sender: type, instance: BasePage, parent_page_before: BasePage, parent_page_after: BasePage, **kwargs: Any
) -> None:
    """The section a page left, the one it came to and menus change, also when it was only put into another order."""
    keys = {section_key(parent_page_before.pk), section_key(parent_page_after.pk), HOME, NAVIGATION}
    readers_see_change.send(sender=sender, keys=keys)


def write_generations_row(sender: type, keys: Iterable[str], **kwargs: Any) -> None:
    """Let the worker bump the keys once more: the process may die between its commit and its own bump."""
    with transaction.atomic():
        enqueue_once("generations", {"keys": sorted(keys)})


def connect() -> None:
    """Called when the app is ready."""
    page_changed.connect(write_consequences, dispatch_uid="outbox.write_consequences")
    readers_see_change.connect(write_generations_row, dispatch_uid="outbox.write_generations_row")
    post_page_move.connect(redirect_after_move, dispatch_uid="pages.redirect_after_move")
    post_page_move.connect(renew_after_move, dispatch_uid="outbox.renew_after_move")
    pre_delete.connect(announce_deletion, sender=BasePage, dispatch_uid="pages.announce_deletion")
