"""The engine inside the portal: tantivy on files of its own, read by every process, written by the worker.

``folder/current`` names the generation in use, a folder with the index and its vocabulary. A rebuild makes a new
generation and renames ``current`` over the old one; readers notice at their next question. tantivy allows one writer
at a time by a file lock, which dies with its process.
"""

import logging
import shutil
import threading
import time
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from uuid import uuid4

import lmdb
import tantivy
from django.utils.translation import gettext as _

from search.analysis.counting import WordCount
from search.analysis.similarity import similar_plan
from search.analysis.vocabulary import Counts, Vocabulary
from search.documents import SearchDocument
from search.engines import queries
from search.engines.contract import (
    Candidate,
    EngineStatus,
    EngineUnavailable,
    Hit,
    Ranker,
    SearchRequest,
    SearchResponse,
)
from search.engines.records import VERSION, Record, moment

logger = logging.getLogger(__name__)

WRITER_MEMORY = 100_000_000
#: Documents read at once where all are read.
SCAN_PAGE = 2_000
MOST_VALUES = 20_000


class _Generation:
    """One index on disk, with its vocabulary."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.index = tantivy.Index.open(str(folder / "index"))
        _prepare(self.index)
        self.vocabulary = Vocabulary(folder / "vocabulary")
        self._meta = folder / "index" / "meta.json"
        self._seen = self._meta.stat().st_mtime_ns
        self._writer: tantivy.IndexWriter | None = None

    @classmethod
    def create(cls, folder: Path) -> "_Generation":
        """An empty index in a new folder."""
        (folder / "index").mkdir(parents=True)
        tantivy.Index(queries.schema(), path=str(folder / "index"))
        (folder / "version").write_text(VERSION, encoding="ascii")
        return cls(folder)

    def searcher(self) -> tantivy.Searcher:
        """The index as of its last commit, by whatever process."""
        stamp = self._meta.stat().st_mtime_ns
        if stamp != self._seen:
            self.index.reload()
            self._seen = stamp
        return self.index.searcher()

    def writer(self) -> tantivy.IndexWriter:
        """The one writer; kept while this process lives."""
        if self._writer is None:
            self._writer = self.index.writer(heap_size=WRITER_MEMORY, num_threads=1)
        return self._writer

    def finish(self) -> None:
        """Let merges end and give the lock back."""
        if self._writer is not None:
            self._writer.wait_merging_threads()
            self._writer = None

    def give_up_writer(self) -> None:
        """After an error nobody knows what the writer holds: the next write takes a new one."""
        self._writer = None

    def size(self) -> int:
        return sum(path.stat().st_size for path in self.folder.rglob("*") if path.is_file())


def _prepare(index: tantivy.Index) -> None:
    index.config_reader(reload_policy="manual")
    spaces = tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.whitespace()).build()
    index.register_tokenizer(queries.TOKENIZER, spaces)
    index.reload()


class EmbeddedEngine:
    """tantivy in ``folder``."""

    name = "embedded"

    def __init__(self, folder: Path) -> None:
        self.folder = Path(folder)
        self._lock = threading.RLock()
        self._generation: _Generation | None = None
        self._pointer_seen = 0

    # Reading ------------------------------------------------------------------------------------------------------

    def search(self, request: SearchRequest) -> SearchResponse:
        """Answer a question; see the contract."""
        with self._answering() as generation:
            searcher = generation.searcher()
            total, facets = self._counted(searcher, request)
            if request.sort == "date":
                hits = self._by_date(searcher, request)
            else:
                hits = self._by_relevance(searcher, request, total)
            return SearchResponse(total=len(hits) if total is None else total, hits=hits, facets=facets)

    def _by_date(self, searcher: tantivy.Searcher, request: SearchRequest) -> list[Hit]:
        found = searcher.search(
            queries.condition(request), request.limit, count=False, offset=request.offset, order_by_field="date"
        )
        return [_hit(searcher.doc(address), 0.0) for _value, address in found.hits]

    def _by_relevance(self, searcher: tantivy.Searcher, request: SearchRequest, total: int | None) -> list[Hit]:
        ranker = request.plan.ranker
        wanted = request.offset + request.limit
        depth = max(wanted, ranker.depth if ranker and request.offset < ranker.depth else 0)
        query = queries.ranking(request, match=request.plan.must_match(total, depth))
        found = list(searcher.search(query, depth, count=False).hits)
        if ranker is None or request.offset >= ranker.depth:
            return [_hit(searcher.doc(address), score) for score, address in found[request.offset : wanted]]
        best, rest = found[: ranker.depth], found[ranker.depth : wanted]
        hits = [_hit(document, score) for score, document in _ranked(searcher, best, ranker)[request.offset : wanted]]
        return hits + [_hit(searcher.doc(address), score) for score, address in rest]

    def _counted(
        self, searcher: tantivy.Searcher, request: SearchRequest
    ) -> tuple[int | None, dict[str, dict[str, int]]]:
        """How many there are, and how many of each value of each facet, each taken without its own choice."""
        if not request.facets:
            if not request.count:
                return None, {}
            found = searcher.search(queries.condition(request), 1, count=True)
            return int(found.count or 0), {}  # type: ignore[attr-defined]  # tantivy's stub lacks it
        values = _values(searcher, queries.condition(request))
        total = sum(values.get("kind", {}).values())
        facets = {key: values.get(key, {}) for key in request.facets}
        for key in request.filters:
            if key in facets:
                facets[key] = _values(searcher, queries.condition(request, leaving_out=key)).get(key, {})
        return total, facets

    def similar(self, key: str, *, limit: int, hidden: Collection[str] = ()) -> list[Hit]:
        """What shares the rarest words with a document."""
        with self._answering() as generation:
            searcher = generation.searcher()
            found = searcher.search(queries.by_key(key), 1).hits
            if not found:
                return []
            title, _context, text = Record(_hit(searcher.doc(found[0][1]), 0.0).document).streams.lines
            plan = similar_plan(title, text, generation.vocabulary)
        request = SearchRequest(plan=plan, limit=limit, hidden=frozenset({key, *hidden}), count=False)
        return self.search(request).hits

    def get(self, keys: Collection[str]) -> dict[str, Hit]:
        """What is stored under some keys."""
        with self._answering() as generation:
            searcher = generation.searcher()
            found = searcher.search(queries.by_keys(keys), max(1, len(keys)), count=False).hits if keys else []
            hits = (_hit(searcher.doc(address), 0.0) for _score, address in found)
            return {hit.key: hit for hit in hits}

    def vocabulary(self) -> Vocabulary | None:
        """The vocabulary of the generation in use."""
        try:
            return self._current().vocabulary
        except (EngineUnavailable, ValueError, OSError, lmdb.Error):
            return None

    def fingerprints(self) -> Iterator[tuple[str, str]]:
        """Key and fingerprint of every document, read in pages."""
        with self._answering() as generation:
            searcher = generation.searcher()
        for stored in self._scan(searcher):
            yield stored["k"][0], stored["fingerprint"][0]

    @staticmethod
    def _scan(searcher: tantivy.Searcher) -> Iterator[tantivy.Document]:
        query = tantivy.Query.all_query()
        for offset in range(0, searcher.num_docs, SCAN_PAGE):
            for _score, address in searcher.search(query, SCAN_PAGE, count=False, offset=offset).hits:
                yield searcher.doc(address)

    # Writing ------------------------------------------------------------------------------------------------------

    def write(self, documents: Iterable[SearchDocument], *, remove: Collection[str] = ()) -> None:
        """Replace and remove; committed when it returns."""
        with self._lock, self._answering() as generation:
            searcher = generation.searcher()
            records = [Record(document) for document in documents]
            known = self._fingerprints_of(searcher, [record.key for record in records])
            changed = [record for record in records if known.get(record.key) != record.fingerprint]
            gone = [key for key in remove if searcher.doc_freq("k", key)]
            if not changed and not gone:
                return
            try:
                writer = generation.writer()
                for key in [*gone, *(record.key for record in changed if record.key in known)]:
                    writer.delete_documents_by_term("k", key)
                for record in changed:
                    writer.add_document(queries.document(record))
                counts = Counts()
                for record in changed:
                    if record.key not in known:  # counted once; a rebuild counts all anew
                        record.count_into(counts)
                generation.vocabulary.merge(counts)
                writer.commit()
            except BaseException:
                generation.give_up_writer()
                raise

    @staticmethod
    def _fingerprints_of(searcher: tantivy.Searcher, keys: list[str]) -> dict[str, str]:
        if not keys:
            return {}
        found = searcher.search(queries.by_keys(keys), len(keys), count=False).hits
        stored = (searcher.doc(address) for _score, address in found)
        return {document["k"][0]: document["fingerprint"][0] for document in stored}

    def rebuild(self, documents: Iterable[SearchDocument]) -> int:
        """Make a new generation and switch to it."""
        return self._rebuild(lambda: map(Record, documents))

    def compact(self) -> None:
        """Write what is stored into a new generation: merged, without waste, its words counted anew."""
        with self._answering() as generation:
            searcher = generation.searcher()
        self._rebuild(
            lambda: (Record(SearchDocument.parse(bytes(document["d"][0]))) for document in self._scan(searcher))
        )
        self._remove_old(keep=1)

    def _rebuild(self, records: Callable[[], Iterator[Record]]) -> int:
        name = f"{time.time_ns():x}-{uuid4().hex[:8]}"
        folder = self.folder / name
        generation = _Generation.create(folder)
        words = WordCount(generation.vocabulary)
        try:
            writer = generation.writer()
            for record in records():
                writer.add_document(queries.document(record))
                words.add(record.streams.joined)
            with ThreadPoolExecutor(1) as beside:  # tantivy's work and ours do not wait for each other
                counted = beside.submit(words.finish)
                writer.commit()
                generation.finish()
                counted.result()
        except BaseException:
            words.give_up()
            generation.vocabulary.close()
            shutil.rmtree(folder, ignore_errors=True)
            raise
        generation.vocabulary.close()
        with self._lock:
            self._point_to(name)
        self._remove_old(keep=2)
        return words.documents

    def _point_to(self, name: str) -> None:
        pointer = self.folder / "current"
        fresh = self.folder / f"current.{uuid4().hex}"
        fresh.write_text(name, encoding="ascii")
        fresh.replace(pointer)

    def _remove_old(self, *, keep: int) -> None:
        """Delete older generations; the one before the last may just be being opened by somebody."""
        current = (self.folder / "current").read_text(encoding="ascii").strip()
        others = sorted(path for path in self.folder.iterdir() if path.is_dir() and path.name != current)
        for path in others[: len(others) - (keep - 1)]:
            shutil.rmtree(path, ignore_errors=True)

    # State --------------------------------------------------------------------------------------------------------

    @contextmanager
    def _answering(self) -> Iterator[_Generation]:
        try:
            yield self._current()
        except (ValueError, OSError, lmdb.Error) as error:
            logger.warning("The search index cannot be used: %s", error)
            raise EngineUnavailable(str(error)) from error

    def _current(self) -> _Generation:
        """The generation in use, opened when it is new."""
        pointer = self.folder / "current"
        try:
            seen = pointer.stat().st_mtime_ns
        except FileNotFoundError:
            self._generation = None
            raise EngineUnavailable(_("The search index has not been built yet.")) from None
        if self._generation is None or seen != self._pointer_seen:
            with self._lock:
                self._follow(pointer)
        generation = self._generation
        if generation is None:
            raise EngineUnavailable(_("The search index has not been built yet."))
        return generation

    def _follow(self, pointer: Path) -> None:
        """Open what the pointer names, unless it is open: a file of words cannot be opened twice in one process."""
        # Taken earlier, the stamp may be that of the name before, and the next reader would open the same one again.
        seen = pointer.stat().st_mtime_ns
        if self._generation is None or seen != self._pointer_seen:
            if self._generation is None or self._generation.folder.name != pointer.read_text(encoding="ascii").strip():
                self._generation = self._open_named(pointer)
            self._pointer_seen = seen

    def _open_named(self, pointer: Path) -> _Generation:
        name = pointer.read_text(encoding="ascii").strip()
        try:
            return self._open(name)
        except (EngineUnavailable, ValueError, OSError):
            newer = pointer.read_text(encoding="ascii").strip()
            if newer == name:
                raise
            return self._open(newer)  # replaced, and the old one removed, between the two lines

    def _open(self, name: str) -> _Generation:
        folder = self.folder / name
        if _version_of(folder) != VERSION:
            raise EngineUnavailable(_("The search index was made by another version and is being renewed."))
        return _Generation(folder)

    def status(self) -> EngineStatus:
        """How the index stands."""
        try:
            generation = self._current()
            documents = generation.searcher().num_docs
            size = generation.size()
        except EngineUnavailable as error:
            return EngineStatus(ok=False, detail=str(error), needs_rebuild=True)
        except (ValueError, OSError, lmdb.Error) as error:
            logger.warning("The search index cannot be read: %s", error)
            return EngineStatus(ok=False, detail=_("The search index cannot be read."), needs_rebuild=True)
        detail = _("%(number)d documents") % {"number": documents}
        return EngineStatus(ok=True, detail=detail, documents=documents, bytes=size, version=VERSION)

    def describe(self) -> dict[str, Any]:
        """Figures for reports."""
        status = self.status()
        segments = self._current().searcher().num_segments if status.ok else 0
        return {"documents": status.documents, "bytes": status.bytes, "segments": segments, "version": status.version}


def _version_of(folder: Path) -> str:
    try:
        return (folder / "version").read_text(encoding="ascii").strip()
    except OSError:
        return ""


# Stored documents -----------------------------------------------------------------------------------------------------


def _hit(document: tantivy.Document, score: float) -> Hit:
    return Hit(document["k"][0], score, bytes(document["d"][0]))


def _ranked(
    searcher: tantivy.Searcher, best: list[tuple[float, Any]], ranker: Ranker
) -> list[tuple[float, tantivy.Document]]:
    addresses = [address for _score, address in best]
    documents = [searcher.doc(address) for address in addresses]
    dates = searcher.fast_field_values("date", addresses) if addresses else []
    fades = searcher.fast_field_values("fades", addresses) if addresses else []
    candidates = [
        Candidate(score, bytes(document["forward"][0]), moment(date), bool(fade))
        for (score, _address), document, date, fade in zip(best, documents, dates, fades, strict=True)
    ]
    scored = zip(ranker.rank(candidates), documents, strict=True)
    return sorted(scored, key=lambda pair: -pair[0])


def _values(searcher: tantivy.Searcher, query: tantivy.Query) -> dict[str, dict[str, int]]:
    """Counts of all values of all facets of what a query finds, in one pass."""
    counted = searcher.aggregate(query, {"facets": {"terms": {"field": "facet", "size": MOST_VALUES}}})
    found: dict[str, dict[str, int]] = defaultdict(dict)
    for bucket in counted["facets"]["buckets"]:
        key, _equals, value = bucket["key"].partition("=")
        found[key][value] = int(bucket["doc_count"])
    return found
