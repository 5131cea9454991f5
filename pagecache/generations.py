"""Generations of surrogate keys, shared by all processes of the site.

Each key has a number that grows whenever something shown under the key changes. Who stores a rendered page notes the
numbers of its keys first and may serve the page for as long as they stay the same. The numbers live in a memory-mapped
LMDB environment in ``DATA_DIR/pagecache``: a bump is seen by the next read of any process, a read takes microseconds.

Nothing here is worth keeping. A generation is a time in nanoseconds, and a key never bumped has the time at which the
environment was made; so an environment that was deleted, damaged or left behind by a power cut (it is never synced to
disk) is simply made anew, and every page stored under the old numbers is stale.
"""

import logging
import os
import shutil
import struct
import threading
import time
from collections.abc import Callable, Iterable, Sequence
from contextlib import AbstractContextManager
from functools import partial
from hashlib import blake2b
from pathlib import Path
from weakref import WeakSet

import lmdb
from django.conf import settings

from core.locks import file_lock

logger = logging.getLogger(__name__)

MAP_SIZE = 64 * 1024 * 1024  # sparse; 100,000 pages' keys take about 10 MB
MAX_READERS = 512
#: How long a process may go on reading an environment whose files were deleted underneath it.
FILES_CHECKED_EVERY = 0.25
EPOCH = b"\x00epoch"
BOOT = b"\x00boot"
_NUMBER = struct.Struct(">Q")


_all: "WeakSet[Generations]" = WeakSet()


