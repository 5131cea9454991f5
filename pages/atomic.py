"""A change of a page and all it entails, in one transaction.

Wagtail's actions run several statements and signals without a transaction, and write redirects for a changed address
after the commit: a process killed in between leaves a page published without its log entry, or an old address that
leads nowhere. Here each action is one transaction, and each save tells ``core.signals.page_changed`` inside it what
readers will see, whichever way the change came: action, schedule, workflow, alias or plain ``save()``.
"""

from collections.abc import Iterator
from functools import wraps
from typing import Any

from django.db import models, transaction
from wagtail.actions.copy_page import CopyPageAction
from wagtail.actions.create_alias import CreatePageAliasAction
from wagtail.actions.delete_page import DeletePageAction
from wagtail.actions.move_page import MovePageAction
from wagtail.actions.publish_page_revision import PublishPageRevisionAction
from wagtail.actions.publish_revision import PublishRevisionAction
from wagtail.actions.unpublish import UnpublishAction
from wagtail.actions.unpublish_page import UnpublishPageAction
from wagtail.models import COMMENTS_RELATION_NAME, Site

from core.signals import PageChange, PageEventName, page_changed
from core.surrogates import surrogate_keys

ACTIONS = (
    CopyPageAction,
    CreatePageAliasAction,
    DeletePageAction,
    MovePageAction,
    PublishPageRevisionAction,
    PublishRevisionAction,
    UnpublishAction,
    UnpublishPageAction,
)

#: Columns that only editors see, and the place in the tree (which ``moved`` tells).
NOT_FOR_READERS = frozenset(
    {
        COMMENTS_RELATION_NAME,
        "alias_of",
        "depth",
        "draft_title",
        "expire_at",
        "expired",
        "go_live_at",
        "has_unpublished_changes",
        "latest_revision",
        "latest_revision_created_at",
        "live_revision",
        "locked",
        "locked_at",
        "locked_by",
        "numchild",
        "owner",
        "path",
        "slug",
        "translation_key",
        "url_path",
    }
)
#: What is noted beside a change, never alone: Wagtail's copy writes these of a page that it has just published.
NOTED_BESIDE = NOT_FOR_READERS | {"first_published_at", "last_published_at"}


def make_actions_atomic() -> None:
    """Let every action of Wagtail on pages and drafts run in one transaction.

    The admin calls the actions' classes, not the pages' methods, so the classes are the one place that every way in
    passes through. Calling this again changes nothing.
    """
    for action in ACTIONS:
        execute = action.__dict__.get("execute")
        if execute is not None and not hasattr(execute, "runs_in_transaction"):
            action.execute = _in_transaction(execute)


def _in_transaction(execute: Any) -> Any:
    @wraps(execute)
    def run(*args: Any, **kwargs: Any) -> Any:
        with transaction.atomic():
            return execute(*args, **kwargs)

    run.runs_in_transaction = True  # type: ignore[attr-defined]  # marks the wrapper for make_actions_atomic
    return run


class AtomicActionsMixin:
    """First base of the base page: announces what each save changes for readers, in the save's own transaction."""

    def save(self, *args: Any, **kwargs: Any) -> Any:
        """Save, write the redirects of a changed address and announce the change, all or nothing."""
        update_fields = kwargs.get("update_fields")
        if update_fields is not None and NOTED_BESIDE.issuperset(update_fields):
            return super().save(*args, **kwargs)  # type: ignore[misc]  # a mixin: the page's save follows
        with transaction.atomic():
            before = _Before(self)
            result = super().save(*args, **kwargs)  # type: ignore[misc]  # as above
            before.announce_difference()
            return result


class _Before:
    """What the database holds of a page just before it is saved."""

    def __init__(self, page: Any) -> None:
        self.page = page
        self.stored = type(page)._default_manager.filter(pk=page.pk).first() if page.pk else None
        self.was_live = bool(self.stored and self.stored.live)
        self.keys = surrogate_keys(self.stored) if self.was_live else set()
        self.content = self._content(self.stored) if self._could_be_silent_edit() else None

    def _could_be_silent_edit(self) -> bool:
        """Whether a live page is saved without being published: only then must the content itself be compared."""
        if self.stored is None or not (self.was_live and self.page.live):
            return False
        return bool(self.stored.last_published_at == self.page.last_published_at)

    @staticmethod
    def _content(page: Any) -> dict[str, Any]:
        return {name: value for name, value in page.serializable_data().items() if name not in NOT_FOR_READERS}

    def _events(self) -> Iterator[PageEventName]:
        live = self.page.live
        if live and not self.was_live:
            yield "published"
        if self.was_live and not live:
            yield "unpublished"
        if self.stored and self.stored.url_path != self.page.url_path and (self.was_live or self.page.numchild):
            yield "moved"
        if self.was_live and live and (self.content is None or self.content != self._content(self.page)):
            yield "updated"

    def announce_difference(self) -> None:
        """Called after the save, still in its transaction."""
        old_url_path = self.stored.url_path if self.stored else ""
        if self.stored and self.stored.slug != self.page.slug:
            write_redirects(self.page.specific, old_url_path)
        for event in self._events():
            change = PageChange(
                event=event,
                page=self.page,
                old_url_path=old_url_path,
                old_title=self.stored.title if self.stored else "",
                was_live=self.was_live,
                keys=frozenset(self.keys | (surrogate_keys(self.page) if self.page.live else set())),
            )
            page_changed.send(sender=type(self.page), change=change)


def announce_deletion(sender: Any, instance: Any, **kwargs: Any) -> None:
    """Receiver of ``pre_delete`` of the base page: each deleted page, also below a deleted section, passes here."""
    stored = sender._default_manager.filter(pk=instance.pk).first()
    if stored is None:
        return
    # The row is asked, not the instance: Wagtail unpublishes the instance in memory before it is deleted.
    keys = surrogate_keys(stored) if stored.live else set()
    change = PageChange(
        event="deleted", page=stored, old_url_path=stored.url_path, was_live=stored.live, keys=frozenset(keys)
    )
    page_changed.send(sender=sender, change=change)


def redirect_after_move(
    sender: type[models.Model], instance: Any, url_path_before: str, url_path_after: str, **kwargs: Any
) -> None:
    """Receiver of ``post_page_move``: old addresses of the page and of all below it lead to the new ones."""
    if url_path_before != url_path_after:
        write_redirects(instance.specific, url_path_before)


def write_redirects(page: Any, old_url_path: str) -> None:
    """Write redirects from the old addresses of ``page`` and its live descendants, in the current transaction.

    Stands in for Wagtail's own receivers (``WAGTAILREDIRECTS_AUTO_CREATE`` is off), of which the one for a changed
    slug runs only after the commit.
    """
    from wagtail.contrib.redirects.signal_handlers import create_redirects  # loads the page model this module builds

    # Imported late: that module asks for the page model, which is being defined when this one is loaded.

    before = type(page)()
    before.__dict__.update(page.__dict__)
    before.url_path = old_url_path
    stayed, came_from = (_sites_that_show(version) for version in (page, before))
    sites = Site.objects.filter(id__in=stayed & came_from).exclude(root_page=page.pk)
    create_redirects(page=page, page_old=before, sites=sites)


def _sites_that_show(page: Any) -> set[int]:
    return {root.site_id for root in Site.get_site_root_paths() if page.url_path.startswith(root.root_path)}
