"""``make bench``: what each kind of page costs, as ratios to a baseline measured in the same run.

The baseline is /healthz on the same server: constant bytes, no database, no template. A ratio to it says what the
portal's own work costs on this machine, and survives another machine or a busy neighbour better than any number alone.
Every round visits every page, so that a disturbance hits all of them alike; the medians over the rounds are printed.

    python -m bench [--seconds 3] [--rounds 3] [--connections 8] [--data-dir FOLDER] [--output FILE]
"""

import argparse
import json
import platform
import statistics
import subprocess
import sys
import tempfile
import time
from dataclasses import asdict, dataclass, replace
from pathlib import Path

from bench.cpu import family, seconds_used
from bench.load import load
from portal.environment import BASE_DIR
from tools.running_site import SERVE, RunningSite, environment, running

BASELINE = "/healthz"


@dataclass
class Figures:
    """The medians of one page."""

    page: str
    path: str
    queries: int
    requests_per_second: float
    cpu_ms: float
    p50_ms: float
    p99_ms: float
    failures: int


def options() -> argparse.Namespace:
    """Read the command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seconds", type=float, default=3, help="length of one round for one page")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--connections", type=int, default=8)
    parser.add_argument("--data-dir", type=Path, help="measure this site (stopped) instead of a new demonstration")
    parser.add_argument("--output", type=Path, default=BASE_DIR / "var" / "bench.json")
    return parser.parse_args()


def ask_site(site: RunningSite, *command: str) -> str:
    """Run a command beside the running site."""
    return subprocess.run(
        [sys.executable, *command],
        cwd=BASE_DIR,
        env=environment(site.data_dir, PORT=str(site.port)),
        stdout=subprocess.PIPE,
        text=True,
        check=True,
    ).stdout


def measure(site: RunningSite, pages: dict[str, str], chosen: argparse.Namespace) -> list[Figures]:
    """Load every page in turn, several rounds, and take the medians."""
    web = site.pid("web")
    if web is None:
        sys.exit("The portal's web server has no process file.")
    queries = json.loads(ask_site(site, "-m", "bench.queries", *pages.values()))
    rounds: dict[str, list[Figures]] = {name: [] for name in pages}
    for path in pages.values():
        site.get(path)  # draws the pictures that nobody has asked for yet
        load(site.port, path, seconds=0.5, connections=chosen.connections, unique=path != BASELINE)
    for _ in range(chosen.rounds):
        for name, path in pages.items():
            before = seconds_used(family(web))
            result = load(
                site.port, path, seconds=chosen.seconds, connections=chosen.connections, unique=path != BASELINE
            )
            used = seconds_used(family(web)) - before
            if not result.requests:
                sys.exit(f"{path} gave no answer in {chosen.seconds} s.")
            times = sorted(result.milliseconds)
            rounds[name].append(
                Figures(
                    page=name,
                    path=path,
                    queries=queries[path],
                    requests_per_second=result.requests / result.seconds,
                    cpu_ms=used / result.requests * 1000,
                    p50_ms=times[len(times) // 2],
                    p99_ms=times[int(len(times) * 0.99)],
                    failures=result.failures,
                )
            )
    return [medians(rows) for rows in rounds.values()]


def medians(rows: list[Figures]) -> Figures:
    """Return one page's figures over all rounds; failures add up."""
    measured = ("requests_per_second", "cpu_ms", "p50_ms", "p99_ms")
    middle = {name: statistics.median(getattr(row, name) for row in rows) for name in measured}
    return replace(rows[0], **middle, failures=sum(row.failures for row in rows))


def report(figures: list[Figures]) -> str:
    """Return a table with the ratios to the baseline."""
    base = figures[0]
    lines = [f"{'page':<28}{'queries':>8}{'req/s':>9}{'× base':>8}{'CPU ms':>9}{'× base':>8}{'p50 ms':>8}{'p99 ms':>8}"]
    lines += [
        f"{row.page:<28}{row.queries:>8}{row.requests_per_second:>9.0f}"
        f"{row.requests_per_second / base.requests_per_second:>8.4f}{row.cpu_ms:>9.3f}"
        f"{row.cpu_ms / base.cpu_ms:>8.1f}{row.p50_ms:>8.1f}{row.p99_ms:>8.1f}"
        + (f"  {row.failures} failures" if row.failures else "")
        for row in figures
    ]
    return "\n".join(lines)


def main() -> int:
    """Start a site, measure it, print and write the figures; 1 if an answer was not a 200."""
    chosen = options()
    with tempfile.TemporaryDirectory(prefix="portal-bench-") as scratch:
        data_dir = chosen.data_dir.absolute() if chosen.data_dir else Path(scratch) / "data"
        print("Starting a portal to measure ...", flush=True)
        with running(SERVE, data_dir) as site:
            pages = {"baseline " + BASELINE: BASELINE}
            pages |= json.loads(ask_site(site, "manage.py", "urls", "--sample", "--json"))
            figures = measure(site, pages, chosen)
    print(report(figures))
    chosen.output.parent.mkdir(parents=True, exist_ok=True)
    record = {
        "at": time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime()),
        "machine": f"{platform.machine()}, Python {platform.python_version()}",
        "baseline": BASELINE,
        "pages": [asdict(row) for row in figures],
    }
    chosen.output.write_text(json.dumps(record, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    print(f"Written to {chosen.output}")
    return 1 if any(row.failures for row in figures) else 0


if __name__ == "__main__":
    sys.exit(main())
