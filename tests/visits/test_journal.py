"""The journal: lines from many processes, a salt for each day, nothing that identifies anybody."""

import os
import subprocess
import sys
import threading
from datetime import UTC, date, datetime

import pytest
import time_machine

from portal.environment import BASE_DIR
from tests.visits.conftest import BROWSER
from visits.counting import count_visits
from visits.journal import Journal, local_day
from visits.models import DailyTotal

BEFORE_MIDNIGHT = datetime(2025, 12, 16, 16, 59, 59, tzinfo=UTC)  # 23:59:59 in Việt Nam
AFTER_MIDNIGHT = datetime(2025, 12, 16, 17, 0, 0, tzinfo=UTC)

PROCESS = """
import sys, time
from pathlib import Path
from visits.journal import Journal
journal = Journal(Path(sys.argv[1]))
for number in range(int(sys.argv[3])):
    journal.note(number, f"192.0.2.{number % 100}", "browser")
"""


def keys(lines) -> list[str]:
    return [line.split()[2] for line in lines()]


def test_a_line_holds_time_page_and_key_and_no_address(journal, lines, tmp_path):
    journal.note(7, "203.0.113.77", BROWSER)

    moment, page, key = lines()[0].split()
    assert abs(int(moment) - datetime.now(UTC).timestamp()) < 5
    assert page == "7"
    assert len(key) == 24
    everything = b"".join(path.read_bytes() for path in tmp_path.rglob("*") if path.is_file())
    assert b"203.0.113" not in everything
    assert b"CUBOT" not in everything


def test_nobody_else_on_the_machine_reads_the_journal(journal):
    journal.note(7, "203.0.113.77", BROWSER)

    files = [path for path in journal.folder.rglob("*") if path.is_file()]
    assert len(files) == 3
    assert {path.stat().st_mode & 0o077 for path in files} == {0}
    assert journal.folder.stat().st_mode & 0o077 == 0


def test_a_reader_has_one_key_a_day_and_another_the_next(journal, lines):
    with time_machine.travel(BEFORE_MIDNIGHT, tick=False) as clock:
        journal.note(1, "203.0.113.77", BROWSER)
        Journal(journal.folder).note(2, "203.0.113.77", BROWSER)  # another process
        journal.note(3, "203.0.113.78", BROWSER)
        clock.move_to(AFTER_MIDNIGHT)
        journal.note(4, "203.0.113.77", BROWSER)

    first, same, other, next_day = keys(lines)
    assert first == same
    assert len({first, other, next_day}) == 3


@pytest.mark.django_db(databases=["default", "visits"])
def test_midnight_in_viet_nam_begins_the_day(journal):
    with time_machine.travel(BEFORE_MIDNIGHT, tick=False) as clock:
        journal.note(1, "203.0.113.77", BROWSER)
        clock.move_to(AFTER_MIDNIGHT)
        journal.note(1, "203.0.113.77", BROWSER)
        journal.note(1, "203.0.113.77", BROWSER)
        count_visits()

    assert dict(DailyTotal.objects.values_list("day", "views")) == {date(2025, 12, 16): 1, date(2025, 12, 17): 2}
    assert local_day(AFTER_MIDNIGHT.timestamp()) == date(2025, 12, 17)


def test_the_salt_goes_with_the_day_even_when_nobody_comes(journal):
    with time_machine.travel(BEFORE_MIDNIGHT, tick=False) as clock:
        journal.note(1, "203.0.113.77", BROWSER)
        assert (journal.folder / "salt-2025-12-16").exists()
        for path in journal.incoming.iterdir():
            path.unlink()
        clock.move_to(AFTER_MIDNIGHT)
        count_visits()

    assert not list(journal.folder.glob("salt-*"))


def test_a_salt_cut_short_is_drawn_again(journal, lines):
    journal.folder.mkdir(parents=True, exist_ok=True)
    (journal.folder / f"salt-{local_day(datetime.now(UTC).timestamp())}").write_bytes(b"short")

    journal.note(1, "203.0.113.77", BROWSER)
    Journal(journal.folder).note(1, "203.0.113.77", BROWSER)

    assert len(keys(lines)) == 2
    assert len(set(keys(lines))) == 1


@pytest.mark.slow
def test_processes_write_at_once_and_no_line_is_lost_or_mixed(journal, lines):
    environment = {**os.environ, "DJANGO_SETTINGS_MODULE": "portal.settings.test", "DATA_DIR": str(journal.folder)}
    processes = [
        subprocess.Popen([sys.executable, "-c", PROCESS, journal.folder, "x", "5000"], cwd=BASE_DIR, env=environment)
        for _number in range(3)
    ]
    assert [process.wait(timeout=120) for process in processes] == [0, 0, 0]

    written = [line.split() for line in lines()]
    assert len(written) == 15_000
    assert {len(parts) for parts in written} == {3}
    assert len({key for _moment, _page, key in written}) == 100  # the same salt everywhere
    assert len(list(journal.incoming.iterdir())) == 3


def test_threads_share_a_file(journal, lines):
    threads = [
        threading.Thread(target=lambda: [journal.note(n, f"192.0.2.{n % 10}", "browser") for n in range(500)])
        for _number in range(8)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert len(lines()) == 4000
    assert len(set(keys(lines))) == 10


def test_a_folder_deleted_underneath_is_made_anew(journal, lines):
    journal.note(1, "203.0.113.77", BROWSER)
    for path in journal.incoming.iterdir():
        path.unlink()
    journal.incoming.rmdir()
    journal.note(2, "203.0.113.77", BROWSER)

    assert [line.split()[1] for line in lines()] == ["2"]


def test_a_child_process_gets_a_file_of_its_own(journal, monkeypatch):
    journal.note(1, "203.0.113.77", BROWSER)
    monkeypatch.setattr("visits.appending.os.getpid", lambda: 99_999_999)
    journal.note(2, "203.0.113.77", BROWSER)

    assert [path.name.rpartition("-")[2] for path in sorted(journal.incoming.iterdir())][-1] == "99999999.log"
    assert len(list(journal.incoming.iterdir())) == 2


@pytest.mark.django_db(databases=["default", "visits"])
def test_a_line_that_a_full_disk_cut_spoils_no_other(journal, monkeypatch, counted, caplog):
    journal.note(1, "203.0.113.77", BROWSER)
    real_write = os.write
    with monkeypatch.context() as full:
        full.setattr("visits.appending.os.write", lambda descriptor, line: real_write(descriptor, line[:15]))
        journal.note(2, "203.0.113.77", BROWSER)
    journal.note(3, "203.0.113.77", BROWSER)

    assert counted() == 2
    assert "1 damaged lines" in caplog.text


@pytest.mark.django_db(databases=["default", "visits"])
def test_a_process_with_an_old_number_starts_on_a_line_of_its_own(journal, counted):
    journal.note(1, "203.0.113.77", BROWSER)
    with next(journal.incoming.iterdir()).open("ab") as file:
        file.write(b"17000")  # killed in the middle
    Journal(journal.folder).note(2, "203.0.113.77", BROWSER)

    assert counted() == 2
