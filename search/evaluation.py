"""Asks an index made of a collection the collection's questions, with the product's own analysis and ranking."""

import json
import lzma
import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from search.analysis import understand
from search.analysis.lexicon import Lexicon
from search.documents import SearchDocument
from search.engines.contract import Engine, SearchRequest

DEPTH = 50
#: How far down the first right answer is looked for: MRR@10.
FIRST = 10


def read_lines(path: Path) -> Iterator[dict[str, Any]]:
    """The JSON objects of a file, one a line; ``.xz`` is unpacked on the way."""
    with lzma.open(path, "rt", encoding="utf-8") if path.suffix == ".xz" else path.open(encoding="utf-8") as lines:
        for line in lines:
            if line.strip():
                yield json.loads(line)


def document_of(row: dict[str, Any]) -> SearchDocument:
    """A row of a collection: ``id``, ``title``, ``context``, ``text``."""
    return SearchDocument(
        key=str(row["id"]),
        kind="document",
        title=row.get("title") or "",
        url="",
        context=row.get("context") or "",
        text=row.get("text") or "",
    )


@dataclass
class Figures:
    """What came of the questions of one form."""

    asked: int = 0
    reciprocal: float = 0.0
    recalled: float = 0.0
    first: int = 0
    milliseconds: list[float] = field(default_factory=list)

    def add(self, found: list[str], relevant: set[str], milliseconds: float) -> None:
        """Judge one answer."""
        self.asked += 1
        rank = next((place for place, key in enumerate(found[:FIRST], start=1) if key in relevant), 0)
        self.reciprocal += 1 / rank if rank else 0.0
        self.first += rank == 1
        self.recalled += len(relevant.intersection(found)) / len(relevant) if relevant else 0.0
        self.milliseconds.append(milliseconds)

    def report(self) -> dict[str, float]:
        """The figures of the form; quality to four places, times in milliseconds."""
        times = sorted(self.milliseconds)
        return {
            "n": self.asked,
            "mrr@10": round(self.reciprocal / self.asked, 4),
            "recall@50": round(self.recalled / self.asked, 4),
            "success@1": round(self.first / self.asked, 4),
            "p50_ms": round(times[len(times) // 2], 3),
            "p95_ms": round(times[min(len(times) - 1, int(len(times) * 0.95))], 3),
        }


def ask(engine: Engine, question: str, lexicon: Lexicon, *, count: bool = False) -> tuple[list[str], float]:
    """Keys found for a question, best first, and how many milliseconds it took to understand, find and rank."""
    begun = time.perf_counter()
    understood = understand(question, engine.vocabulary(), lexicon)
    response = engine.search(SearchRequest(plan=understood.plan, limit=DEPTH, count=count))
    if not response.hits and understood.looser is not None:
        response = engine.search(SearchRequest(plan=understood.looser, limit=DEPTH, count=count))
    return [hit.key for hit in response.hits], (time.perf_counter() - begun) * 1000


def evaluate(engine: Engine, questions: Iterable[dict[str, Any]], *, limit: int | None = None) -> dict[str, Any]:
    """Ask every question (the first ``limit`` of each form) and report by form."""
    forms: dict[str, Figures] = {}
    lexicon = Lexicon()
    for row in questions:
        figures = forms.setdefault(row.get("form") or "original", Figures())
        if limit is not None and figures.asked >= limit:
            continue
        found, milliseconds = ask(engine, row["question"], lexicon)
        figures.add(found, {str(key) for key in row["relevant"]}, milliseconds)
    return {form: figures.report() for form, figures in forms.items()}
