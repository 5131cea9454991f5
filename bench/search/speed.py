"""How fast each contender answers and indexes, what it takes, and the ratios that must hold."""

import json
import shutil
import statistics
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import batched
from pathlib import Path
from typing import Any

from bench.cpu import seconds_used
from bench.search.client import held
from bench.search.collection import Collection, Row
from bench.search.contenders import Contender
from bench.search.opening import ON_SERVER, open_contender
from bench.search.servers import Server
from portal.environment import BASE_DIR

#: Contenders take turns after so many questions: what disturbs the machine meets all of them.
TURN = 20
#: Questions that a client has asked before its memory is read.
SETTLED = 200
MANY = 8
OURS, BASELINE = "embedded", "tantivy"


@dataclass(frozen=True)
class Plan:
    """What is measured, and how long."""

    names: tuple[str, ...]
    questions: int
    rounds: int
    seconds: float
    scratch: Path
    server: Server | None


def percentile(values: Sequence[float], part: float) -> float:
    """The value below which this part of all values lies."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(len(ordered) * part))]


class Entry:
    """A contender with an index of one size."""

    def __init__(self, name: str, folder: Path, server: Server | None) -> None:
        self.name = name
        self.folder = folder
        self.url = server.url if server and name in ON_SERVER else ""
        self.pid = server.pid if server and name in ON_SERVER else None
        self.contender: Contender = open_contender(name, folder, self.url)

    def cpu(self) -> float:
        """CPU seconds so far of this process and of the server that answers it."""
        return time.process_time() + (seconds_used([self.pid]) if self.pid else 0.0)

    def build(self, rows: list[Row]) -> dict[str, float]:
        """Index, and say how fast that went."""
        cpu, begun = self.cpu(), time.perf_counter()
        self.contender.build(rows)
        seconds, used = time.perf_counter() - begun, self.cpu() - cpu
        return {
            "index_docs_per_s": round(len(rows) / seconds, 1),
            "index_cpu_ms": round(used / len(rows) * 1000, 3),
            "bytes": self.contender.size(),
        }

    def remove(self) -> None:
        """Leave nothing behind."""
        self.contender.drop()
        shutil.rmtree(self.folder, ignore_errors=True)


def measure(size: int, collection: Collection, plan: Plan, *, largest: bool) -> tuple[dict[str, Any], dict[str, Any]]:
    """Figures of every contender at one size; at the largest, the ratios as well."""
    rows = collection.sized(size)
    folder = plan.scratch / str(size)
    entries = [Entry(name, folder / name, plan.server) for name in plan.names]
    try:
        figures = {entry.name: entry.build(rows) for entry in entries}
        questions = collection.asked("original", plan.questions)
        for name, times in ask_in_turns(entries, questions, plan.rounds).items():
            figures[name] |= times
        for entry in entries:
            figures[entry.name] |= with_clients(entry, questions, plan.seconds)
        ratios = compare(entries, rows, collection, plan) if largest else {}
    finally:
        for entry in entries:
            entry.remove()
    return figures, ratios


def ask_in_turns(entries: list[Entry], questions: list[str], rounds: int) -> dict[str, dict[str, float]]:
    """Ask all contenders the same questions, some at a time in turns; a question's time is its median."""
    times: dict[str, dict[str, list[float]]] = {entry.name: {} for entry in entries}
    cpu: dict[str, float] = dict.fromkeys(times, 0.0)
    for entry in entries:
        for question in questions:  # not measured: caches fill, Java compiles
            entry.contender.ask(question)
    for number in range(rounds):
        for place, some in enumerate(batched(questions, TURN)):
            first = (number + place) % len(entries)
            for entry in entries[first:] + entries[:first]:
                before = entry.cpu()
                for question in some:
                    begun = time.perf_counter()
                    entry.contender.ask(question)
                    times[entry.name].setdefault(question, []).append((time.perf_counter() - begun) * 1000)
                cpu[entry.name] += entry.cpu() - before
    asked = rounds * len(questions)
    return {name: _times(list(by_question.values()), cpu[name] / asked) for name, by_question in times.items()}


