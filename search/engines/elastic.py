"""The engine outside the portal: Elasticsearch, asked with the tokens that ``search.analysis`` makes.

``index`` is an alias of the index in use, which is named ``index-TIME-RANDOM``. A rebuild fills a new one and moves the
alias in one step that takes the old one away. Scores are those of the embedded engine: the same tokens, BM25 with the
same parameters, the same second look at the best. The vocabulary lies on this machine (``vocabularies``), since every
question reads it hundreds of times. This is the only module that knows
elasticsearch-dsl.
"""

import re
import threading
import time
from collections.abc import Collection, Iterable, Iterator
from contextlib import suppress
from itertools import batched, chain
from pathlib import Path
from typing import Any
from uuid import uuid4

from django.conf import settings
from django.utils.translation import gettext as _
from elasticsearch import NotFoundError
from elasticsearch_dsl import Binary, Boolean, Document, Index, Keyword, Long, MetaField, Text

from search.analysis.similarity import similar_plan
from search.analysis.understanding import CITED_NUMBERS, EXACT, EXACT_PAIRS, FOLDED, OWN_NUMBERS
from search.analysis.vocabulary import Counted, Counts, Vocabulary
from search.documents import SearchDocument
from search.engines import elastic_queries as queries
from search.engines.contract import EngineStatus, EngineUnavailable, Hit, SearchRequest, SearchResponse
from search.engines.elastic_connection import BULK_DOCUMENTS, ERRORS, Connection, NoIndex, reaching
from search.engines.elastic_queries import Body
from search.engines.records import VERSION, Record
from search.engines.vocabularies import Vocabularies

READ_PAGE = 2_000
#: The name of the index in use is asked for so often, so that a search is not two round trips.
NAME_SECONDS = 5.0


def _stream(options: str) -> Text:
    return Text(analyzer="whitespace", index_options=options, norms=True)


class Indexed(Document):
    """A record as it is stored: streams are only searched, ``forward`` and ``d`` only given back."""

    k = Keyword()
    x, xp = _stream("freqs"), _stream("freqs")
    f, n, c = (_stream("docs") for _field in range(3))
    facet = Keyword()
    above = Long()
    date = Long()
    fades = Boolean()
    fingerprint = Keyword(index=False)
    forward = Binary()
    d = Keyword(index=False, doc_values=False)

    class Meta:
        """The streams are ten times as long as the text: they are not kept beside what was made of them."""

        dynamic = MetaField("strict")
        source = MetaField(excludes=[EXACT, EXACT_PAIRS, FOLDED, OWN_NUMBERS, CITED_NUMBERS])
        meta = MetaField(version=VERSION)


