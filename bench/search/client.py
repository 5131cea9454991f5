"""One client in a process of its own: ``python -m bench.search.client NAME FOLDER URL QUESTIONS START WARM``.

It asks ``WARM`` questions and says how much memory it holds; then it waits for a number of seconds on its input, asks
for so long, and says how many questions that were. The portal has several processes, so clients are processes.
"""

import json
import sys
import time
from itertools import cycle, islice
from pathlib import Path

from bench.search.opening import open_contender


def held(pid: int | str = "self") -> int:
    """Bytes of memory that a process holds, shared pages counted in parts (PSS)."""
    for line in (Path("/proc") / str(pid) / "smaps_rollup").read_text(encoding="ascii").splitlines():
        if line.startswith("Pss:"):
            return int(line.split()[1]) * 1024
    return 0


def main() -> None:
    """Warm up, report, wait, ask, report."""
    name, folder, url, questions, start, warm = sys.argv[1:]
    before = held()
    contender = open_contender(name, Path(folder), url)
    asked: list[str] = json.loads(Path(questions).read_text(encoding="utf-8"))
    waiting = cycle(asked[int(start) % len(asked) :] + asked[: int(start) % len(asked)])
    for question in islice(waiting, int(warm)):
        contender.ask(question)
    print(json.dumps({"before": before, "held": held()}), flush=True)
    seconds = float(sys.stdin.readline())
    begun, answered = time.perf_counter(), 0
    while time.perf_counter() - begun < seconds:
        contender.ask(next(waiting))
        answered += 1
    print(json.dumps({"answered": answered, "seconds": time.perf_counter() - begun}), flush=True)


if __name__ == "__main__":
    main()
