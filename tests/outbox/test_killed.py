"""Worker and web killed (-9) again and again while pages change: nothing is lost and nothing is done twice."""

import json
import os
import random
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.killable_site import ROOT, Site, own_database, wait_for

pytestmark = pytest.mark.slow

WEB = Path(__file__).with_name("crash_web.py")
REPORT = Path(__file__).with_name("crash_report.py")
#: The whole of it takes minutes; otherwise it is tried in small.
PAGES, KILLS = (200, 20) if os.environ.get("FULL_TESTS") else (60, 5)
#: Two seconds, and many for a machine that runs other tests at the same time; who waits for the grace takes longer.
PROMPT = 12.0


def report_of(site: Site) -> dict:
    return json.loads(site.run(str(REPORT)))


@pytest.fixture(scope="module")
def empty_site(tmp_path_factory) -> Iterator[Site]:
    with own_database() as database_url:
        site = Site(tmp_path_factory.mktemp("killed"), database_url, CRASH_PAGES=str(PAGES))
        site.migrate()
        yield site


@pytest.fixture
def worker(empty_site: Site) -> Iterator[subprocess.Popen]:
    process = empty_site.start_worker()
    wait_for(lambda: empty_site.worker_is_at_work(process), "the worker to start")
    yield process
    if process.poll() is None:
        process.kill()
        process.wait()


def test_a_second_worker_says_so_and_ends(empty_site: Site, worker: subprocess.Popen):
    second = subprocess.run(
        [sys.executable, "manage.py", "worker"], cwd=ROOT, env=empty_site.environment, capture_output=True, check=False
    )
    assert second.returncode == 1
    assert b"running already" in second.stderr
    assert worker.poll() is None


def test_the_worker_stops_within_two_seconds_and_takes_its_pid_file_along(empty_site: Site, worker: subprocess.Popen):
    begin = time.monotonic()
    worker.send_signal(signal.SIGTERM)
    assert worker.wait(timeout=10) == 0
    assert time.monotonic() - begin < PROMPT
    assert not (empty_site.folder / "run" / "worker.pid").exists()


def test_the_worker_waits_no_longer_than_its_grace_for_work_in_hand(empty_site: Site):
    script = (
        "import django, time; django.setup()\n"
        "from pathlib import Path\n"
        "from datetime import timedelta\n"
        "from core.schedule import periodic\n"
        "from outbox.worker import Worker\n"
        f"folder = Path({str(empty_site.folder)!r})\n"
        "@periodic('aaa', every=timedelta(hours=1), label='slow')\n"
        "def slow():\n"
        "    (folder / 'slow').touch()\n"
        "    time.sleep(60)\n"
        "Worker(folder / 'run').run()\n"
    )
    process = empty_site.start("-c", script)
    wait_for((empty_site.folder / "slow").exists, "the slow job to begin")
    begin = time.monotonic()
    process.send_signal(signal.SIGTERM)
    assert process.wait(timeout=10) == 0
    assert time.monotonic() - begin < PROMPT


def _killing(start: Callable[[], subprocess.Popen], is_at_work: Callable[[subprocess.Popen], bool]) -> None:
    """Start, let it work for a random while, kill -9; again and again."""
    for _kill in range(KILLS):
        process = start()
        wait_for(lambda process=process: is_at_work(process) or process.poll() is not None, "a process to start")
        time.sleep(random.uniform(0, 1.2))  # any instant will do
        process.kill()
        process.wait()


def test_pages_survive_kills_of_worker_and_web(empty_site: Site):
    site = empty_site
    site.run(str(WEB), "prepare")
    marker = site.folder / "web-at-work"

    def start_web() -> subprocess.Popen:
        marker.unlink(missing_ok=True)
        return site.start(str(WEB), "work", str(marker))

    errors: list[BaseException] = []

    def kill_workers() -> None:
        try:
            _killing(site.start_worker, site.worker_is_at_work)
        except BaseException as error:  # noqa: BLE001  # a thread's failure is the test's failure
            errors.append(error)

    thread = threading.Thread(target=kill_workers)
    thread.start()
    _killing(start_web, lambda process: marker.exists())
    thread.join()
    assert not errors, errors

    worker, web = site.start_worker(), start_web()
    try:
        wait_for(lambda: web.poll() is not None, "the web process to finish its steps")
        assert web.returncode == 0
        wait_for(lambda: report_of(site)["settled"], "the worker to finish")
    finally:
        for process in (worker, web):
            if process.poll() is None:
                process.terminate()
                process.wait(timeout=10)

    report = report_of(site)
    assert report["wrong_events"] == {}
    assert report["states"] == {"done": report["consequences"]}
    assert report["changes_without_event"] == []
    assert report["late_generations"] == []
    assert report["missing_redirects"] == []
    assert report["tree_problems"] == [[], [], [], [], []]
    assert report["wrong_addresses"] == []
    assert report["failed_tasks"] == 0
    assert report["pages"] == PAGES
