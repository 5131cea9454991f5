"""The log of searches: what is kept, what never is, and figures that stay right whatever happens to the worker."""

import os
import random
import signal
import subprocess
import sys
import time
from datetime import UTC, date, datetime, timedelta
from types import SimpleNamespace
from urllib.parse import urlencode

import pytest
import time_machine
from django.test import Client, RequestFactory

from core.schedule import all_jobs
from portal.environment import BASE_DIR
from search import counting, report
from search.counting import SearchFolding, count_searches, forget_searches
from search.log import Allowance, SearchLog, record_click, record_search, site_log
from visits.models import CountedFile, DailyClick, DailySearch

pytestmark = pytest.mark.django_db(databases=["default", "visits"])

NOON = datetime(2025, 12, 16, 5, 0, 0, tzinfo=UTC)
TODAY = date(2025, 12, 16)
BROWSER = "Mozilla/5.0 (Linux; Android 14; CUBOT X90) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/131.0 Mobile"
CLICK = "/tim-kiem/bam/"


@pytest.fixture
def clock():
    with time_machine.travel(NOON, tick=False) as clock:
        yield clock


@pytest.fixture(autouse=True)
def log(settings, tmp_path) -> SearchLog:
    settings.DATA_DIR = tmp_path
    return site_log()


@pytest.fixture
def lines(log):
    def read() -> list[str]:
        text = "".join(path.read_text("utf-8") for path in log.waiting_files())
        return [line for line in text.splitlines() if line]

    return read


@pytest.fixture
def write(log):
    """Append lines as a web process of some number does."""

    def append(*what: str, process: int = 1, moment: datetime = NOON):
        log.make_folders()
        path = log.incoming / f"{moment:%Y-%m-%d}-{process}.log"
        with path.open("a", encoding="utf-8") as file:
            file.writelines(f"{moment.timestamp():.0f} {line}\n" for line in what)
        return path

    return append


def request(agent: str = BROWSER, **headers: str):
    return RequestFactory().get("/tim-kiem/", headers={"User-Agent": agent, **headers}, REMOTE_ADDR="203.0.113.77")


def figures() -> dict[str, tuple[int, int, int, int]]:
    rows = DailySearch.objects.values_list("query", "searches", "in_vain", "clicks", "places")
    return {query: (searches, in_vain, clicks, places) for query, searches, in_vain, clicks, places in rows}


# Writing --------------------------------------------------------------------------------------------------------------


def test_a_line_holds_time_number_and_words_and_nothing_of_the_reader(clock, log, lines, tmp_path):
    record_search(request(), "  Gia nhập\ncông  đoàn ", 12)

    assert lines() == [f"{NOON.timestamp():.0f} S 12 Gia nhập công đoàn"]
    everything = b"".join(path.read_bytes() for path in tmp_path.rglob("*") if path.is_file())
    assert b"203.0.113" not in everything
    assert b"CUBOT" not in everything
    assert log.folder.stat().st_mode & 0o077 == 0
    assert {path.stat().st_mode & 0o077 for path in log.waiting_files()} == {0}


def test_what_looks_like_personal_data_is_never_written(lines):
    for text in ("0912 345 678", "lương của 079123456789", "an@example.org", "số tk 19034567890123", "x" * 10_000):
        record_search(request(), text, 0)
        record_click(request(), text, "page:1", 1)

    assert lines() == []


@pytest.mark.parametrize("text", ["", "   ", "?!…", "\x00\u200b", "\n\n"])
def test_what_says_nothing_is_not_written(lines, text):
    record_search(request(), text, 0)

    assert lines() == []


def test_words_cannot_forge_a_line(lines, write):
    record_search(request(), "lương\n17658 S 0 giả mạo\r\nS 1 \x85\u2028x", 3)

    assert len(lines()) == 1


@pytest.mark.parametrize(
    "asked",
    [
        request("Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)"),
        request("curl/8.5.0"),
        request(""),
        request(Sec_Purpose="prefetch;prerender"),
        request(Purpose="prefetch"),
    ],
)
def test_machines_are_not_readers(lines, asked):
    record_search(asked, "lương tối thiểu", 3)

    assert lines() == []


def test_writing_costs_no_query(django_assert_num_queries):
    with django_assert_num_queries(0), django_assert_num_queries(0, using="visits"):
        record_search(request(), "lương tối thiểu vùng", 3)
        record_click(request(), "lương tối thiểu vùng", "page:1", 1)


