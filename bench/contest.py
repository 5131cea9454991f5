"""``make bench-contest``: many people answer a contest at once while the portal is killed, and nothing may be lost.

Starts a new site by ``manage.py serve``, makes a contest, and has so many people enter and answer every question at
the same time, each as a telephone would: an answer that was not acknowledged is sent again. Meanwhile the processes
that answer are killed with SIGKILL. Afterwards the database must hold, for each person, exactly the answers that were
acknowledged last, once each. The latency of an answer under load is printed as a ratio to that of an answer on the
idle site in the same run.

    python -m bench.contest [--entrants 2000] [--questions 20] [--connections 32] [--kills 3] [--output FILE]
"""

import argparse
import http.client
import json
import os
import random
import re
import signal
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from dataclasses import dataclass, field
from pathlib import Path
from queue import Empty, Queue
from urllib.parse import urlencode

from portal.environment import BASE_DIR
from tools.running_site import SERVE, RunningSite, environment, running, wait_for

IDLE_ANSWERS = 200
PATIENCE = 60.0
#: Run inside the site's own shell.
MAKE = """
from datetime import timedelta
from django.utils import timezone
from contests.models import ContestIndexPage, ContestPage, Round
from training.models import Question, QuestionBank, QuestionOption
bank = QuestionBank.objects.create(title="Bench")
for number in range(%(bank)d):
    question = Question(bank=bank, text=f"Câu hỏi số {number} về luật lao động?")
    question.options = [QuestionOption(text=f"Phương án {one} của câu {number}", is_right=one == 0, sort_order=one)
                        for one in range(4)]
    question.save()
now = timezone.now()
page = ContestPage(title="Bench", slug="bench")
page.rounds = [Round(title="1", bank=bank, opens_at=now - timedelta(hours=1), closes_at=now + timedelta(days=1),
                     questions=%(questions)d, minutes_allowed=300)]
ContestIndexPage.objects.get().add_child(instance=page)
page.save_revision().publish()
print("ROUND", page.rounds.get().pk)
"""
READ = """
import json
from contests.models import Entry
print("STORED", json.dumps({entry.code: [[one.number, one.given] for one in entry.answers.all()] + [[0, entry.percent]]
                            for entry in Entry.objects.prefetch_related("answers")}))
"""


def found(pattern: str, text: str) -> str:
    """What the pattern's group matches; it must be there."""
    match = re.search(pattern, text)
    assert match is not None, f"{pattern} is not in {text[:300]!r}"
    return match[1]


@dataclass
class Entrant:
    """One person's telephone: what it has sent, and what was acknowledged."""

    number: int
    code: str = ""
    answers: dict[int, int] = field(default_factory=dict)
    handed_in: bool = False


@dataclass
class Seen:
    """What all telephones saw."""

    milliseconds: list[float] = field(default_factory=list)
    retries: int = 0
    lock: threading.Lock = field(default_factory=threading.Lock)

    def note(self, milliseconds: float) -> None:
        with self.lock:
            self.milliseconds.append(milliseconds)


