"""Keeps the portal's processes running: ``manage.py serve`` prepares the site, then becomes this program.

The supervisor imports neither Django's apps nor granian, so it costs a few megabytes. It starts each service as a
child, replaces one that dies (kill -9 included), and on Ctrl-C or SIGTERM stops all of them. Were it killed itself,
the kernel would end its children with it, and the next start would find everything free.
"""

import http.client
import os
import selectors
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

from portal.environment import BASE_DIR, Environment, env
from portal.processes import prepare_child, write_pid

STOP_SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
SECONDS_TO_STOP = 8.0  # above the web server's own limit, so that it ends its workers itself
STEADY_AFTER = 5.0  # a service that ran so long was sound: its next start waits for nothing
LONGEST_PAUSE = 5.0
ATTEMPTS_BEFORE_READY = 3
LOOK_EVERY = 1.0
PYTHON = sys.executable
MANAGE = str(BASE_DIR / "manage.py")


def say(text: str) -> None:
    """Print a line at once, also into a pipe."""
    print(text, flush=True)  # noqa: T201  # the supervisor talks to a person at a terminal


@dataclass
class Service:
    """A child process that is meant to run as long as the portal does."""

    name: str
    command: Sequence[str]
    process: subprocess.Popen[bytes] | None = None
    started: float = 0.0
    quick_deaths: int = 0
    start_at: float = field(default_factory=time.monotonic)

    def start(self, run_folder: Path) -> None:
        """Start the child and note its process id."""
        self.process = subprocess.Popen(  # noqa: S603  # our own commands
            self.command,
            cwd=BASE_DIR,
            stdin=subprocess.DEVNULL,
            preexec_fn=prepare_child,  # noqa: PLW1509  # the supervisor has one thread
        )
        self.started = time.monotonic()
        write_pid(run_folder / f"{self.name}.pid", self.process.pid)

    def note_death(self) -> int | None:
        """Return the exit code if the child has died since the last look, and plan its next start."""
        if self.process is None or (code := self.process.poll()) is None:
            return None
        self.process = None
        steady = time.monotonic() - self.started >= STEADY_AFTER
        self.quick_deaths = 0 if steady else self.quick_deaths + 1
        pause = 0.0 if steady else min(0.25 * 2**self.quick_deaths, LONGEST_PAUSE)
        self.start_at = time.monotonic() + pause
        return code


class Supervisor:
    """Runs services until a stop signal comes."""

    def __init__(self, services: Sequence[Service], *, environment: Environment) -> None:
        self.services = services
        self.environment = environment
        self.run_folder = environment.data_dir / "run"
        self.ready = False
        self.stopping = False
        self.watch: Callable[[], bool] = lambda: False

    def run(self) -> int:
        """Serve; return the exit code."""
        write_pid(self.run_folder / "serve.pid", os.getpid())
        failure = ""
        try:
            with stop_signals(self.request_stop) as wait:
                while not self.stopping and not failure:
                    failure = self.tend()
                    wait(self.seconds_to_wait())
        finally:
            self.stop_services()
        if failure:
            say(failure)
        return 1 if failure else 0

    def request_stop(self) -> None:
        """End the loop; the services are stopped after it."""
        if not self.stopping:
            say("Stopping ...")
        self.stopping = True

    def tend(self) -> str:
        """Start what is not running; return a sentence where there is no point in going on."""
        if self.watch():
            self.restart_workers()
        for service in self.services:
            code = service.note_death()
            if code is not None and not self.stopping:
                say(f"{service.name} ended ({describe_exit(code)}); starting it again.")
            if not self.ready and service.quick_deaths >= ATTEMPTS_BEFORE_READY:
                return f"{service.name} does not start; its message is above."
            if service.process is None and time.monotonic() >= service.start_at:
                service.start(self.run_folder)
        if not self.ready and answers(self.environment):
            self.ready = True
            say(banner(self.environment))
        return ""

    def restart_workers(self) -> None:
        """Replace the worker after a change of the code (developers only; the web server reloads itself)."""
        for service in self.services:
            if service.name == "worker" and service.process is not None:
                service.process.terminate()

    def seconds_to_wait(self) -> float:
        """Return how long nothing is due, unless a signal comes."""
        due = [service.start_at - time.monotonic() for service in self.services if service.process is None]
        return max(0.0, min([*due, LOOK_EVERY if self.ready else 0.1]))

    def stop_services(self) -> None:
        """Ask every child to end, insist after a while, and clear the process-id files."""
        running = [service.process for service in self.services if service.process is not None]
        for process in running:
            process.terminate()
        deadline = time.monotonic() + SECONDS_TO_STOP
        for process in running:
            try:
                process.wait(max(0.0, deadline - time.monotonic()))
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()
        for path in self.run_folder.glob("*.pid"):
            path.unlink(missing_ok=True)