def test_a_log_that_fails_harms_no_search(monkeypatch, caplog):
    def fail(*args) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(SearchLog, "_target", fail)
    for _turn in range(3):
        record_search(request(), "lương tối thiểu", 3)

    assert [record.levelname for record in caplog.records] == ["ERROR"]  # once an hour


def test_a_flood_fills_no_disk(monkeypatch, lines, log):
    log.limit = 400
    for number in range(100):
        record_search(request(), f"lương {number}", 3)
    log.limit = None

    assert 0 < sum(path.stat().st_size for path in log.waiting_files()) <= 400


def test_an_allowance_is_used_up_and_comes_back(monkeypatch):
    seconds = [100.0]
    monkeypatch.setattr("search.log.time", SimpleNamespace(monotonic=lambda: seconds[0]))
    allowance = Allowance(per_second=2, at_once=3)
    assert [allowance.take() for _turn in range(5)] == [True, True, True, False, False]
    seconds[0] += 1
    assert [allowance.take() for _turn in range(3)] == [True, True, False]


# Clicks ---------------------------------------------------------------------------------------------------------------


@pytest.fixture
def browser() -> Client:
    return Client(headers={"User-Agent": BROWSER}, enforce_csrf_checks=True)


def send(client: Client, **fields: str):
    return client.post(CLICK, urlencode(fields), content_type="application/x-www-form-urlencoded;charset=UTF-8")


def test_a_click_is_noted_with_its_place(clock, browser, lines):
    response = send(browser, q="gia nhập công đoàn", key="page:12", place="3")

    assert response.status_code == 204
    assert not response.cookies
    assert lines() == [f"{NOON.timestamp():.0f} C 3 page:12 gia nhập công đoàn"]


@pytest.mark.parametrize(
    "fields",
    [
        {},
        {"q": "lương"},
        {"q": "lương", "key": "page:1"},
        {"q": "lương", "key": "page:1", "place": "0"},
        {"q": "lương", "key": "page:1", "place": "-1"},
        {"q": "lương", "key": "page:1", "place": "²"},
        {"q": "lương", "key": "page:1", "place": "9999"},
        {"q": "lương", "key": "page:1", "place": "9" * 5000},
        {"q": "lương", "key": "page:1 x", "place": "1"},
        {"q": "lương", "key": "<script>", "place": "1"},
        {"q": "lương", "key": "page:1\n", "place": "1"},
        {"q": "", "key": "page:1", "place": "1"},
        {"q": "0912345678", "key": "page:1", "place": "1"},
        {f"f{number}": "x" for number in range(50)},
    ],
)
def test_what_is_no_click_is_left_out_and_never_an_error(browser, lines, fields):
    assert send(browser, **fields).status_code == 204
    assert lines() == []


@pytest.mark.parametrize("body", [b"\xff\xfe\x00", b"q=%ff%fe&key=page:1&place=1", b"&&&===", b"q=1" * 100_000])
def test_rubbish_is_never_an_error(browser, lines, body):
    assert browser.post(CLICK, body, content_type="application/x-www-form-urlencoded").status_code == 204
    assert browser.post(CLICK, body, content_type="multipart/form-data; boundary=x").status_code == 204


def test_other_sites_and_machines_click_nothing(browser, lines):
    fields = urlencode({"q": "lương", "key": "page:1", "place": "1"})
    kind = "application/x-www-form-urlencoded"
    for headers in ({"Sec-Fetch-Site": "cross-site"}, {"User-Agent": "python-requests/2.32"}):
        assert browser.post(CLICK, fields, content_type=kind, headers=headers).status_code == 204

    assert lines() == []
    assert browser.get(CLICK).status_code == 405


def test_clicks_are_bounded(browser, lines, log):
    log.clicks = Allowance(per_second=0.001, at_once=5)
    for _turn in range(20):
        send(browser, q="lương", key="page:1", place="1")

    assert len(lines()) == 5


# Counting -------------------------------------------------------------------------------------------------------------