class Telephone:
    """A connection with the cookie and the token of a form, and the patience of the portal's own script."""

    def __init__(self, port: int, seen: Seen) -> None:
        self.port = port
        self.seen = seen
        self.connection = http.client.HTTPConnection("localhost", port, timeout=30)
        self.cookie = self.token = ""

    def open_form(self, path: str) -> str:
        """Read the cookie and the token; returns the key of the entry."""
        _status, headers, body = self.ask("GET", path)
        page = body.decode()
        self.cookie = found(r"(csrftoken=\w+)", headers.get("set-cookie", "") or self.cookie)
        self.token = found(r'csrfmiddlewaretoken" value="(\w+)"', page)
        return found(r'name="key" value="([^"]+)"', page)

    def post(self, path: str, data: dict[str, str]) -> str:
        """Send a form; returns where the answer leads."""
        body = urlencode({**data, "csrfmiddlewaretoken": self.token})
        status, headers, content = self.ask("POST", path, body)
        if status != 302:
            raise AssertionError(f"{status} for {path}: {content[:300]!r}")
        return headers["location"]

    def ask(self, method: str, path: str, body: str | None = None) -> tuple[int, dict[str, str], bytes]:
        """Ask until somebody answers."""
        headers = {"Cookie": self.cookie} if self.cookie else {}
        if body is not None:
            headers |= {"Content-Type": "application/x-www-form-urlencoded"}
        deadline = time.monotonic() + PATIENCE
        while True:
            begun = time.perf_counter()
            try:
                self.connection.request(method, path, body, headers)
                answer = self.connection.getresponse()
                content = answer.read()
                if answer.status < 500:
                    if method == "POST":
                        self.seen.note((time.perf_counter() - begun) * 1000)
                    return answer.status, {name.lower(): value for name, value in answer.getheaders()}, content
            except (OSError, http.client.HTTPException):
                self.connection.close()
            if time.monotonic() > deadline:
                raise AssertionError(f"Nobody answered {path} for {PATIENCE:.0f} s.")
            with self.seen.lock:
                self.seen.retries += 1
            time.sleep(0.2)


def enter(telephone: Telephone, round_id: int, entrant: Entrant) -> None:
    """Fill in the form; sent again, it leads to the same entry."""
    path = f"/cuoc-thi/vong/{round_id}/"
    key = telephone.open_form(path)
    name = f"Trần Văn Bench {entrant.number}"
    form = {"name": name, "phone": f"09{entrant.number:08d}", "unit": "Đơn vị", "guess": "1", "consent": "on"}
    entrant.code = telephone.post(path, {**form, "website": "", "key": key}).split("/")[3]


def answer(telephone: Telephone, entrant: Entrant, number: int, chance: random.Random) -> None:
    """Answer one question; what was acknowledged is remembered."""
    given = chance.randint(1, 4)
    telephone.post(f"/cuoc-thi/bai/{entrant.code}/cau/{number}/", {f"cau-{number}": str(given)})
    entrant.answers[number] = given


def play(queue: Queue, port: int, round_id: int, questions: int, seen: Seen, failures: list[str]) -> None:
    """One thread: entrant after entrant, each from the form to the handing in."""
    while True:
        try:
            entrant = queue.get_nowait()
        except Empty:
            return
        telephone = Telephone(port, seen)
        chance = random.Random(entrant.number)  # noqa: S311  # no secret
        try:
            enter(telephone, round_id, entrant)
            for number in range(1, questions + 1):
                answer(telephone, entrant, number, chance)
            telephone.post(f"/cuoc-thi/bai/{entrant.code}/nop/", {})
            entrant.handed_in = True
        except Exception as problem:  # noqa: BLE001  # said at the end, with the others
            failures.append(f"{entrant.number}: {problem}")
        finally:
            telephone.connection.close()


def kill_web(site: RunningSite) -> None:
    """Kill what answers: the parent of the web processes and its children; the supervisor starts them again."""
    pid = site.pid("web")
    assert pid is not None
    children = subprocess.run(["pgrep", "-P", str(pid)], capture_output=True, text=True, check=False).stdout.split()
    for victim in [pid, *map(int, children)]:
        os.kill(victim, signal.SIGKILL)
    wait_for(lambda: site.replaced("web", pid))


def shell(site: RunningSite, code: str) -> str:
    """Run code beside the site."""
    command = [sys.executable, "manage.py", "shell", "--no-imports", "-c", code]
    variables = environment(site.data_dir, PORT=str(site.port))
    return subprocess.run(command, cwd=BASE_DIR, env=variables, stdout=subprocess.PIPE, text=True, check=True).stdout


def percentile(values: list[float], share: float) -> float:
    """Nearest rank."""
    return sorted(values)[min(len(values) - 1, int(share * len(values)))]


