"""A database with every migration applied, made once for each state of the code and copied for each site of a test.

On SQLite a file, on PostgreSQL a template database beside the suite's own.

Applying some 240 migrations takes half a minute of a processor; a suite starts a dozen sites of its own.
"""

import fcntl
import hashlib
import os
import sqlite3
import subprocess
import sys
import tempfile
from pathlib import Path
from urllib.parse import urlsplit

import psycopg

ROOT = Path(__file__).resolve().parents[1]
FOLDER = Path(tempfile.gettempdir()) / f"union-portal-migrated-{os.getuid()}"
NAME = "portal.sqlite3"


def copy_migrated(target: Path) -> None:
    """Put the database of a freshly migrated site at ``target``, which nobody has open."""
    FOLDER.mkdir(mode=0o700, exist_ok=True)
    with (FOLDER / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)  # the other process of the suite waits instead of doing the same work
        made = FOLDER / f"{_state_of_code()}.sqlite3"
        if not made.exists():
            for old in FOLDER.glob("*.sqlite3"):
                old.unlink()
            _make(made)
    with sqlite3.connect(made) as source, sqlite3.connect(target) as copy:
        source.backup(copy)
    source.close()
    copy.close()


def template_on(server: psycopg.Connection, url: str) -> str:
    """The name of a migrated database on a server of PostgreSQL, of which others can be made as copies."""
    name = f"migrated_{_state_of_code()}"
    FOLDER.mkdir(mode=0o700, exist_ok=True)
    with (FOLDER / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not server.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name]).fetchone():
            server.execute(f"CREATE DATABASE {name}_made")
            _migrate(urlsplit(url)._replace(path=f"/{name}_made").geturl())
            server.execute(f"ALTER DATABASE {name}_made RENAME TO {name}")
    return name


def _state_of_code() -> str:
    listed = subprocess.run(["git", "ls-files", "-z", "*.py", "uv.lock"], cwd=ROOT, capture_output=True, check=True)
    digest = hashlib.sha256(sys.version.encode())
    for name in sorted(listed.stdout.decode().split("\0")):
        path = ROOT / name
        if name and not name.startswith("tests/") and path.is_file():
            digest.update(name.encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()[:24]


def _make(made: Path) -> None:
    with tempfile.TemporaryDirectory(dir=FOLDER) as folder:
        _migrate("", folder)
        (Path(folder) / NAME).rename(made)


def _migrate(database_url: str, folder: str = "") -> None:
    with tempfile.TemporaryDirectory() as other:
        environment = {name: value for name, value in os.environ.items() if name != "SECRET_KEY"}
        environment |= {"DATABASE_URL": database_url, "DATA_DIR": folder or other}
        environment |= {"DJANGO_SETTINGS_MODULE": "portal.settings.production"}
        command = [sys.executable, "manage.py", "migrate", "-v0"]
        subprocess.run(command, cwd=ROOT, env=environment, check=True)
