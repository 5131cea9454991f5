"""Each line is counted once, wherever the worker is killed; what the day needed goes with it."""

import os
import random
import signal
import subprocess
import sys
import time
from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine

from core.schedule import all_jobs
from portal.environment import BASE_DIR
from visits import counting
from visits.counting import ViewFolding, count_journal, count_visits, first_uncounted
from visits.journal import KEY_BYTES
from visits.models import CountedFile, DailyPage, DailyTotal, DailyVisitor

pytestmark = pytest.mark.django_db(databases=["default", "visits"])

NOON = datetime(2025, 12, 16, 5, 0, 0, tzinfo=UTC)
TODAY = date(2025, 12, 16)
#: Each costs the start of a process: `.ci/run` asks for the whole of it once; otherwise it is tried in small.
KILLS = 8 if os.environ.get("FULL_TESTS") else 3


@pytest.fixture
def clock():
    with time_machine.travel(NOON, tick=False) as clock:
        yield clock


def line(page: int = 1, visitor: int = 1, moment: datetime = NOON) -> bytes:
    return b"%d %d %s\n" % (moment.timestamp(), page, f"{visitor:0{2 * KEY_BYTES}x}".encode())


@pytest.fixture
def write(journal):
    """Append bytes to a file of the journal."""

    def append(*chunks: bytes, name: str = "2025-12-16-1.log"):
        journal.incoming.mkdir(parents=True, exist_ok=True)
        with (journal.incoming / name).open("ab") as file:
            file.writelines(chunks)
        return journal.incoming / name

    return append


def test_views_readers_and_pages_are_counted(clock, write):
    write(line(1, 1), line(1, 2), line(2, 1), line(0, 3))
    count_visits()
    write(line(1, 1), line(1, 4))
    count_visits()

    assert list(DailyTotal.objects.values_list("day", "views", "visitors")) == [(TODAY, 6, 4)]
    assert dict(DailyPage.objects.values_list("page_id", "views")) == {1: 4, 2: 1}


def test_the_worker_counts_every_minute():
    [job] = [job for job in all_jobs() if job.name == "visits"]

    assert job.every == timedelta(minutes=1)


def test_without_visits_no_database_is_touched(django_assert_num_queries):
    with django_assert_num_queries(0), django_assert_num_queries(0, using="visits"):
        count_visits()


def test_a_line_still_being_written_waits(clock, write, counted):
    write(line(), line()[:20])
    assert counted() == 1
    write(line()[20:])
    assert counted() == 2


@pytest.mark.parametrize("dying", ["_add_totals", "_add_pages", "CountedFile"])
def test_a_crash_between_counts_and_place_counts_nothing_twice(clock, write, counted, monkeypatch, dying):
    write(line(1, 1), line(2, 2))
    with monkeypatch.context() as crash:

        def die(*args, **kwargs):
            raise KeyboardInterrupt

        if dying == "CountedFile":
            crash.setattr(CountedFile.objects, "update_or_create", die)
        else:
            crash.setattr(counting, dying, die)
        with pytest.raises(KeyboardInterrupt):
            count_visits()

    assert not DailyTotal.objects.exists()
    assert counted() == 2
    assert counted() == 2
    assert DailyTotal.objects.get().visitors == 2


def test_small_steps_give_the_same_counts(clock, write, journal):
    write(*[line(number % 7, number % 50) for number in range(2000)])
    while not count_journal(journal, chunk=1000):
        pass

    assert DailyTotal.objects.get().views == 2000
    assert DailyTotal.objects.get().visitors == 50
    assert sum(DailyPage.objects.values_list("views", flat=True)) == sum(1 for n in range(2000) if n % 7)


def test_a_flood_is_counted_in_turns(clock, write, journal):
    write(*[line(number) for number in range(100)])

    assert not ViewFolding(journal).count(chunk=500, chunks=2)
    assert 0 < DailyTotal.objects.get().views < 100


def test_damage_is_skipped(clock, write, counted, caplog):
    write(line(), b"\0" * 300, b"\n", b"rubbish\n", line()[:-2], b"\n", b"\n", line())

    assert counted() == 2
    assert "2 damaged lines" in caplog.text


def test_a_block_without_any_line_is_no_wall(clock, write, journal):
    write(b"\0" * 500, b"\n", line())
    while not count_journal(journal, chunk=100):
        pass

    assert DailyTotal.objects.get().views == 1


