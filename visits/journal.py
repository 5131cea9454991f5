"""The journal of views: each web process appends a line per view to a file of its own, and does no more than that.

No database and no lock between processes: a view costs some microseconds. A line holds a time, the number of a page and
a reader's key of the day. The key is drawn from address and browser with a salt that is deleted when the day is over:
what remains says that two views came from one reader, and never again from whom.
"""

import logging
import os
import secrets
import threading
import time
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from hashlib import blake2b
from pathlib import Path

from django.conf import settings
from django.utils import timezone

from core.locks import file_lock

logger = logging.getLogger(__name__)

#: The page number of a view of something that is no page of the tree, such as the archive of a topic.
NO_PAGE = 0
KEY_BYTES = 12
SALT_BYTES = 32
COMPLAIN_EVERY = 3600.0


class _Target:
    """An open file. It closes when no thread uses it any more: closed earlier, its number might mean another file."""

    def __init__(self, path: Path) -> None:
        self.descriptor = os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT | os.O_CLOEXEC, 0o600)
        self.process = os.getpid()
        # What a process of the same number left may end in the middle of a line.
        self.torn = os.fstat(self.descriptor).st_size > 0

    def __del__(self) -> None:
        if hasattr(self, "descriptor"):
            os.close(self.descriptor)

    def append(self, line: bytes) -> None:
        """Write a line in one call; after one that did not fit, start on a line of its own."""
        line = b"\n" + line if self.torn else line
        self.torn = os.write(self.descriptor, line) != len(line)
        if self.torn:
            raise OSError("The disk took only a part of the line.")

    def still_there(self) -> bool:
        """Whether the file has a name, and this process opened it."""
        return self.process == os.getpid() and os.fstat(self.descriptor).st_nlink > 0


@dataclass(frozen=True)
class _Day:
    """What stays the same from one midnight to the next; ``begin`` and ``end`` as seconds of the epoch."""

    begin: float
    end: float

    def holds(self, now: float) -> bool:
        return self.begin <= now < self.end


@dataclass(frozen=True)
class _Salted(_Day):
    salt: bytes


@dataclass(frozen=True)
class _Open(_Day):
    target: _Target


def local_day(moment: float) -> date:
    """The day of a moment where the federation is."""
    return datetime.fromtimestamp(moment, timezone.get_default_timezone()).date()


def _midnight(day: date) -> float:
    return datetime(day.year, day.month, day.day, tzinfo=timezone.get_default_timezone()).timestamp()


class Journal:
    """The journal in one folder. May be used from many threads and processes at once."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._lock = threading.Lock()
        self._salted: _Salted | None = None
        self._open: _Open | None = None
        self._complained: float | None = None

    @property
    def incoming(self) -> Path:
        """Where the files are until they are counted."""
        return self.folder / "incoming"

    def note(self, page_id: int, address: str, agent: str) -> None:
        """Write down a view. Never raises: a reader's page matters more. What goes wrong is logged once an hour."""
        try:
            now = time.time()
            self._target(now).append(b"%d %d %s\n" % (now, page_id, self._key(now, address, agent)))
        except Exception as problem:
            if self._complained is None or time.monotonic() - self._complained > COMPLAIN_EVERY:
                self._complained = time.monotonic()
                logger.exception("Views cannot be written down, they are not counted: %s", type(problem).__name__)

    def _key(self, now: float, address: str, agent: str) -> bytes:
        salted = self._salted
        if salted is None or not salted.holds(now):
            salted = self._take_salt(now)
        text = f"{address}\n{agent}".encode(errors="replace")
        return blake2b(text, key=salted.salt, digest_size=KEY_BYTES).hexdigest().encode("ascii")

    def _take_salt(self, now: float) -> _Salted:
        """Read the day's salt, or draw it: all processes get the same."""
        day = local_day(now)
        self._make_folders()
        with self._lock, file_lock(self.folder / "salt.lock"):
            path = self.folder / f"salt-{day}"
            salt = path.read_bytes() if path.exists() else b""
            if len(salt) != SALT_BYTES:
                salt = secrets.token_bytes(SALT_BYTES)
                path.touch(mode=0o600)
                path.write_bytes(salt)
            self._salted = _Salted(_midnight(day), _midnight(day + timedelta(days=1)), salt)
        return self._salted

    def _target(self, now: float) -> _Target:
        """The file of this process and of this day; by UTC, since the name only says when the file is finished."""
        current = self._open
        if current is not None and current.holds(now) and current.target.still_there():
            return current.target
        self._make_folders()
        with self._lock:
            day = datetime.fromtimestamp(now, UTC).replace(hour=0, minute=0, second=0, microsecond=0)
            target = _Target(self.incoming / f"{day.date()}-{os.getpid()}.log")
            self._open = _Open(day.timestamp(), (day + timedelta(days=1)).timestamp(), target)
        return target

    def _make_folders(self) -> None:
        self.folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        self.incoming.mkdir(exist_ok=True, mode=0o700)

    def forget_salts(self, today: date) -> None:
        """Delete the salts of days gone by."""
        for path in self.folder.glob("salt-*"):
            if path.name.removeprefix("salt-") < today.isoformat():
                path.unlink(missing_ok=True)


_journals: dict[Path, Journal] = {}


def site_journal() -> Journal:
    """The journal of this site, in its ``DATA_DIR``."""
    folder = Path(settings.DATA_DIR) / "visits"
    try:
        return _journals[folder]
    except KeyError:
        return _journals.setdefault(folder, Journal(folder))
