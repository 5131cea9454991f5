"""Work that comes round by itself; the worker (``outbox``) runs it and records each run."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

from django.utils.functional import Promise


@dataclass(frozen=True, kw_only=True)
class PeriodicJob:
    """A registered job. A run that was missed while the worker stood still is made up for once, not many times."""

    name: str
    every: timedelta
    label: str | Promise
    run: Callable[[], None]


_jobs: dict[str, PeriodicJob] = {}


def periodic(
    name: str, *, every: timedelta, label: str | Promise
) -> Callable[[Callable[[], None]], Callable[[], None]]:
    """Register a job (decorator). It runs in the worker, one at a time, outside any transaction."""

    def register(function: Callable[[], None]) -> Callable[[], None]:
        existing = _jobs.get(name)
        if existing and existing.run is not function:
            raise ValueError(f"The periodic job {name!r} is already registered.")
        _jobs[name] = PeriodicJob(name=name, every=every, label=label, run=function)
        return function

    return register


def forget_job(name: str) -> None:
    """Take a job out of the registry; tests register jobs of their own."""
    _jobs.pop(name, None)


def all_jobs() -> list[PeriodicJob]:
    """Every registered job, by name."""
    return [_jobs[name] for name in sorted(_jobs)]