def test_searches_and_clicks_are_counted_by_day_and_words(clock, write):
    write("S 0 tra cuu bhxh", "S 0 Tra cứu BHXH", "S 5 tra cứu BHXH", "S 2 lương", "C 3 page:7 tra cứu bhxh")
    write("C 1 page:7 Tra cuu BHXH", "C 3 page:7 tra cứu bhxh", process=2)
    count_searches()
    write("S 1 LƯƠNG", process=2)
    count_searches()

    assert figures() == {"tra cuu bhxh": (3, 2, 3, 7), "luong": (2, 0, 0, 0)}
    row = DailySearch.objects.get(query="tra cuu bhxh")
    assert (row.day, row.spelling, row.results) == (TODAY, "Tra cứu BHXH", 5)
    assert set(DailyClick.objects.values_list("query", "key", "place", "clicks")) == {
        ("tra cuu bhxh", "page:7", 3, 2),
        ("tra cuu bhxh", "page:7", 1, 1),
    }


def test_spellings_of_the_same_words_are_one_query(clock, write):
    write("S 1 hoà giải", "S 1 hòa giải", "S 1 HOA GIAI", "S 1 hoà giải?", "S 1 ho\u0300a gia\u0309i")
    count_searches()

    assert figures() == {"hoa giai": (5, 0, 0, 0)}


def test_midnight_in_viet_nam_begins_the_day(clock, write):
    write("S 1 lương", moment=datetime(2025, 12, 16, 16, 59, 59, tzinfo=UTC))
    write("S 1 lương", moment=datetime(2025, 12, 16, 17, 0, 0, tzinfo=UTC))
    count_searches()

    assert set(DailySearch.objects.values_list("day", flat=True)) == {date(2025, 12, 16), date(2025, 12, 17)}


def test_the_worker_counts_every_minute_and_forgets_by_itself():
    jobs = {job.name: job.every for job in all_jobs()}

    assert jobs["searches"] == timedelta(minutes=1)
    assert jobs["searches_forget"] == timedelta(hours=6)


def test_without_searches_no_database_is_touched(django_assert_num_queries):
    with django_assert_num_queries(0), django_assert_num_queries(0, using="visits"):
        count_searches()


@pytest.mark.parametrize("dying", ["_add_queries", "_add_clicks", "CountedFile"])
def test_a_crash_in_the_middle_counts_nothing_twice(clock, write, monkeypatch, dying):
    write("S 0 lương", "S 4 thưởng tết", "C 1 page:1 thưởng tết")
    with monkeypatch.context() as crash:

        def die(*args, **kwargs):
            raise KeyboardInterrupt

        if dying == "CountedFile":
            crash.setattr(CountedFile.objects, "update_or_create", die)
        else:
            crash.setattr(counting, dying, die)
        with pytest.raises(KeyboardInterrupt):
            count_searches()
    assert figures() == {}

    count_searches()
    count_searches()

    assert figures() == {"luong": (1, 1, 0, 0), "thuong tet": (1, 0, 1, 1)}


def test_a_line_still_being_written_waits(clock, write):
    path = write("S 0 lương")
    with path.open("ab") as file:
        file.write(f"{NOON.timestamp():.0f} S 3 lư".encode()[:-1])  # torn inside a letter
    count_searches()
    assert figures() == {"luong": (1, 1, 0, 0)}
    with path.open("ab") as file:
        file.write("ư".encode()[-1:] + "ơng\n".encode())
    count_searches()

    assert figures() == {"luong": (2, 1, 0, 0)}


def test_damage_is_skipped(clock, write, caplog):
    path = write("S 0 lương")
    with path.open("ab") as file:
        file.write(b"\0" * 200 + b"\nrubbish\n\xff\xfe\n")
    write("S 1 lương", "C x page:1 lương", "C 1 p lương")
    count_searches()

    assert figures() == {"luong": (2, 1, 0, 0)}
    assert "3 damaged lines" in caplog.text


def test_made_up_queries_have_a_limit_and_known_ones_go_on(clock, write, monkeypatch):
    monkeypatch.setattr(counting, "MOST_QUERIES_A_DAY", 3)
    write("S 1 lương", *[f"S 0 vô nghĩa {number}" for number in range(10)], "C 1 page:1 vô nghĩa 9")
    count_searches()
    write("S 1 lương", "S 1 thưởng")
    count_searches()

    assert len(figures()) == 3
    assert figures()["luong"] == (2, 0, 0, 0)
    assert not DailyClick.objects.exists()