def idle_latency(site: RunningSite, round_id: int, questions: int) -> list[float]:
    """Milliseconds of answers that nobody else disturbs."""
    seen = Seen()
    telephone = Telephone(site.port, seen)
    entrant = Entrant(number=9_999_999)
    enter(telephone, round_id, entrant)
    chance = random.Random(0)  # noqa: S311  # as above
    for number in range(IDLE_ANSWERS):
        answer(telephone, entrant, number % questions + 1, chance)
    return seen.milliseconds[-IDLE_ANSWERS:]


def measure(arguments: argparse.Namespace, site: RunningSite) -> dict:
    """The whole run against one site."""
    made = shell(site, MAKE % {"bank": arguments.questions * 3, "questions": arguments.questions})
    round_id = int(found(r"ROUND (\d+)", made))
    wait_for(lambda: site.status(f"/cuoc-thi/vong/{round_id}/") == 200)
    idle = idle_latency(site, round_id, arguments.questions)
    entrants = [Entrant(number) for number in range(1, arguments.entrants + 1)]
    queue: Queue = Queue()
    for entrant in entrants:
        queue.put(entrant)
    seen, failures = Seen(), list[str]()
    threads = [
        threading.Thread(target=play, args=(queue, site.port, round_id, arguments.questions, seen, failures))
        for _number in range(arguments.connections)
    ]
    begun = time.monotonic()
    for thread in threads:
        thread.start()
    for kill in range(1, arguments.kills + 1):
        left = arguments.entrants * (1 - kill / (arguments.kills + 1))
        while queue.qsize() > left and any(thread.is_alive() for thread in threads):
            time.sleep(0.1)
        kill_web(site)
    for thread in threads:
        thread.join()
    seconds = time.monotonic() - begun
    stored = json.loads(found(r"STORED (.*)", shell(site, READ)))
    return {
        "entrants": arguments.entrants,
        "questions": arguments.questions,
        "kills": arguments.kills,
        "seconds": round(seconds, 1),
        "answers_per_second": round(len(seen.milliseconds) / seconds, 1),
        "retries": seen.retries,
        "failures": failures[:20],
        "not_handed_in": sum(not entrant.handed_in for entrant in entrants),
        "lost_or_changed": sum(_differs(entrant, stored.get(entrant.code, [])) for entrant in entrants),
        "entries_too_many": len(stored) - arguments.entrants - 1,  # one measured the idle site
        "doubled": sum(len(rows) != len({number for number, _given in rows}) for rows in stored.values()),
        "idle_p50_ms": round(statistics.median(idle), 2),
        "idle_p99_ms": round(percentile(idle, 0.99), 2),
        "load_p50_ms": round(statistics.median(seen.milliseconds), 2),
        "load_p99_ms": round(percentile(seen.milliseconds, 0.99), 2),
        "load_p99_to_idle_p50": round(percentile(seen.milliseconds, 0.99) / statistics.median(idle), 1),
    }


def _differs(entrant: Entrant, rows: list) -> bool:
    return {number: given for number, given in rows if number} != entrant.answers


def main() -> None:
    """Measure, print, keep."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--entrants", type=int, default=2000)
    parser.add_argument("--questions", type=int, default=20)
    parser.add_argument("--connections", type=int, default=32, help="people who answer at the same moment")
    parser.add_argument("--kills", type=int, default=3)
    parser.add_argument("--output", type=Path, default=BASE_DIR / "var" / "bench-contest.json")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder, running(SERVE, Path(folder) / "data", DEMO="0") as site:
        result = measure(arguments, site)
    for name, value in result.items():
        print(f"{name:22} {value}")  # the report
    arguments.output.parent.mkdir(parents=True, exist_ok=True)
    arguments.output.write_text(json.dumps(result, indent=2) + "\n")
    if any(result[name] for name in ("lost_or_changed", "doubled", "entries_too_many", "not_handed_in")):
        sys.exit("Answers were lost or doubled.")


if __name__ == "__main__":
    main()