def _times(by_question: list[list[float]], cpu: float) -> dict[str, float]:
    middle = [statistics.median(some) for some in by_question]
    return {
        "p50_ms": round(percentile(middle, 0.5), 3),
        "p95_ms": round(percentile(middle, 0.95), 3),
        "cpu_ms": round(cpu * 1000, 3),
    }


def with_clients(entry: Entry, questions: list[str], seconds: float) -> dict[str, float]:
    """Questions answered a second with one client and with eight, and the memory that answering takes."""
    one, memory = load(entry, questions, clients=1, seconds=seconds, warm=SETTLED)
    many, _memory = load(entry, questions, clients=MANY, seconds=seconds, warm=TURN)
    figures = {"queries_per_s_1": round(one, 1), f"queries_per_s_{MANY}": round(many, 1), **memory}
    return figures | ({"server_bytes": held(entry.pid)} if entry.pid else {})


def load(
    entry: Entry, questions: list[str], *, clients: int, seconds: float, warm: int
) -> tuple[float, dict[str, float]]:
    """Questions a second of so many client processes together, and the memory of the first."""
    asked = entry.folder.with_suffix(".json")
    asked.write_text(json.dumps(questions), encoding="utf-8")
    command = [sys.executable, "-m", "bench.search.client", entry.name, str(entry.folder), entry.url, str(asked)]
    processes = [
        subprocess.Popen(
            [*command, str(number * 7), str(warm)],
            cwd=BASE_DIR,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        for number in range(clients)
    ]
    try:
        ready = [_said(process) for process in processes]
        for process in processes:
            assert process.stdin is not None
            process.stdin.write(f"{seconds}\n")
            process.stdin.flush()
        answers = [_said(process) for process in processes]
    finally:
        for process in processes:
            process.kill()
            process.communicate()
    rate = sum(answer["answered"] / answer["seconds"] for answer in answers)
    return rate, {"memory_bytes": ready[0]["held"], "memory_before_bytes": ready[0]["before"]}


def _said(process: subprocess.Popen[str]) -> dict[str, float]:
    assert process.stdout is not None
    line = process.stdout.readline()
    if not line:
        sys.exit(f"A client ended: {' '.join(map(str, process.args))}")  # type: ignore[arg-type]  # always a list here
    said: dict[str, float] = json.loads(line)
    return said


# Ratios -----------------------------------------------------------------------------------------------------------


def compare(entries: list[Entry], rows: list[Row], collection: Collection, plan: Plan) -> dict[str, Any]:
    """The portal's engine against tantivy's default, in turns on the same index sizes and the same texts."""
    pair = [entry for entry in entries if entry.name in {OURS, BASELINE}]
    if len(pair) < 2:
        return {}
    ratios: dict[str, Any] = {"documents": len(rows), "queries": {}}
    for form in ("original", "no_diacritics", "typo"):
        questions = collection.asked(form, plan.questions)
        if questions:
            found = ask_in_turns(pair, questions, plan.rounds)
            names = ("p50_ms", "p95_ms", "cpu_ms")
            ratios["queries"][form] = {name: _ratio(found[OURS][name], found[BASELINE][name]) for name in names}
    return ratios | {"indexing": compare_indexing(rows, plan)}


def compare_indexing(rows: list[Row], plan: Plan) -> dict[str, float]:
    """Index slices of the documents with one and the other in turns."""
    length = max(1, min(5_000, len(rows) // plan.rounds))
    rates: dict[str, list[float]] = {OURS: [], BASELINE: []}
    cpu: dict[str, list[float]] = {OURS: [], BASELINE: []}
    for number in range(plan.rounds):
        some = rows[number * length : (number + 1) * length]
        for name in (OURS, BASELINE) if number % 2 else (BASELINE, OURS):
            entry = Entry(name, plan.scratch / f"slice-{number}-{name}", None)
            figures = entry.build(some)
            entry.remove()
            rates[name].append(figures["index_docs_per_s"])
            cpu[name].append(figures["index_cpu_ms"])
    return {
        "documents": length,
        "rate": _ratio(statistics.median(rates[OURS]), statistics.median(rates[BASELINE])),
        "cpu": _ratio(statistics.median(cpu[OURS]), statistics.median(cpu[BASELINE])),
    }


def _ratio(ours: float, baseline: float) -> float:
    return round(ours / baseline, 3) if baseline else 0.0
