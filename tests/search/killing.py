"""The site that ``test_killed`` kills: processes of its own, in a folder and on a database of their own."""

import json
import random
import subprocess
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from tests.killable_site import PATIENCE, Site, wait_for

WEB = Path(__file__).with_name("crash_web.py")


@dataclass
class Toll:
    """How it went."""

    searches: int
    errors: list[str]
    kills: int
    seconds: float


def killed_while_changing(
    site: Site, *, changes: int, readers: int, kills: int, halfway: Callable[[], object] = lambda: None
) -> Toll:
    """Make changes while readers search and the worker is killed again and again; wait until the index has followed.

    ``halfway`` is called in the middle, for what else may befall.
    """
    started = time.monotonic()
    site.run(str(WEB), "prepare")
    made, over = site.folder / "changes-made", site.folder / "over"
    answers = [site.folder / f"reader-{number}" for number in range(readers)]
    worker = site.start_worker()
    wait_for(lambda: site.worker_is_at_work(worker), "the first worker")
    site.run("manage.py", "search_rebuild")
    searching = [_start_reader(site, answer, over) for answer in answers]
    editing = site.start(str(WEB), "edit", str(changes), str(made))
    done = 0
    try:
        for kill in range(1, kills + 1):
            # Spread over the changes, at any instant.
            wait_for(lambda until=kill * changes // (kills + 1): _number(made) >= until, "changes to be made")
            time.sleep(random.uniform(0, 0.5))
            worker.kill()
            worker.wait()
            done += 1
            if done == (kills + 1) // 2:
                halfway()
            worker = site.start_worker()
            if kill % 2:  # every other one is killed while it starts
                wait_for(lambda worker=worker: site.worker_is_at_work(worker), "a worker")
        wait_for(lambda: editing.poll() is not None, "the changes to end")
        assert editing.returncode == 0, site.log.read_text()[-3000:]
        site.run(str(WEB), "settled", str(PATIENCE))
    finally:
        over.touch()
        if editing.poll() is None:
            editing.kill()
            editing.wait()
        worker.terminate()
        worker.wait(timeout=30)
        for reader in searching:
            reader.wait(timeout=PATIENCE)
    found = [json.loads(answer.read_text()) for answer in answers]
    errors = [error for one in found for error in one["errors"]]
    return Toll(sum(one["searches"] for one in found), errors, done, time.monotonic() - started)


def _start_reader(site: Site, answer: Path, over: Path) -> subprocess.Popen:
    with answer.open("wb") as output:
        return site.start(str(WEB), "read", str(over), output=output)


def _number(mark: Path) -> int:
    try:
        return int(mark.read_text() or 0)
    except (OSError, ValueError):  # not there yet, or being written
        return 0
