"""A site whose processes are killed: in a folder and on a database of its own, with production's settings."""

import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import psycopg

from tests.migrated import copy_migrated, template_on

ROOT = Path(__file__).resolve().parents[1]
PATIENCE = 400.0


@contextmanager
def own_database() -> Iterator[str]:
    """The DATABASE_URL of a site's own database: "" for SQLite in its folder, or a migrated one on the PostgreSQL."""
    url = os.environ.get("DATABASE_URL", "")
    if not url.startswith("postgres"):
        yield ""
        return
    name = f"killed_{os.getpid()}"
    with psycopg.connect(url, autocommit=True) as server:
        server.execute(f"CREATE DATABASE {name} TEMPLATE {template_on(server, url)}")
        try:
            yield urlsplit(url)._replace(path=f"/{name}").geturl()
        finally:
            server.execute(f"DROP DATABASE {name} WITH (FORCE)")


class Site:
    """A site in a folder and a database of its own, run by real processes with production's settings."""

    def __init__(self, folder: Path, database_url: str, **variables: str) -> None:
        self.folder = folder
        folder.mkdir(exist_ok=True)
        self.environment = {
            **{name: value for name, value in os.environ.items() if name != "SECRET_KEY"},
            "DATABASE_URL": database_url,
            "DATA_DIR": str(folder),
            "DJANGO_SETTINGS_MODULE": "portal.settings.production",
            **variables,
        }
        self.log = folder / "log"

    def migrate(self) -> None:
        """Make the tables: a copy of some made before; :func:`own_database` has done it on PostgreSQL."""
        if not self.environment["DATABASE_URL"]:
            copy_migrated(self.folder / "portal.sqlite3")

    def run(self, *command: str) -> str:
        done = self.finish(*command)
        assert done.returncode == 0, done.stderr[-3000:]
        return done.stdout

    def finish(self, *command: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, *command], cwd=ROOT, env=self.environment, capture_output=True, text=True, check=False
        )

    def start(self, *command: str, output: Any = None) -> subprocess.Popen:
        with self.log.open("ab") as log:
            return subprocess.Popen(
                [sys.executable, *command], cwd=ROOT, env=self.environment, stdout=output or log, stderr=log
            )

    def start_worker(self) -> subprocess.Popen:
        return self.start("manage.py", "worker")

    def worker_is_at_work(self, process: subprocess.Popen) -> bool:
        try:
            return (self.folder / "run" / "worker.pid").read_text().strip() == str(process.pid)
        except OSError:
            return False


def wait_for(condition: Callable[[], bool], what: str, patience: float = PATIENCE) -> None:
    until = time.monotonic() + patience
    while not condition():
        assert time.monotonic() < until, f"Waited in vain for {what}."
        time.sleep(0.02)