def test_a_file_cut_short_by_a_power_cut_is_counted_on_from_its_end(clock, write, counted):
    path = write(line(1), line(2), line(3))
    assert counted() == 3
    path.write_bytes(line(1))
    assert counted() == 3
    write(line(4))

    assert counted() == 4


def test_finished_files_go_after_a_day_and_their_counts_stay(clock, write, journal, counted):
    path = write(line(), line()[:20])
    assert counted() == 1
    clock.move_to(NOON + timedelta(days=1))
    assert counted() == 1
    assert path.exists()
    clock.move_to(NOON + timedelta(days=2))

    assert counted() == 1
    assert not path.exists()
    assert not CountedFile.objects.exists()


def test_a_file_deleted_just_before_a_crash_leaves_no_trace(clock, write, counted):
    path = write(line())
    counted()
    path.unlink()
    write(line(), name="2025-12-16-2.log")

    assert counted() == 2
    assert list(CountedFile.objects.values_list("name", flat=True)) == ["2025-12-16-2.log"]


def test_readers_keys_go_with_the_day(clock, write, counted):
    write(line(1, 1), line(1, 2))
    counted()
    assert DailyVisitor.objects.count() == 2
    clock.move_to(datetime(2025, 12, 16, 17, 11, tzinfo=UTC))  # 0:11 of the next day
    counted()

    assert not DailyVisitor.objects.exists()
    assert DailyTotal.objects.get().visitors == 2


def test_what_was_written_at_midnight_still_meets_its_day(clock, write, counted):
    write(line(1, 1))
    counted()
    clock.move_to(datetime(2025, 12, 16, 17, 0, 30, tzinfo=UTC))
    write(line(1, 1), line(1, 1, datetime(2025, 12, 16, 17, 0, 10, tzinfo=UTC)))
    counted()

    assert list(DailyTotal.objects.values_list("day", "views", "visitors")) == [
        (TODAY + timedelta(days=1), 1, 1),
        (TODAY, 2, 1),
    ]


def test_the_oldest_waiting_view_is_known(clock, write, journal, counted):
    assert first_uncounted(journal) is None
    write(line(), line(moment=NOON + timedelta(minutes=5)))
    assert first_uncounted(journal) == NOON.timestamp()
    counted()

    assert first_uncounted(journal) is None


KILLED = """
import django
django.setup()
from visits.counting import count_journal
from visits.journal import site_journal
print("ready", flush=True)
while not count_journal(site_journal(), chunk=3000):
    pass
print("done", flush=True)
"""


@pytest.mark.slow
def test_a_worker_killed_again_and_again_counts_each_line_once(tmp_path, write):
    """Real processes, real SIGKILL, a database of their own made by the command that ``serve`` uses."""
    environment = {"DATA_DIR": str(tmp_path), "DJANGO_SETTINGS_MODULE": "portal.settings.test", "PATH": "/usr/bin:/bin"}
    making = (
        "import django; django.setup()\n"
        "from portal.installation import migrate_visits\n"
        "assert migrate_visits() == 3\n"
        "assert migrate_visits() == 0\n"
    )
    subprocess.run([sys.executable, "-c", making], cwd=BASE_DIR, env=environment, check=True, timeout=120)
    write(*[line(number % 40, number % 500) for number in range(60_000)])
    chance = random.Random(7)
    kills = 0
    while True:
        process = subprocess.Popen(
            [sys.executable, "-c", KILLED], cwd=BASE_DIR, env=environment, stdout=subprocess.PIPE, text=True
        )
        assert process.stdout.readline() == "ready\n"
        if kills < KILLS:
            time.sleep(chance.uniform(0.02, 0.25))
            process.send_signal(signal.SIGKILL)
            kills += process.wait() == -signal.SIGKILL
            process.stdout.close()
        else:
            assert process.communicate(timeout=120)[0] == "done\n"
            break

    reading = (
        "import django; django.setup()\n"
        "from visits.models import *\n"
        "print(*DailyTotal.objects.values_list('views', 'visitors').get(),\n"
        "      sum(DailyPage.objects.values_list('views', flat=True)))\n"
    )
    result = subprocess.run(
        [sys.executable, "-c", reading], cwd=BASE_DIR, env=environment, check=True, capture_output=True, text=True
    )
    assert result.stdout.split() == ["60000", "500", "58500"]
