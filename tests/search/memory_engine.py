"""An engine of plain Python that keeps every promise of the contract save ranking: for tests of what is indexed."""

import re
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator
from typing import Any

from search.documents import SearchDocument
from search.engines.contract import (
    AllOf,
    AnyOf,
    Clause,
    EngineStatus,
    EngineUnavailable,
    Hit,
    Phrase,
    SearchRequest,
    SearchResponse,
    Term,
)

WORD = re.compile(r"\w+")


def _hit(document: SearchDocument, score: float = 1.0) -> Hit:
    return Hit(document.key, score, document)


def _words(document: SearchDocument) -> list[str]:
    whole = " ".join([document.title, document.context, document.summary, document.text, *document.numbers])
    return WORD.findall(whole.lower())


class MemoryEngine:
    """Documents in a dict; counts its writes and can be out of reach."""

    name = "memory"

    def __init__(self) -> None:
        self.documents: dict[str, SearchDocument] = {}
        self.writes = 0
        self.compactions = 0
        self.available = True
        self.built = True
        self.bytes_of_waste = 0
        #: Called in the middle of a write, when set: for what happens meanwhile.
        self.meanwhile: Callable[[], Any] | None = None

    def _ask(self) -> None:
        if not self.available:
            raise EngineUnavailable("stopped")

    def search(self, request: SearchRequest) -> SearchResponse:
        self._ask()
        plan = request.plan
        found = [
            document
            for document in self.documents.values()
            if self._is_shown(document, request)
            and (plan.match is None or self._matches(document, plan.match))
            and not any(self._matches(document, clause) for clause in plan.without)
        ]
        kept = [document for document in found if self._passes(document, request.filters)]
        kept.sort(key=lambda document: (document.date is None, document.date and -document.date.timestamp()))
        counts = {key: self._count(found, key, request.filters) for key in request.facets}
        window = kept[request.offset : request.offset + request.limit]
        return SearchResponse(total=len(kept), hits=[_hit(document) for document in window], facets=counts)

    @staticmethod
    def _is_shown(document: SearchDocument, request: SearchRequest) -> bool:
        if document.key in request.hidden or request.hidden_below & set(document.above):
            return False
        if request.date_from and not (document.date and document.date >= request.date_from):
            return False
        return not (request.date_to and not (document.date and document.date < request.date_to))

    def _matches(self, document: SearchDocument, clause: Clause) -> bool:
        if isinstance(clause, Term):
            return clause.token.lower() in _words(document)
        if isinstance(clause, Phrase):
            return " ".join(clause.tokens).lower() in " ".join(_words(document))
        if isinstance(clause, AllOf):
            return all(self._matches(document, part) for part in clause.parts)
        assert isinstance(clause, AnyOf)
        return sum(self._matches(document, part) for part in clause.parts) >= clause.at_least

    @staticmethod
    def _passes(document: SearchDocument, filters: dict[str, tuple[str, ...]], *, leaving_out: str = "") -> bool:
        return all(
            set(values) & set(document.facets.get(key, ())) for key, values in filters.items() if key != leaving_out
        )

    def _count(self, found: list[SearchDocument], key: str, filters: dict[str, tuple[str, ...]]) -> dict[str, int]:
        kept = [document for document in found if self._passes(document, filters, leaving_out=key)]
        return dict(Counter(value for document in kept for value in document.facets.get(key, ())))

    def similar(self, key: str, *, limit: int, hidden: Collection[str] = ()) -> list[Hit]:
        self._ask()
        asked = set(_words(self.documents[key])) if key in self.documents else set()
        others = [document for document in self.documents.values() if document.key not in {key, *hidden}]
        others.sort(key=lambda document: -len(asked & set(_words(document))))
        return [_hit(document) for document in others[:limit]]

    def vocabulary(self) -> None:
        """It counts no words."""

    def get(self, keys: Collection[str]) -> dict[str, Hit]:
        self._ask()
        return {key: _hit(self.documents[key]) for key in keys if key in self.documents}

    def write(self, documents: Iterable[SearchDocument], *, remove: Collection[str] = ()) -> None:
        self._ask()
        documents = list(documents)
        if self.meanwhile is not None:
            happens, self.meanwhile = self.meanwhile, None
            happens()
        self.writes += 1
        for key in remove:
            self.documents.pop(key, None)
        self.documents.update({document.key: document for document in documents})

    def rebuild(self, documents: Iterable[SearchDocument]) -> int:
        self._ask()
        new = {}
        for document in documents:
            if self.meanwhile is not None:
                happens, self.meanwhile = self.meanwhile, None
                happens()
            new[document.key] = document
        self.documents, self.built = new, True
        return len(new)

    def fingerprints(self) -> Iterator[tuple[str, str]]:
        self._ask()
        for document in list(self.documents.values()):
            yield document.key, document.fingerprint()

    def compact(self) -> None:
        self._ask()
        self.compactions += 1
        self.bytes_of_waste = 0

    def status(self) -> EngineStatus:
        size = 1000 * len(self.documents) + self.bytes_of_waste
        detail = "in memory" if self.available else "stopped"
        return EngineStatus(
            ok=self.available and self.built,
            detail=detail,
            documents=len(self.documents),
            bytes=size,
            version="1",
            needs_rebuild=self.available and not self.built,
        )

    def describe(self) -> dict[str, Any]:
        return {"documents": len(self.documents)}
