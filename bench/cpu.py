"""CPU time of processes, from /proc: the figure that other load on the machine moves least."""

import os
from collections.abc import Iterable
from pathlib import Path

TICKS = os.sysconf("SC_CLK_TCK")


def _fields(pid: int) -> list[str]:
    """Return /proc/PID/stat from the state on: [1] is the parent, [11] and [12] user and system ticks."""
    return (Path("/proc") / str(pid) / "stat").read_text(encoding="ascii").rpartition(")")[2].split()


def family(root: int) -> set[int]:
    """Return a process and its children, and theirs."""
    children: dict[int, list[int]] = {}
    for folder in Path("/proc").iterdir():
        if folder.name.isdigit():
            try:
                children.setdefault(int(_fields(int(folder.name))[1]), []).append(int(folder.name))
            except OSError:
                continue
    found, waiting = set(), [root]
    while waiting:
        pid = waiting.pop()
        found.add(pid)
        waiting += children.get(pid, [])
    return found


def seconds_used(pids: Iterable[int]) -> float:
    """Return the CPU seconds these processes have used so far."""
    return sum(int(ticks) for pid in pids for ticks in _fields(pid)[11:13]) / TICKS
