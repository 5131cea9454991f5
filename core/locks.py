"""Locks between processes, held by the operating system: killing the holder sets them free."""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


class AlreadyHeld(Exception):  # noqa: N818  # says what is the case, as the standard library's FileExistsError does
    """Another process holds the lock."""


@contextmanager
def file_lock(path: Path, *, wait: bool = True) -> Iterator[None]:
    """Hold an exclusive lock on ``path``, a file that is made when missing and never deleted.

    With ``wait=False`` raise AlreadyHeld at once when another process holds it.
    """
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX if wait else fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise AlreadyHeld(str(path)) from None
        yield
    finally:
        os.close(descriptor)