@contextmanager
def stop_signals(stop: Callable[[], None]) -> Iterator[Callable[[float], None]]:
    """Call ``stop`` on a stop signal; give a function that sleeps until a signal, a child's end too, or time is up."""
    reader, writer = socket.socketpair()
    reader.setblocking(False)
    writer.setblocking(False)
    signal.set_wakeup_fd(writer.fileno(), warn_on_full_buffer=False)
    signal.signal(signal.SIGCHLD, lambda *_: None)
    for kind in STOP_SIGNALS:
        if signal.getsignal(kind) != signal.SIG_IGN or kind != signal.SIGHUP:  # nohup stays in force
            signal.signal(kind, lambda *_: stop())
    with selectors.DefaultSelector() as selector:
        selector.register(reader, selectors.EVENT_READ)

        def wait(seconds: float) -> None:
            if selector.select(seconds):
                reader.recv(4096)

        try:
            yield wait
        finally:
            signal.set_wakeup_fd(-1)
            reader.close()
            writer.close()


def describe_exit(code: int) -> str:
    """Say how a process ended."""
    return f"killed by {signal.Signals(-code).name}" if code < 0 else f"exit code {code}"


def answers(environment: Environment) -> bool:
    """Tell whether the web server serves; any answer of the portal counts."""
    host = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(environment.bind, environment.bind)  # noqa: S104  # compared only
    connection = http.client.HTTPConnection(host, environment.port, timeout=1)
    try:
        connection.request("GET", "/healthz", headers={"Host": urlsplit(environment.public_url).netloc})
        return connection.getresponse().status < 500
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()


def banner(environment: Environment) -> str:
    """Return what a person needs to know once the portal answers."""
    return (
        f"\n  Portal:  {environment.public_url}/\n"
        f"  Admin:   {environment.public_url}/admin/  (user: admin)\n"
        f"  Data:    {environment.data_dir}\n"
        "  Stop with Ctrl-C.\n"
    )


def production_services() -> list[Service]:
    """Return the services of ``make run``."""
    return [
        Service("web", [PYTHON, "-m", "portal.web"]),
        Service("worker", [PYTHON, MANAGE, "worker"]),
    ]


def developers_services(environment: Environment) -> list[Service]:
    """Return the services of ``make dev``: Django's reloading server instead of granian."""
    address = f"[{environment.bind}]" if ":" in environment.bind else environment.bind
    return [
        Service("web", [PYTHON, MANAGE, "runserver", f"{address}:{environment.port}"]),
        Service("worker", [PYTHON, MANAGE, "worker"]),
    ]


def code_watcher() -> Callable[[], bool]:
    """Return a function that tells whether a Python file of the project has changed since its last call."""

    def latest() -> float:
        folders = [BASE_DIR / "site", *(path.parent for path in BASE_DIR.glob("*/apps.py"))]
        return max(path.stat().st_mtime for folder in folders for path in folder.rglob("*.py"))

    seen = latest()

    def changed() -> bool:
        nonlocal seen
        before, seen = seen, latest()
        return seen > before

    return changed


def main() -> None:
    """Take over from ``manage.py serve``; the options are its own (see there)."""
    # The lock of the data folder came through exec: keep it from the children, or it would outlive the supervisor.
    lock = next(int(option.removeprefix("--lock=")) for option in sys.argv if option.startswith("--lock="))
    os.set_inheritable(lock, False)
    developers = "--dev" in sys.argv
    supervisor = Supervisor(developers_services(env) if developers else production_services(), environment=env)
    if developers:
        supervisor.watch = code_watcher()
    sys.exit(supervisor.run())


if __name__ == "__main__":
    main()
