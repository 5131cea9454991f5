"""The figures as tables in Markdown, for the terminal and for the page in docs/."""

from collections.abc import Iterable
from pathlib import Path
from typing import Any

BEGIN, END = "<!-- figures: begin -->", "<!-- figures: end -->"


def tables(record: dict[str, Any]) -> str:
    """Everything that was measured."""
    parts = [f"{record['at']}, {record['machine']}; documents: {record['collection']}."]
    if quality := record.get("quality"):
        parts += ["### Quality", _quality(quality)]
    for size, figures in record.get("speed", {}).items():
        parts += [f"### {int(size):,} documents", _speed(figures)]
    if ratios := record.get("ratios"):
        parts += [f"### embedded to tantivy, {ratios['documents']:,} documents", _ratios(ratios)]
    if site := record.get("site"):
        parts += [f"### Search page, {site['documents']:,} documents", _site(site)]
    return "\n\n".join(parts) + "\n"


def put_into(page: Path, record: dict[str, Any]) -> None:
    """Replace what stands between the marks of a page."""
    text = page.read_text(encoding="utf-8")
    head, _begin, rest = text.partition(BEGIN)
    _old, end, tail = rest.partition(END)
    if not end:
        raise SystemExit(f"{page} has no place for figures: {BEGIN} … {END}")
    page.write_text(f"{head}{BEGIN}\n\n{tables(record)}\n{END}{tail}", encoding="utf-8")


def _table(head: Iterable[str], rows: Iterable[Iterable[object]]) -> str:
    lines = [list(head), *([str(cell) for cell in row] for row in rows)]
    lines.insert(1, ["---"] * len(lines[0]))
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def _quality(quality: dict[str, Any]) -> str:
    measures = ("mrr@10", "recall@50", "success@1")
    forms = next(iter(quality.values()))
    rows = [
        [
            form,
            forms[form]["n"],
            *("/".join(f"{found[form][name]:.3f}" for name in measures) for found in quality.values()),
        ]
        for form in forms
    ]
    return "MRR@10 / recall@50 / success@1\n\n" + _table(["form", "n", *quality], rows)


#: Column, key, divisor, digits.
COLUMNS = (
    ("p50 ms", "p50_ms", 1, 2),
    ("p95 ms", "p95_ms", 1, 2),
    ("CPU ms", "cpu_ms", 1, 2),
    ("queries/s, 1 client", "queries_per_s_1", 1, 0),
    ("8 clients", "queries_per_s_8", 1, 0),
    ("indexed/s", "index_docs_per_s", 1, 0),
    ("CPU ms each", "index_cpu_ms", 1, 2),
    ("index MB", "bytes", 1_000_000, 1),
    ("memory MB", "memory_bytes", 1_000_000, 0),
    ("server MB", "server_bytes", 1_000_000, 0),
)


def _speed(figures: dict[str, Any]) -> str:
    rows = (
        [name, *(_cell(values.get(key), divisor, digits) for _column, key, divisor, digits in COLUMNS)]
        for name, values in figures.items()
    )
    return _table(["engine", *(column for column, *_rest in COLUMNS)], rows)


def _cell(value: float | None, divisor: int, digits: int) -> str:
    return "" if value is None else f"{value / divisor:,.{digits}f}"


def _ratios(ratios: dict[str, Any]) -> str:
    rows: list[list[object]] = [
        [f"{form}: {name}", found[key]]
        for form, found in ratios["queries"].items()
        for name, key in (("p50", "p50_ms"), ("p95", "p95_ms"), ("CPU a query", "cpu_ms"))
    ]
    indexing = ratios["indexing"]
    rows.append(["documents indexed a second", indexing["rate"]])
    rows.append(["CPU a document indexed", indexing["cpu"]])
    return _table(["measure", "ratio"], rows)


def _site(site: dict[str, Any]) -> str:
    rows = [[kind, cpu, site["results_to"].get(kind, "")] for kind, cpu in site["cpu_ms"].items()]
    return _table(["page", "server CPU ms", "search results cost so many times as much"], rows)
