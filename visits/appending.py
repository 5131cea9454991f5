"""Files that many processes append lines to and one worker counts: the way into the database of counts.

Each process appends to a file of its own and does no more than that: no database, no lock between processes, some
microseconds a line. What a line says is its writer's business.
"""

import logging
import os
import threading
import time
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

logger = logging.getLogger(__name__)

COMPLAIN_EVERY = 3600.0


class _Target:
    """An open file. It closes when no thread uses it any more: closed earlier, its number might mean another file."""

    def __init__(self, path: Path) -> None:
        self.descriptor = os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT | os.O_CLOEXEC, 0o600)
        self.process = os.getpid()
        self.size = os.fstat(self.descriptor).st_size
        # What a process of the same number left may end in the middle of a line.
        self.torn = self.size > 0

    def __del__(self) -> None:
        if hasattr(self, "descriptor"):
            os.close(self.descriptor)

    def append(self, line: bytes) -> None:
        """Write a line in one call; after one that did not fit, start on a line of its own."""
        line = b"\n" + line if self.torn else line
        written = os.write(self.descriptor, line)
        self.size += written
        self.torn = written != len(line)
        if self.torn:
            raise OSError("The disk took only a part of the line.")

    def still_there(self) -> bool:
        """Whether the file has a name, and this process opened it."""
        return self.process == os.getpid() and os.fstat(self.descriptor).st_nlink > 0


@dataclass(frozen=True)
class Day:
    """What stays the same from one midnight to the next; ``begin`` and ``end`` as seconds of the epoch."""

    begin: float
    end: float

    def holds(self, now: float) -> bool:
        """Whether a moment belongs to the day."""
        return self.begin <= now < self.end


@dataclass(frozen=True)
class _Open(Day):
    target: _Target


class AppendFiles:
    """The files in one folder. May be used from many threads and processes at once.

    ``limit`` is the size in bytes at which the file of a process and day takes no more lines.
    """

    def __init__(self, folder: Path, *, limit: int | None = None) -> None:
        self.folder = folder
        self.limit = limit
        self._lock = threading.Lock()
        self._open: _Open | None = None
        self._complained: float | None = None

    @property
    def incoming(self) -> Path:
        """Where the files are until they are counted."""
        return self.folder / "incoming"

    def waiting_files(self) -> list[Path]:
        """The files, oldest first."""
        return sorted(self.incoming.glob("*.log"))

    def append(self, line: bytes, now: float) -> None:
        """Write a line that ends with a line feed and holds no other."""
        target = self._target(now)
        if self.limit is None or target.size + len(line) <= self.limit:
            target.append(line)

    def complain(self, problem: Exception) -> None:
        """Log what keeps lines from being written, once an hour; call it where the problem was caught."""
        if self._complained is None or time.monotonic() - self._complained > COMPLAIN_EVERY:
            self._complained = time.monotonic()
            logger.exception("Lines cannot be written to %s: %s", self.incoming, type(problem).__name__)

    def _target(self, now: float) -> _Target:
        """The file of this process and of this day; by UTC, since the name only says when the file is finished."""
        current = self._open
        if current is not None and current.holds(now) and current.target.still_there():
            return current.target
        self.make_folders()
        with self._lock:
            day = datetime.fromtimestamp(now, UTC).replace(hour=0, minute=0, second=0, microsecond=0)
            target = _Target(self.incoming / f"{day.date()}-{os.getpid()}.log")
            self._open = _Open(day.timestamp(), (day + timedelta(days=1)).timestamp(), target)
        return target

    def make_folders(self) -> None:
        """Make the folders; nobody else on the machine may look into them."""
        self.folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        self.incoming.mkdir(exist_ok=True, mode=0o700)
