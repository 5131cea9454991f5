"""A portal that really runs, with its own processes, port and data folder: for browser tests and benches."""

import contextlib
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from portal.environment import BASE_DIR
from portal.processes import read_pid

PATIENCE = 120.0
INHERITED = ("PATH", "HOME", "LANG", "LC_ALL", "SSL_CERT_FILE", "PYENV_ROOT", "CI")


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def environment(data_dir: Path, **variables: str) -> dict[str, str]:
    """Return the variables of a site, without those of the test run (its database, its settings)."""
    inherited = {name: os.environ[name] for name in INHERITED if name in os.environ}
    return {**inherited, "DATA_DIR": str(data_dir), "PYTHONUNBUFFERED": "1", **variables}


def wait_for[T](what: Callable[[], T], *, seconds: float = PATIENCE) -> T:
    """Return the first true answer; fail when none comes."""
    deadline = time.monotonic() + seconds
    while not (answer := what()):
        assert time.monotonic() < deadline, f"{getattr(what, '__qualname__', what)} did not happen in {seconds} s"
        time.sleep(0.05)
    return answer


def alive(pid: int) -> bool:
    """Tell whether a process runs; one that has ended but not been reaped does not."""
    try:
        return (Path("/proc") / str(pid) / "stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


@dataclass
class RunningSite:
    process: subprocess.Popen[bytes]
    data_dir: Path
    port: int
    log: Path

    @property
    def url(self) -> str:
        return f"http://localhost:{self.port}"

    def get(self, path: str) -> tuple[int, bytes]:
        """Return status and body; 0 when nobody answers."""
        try:
            with urllib.request.urlopen(self.url + path, timeout=30) as answer:
                return answer.status, answer.read()
        except urllib.error.HTTPError as error:
            return error.code, error.read()
        except OSError:
            return 0, b""

    def status(self, path: str) -> int:
        return self.get(path)[0]

    def pid(self, name: str) -> int | None:
        return read_pid(self.data_dir / "run" / f"{name}.pid")

    def pids(self) -> dict[str, int]:
        """Return the processes that say they run and do."""
        found = {path.stem: read_pid(path) for path in (self.data_dir / "run").glob("*.pid")}
        return {name: pid for name, pid in found.items() if pid and alive(pid)}

    def replaced(self, name: str, old: int) -> bool:
        pid = self.pid(name)
        return pid is not None and pid != old and alive(pid)

    def output(self) -> str:
        return self.log.read_text(encoding="utf-8")

    def wait_until_ready(self) -> None:
        def ready() -> bool:
            assert self.process.poll() is None, self.output()
            return "Stop with Ctrl-C." in self.output()

        wait_for(ready, seconds=600)

    def stop(self, kind: signal.Signals = signal.SIGINT) -> int:
        """Send the signal, as a terminal does on Ctrl-C to the whole group, and return the exit code."""
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self.process.pid, kind)
        return self.process.wait(60)


@contextlib.contextmanager
def running(command: Sequence[str], data_dir: Path, **variables: str) -> Iterator[RunningSite]:
    """Start a site, wait until it is ready, and make sure that nothing of it is left afterwards."""
    port = free_port()
    log = data_dir.with_name(f"{data_dir.name}-{port}.log")
    with log.open("wb") as output:
        process = subprocess.Popen(
            command,
            cwd=BASE_DIR,
            env=environment(data_dir, PORT=str(port), **variables),
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
    site = RunningSite(process, data_dir, port, log)
    try:
        site.wait_until_ready()
        yield site
    finally:
        if process.poll() is None:
            site.stop()


SERVE = (sys.executable, "manage.py", "serve")