class Generations:
    """One environment in one folder. Opened at first use, and again after a fork or when its files are gone."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._lock = threading.RLock()
        self._environment: lmdb.Environment | None = None
        self._inode = 0
        self._checked = 0.0
        _all.add(self)

    def bump(self, keys: Iterable[str]) -> None:
        """Give each key a number it never had. Raises when that is impossible."""
        names = {_name(key) for key in keys}
        if names:
            self._trying_twice(partial(_write, names), self._opened(check_files=True))

    def current(self, keys: Sequence[str]) -> tuple[int, ...]:
        """Return the present number of each key, in the order given, all of one instant."""
        return self._trying_twice(partial(_read, [_name(key) for key in keys]), self._opened())

    def close(self) -> None:
        """Let go of the files."""
        with self._lock:
            if self._environment is not None:
                self._environment.close()
                self._environment = None

    def before_fork(self) -> None:
        """Let go of the files and hold everybody off: an environment carried into a child could not be opened there
        again, and closing it there would take away this process's place among the readers.
        """
        self._lock.acquire()
        self.close()

    def after_fork_in_parent(self) -> None:
        """Go on; the files are opened again at the next use."""
        self._lock.release()

    def after_fork_in_child(self) -> None:
        """Begin afresh: the thread that held the lock is not in this process."""
        self._lock = threading.RLock()

    def _trying_twice[T](self, action: Callable[[lmdb.Environment], T], environment: lmdb.Environment) -> T:
        try:
            return action(environment)
        except lmdb.Error:
            self._discard(environment)
            return action(self._opened(check_files=True))

    def _opened(self, *, check_files: bool = False) -> lmdb.Environment:
        environment = self._environment
        now = time.monotonic()
        if environment is not None and not check_files and now - self._checked < FILES_CHECKED_EVERY:
            return environment
        with self._lock:
            if self._environment is None or self._inode != _inode(self.folder):
                self.close()
                self._environment = self._open()
                self._inode = _inode(self.folder)
            self._checked = now
            return self._environment

    def _open(self) -> lmdb.Environment:
        """Open the environment, or make it; one process at a time, so that all get the same one."""
        self.folder.parent.mkdir(parents=True, exist_ok=True)
        with self._files_locked():
            environment = _open_sound(self.folder)
            if environment is None:
                logger.warning("Making the page cache's generations in %s anew.", self.folder)
                self._set_aside()
                environment = _open_environment(self.folder)
            with environment.begin(write=True) as transaction:
                if transaction.get(EPOCH) is None:
                    transaction.put(EPOCH, _NUMBER.pack(time.time_ns()))
                    transaction.put(BOOT, _boot_id())
            environment.reader_check()
            return environment

    def _discard(self, environment: lmdb.Environment) -> None:
        """Throw away the files that made ``environment`` fail, unless somebody has replaced them meanwhile."""
        with self._lock:
            if self._environment is not environment:
                return
            with self._files_locked():
                if self._inode == _inode(self.folder):
                    logger.warning("The page cache's generations in %s are damaged or full.", self.folder)
                    self._set_aside()
            self.close()

    def _files_locked(self) -> AbstractContextManager[None]:
        return file_lock(self.folder.with_name(self.folder.name + ".lock"))

    def _set_aside(self) -> None:
        """Move the folder away in one step and delete it: other processes notice that their files are gone."""
        aside = self.folder.with_name(f"{self.folder.name}.old-{os.getpid()}-{time.time_ns()}")
        try:
            self.folder.rename(aside)
        except FileNotFoundError:
            return
        shutil.rmtree(aside, ignore_errors=True)


def _write(names: set[bytes], environment: lmdb.Environment) -> None:
    with environment.begin(write=True) as transaction:
        last = max(_number(transaction.get(name)) for name in (EPOCH, *names))
        # Later than anything before, also when the clock was set back.
        number = _NUMBER.pack(max(time.time_ns(), last + 1))
        for name in names:
            transaction.put(name, number)


def _read(names: list[bytes], environment: lmdb.Environment) -> tuple[int, ...]:
    with environment.begin() as transaction:
        epoch = transaction.get(EPOCH)
        return tuple(_number(transaction.get(name, epoch)) for name in names)


def _name(key: str) -> bytes:
    encoded = key.encode()
    # LMDB's keys hold 511 bytes at most.
    return encoded if len(encoded) <= 500 else blake2b(encoded, digest_size=32).digest()


def _number(stored: bytes | None) -> int:
    return int(_NUMBER.unpack(stored)[0]) if stored else 0


def _inode(folder: Path) -> int:
    try:
        return (folder / "data.mdb").stat().st_ino
    except OSError:
        return 0


def _boot_id() -> bytes:
    """What differs after a restart of the machine; empty where the system does not tell."""
    try:
        return Path("/proc/sys/kernel/random/boot_id").read_bytes().strip()
    except OSError:
        return b""


def _open_environment(folder: Path) -> lmdb.Environment:
    return lmdb.open(
        str(folder),
        map_size=MAP_SIZE,
        max_readers=MAX_READERS,
        sync=False,
        metasync=False,
        readahead=False,
        max_spare_txns=16,
        mode=0o600,
    )


def _open_sound(folder: Path) -> lmdb.Environment | None:
    """Open what is there; None when it cannot be relied on."""
    try:
        environment = _open_environment(folder)
    except lmdb.Error:
        return None
    try:
        sound = _is_sound(environment, folder)
    except lmdb.Error:
        sound = False
    if sound:
        return environment
    environment.close()
    return None


def _is_sound(environment: lmdb.Environment, folder: Path) -> bool:
    """Whether the file is whole (reading beyond its end would kill the process) and of this run of the machine."""
    size = (folder / "data.mdb").stat().st_size
    pages, page_size = environment.info()["last_pgno"] + 1, environment.stat()["psize"]
    if size < pages * page_size and pages > 2:
        return False
    with environment.begin() as transaction:
        return transaction.get(BOOT) in (None, _boot_id())


_generations: dict[Path, Generations] = {}


def site_generations() -> Generations:
    """Return the generations of this site, in its ``DATA_DIR``."""
    folder = Path(settings.DATA_DIR) / "pagecache"
    try:
        return _generations[folder]
    except KeyError:
        return _generations.setdefault(folder, Generations(folder))


def bump(keys: Iterable[str]) -> None:
    """Bump the keys at once; never raises. A failure is logged, and the outbox's own row bumps them again."""
    keys = list(keys)
    try:
        site_generations().bump(keys)
    except Exception:
        logger.exception("The generations of %d keys could not be bumped.", len(keys))


def current(keys: Sequence[str]) -> tuple[int, ...]:
    """Return the present generation of each key."""
    return site_generations().current(keys)


def fingerprint(keys: Sequence[str]) -> str:
    """Return a short text that stays the same for as long as no key was bumped."""
    numbers = current(keys)
    return blake2b(struct.pack(f">{len(numbers)}Q", *numbers), digest_size=12).hexdigest()


def _for_each(method: Callable[[Generations], None]) -> Callable[[], None]:
    def call() -> None:
        for generations in list(_all):
            method(generations)

    return call


os.register_at_fork(
    before=_for_each(Generations.before_fork),
    after_in_parent=_for_each(Generations.after_fork_in_parent),
    after_in_child=_for_each(Generations.after_fork_in_child),
)
