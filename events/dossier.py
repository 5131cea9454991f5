"""The papers of an event, and all of them in one file.

The file is written while it is sent: a gigabyte costs no more memory than a page. What a reader may not open by itself
is not in it either.
"""

import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from hashlib import blake2b
from typing import TYPE_CHECKING, Any

from django.http import HttpRequest, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.utils import timezone
from django.utils.cache import get_conditional_response
from django.utils.http import content_disposition_header
from wagtail.models import Collection, CollectionViewRestriction

from core.text import vietnamese_slug

if TYPE_CHECKING:
    from events.models import EventPage

#: Bytes of all papers together; what is more is taken away one by one.
MOST_BYTES = 300 * 1024 * 1024
CHUNK = 256 * 1024
LONGEST_NAME = 80
EARLIEST = (1980, 1, 1, 0, 0, 0)  # the format knows no time before


@dataclass(frozen=True)
class Paper:
    """One of the papers, with its number in the order of the agenda."""

    number: int
    document: Any
    title: str
    note: str
    is_private: bool

    @property
    def name(self) -> str:
        """Its name in the file: no letters that a program could spell otherwise, and no way out of the folder."""
        extension = vietnamese_slug(self.document.file_extension, max_length=8)
        name = vietnamese_slug(self.title, max_length=LONGEST_NAME) or "tai-lieu"
        return f"{self.number:02d}-{name}{f'.{extension}' if extension else ''}"

    @property
    def size(self) -> int:
        """In bytes; 0 where the file is lost."""
        try:
            return self.document.get_file_size() or 0
        except OSError:
            return 0


@dataclass(frozen=True)
class Bundle:
    """What goes into one file together."""

    papers: tuple[Paper, ...]

    @cached_property
    def size(self) -> int:
        """In bytes."""
        return sum(paper.size for paper in self.papers)

    @property
    def is_too_large(self) -> bool:
        """Whether the papers are taken away one by one instead."""
        return self.size > MOST_BYTES

    @property
    def can_be_sent(self) -> bool:
        """Whether there is anything, and not too much."""
        return bool(self.papers) and not self.is_too_large

    @property
    def etag(self) -> str:
        """The same for as long as the same files bear the same names."""
        shown = "\x1f".join(f"{paper.name}:{paper.document.get_file_hash()}" for paper in self.papers)
        return f'"{blake2b(shown.encode(), digest_size=12).hexdigest()}"'


def papers_of(page: "EventPage") -> list[Paper]:
    """The papers that are still there, numbered; one query for their files, one for what is private."""
    values = [block.value for block in page.papers if block.value.get("document")]
    if not values:
        return []
    private = _private_collections({value["document"].collection_id for value in values})
    return [
        Paper(
            number,
            value["document"],
            value.get("title") or value["document"].title,
            value.get("note") or "",
            value["document"].collection_id in private,
        )
        for number, value in enumerate(values, start=1)
    ]


def _private_collections(ids: set[int]) -> set[int]:
    """Those of the collections that are not for everybody, by themselves or by one above."""
    closed = tuple(CollectionViewRestriction.objects.values_list("collection__path", flat=True))
    if not closed:
        return set()
    paths = Collection.objects.filter(pk__in=ids).values_list("pk", "path")
    return {pk for pk, path in paths if path.startswith(closed)}


def bundle_of(papers: Sequence[Paper]) -> Bundle:
    """What of the papers everybody may have and is not lost."""
    return Bundle(tuple(paper for paper in papers if not paper.is_private and _is_there(paper)))


def _is_there(paper: Paper) -> bool:
    return bool(paper.document.file.storage.exists(paper.document.file.name))


def send(bundle: Bundle, request: HttpRequest, *, name: str) -> HttpResponseBase:
    """The file, or «304» to whoever has it."""
    # The papers are compressed already.
    request.META["HTTP_ACCEPT_ENCODING"] = "identity"
    etag = bundle.etag
    answered = get_conditional_response(request, etag=etag)
    if answered is not None:
        return answered
    response = StreamingHttpResponse(written(bundle), content_type="application/zip")
    response.headers["Content-Disposition"] = content_disposition_header(True, name)
    response.headers["ETag"] = etag
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response


class _Outlet:
    """Where the archive is written to; it is taken from here piece by piece."""

    def __init__(self) -> None:
        self._pieces: list[bytes] = []

    def write(self, piece: bytes) -> int:
        """Keep a piece until it is taken."""
        self._pieces.append(bytes(piece))
        return len(piece)

    def flush(self) -> None:
        """Nothing waits elsewhere."""

    def take(self) -> bytes:
        """All that was written since."""
        taken = b"".join(self._pieces)
        self._pieces.clear()
        return taken


def written(bundle: Bundle) -> Iterator[bytes]:
    """The archive, piece by piece."""
    outlet = _Outlet()
    with zipfile.ZipFile(outlet, "w", zipfile.ZIP_STORED) as archive:  # type: ignore[call-overload]  # only written to
        for paper in bundle.papers:
            entry = zipfile.ZipInfo(paper.name, _written_at(paper))
            with paper.document.file.open("rb") as source, archive.open(entry, "w") as target:
                for piece in source.chunks(CHUNK):
                    target.write(piece)
                    yield outlet.take()
    yield outlet.take()


def _written_at(paper: Paper) -> tuple[int, int, int, int, int, int]:
    created = timezone.localtime(paper.document.created_at)
    return max(EARLIEST, (created.year, created.month, created.day, created.hour, created.minute, created.second))
