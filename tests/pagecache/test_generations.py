"""Generations of keys: seen by every process at once, and never in anybody's way."""

import logging
import os
import shutil
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from core.signals import readers_see_change
from pagecache import generations
from pagecache.generations import Generations, site_generations

BUMP_LINES = (
    "import sys\n"
    "from pathlib import Path\n"
    "from pagecache.generations import Generations\n"
    "generations = Generations(Path(sys.argv[1]))\n"
    "for line in sys.stdin:\n"
    "    generations.bump(line.split())\n"
    "    print(*generations.current(line.split()), flush=True)\n"
)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "pagecache"


@pytest.fixture
def here(folder: Path):
    made = Generations(folder)
    yield made
    made.close()


@pytest.fixture(autouse=True)
def _own_data_folder(settings, tmp_path: Path):
    settings.DATA_DIR = tmp_path / "data"
    yield
    site_generations().close()


class OtherProcess:
    """Bumps in another process when called."""

    def __init__(self, process: subprocess.Popen) -> None:
        self.kill = process.kill
        self.process = process

    def __call__(self, *keys: str) -> tuple[int, ...]:
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        print(*keys, file=self.process.stdin, flush=True)
        return tuple(int(number) for number in self.process.stdout.readline().split())


@pytest.fixture
def other_process(folder: Path):
    """A process that bumps the keys of each line it is sent and answers with their numbers."""
    process = subprocess.Popen(
        [sys.executable, "-c", BUMP_LINES, str(folder)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )

    yield OtherProcess(process)
    process.kill()
    process.communicate()


def test_a_bump_changes_the_key_and_no_other(here):
    before = here.current(["page-1", "page-2"])
    here.bump(["page-1"])
    after = here.current(["page-1", "page-2"])
    assert after[0] > before[0]
    assert after[1] == before[1]


def test_numbers_come_in_the_order_asked_for_and_repeat(here):
    here.bump(["a"])
    here.bump(["b"])
    a, b, again = here.current(["a", "b", "a"])
    assert a < b
    assert again == a


def test_bumping_nothing_and_bumping_twice_are_fine(here):
    here.bump([])
    here.bump(["home", "home"])
    first = here.current(["home"])
    here.bump(["home"])
    assert here.current(["home"]) > first


def test_a_bump_of_another_process_is_seen_at_once_both_ways(here, other_process):
    here.bump(["home"])
    mine = here.current(["home"])
    theirs = other_process("home")
    assert theirs > mine
    assert here.current(["home"]) == theirs
    here.bump(["home"])
    assert here.current(["home"]) > theirs


def test_a_killed_process_leaves_no_lock_behind(here, other_process):
    other_process("home")
    other_process.kill()
    here.bump(["home"])
    assert here.current(["home"])


def test_many_processes_lose_no_bump(here, folder):
    """Each process checks that the number it reads after its own bump is newer than the one before."""
    script = (
        "import sys\n"
        "from pathlib import Path\n"
        "from pagecache.generations import Generations\n"
        "generations = Generations(Path(sys.argv[1]))\n"
        "for number in range(300):\n"
        "    before = generations.current(['home'])\n"
        "    generations.bump(['home', f'page-{sys.argv[2]}-{number}'])\n"
        "    assert generations.current(['home']) > before\n"
    )
    processes = [subprocess.Popen([sys.executable, "-c", script, str(folder), str(n)]) for n in range(4)]
    assert [process.wait() for process in processes] == [0, 0, 0, 0]
    numbers = here.current([f"page-{process}-{number}" for process in range(4) for number in range(300)])
    assert len(set(numbers)) == 1200


def test_a_forked_child_opens_its_own(here):
    before = here.current(["home"])
    reader, writer = os.pipe()
    child = os.fork()
    if child == 0:
        here.bump(["home"])
        os.write(writer, str(here.current(["home"])[0]).encode())
        os._exit(0)
    os.waitpid(child, 0)
    os.close(writer)
    with os.fdopen(reader) as answers:
        assert here.current(["home"]) == (int(answers.read()),)
    assert here.current(["home"]) > before


def test_a_deleted_folder_makes_everything_stale_for_everyone(here, folder, other_process, monkeypatch):
    monkeypatch.setattr(generations, "FILES_CHECKED_EVERY", 0)
    other_process("home", "page-1")
    before = here.current(["home", "page-1"])
    shutil.rmtree(folder)
    home, page = here.current(["home", "page-1"])
    assert home > before[0]
    assert page > before[1]
    assert other_process("home") == here.current(["home"])


@pytest.mark.parametrize("size", [0, 100, 4096, 8192, 40_000])
def test_a_file_cut_off_is_made_anew(here, folder, size):
    here.bump([f"page-{number}" for number in range(5000)])
    before = here.current(["page-1"])
    here.close()
    os.truncate(folder / "data.mdb", size)
    assert here.current(["page-1"]) > before
    here.bump(["page-1"])


def test_a_file_of_nonsense_is_made_anew(here, folder):
    before = here.current(["page-1"])
    here.close()
    (folder / "data.mdb").write_bytes(bytes(range(256)) * 1000)
    assert here.current(["page-1"]) > before


def test_what_a_restarted_machine_left_is_not_trusted(here, monkeypatch):
    here.bump(["page-1"])
    before = here.current(["page-1"])
    here.close()
    monkeypatch.setattr(generations, "_boot_id", lambda: b"another run of the machine")
    assert here.current(["page-1"]) > before


def test_a_full_environment_starts_anew(folder, monkeypatch):
    monkeypatch.setattr(generations, "MAP_SIZE", 128 * 1024)
    small = Generations(folder)
    for start in range(0, 20_000, 1000):
        small.bump([f"page-{number}" for number in range(start, start + 1000)])
    before = small.current(["home"])
    small.bump(["home"])
    assert small.current(["home"]) > before
    small.close()


def test_threads_share_one_environment(here):
    errors = []

    def work(number: int) -> None:
        try:
            for step in range(200):
                here.bump([f"page-{number}"])
                assert here.current([f"page-{number}"]), step
        except BaseException as error:  # noqa: BLE001  # a thread's failure is the test's failure
            errors.append(error)

    threads = [threading.Thread(target=work, args=(number,)) for number in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert errors == []


def test_very_long_keys_are_keys_too(here):
    here.bump(["x" * 2000])
    assert here.current(["x" * 2000]) != here.current(["y" * 2000])


def test_a_fingerprint_changes_with_any_of_its_keys():
    first = generations.fingerprint(["home", "page-1"])
    assert generations.fingerprint(["home", "page-1"]) == first
    generations.bump(["page-1"])
    assert generations.fingerprint(["home", "page-1"]) != first


def test_a_bump_that_is_impossible_is_logged_and_does_not_raise(settings, tmp_path, caplog):
    settings.DATA_DIR = tmp_path / "file"
    settings.DATA_DIR.write_text("where a folder should be")
    with caplog.at_level(logging.ERROR):
        generations.bump(["home"])
    assert "could not be bumped" in caplog.text


@pytest.mark.django_db
def test_a_change_that_is_undone_bumps_nothing(django_capture_on_commit_callbacks):
    before = generations.current(["home"])
    with django_capture_on_commit_callbacks() as callbacks:
        readers_see_change.send(sender=object, keys={"home"})
    assert generations.current(["home"]) == before
    for callback in callbacks:
        callback()
    assert generations.current(["home"]) > before
