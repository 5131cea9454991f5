"""Notes what the index must learn from changes of pages, topics, files and restrictions."""

from typing import Any

from wagtail.models import Collection, CollectionViewRestriction, PageViewRestriction

from core.signals import PageChange, page_changed
from documents.models import PortalDocument
from pages.privacy import is_restricted
from search.following import follow, follow_part
from search.pending import note, note_scope
from search.sources.files import FILE, files_in_folder
from search.sources.pages import BELOW, PAGE, TOPIC, pages_of_topic
from taxonomy.models import Topic


def follow_page(sender: type, change: PageChange, **kwargs: Any) -> None:
    """A page was published, changed, moved, taken down or deleted."""
    page = change.page
    if change.event == "deleted":
        note(PAGE, [page.pk] if change.was_live else [], hides=True)
    elif change.event == "unpublished":
        note(PAGE, [page.pk], hides=True)
    elif change.event == "moved":
        note_scope(PAGE, BELOW, page.pk, hides=is_restricted(page))
    else:
        note(PAGE, [page.pk])
        if change.old_title != page.title and (page.numchild or not page.listed):
            note_scope(PAGE, BELOW, page.pk)  # what stands below carries the title


def follow_restriction(restriction: PageViewRestriction) -> None:
    """A branch was closed or opened."""
    closed = PageViewRestriction.objects.filter(pk=restriction.pk).exists()
    note_scope(PAGE, BELOW, restriction.page_id, hides=closed)


def follow_folder(folder: Collection) -> None:
    """A folder of files was closed, opened or put into another one."""
    above = CollectionViewRestriction.objects.filter(collection__in=folder.get_ancestors(inclusive=True))
    note(FILE, files_in_folder(folder), hides=above.exists())


def connect() -> None:
    """Called when the app is ready, before the outbox connects: its rows come first, so that pictures wait for them."""
    page_changed.connect(follow_page, dispatch_uid="search.follow_page")
    follow_part(PageViewRestriction, follow_restriction)
    follow_part(CollectionViewRestriction, lambda restriction: follow_folder(restriction.collection))
    follow_part(Collection, follow_folder)  # a folder is moved after it is saved; the worker comes later still
    follow(
        PortalDocument,
        ["title", "source", "file", "collection"],
        changed=lambda file: note(FILE, [file.pk]),
        deleting=lambda file: note(FILE, [file.pk], hides=True),
    )
    follow(
        Topic,
        ["name", "slug"],
        changed=lambda topic: note_scope(PAGE, TOPIC, topic.pk),
        deleting=lambda topic: note(PAGE, pages_of_topic(topic.pk)),
    )
