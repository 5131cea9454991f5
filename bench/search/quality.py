"""How well each contender answers, by form of question."""

import time
from pathlib import Path
from typing import Any

from bench.search.collection import Collection
from bench.search.contenders import Contender
from bench.search.speed import Entry, Plan
from search.evaluation import Figures


def measure(collection: Collection, plan: Plan, limit: int | None) -> dict[str, Any]:
    """Index the collection with each contender in turn, and ask every question (the first ``limit`` of each form)."""
    found = {}
    for name in plan.names:
        entry = Entry(name, Path(plan.scratch) / "quality" / name, plan.server)
        try:
            entry.build(collection.documents)
            found[name] = answer(entry.contender, collection, limit)
        finally:
            entry.remove()
    return found


def answer(contender: Contender, collection: Collection, limit: int | None) -> dict[str, dict[str, float]]:
    """Judge the answers to all questions."""
    forms: dict[str, Figures] = {}
    for row in collection.questions:
        figures = forms.setdefault(row.get("form") or "original", Figures())
        if limit is None or figures.asked < limit:
            begun = time.perf_counter()
            keys = contender.ask(row["question"], count=False)
            figures.add(keys, set(map(str, row["relevant"])), (time.perf_counter() - begun) * 1000)
    return {form: figures.report() for form, figures in forms.items()}
