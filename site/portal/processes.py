"""Processes of one site on one machine: process-id files, locks that die with their holder, no orphans.

Standard library only: the supervisor and the web server's parent process import this and stay small.
"""

import ctypes
import errno
import fcntl
import os
import signal
import socket
import sys
from pathlib import Path

PR_SET_PDEATHSIG = 1


def die_with_parent(kind: signal.Signals = signal.SIGKILL) -> None:
    """Ask the kernel to end this process when the one that started it ends, however it ends (Linux only).

    Call it in the child; it survives exec. Elsewhere it does nothing, and only a kill -9 of the parent leaves orphans.
    """
    if sys.platform == "linux":
        parent = os.getppid()
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, int(kind))
        if os.getppid() != parent:  # it ended in between
            os.kill(os.getpid(), kind)


def prepare_child() -> None:
    """Give a child its own process group, so that Ctrl-C reaches the supervisor alone, and tie it to its parent."""
    os.setsid()
    die_with_parent()


def write_pid(path: Path, pid: int) -> None:
    """Write a process-id file in one step, so that no reader sees it empty."""
    temporary = path.with_name(f".{path.name}.{os.getpid()}")
    temporary.write_text(f"{pid}\n", encoding="ascii")
    temporary.replace(path)


def read_pid(path: Path) -> int | None:
    """Return the id in a process-id file, or None where there is none."""
    try:
        return int(path.read_text(encoding="ascii"))
    except (OSError, ValueError):
        return None


def hold_lock(path: Path) -> int | None:
    """Take a lock that the kernel frees when this process ends; None while another process holds it.

    Locks rather than process ids say whether something runs: after a power cut an id may belong to a stranger.
    """
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o644)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        os.close(descriptor)
        return None
    return descriptor


def claim_numbered_pid(folder: Path, name: str) -> Path:
    """Write this process's id to the first free of NAME-1.pid, NAME-2.pid, … and hold it for life.

    A process that takes the place of a killed one gets its number.
    """
    number = 0
    while True:
        number += 1
        path = folder / f"{name}-{number}.pid"
        descriptor = hold_lock(path)
        if descriptor is not None:
            os.truncate(descriptor, 0)
            os.write(descriptor, f"{os.getpid()}\n".encode("ascii"))
            return path


def why_not_listen(address: str, port: int) -> str | None:
    """Say in a sentence why the portal cannot listen there; None when it can."""
    try:
        family, kind, protocol, _, target = socket.getaddrinfo(
            address, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
        )[0]
        with socket.socket(family, kind, protocol) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(target)
            probe.listen(1)
    except PermissionError:
        return f"Port {port} needs administrator's rights. Choose one above 1023: PORT=8080 make run"
    except OSError as problem:
        if isinstance(problem, socket.gaierror) or problem.errno != errno.EADDRINUSE:
            return f"Cannot listen at {address}:{port} ({problem.strerror}). Is BIND an address of this machine?"
        return f"Port {port} is in use by another program. Choose another: PORT={port + 1} make run"
    return None