def test_finished_files_go_after_a_day_and_views_keep_theirs(clock, write, log):
    CountedFile.objects.create(name="2025-12-16-1.log", offset=5)  # of the journal of views
    path = write("S 0 lương")
    count_searches()
    clock.move_to(NOON + timedelta(days=2))
    count_searches()

    assert not path.exists()
    assert list(CountedFile.objects.values_list("name", flat=True)) == ["2025-12-16-1.log"]
    assert figures() == {"luong": (1, 1, 0, 0)}


def test_what_stays_rare_is_forgotten_after_a_week(clock, write):
    write("S 0 tên của một người", "S 0 một ngày", "S 0 một ngày", "S 0 một ngày", "S 0 lương")
    write("S 0 lương", "S 0 lương", moment=NOON + timedelta(days=1))
    write("C 1 page:1 tên của một người")
    count_searches()
    clock.move_to(NOON + timedelta(days=6))
    forget_searches()
    assert len(DailySearch.objects.values("query").distinct()) == 3
    clock.move_to(NOON + timedelta(days=7))
    forget_searches()

    assert set(DailySearch.objects.values_list("query", flat=True)) == {"luong"}
    assert not DailyClick.objects.exists()


def test_nothing_stays_longer_than_a_year(clock, write):
    for day in range(5):
        write("S 0 lương", moment=NOON + timedelta(days=day))
    count_searches()
    clock.move_to(NOON + timedelta(days=366))
    forget_searches()

    assert DailySearch.objects.count() == 3


def test_the_panel_shows_what_is_in_vain_now(clock, write):
    write("S 0 lương", "S 0 lương", "S 0 thưởng", "S 3 nghỉ phép", "S 0 học phí", "S 2 học phí")
    count_searches()

    assert report.sought_in_vain() == [("lương", 2), ("thưởng", 1)]
    clock.move_to(NOON + timedelta(days=7))
    counting.forget_and_renew()
    assert report.sought_in_vain() == []


@pytest.mark.parametrize("content", ["", "{", "[1]", "{}", '[["a", "b"]]'])
def test_a_damaged_panel_file_shows_nothing(log, content):
    log.make_folders()
    (log.folder / report.PANEL_FILE).write_text(content)

    assert report.sought_in_vain() == []


#: Each costs the start of a process: `FULL_TESTS=1` asks for the whole of it; otherwise it is tried in small.
KILLS = 6 if os.environ.get("FULL_TESTS") else 3
KILLED = """
import django
django.setup()
from search.counting import SearchFolding
from search.log import site_log
print("ready", flush=True)
while not SearchFolding(site_log()).count(chunk=2000):
    pass
print("done", flush=True)
"""


@pytest.mark.slow
def test_a_worker_killed_again_and_again_counts_each_line_once(tmp_path, write):
    """Real processes, real SIGKILL, a database of their own made by the command that ``serve`` uses."""
    environment = {"DATA_DIR": str(tmp_path), "DJANGO_SETTINGS_MODULE": "portal.settings.test", "PATH": "/usr/bin:/bin"}
    making = "import django; django.setup()\nfrom portal.installation import migrate_visits\nmigrate_visits()\n"
    subprocess.run([sys.executable, "-c", making], cwd=BASE_DIR, env=environment, check=True, timeout=120)
    write(*[f"S {number % 3} lương {number % 60}" for number in range(20_000)])
    write(*[f"C {number % 9 + 1} page:{number % 5} lương {number % 60}" for number in range(10_000)], process=2)
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
        "from django.db.models import Sum\n"
        "from visits.models import *\n"
        "sums = {name: Sum(name) for name in ('searches', 'in_vain', 'clicks', 'places')}\n"
        "print(*DailySearch.objects.aggregate(**sums).values(), DailySearch.objects.count(),\n"
        "      DailyClick.objects.aggregate(sum=Sum('clicks'))['sum'])\n"
    )
    result = subprocess.run(
        [sys.executable, "-c", reading], cwd=BASE_DIR, env=environment, check=True, capture_output=True, text=True
    )
    places = sum(number % 9 + 1 for number in range(10_000))
    assert result.stdout.split() == ["20000", "6667", "10000", str(places), "60", "10000"]


def test_small_steps_give_the_same_counts(clock, write, log):
    write(*[f"S {number % 2} lương {number % 7}" for number in range(500)])
    while not SearchFolding(log).count(chunk=300):
        pass

    assert sum(searches for searches, *_rest in figures().values()) == 500
