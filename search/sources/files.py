"""Files to download as documents: those that anybody may open."""

from collections.abc import Collection, Iterable, Iterator
from pathlib import PurePath
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.models import Collection as Folder

from core.templatetags.portal_text import vi_date
from documents.models import PortalDocument
from documents.privacy import restricted_folders
from search.documents import SearchDocument
from search.registry import Kind, Source, enrichments, kinds, register_kind, register_source
from search.sources.merging import ids_in_steps, merge

FILE, KIND = "file", "tep"


def visible_files() -> Any:
    """The files that Wagtail hands to anybody who asks."""
    return PortalDocument.objects.exclude(collection__in=Folder.objects.filter(restricted_folders()))


def visible_ids() -> Iterator[int]:
    """Their ids."""
    return ids_in_steps(visible_files())


def load(ids: Collection[int]) -> Iterable[SearchDocument]:
    """Make documents of those files that anybody may open."""
    files = list(visible_files().filter(pk__in=ids).order_by("pk"))
    added = enrichments(FILE, files)
    return [merge(document_of(file), added.get(file.pk, [])) for file in files]


def document_of(file: PortalDocument) -> SearchDocument:
    """Make the document of a file: its title and who issued it. Who reads its text adds it (``registry.enrich``)."""
    shown = {
        "kind": str(kinds()[KIND].label),
        "format": PurePath(file.filename).suffix.lstrip(".").upper(),
        "date": vi_date(file.created_at),
        "source": file.source,
    }
    return SearchDocument(
        key=f"{FILE}:{file.pk}",
        kind=KIND,
        title=file.title,
        url=file.url,
        context=file.source,
        date=file.created_at,
        facets={"kind": (KIND,), "year": (str(timezone.localtime(file.created_at).year),)},
        shown={key: words for key, words in shown.items() if words},
    )


def files_in_folder(folder: Folder) -> Iterator[int]:
    """Every file in a folder and in those below it."""
    return ids_in_steps(PortalDocument.objects.filter(collection__path__startswith=folder.path))


def register() -> None:
    """Called when the app is ready."""
    register_kind(Kind(slug=KIND, label=_("File")))
    register_source(Source(name=FILE, visible_ids=visible_ids, load=load))
