"""``make bench-search``: quality and speed of search, against named baselines measured in the same run.

    make bench-search BENCH_ARGS="--documents FILE --questions FILE [--limit N] [--sizes 1000 10000 100000] [--site]"

The files are those of ``manage.py evaluate_search``: JSON lines, plain or .xz. Without them documents and questions are
generated. Elasticsearch is measured where its jars are (docs/developers/testing.md).
"""

import argparse
import json
import platform
import signal
import sys
import tempfile
import time
from contextlib import ExitStack
from pathlib import Path
from typing import Any

from bench.search import site
from bench.search.opening import IN_PROCESS, ON_SERVER, prepare_settings
from bench.search.report import put_into, tables
from portal.environment import BASE_DIR

PARTS = ("quality", "speed")
GENERATED = 5_000


def options() -> argparse.Namespace:
    """Read the command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    add = parser.add_argument
    add("--documents", type=Path, help="JSON lines: id, title, context, text")
    add("--questions", type=Path, help="JSON lines: form, question, relevant")
    add("--limit", type=int, help="quality: ask only so many questions of each form")
    add("--sizes", type=int, nargs="+", default=[1_000, 10_000, 100_000], help="speed: numbers of documents")
    add("--queries", type=int, default=200, help="speed: how many questions")
    add("--rounds", type=int, default=3, help="how often everything is measured; medians count")
    add("--seconds", type=float, default=3, help="how long clients ask, and how long one kind of page is asked for")
    add("--engines", nargs="+", choices=IN_PROCESS + ON_SERVER, default=IN_PROCESS + ON_SERVER)
    add("--parts", nargs="*", choices=PARTS, default=PARTS, help="leave out quality or speed")
    add("--site", action="store_true", help="measure the whole search page too, in a portal started for it")
    add("--data-dir", type=Path, help="--site: this site (stopped) instead of a new demonstration")
    add("--grow", type=int, default=0, help="--site: grow the demonstration to so many pages first")
    add("--output", type=Path, default=BASE_DIR / "var" / "bench-search.json")
    add("--page", type=Path, help="put the tables into this Markdown page, between its marks")
    chosen = parser.parse_args()
    if (chosen.documents is None) != (chosen.questions is None):
        parser.error("--documents and --questions go together.")
    for path in (chosen.documents, chosen.questions, chosen.page):
        if path is not None and not path.is_file():
            parser.error(f"there is no file {path}")
    if chosen.data_dir and chosen.grow:
        parser.error("--grow changes only a site of the bench's own; grow that of --data-dir with manage.py grow.")
    return chosen


def measure_engines(chosen: argparse.Namespace, scratch: Path) -> dict[str, Any]:
    """Quality and speed."""
    from bench.search import quality, speed  # after the settings know where to keep things
    from bench.search.collection import Collection  # same reason
    from bench.search.servers import server  # same reason

    if chosen.documents:
        collection = Collection.read(chosen.documents, chosen.questions)
    else:
        collection = Collection.generated(min(GENERATED, max(chosen.sizes)))
    record: dict[str, Any] = {"collection": f"{collection.name}, {len(collection.documents):,}"}
    with ExitStack() as stack:
        started = stack.enter_context(server()) if set(chosen.engines) & set(ON_SERVER) else None
        names = tuple(name for name in chosen.engines if started or name in IN_PROCESS)
        plan = speed.Plan(names, chosen.queries, chosen.rounds, chosen.seconds, scratch, started)
        if "quality" in chosen.parts:
            say(f"Quality on {record['collection']} documents ...")
            record["quality"] = quality.measure(collection, plan, chosen.limit)
        record["speed"] = {}
        for size in sorted(chosen.sizes) if "speed" in chosen.parts else ():
            say(f"Speed with {size:,} documents ...")
            largest = size == max(chosen.sizes)
            record["speed"][str(size)], ratios = speed.measure(size, collection, plan, largest=largest)
            record |= {"ratios": ratios} if ratios else {}
    return record


def measure_site(chosen: argparse.Namespace, scratch: Path) -> dict[str, Any]:
    """The search page."""
    say("Starting a portal to measure its search page ...")
    data_dir = chosen.data_dir.absolute() if chosen.data_dir else scratch / "site"
    return site.measure(site.Options(data_dir, chosen.grow, chosen.rounds, chosen.seconds))


def say(words: str) -> None:
    """Tell how far it is."""
    print(f"{time.strftime('%H:%M:%S')} {words}", flush=True)


def main() -> int:
    """Measure what was asked for, print and write the figures."""
    chosen = options()
    signal.signal(signal.SIGTERM, lambda *_signal: sys.exit("Ended before it was done."))  # clears up on the way
    begun = time.monotonic()
    record: dict[str, Any] = {
        "at": time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime()),
        "machine": f"{platform.machine()}, Python {platform.python_version()}",
        "collection": "none",
    }
    with tempfile.TemporaryDirectory(prefix="portal-bench-", ignore_cleanup_errors=True) as folder:
        scratch = Path(folder)
        prepare_settings(scratch / "data")
        if chosen.parts:
            record |= measure_engines(chosen, scratch)
        if chosen.site:
            record["site"] = measure_site(chosen, scratch)
    record["minutes"] = round((time.monotonic() - begun) / 60, 1)
    chosen.output.parent.mkdir(parents=True, exist_ok=True)
    chosen.output.write_text(json.dumps(record, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    print(f"\n{tables(record)}\nMeasured in {record['minutes']} minutes. Written to {chosen.output}")
    if chosen.page:
        put_into(chosen.page, record)
    return 0


if __name__ == "__main__":
    sys.exit(main())
