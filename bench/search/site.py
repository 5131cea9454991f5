"""What a whole search page costs the server, against pages of the same site with next to nothing on them."""

import json
import statistics
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import quote_plus

from bench.cpu import family, seconds_used
from bench.load import load
from portal.environment import BASE_DIR
from tools.running_site import SERVE, RunningSite, environment, running, wait_for

#: What readers of such a portal ask, with and without diacritics, short and long.
QUERIES = (
    "công đoàn",
    "tiền lương tối thiểu",
    "bao hiem xa hoi",
    "nghỉ phép năm",
    "thoả ước lao động tập thể",
    "nhà ở công nhân",
    "bữa ăn ca",
    "lam them gio",
    "hợp đồng lao động",
    "an toàn vệ sinh lao động",
    "khám sức khỏe định kỳ cho công nhân",
    "NLĐ nghỉ thai sản",
    "kinh phí công đoàn",
    "thẻ đoàn viên",
    "đối thoại tại nơi làm việc",
    "nd 145 2020",
    "tranh chấp lao động",
    "thuong tet",
    "trợ cấp thất nghiệp",
    "người lao động bị tai nạn trên đường đi làm",
)
RESULTS, SEARCH_PAGE, EMPTY_PAGE, ARTICLE = "search results", "search page", "empty page", "article"
CONNECTIONS = 2


@dataclass(frozen=True)
class Options:
    """Which site, and how long one kind of page is asked for in each round."""

    data_dir: Path
    grow: int
    rounds: int
    seconds: float


def measure(options: Options) -> dict[str, Any]:
    """Start the site and ask for each kind of page in turns; CPU of the web processes, medians over the rounds."""
    with running(SERVE, options.data_dir) as site:
        if options.grow:
            _beside(site, "manage.py", "grow", "--pages", str(options.grow), "--json")
            _beside(site, "manage.py", "search_rebuild", "--json")
        article = json.loads(_beside(site, "manage.py", "urls", "--sample", "--json"))["news.ArticlePage"]
        empty = _beside(site, "-m", "bench.search.empty_page", "make")
        try:
            searches = [f"/tim-kiem/?q={quote_plus(words)}" for words in QUERIES]
            wait_for(lambda: _total(site, searches[0]), seconds=600)
            kinds = {RESULTS: searches, SEARCH_PAGE: ["/tim-kiem/"], EMPTY_PAGE: [empty], ARTICLE: [article]}
            cpu = _turns(site, kinds, options)
            documents = _documents(site)
            found = {words: _total(site, path) for words, path in zip(QUERIES, searches, strict=True)}
        finally:
            _beside(site, "-m", "bench.search.empty_page", "remove")
    return {
        "documents": documents,
        "queries_that_find": sum(bool(total) for total in found.values()),
        "cpu_ms": {kind: round(value, 2) for kind, value in cpu.items()},
        "results_to": {kind: round(cpu[RESULTS] / cpu[kind], 2) for kind in (SEARCH_PAGE, EMPTY_PAGE, ARTICLE)},
    }


def _total(site: RunningSite, path: str) -> int:
    status, body = site.get(f"{path}&format=json")
    return int(json.loads(body)["total"]) if status == 200 else 0


def _documents(site: RunningSite) -> int:
    """How many there are to find: each has one kind."""
    _status, body = site.get("/tim-kiem/?format=json")
    return sum(int(option["count"]) for option in json.loads(body)["facets"]["loai"])


def _turns(site: RunningSite, kinds: dict[str, list[str]], options: Options) -> dict[str, float]:
    web = site.pid("web")
    if web is None:
        sys.exit("The portal's web server has no process file.")
    for paths in kinds.values():
        for path in paths:
            site.get(path)  # draws the pictures that nobody has asked for yet
    rounds: dict[str, list[float]] = {kind: [] for kind in kinds}
    for number in range(options.rounds + 1):  # the first warms what each process remembers
        for kind, paths in kinds.items():
            before = seconds_used(family(web))
            result = load(site.port, *paths, seconds=options.seconds, connections=CONNECTIONS, unique=True)
            used = seconds_used(family(web)) - before
            if result.failures or not result.requests:
                sys.exit(f"{kind}: {result.requests} requests in {options.seconds} s, {result.failures} failed.")
            if number:
                rounds[kind].append(used / result.requests * 1000)
    return {kind: statistics.median(some) for kind, some in rounds.items()}


def _beside(site: RunningSite, *command: str) -> str:
    """Run a command beside the running site."""
    return subprocess.run(
        [sys.executable, *command],
        cwd=BASE_DIR,
        env=environment(site.data_dir, PORT=str(site.port)),
        stdout=subprocess.PIPE,
        text=True,
        check=True,
    ).stdout.strip()