class ElasticEngine:
    """An index in the Elasticsearch at ``url``: one address, or those of several nodes separated by commas."""

    name = "elasticsearch"

    def __init__(self, url: str, *, index: str = "", folder: Path | None = None) -> None:
        self.index = index or settings.ELASTICSEARCH_INDEX
        self.vocabularies = Vocabularies(folder or Path(settings.DATA_DIR) / "search-elasticsearch")
        self._shape = {
            "number_of_shards": settings.ELASTICSEARCH_SHARDS,
            "number_of_replicas": settings.ELASTICSEARCH_REPLICAS,
        }
        self._to = Connection.to(url)
        self._lock = threading.RLock()
        self._in_use = ""
        self._ask_again_at = 0.0

    # Reading ------------------------------------------------------------------------------------------------------

    def search(self, request: SearchRequest) -> SearchResponse:
        """Answer a question; see the contract."""
        with reaching():
            self._name_in_use()
            ranker = request.plan.ranker if request.sort == "relevance" else None
            if ranker is None or request.offset >= ranker.depth:
                hits, counted = self._found(request, queries.Window(request.offset, request.limit, ("d",)))
                shown = [_hit(hit, hit["_score"] or 0.0) for hit in hits]
            else:
                wanted = request.offset + request.limit
                window = queries.Window(0, max(wanted, ranker.depth), ("forward", "date", "fades"))
                hits, counted = self._found(request, window)
                best, rest = hits[: ranker.depth], hits[ranker.depth :]
                scores = ranker.rank([queries.candidate_of(hit) for hit in best])
                ranked = sorted(zip(scores, best, strict=True), key=lambda pair: -pair[0])
                ranked += [(hit["_score"], hit) for hit in rest]
                shown = self._shown({hit["_id"]: score for score, hit in ranked[request.offset : wanted]})
            return _response(request, shown, counted)

    def _found(self, request: SearchRequest, window: queries.Window) -> tuple[list[Body], dict[str, Body]]:
        """Hits, and answers that count, in one round trip; in two where so little is found that it must be exact."""
        counting = dict(queries.counts(request))
        copy = queries.copy_of(request)
        reach = window.offset + window.limit
        match = request.plan.must_match(None, reach)
        first, *rest = self._to.ask(self.index, [queries.page(request, window, match=match), *counting.values()], copy)
        counted = dict(zip(counting, rest, strict=True))
        total = counted[""]["hits"]["total"]["value"] if counted else None
        if not match and request.plan.must_match(total, reach):
            (first,) = self._to.ask(self.index, [queries.page(request, window, match=True)], copy)
        return first["hits"]["hits"], counted

    def _shown(self, scores: dict[str, float]) -> list[Hit]:
        """What is stored under these keys, in their order; what is gone by now is left out."""
        found: list[Hit] = []
        for keys in batched(scores, BULK_DOCUMENTS):
            answer = self._to.reading.mget(index=self.index, ids=list(keys), source=["d"], realtime=False)
            found += [_hit(doc, scores[doc["_id"]]) for doc in answer["docs"] if doc.get("found")]
        return found

    def similar(self, key: str, *, limit: int, hidden: Collection[str] = ()) -> list[Hit]:
        """What shares the rarest words with a document; nothing on a machine that has no vocabulary."""
        with reaching():
            vocabulary = self.vocabularies.of(self._name_in_use())
            answer = self._to.reading.mget(index=self.index, ids=[key], source=["d"])
            doc = answer["docs"][0]
            if vocabulary is None or not doc.get("found"):
                return []
            title, _context, text = Record(_hit(doc, 0.0).document).streams.lines
            plan = similar_plan(title, text, vocabulary)
        request = SearchRequest(plan=plan, limit=limit, hidden=frozenset({key, *hidden}), count=False)
        return self.search(request).hits

    def get(self, keys: Collection[str]) -> dict[str, Hit]:
        """What is stored under some keys."""
        with reaching():
            self._name_in_use()
            return {hit.key: hit for hit in self._shown(dict.fromkeys(keys, 0.0))}

    def vocabulary(self) -> Vocabulary | None:
        """The vocabulary of the index in use; None also where another machine made the index."""
        try:
            with reaching():
                return self.vocabularies.of(self._name_in_use(hurry=True))
        except EngineUnavailable:
            return None

    def fingerprints(self) -> Iterator[tuple[str, str]]:
        """Key and fingerprint of every document, as they were at the first of them."""
        with reaching():
            self._name_in_use()
            point = self._to.reading.open_point_in_time(index=self.index, keep_alive="2m")["id"]
        try:
            after: list[Any] | None = None
            while True:
                with reaching():
                    answer = self._to.reading.search(
                        pit={"id": point, "keep_alive": "2m"},
                        size=READ_PAGE,
                        sort=[{"_shard_doc": "asc"}],
                        search_after=after,
                        track_total_hits=False,
                        source=False,
                        stored_fields="_none_",
                        docvalue_fields=[{"field": "k"}, {"field": "fingerprint"}],
                    )
                if answer["_shards"]["failed"]:
                    raise EngineUnavailable(_("Elasticsearch does not answer."))
                hits = answer["hits"]["hits"]
                yield from ((hit["fields"]["k"][0], hit["fields"]["fingerprint"][0]) for hit in hits)
                if len(hits) < READ_PAGE:
                    break
                after = hits[-1]["sort"]
        finally:
            with suppress(*ERRORS):
                self._to.quick.close_point_in_time(id=point)

    # Writing ------------------------------------------------------------------------------------------------------

    def write(self, documents: Iterable[SearchDocument], *, remove: Collection[str] = ()) -> None:
        """Replace and remove; on disk in every copy, and seen by readers, when it returns."""
        records = [Record(document) for document in documents]
        with self._lock, reaching():
            name = self._name_in_use()
            known = self._fingerprints_of([*(record.key for record in records), *remove])
            changed = [record for record in records if known.get(record.key) != record.fingerprint]
            gone = [key for key in remove if key in known]
            if not changed and not gone:
                return
            actions = chain(map(_storing, changed), ({"_op_type": "delete", "_id": key} for key in gone))
            self._to.store(self.index, actions, require_alias=True)
            self._to.writing.indices.refresh(index=self.index)
            counts = Counts()
            for record in changed:
                if record.key not in known:  # counted once; a rebuild counts all anew
                    record.count_into(counts)
            self.vocabularies.add(name, counts)

    def _fingerprints_of(self, keys: list[str]) -> dict[str, str]:
        found: dict[str, str] = {}
        for some in batched(keys, BULK_DOCUMENTS):
            answer = self._to.writing.mget(index=self.index, ids=list(some), source=["fingerprint"])
            found |= {doc["_id"]: doc["_source"]["fingerprint"] for doc in answer["docs"] if doc.get("found")}
        return found

    def rebuild(self, documents: Iterable[SearchDocument]) -> int:
        """Fill a new index and switch to it."""
        from search.analysis.bulk_counting import BulkCounts  # numpy is for those who build, not for web processes

        name = f"{self.index}-{time.time_ns():016x}-{uuid4().hex[:8]}"
        counts = BulkCounts()
        with reaching():
            self._remove(self._own_indices() - self._behind_alias())
            index = Index(name, using=self._to.writing)
            index.document(Indexed)
            index.settings(
                **self._shape,
                refresh_interval=-1,
                max_result_window=queries.WINDOW,
                store={"stats_refresh_interval": "0s"},  # sizes are asked for right after a change
            )
            try:
                index.create()
                self._to.store(name, _counted(documents, counts))
                self._to.writing.indices.put_settings(index=name, settings={"refresh_interval": None})
                self._to.writing.indices.refresh(index=name)
                self._wait_for_copies(name)
                self.vocabularies.make(name, counts)
            except BaseException:
                with suppress(*ERRORS):
                    self._remove({name})
                self.vocabularies.remove(name)
                raise
            self.vocabularies.keep({name, *self._switch_to(name)})
        self._merge_in_background(name)
        return counts.documents

    def _wait_for_copies(self, name: str) -> None:
        """Give the copies that can be had some time, so that losing a node right after the switch loses nothing."""
        self._to.writing.options(ignore_status=408).cluster.health(
            index=name, wait_for_no_initializing_shards=True, wait_for_events="languid", timeout="60s"
        )

    def _switch_to(self, name: str) -> set[str]:
        """Move the alias and take away what it pointed to, in one step; return the names of that."""
        old = self._behind_alias()
        actions: list[Body] = [{"remove_index": {"index": index}} for index in sorted(old)]
        actions.append({"add": {"index": name, "alias": self.index, "is_write_index": True}})
        try:
            self._to.writing.indices.update_aliases(actions=actions)
        except ERRORS:
            if self._behind_alias() != {name}:  # otherwise it was done, only its answer was lost
                raise
        with self._lock:
            self._in_use, self._ask_again_at = "", 0.0
        return old

    def _merge_in_background(self, name: str) -> None:
        """One part instead of several: half the size, questions take a third less time. Nobody waits for it."""
        with suppress(*ERRORS):
            self._to.quick.indices.forcemerge(index=name, max_num_segments=1, wait_for_completion=False)

    def _own_indices(self) -> set[str]:
        """Every index that a rebuild of ours made, in use or left over by one that was killed."""
        ours = re.compile(re.escape(self.index) + r"-[0-9a-f]{16}-[0-9a-f]{8}")
        return {name for name in self._to.writing.indices.get_alias(index=f"{self.index}-*") if ours.fullmatch(name)}

    def _behind_alias(self) -> set[str]:
        try:
            return set(self._to.writing.indices.get(index=self.index, features="aliases"))
        except NotFoundError:
            return set()

    def _remove(self, names: Collection[str]) -> None:
        if names:
            self._to.writing.indices.delete(index=sorted(names), ignore_unavailable=True)

    def compact(self) -> None:
        """Merge, which gives back what was replaced or removed."""
        with reaching():
            self._name_in_use()
            self._to.patient.indices.forcemerge(index=self.index, max_num_segments=1)

    def drop(self) -> None:
        """Take everything away: for indices made to measure or to test."""
        with reaching():
            self._remove(self._own_indices())
        self.vocabularies.keep(())
        self._in_use, self._ask_again_at = "", 0.0

    # State --------------------------------------------------------------------------------------------------------

    def _name_in_use(self, *, now: bool = False, hurry: bool = False) -> str:
        """The index behind the alias, as of some seconds ago; raises when there is none that this code can use."""
        if not now and self._in_use and time.monotonic() < self._ask_again_at:
            return self._in_use
        # Where a name is known already, nobody waits long for this.
        client = self._to.quick if now or hurry or self._in_use else self._to.reading
        try:
            answer = client.indices.get_mapping(index=self.index)
        except ERRORS as error:
            if now or not self._in_use or isinstance(error, NotFoundError):
                self._in_use = ""
                raise
            # Nodes that are choosing a new master answer searches all the same.
            self._ask_again_at = time.monotonic() + NAME_SECONDS
            return self._in_use
        name, index = max(answer.items())
        if index["mappings"].get("_meta", {}).get("version") != VERSION:
            self._in_use = ""
            raise NoIndex(_("The search index was made by another version and is being renewed."))
        self._in_use, self._ask_again_at = name, time.monotonic() + NAME_SECONDS
        return name

    def status(self) -> EngineStatus:
        """How the index stands, within a second or so when nobody answers."""
        try:
            with reaching():
                name = self._name_in_use(now=True)
                health = self._to.quick.cluster.health(index=name)["status"]
                sizes = self._to.quick.indices.stats(index=name, metric="docs,store")["_all"]["primaries"]
        except NoIndex as error:
            return EngineStatus(ok=False, detail=str(error), needs_rebuild=True)
        except EngineUnavailable as error:
            return EngineStatus(ok=False, detail=str(error))
        if health == "red":
            return EngineStatus(ok=False, detail=_("Part of the search index is out of reach."), version=VERSION)
        documents = sizes["docs"]["count"]
        return EngineStatus(
            ok=True,
            detail=_("%(number)d documents") % {"number": documents},
            documents=documents,
            bytes=sizes["store"]["size_in_bytes"],
            version=VERSION,
            needs_rebuild=self.vocabularies.of(name) is None,
        )

    def describe(self) -> dict[str, Any]:
        """Figures for reports."""
        status = self.status()
        figures = {"documents": status.documents, "bytes": status.bytes, "version": status.version}
        if not status.ok:
            return figures
        with reaching():
            stats = self._to.reading.indices.stats(index=self.index, metric="segments")
        return {**figures, "segments": stats["_all"]["primaries"]["segments"]["count"], **self._shape}


def _storing(record: Record) -> Body:
    return {"_op_type": "index", "_id": record.key, "_source": queries.source_of(record)}


def _counted(documents: Iterable[SearchDocument], counts: Counted) -> Iterator[Body]:
    for record in map(Record, documents):
        record.count_into(counts)
        yield _storing(record)


def _hit(found: Body, score: float) -> Hit:
    return Hit(found["_id"], score, found["_source"]["d"].encode())


def _response(request: SearchRequest, hits: list[Hit], counted: dict[str, Body]) -> SearchResponse:
    if "" not in counted:
        return SearchResponse(total=len(hits), hits=hits)
    total = counted[""]["hits"]["total"]["value"]
    if not request.facets:
        return SearchResponse(total=total, hits=hits)
    found = {name: queries.values(answer) for name, answer in counted.items()}
    facets = {key: found.get(key, found[""]).get(key, {}) for key in request.facets}
    return SearchResponse(total=total, hits=hits, facets=facets)
