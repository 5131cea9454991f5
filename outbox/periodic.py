"""Runs the periodic jobs that are due and records how each went."""

import logging
from collections.abc import Iterator
from datetime import datetime, timedelta

from django.utils import timezone

from core.schedule import PeriodicJob, all_jobs
from outbox.claims import in_plain_words
from outbox.models import ScheduleRun

logger = logging.getLogger(__name__)

#: A job that comes round more often than this is recorded once per run, after it, to spare writes.
RECORD_START_FROM = timedelta(minutes=1)


class Calendar:
    """When each job is due. Kept in memory between runs, so that waiting costs no query."""

    def __init__(self) -> None:
        self._next: dict[str, datetime] = {}

    def load(self) -> None:
        """Read when each job is due; one whose time has passed, or that never ran, is due now."""
        known = dict(ScheduleRun.objects.values_list("name", "next_run"))
        now = timezone.now()
        for job in all_jobs():
            # A row far in the future was written under a wrong clock.
            self._next[job.name] = min(known.get(job.name, now), now + job.every)

    def due(self) -> Iterator[PeriodicJob]:
        """The jobs that are due, asked for one at a time."""
        for job in all_jobs():
            if self._next.get(job.name, timezone.now()) <= timezone.now():
                yield job

    def run(self, job: PeriodicJob) -> bool:
        """Run one job and record it, also its error; either way it comes round again. Return whether it went well."""
        started = timezone.now()
        self._next[job.name] = started + job.every
        if job.every >= RECORD_START_FROM:
            _record(job, last_started=started, next_run=self._next[job.name])
        error = ""
        try:
            job.run()
        except Exception as problem:
            logger.exception("The periodic job %s failed.", job.name)
            error = in_plain_words(problem)
        _record(
            job, last_started=started, last_finished=timezone.now(), last_error=error, next_run=self._next[job.name]
        )
        return not error


def _record(job: PeriodicJob, **values: object) -> None:
    ScheduleRun.objects.update_or_create(name=job.name, defaults=values)
