"""The worker: one process that carries out consequences, runs the calendar and Wagtail's tasks, and beats a heart.

It may be killed at any instant. What it had begun is either committed whole, or comes back: by its lease, or at once
when the next worker of this machine starts.
"""

import logging
import os
import signal
import threading
import time
from collections.abc import Callable
from pathlib import Path
from types import FrameType
from typing import ClassVar

from django.db import DatabaseError, InterfaceError, close_old_connections, connections

from core.consequences import lanes
from core.locks import file_lock
from outbox import claims
from outbox.heart import Heart, process_name
from outbox.lanes import Lane
from outbox.models import Consequence
from outbox.periodic import Calendar
from outbox.running import carry_out
from outbox.scheduling import find_due
from outbox.wagtail_tasks import TaskDrain, give_back_abandoned

logger = logging.getLogger(__name__)

POLL_EVERY = 0.5
#: What is due by the clock waits no longer than this, and one piece of work, however much else there is to do.
TURN = 1.0
#: After being asked to stop, work in hand has so long to end; then the process goes and the work comes back later.
GRACE = 1.5
LONGEST_PAUSE_AFTER_ERROR = 10.0


class Worker:
    """The loop. ``run`` returns when the process was asked to stop."""

    #: True in the process that runs the loop: there, work of minutes goes into a thread of its own.
    at_work: ClassVar[bool] = False

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.process = process_name()
        self.heart = Heart(self.process)
        self.calendar = Calendar()
        self.tasks = TaskDrain(self.process)
        self.lanes = [Lane(name, self.process) for name in lanes()]
        # A plain flag: a signal's handler must not wait for the lock inside an Event.
        self._stopping = False
        self._errors = 0

    def run(self) -> None:
        """Work until stopped. Raises AlreadyHeld when another worker runs in the same folder."""
        self._listen_to_signals()
        self.folder.mkdir(parents=True, exist_ok=True)
        with file_lock(self.folder / "worker.lock", wait=False):
            pid_file = self.folder / "worker.pid"
            pid_file.write_text(f"{os.getpid()}\n", encoding="ascii")
            Worker.at_work = True
            try:
                self._begin()
                self._loop()
            finally:
                Worker.at_work = False
                self._end_lanes()
                pid_file.unlink(missing_ok=True)
                self.heart.stop()
        logger.info("The worker has stopped.")

    def _begin(self) -> None:
        """Wait for the database if need be, take back what earlier workers left, and start the heart."""
        host = self.process.split(":", maxsplit=1)[0]

        def begin() -> bool:
            recovered = claims.recover(worker=self.process, host=host) + give_back_abandoned(
                self.process, starting=True
            )
            if recovered:
                logger.info("%d interrupted pieces of work will be done again.", recovered)
            self.calendar.load()
            return True

        while not self._guarded(begin):
            if self._stopping:
                return
        self.heart.start()
        for lane in self.lanes:
            lane.start()
        logger.info("The worker %s is at work.", self.process)

    def _end_lanes(self) -> None:
        """Give each lane the time to end what it has in hand; what takes longer comes back at the next start."""
        until = time.monotonic() + GRACE
        for lane in self.lanes:
            lane.stop()
        for lane in self.lanes:
            if lane.is_alive():
                lane.join(max(0.0, until - time.monotonic()))

    def _loop(self) -> None:
        while not self._stopping:
            if not self._guarded(self.step):
                time.sleep(POLL_EVERY)

    def step(self) -> bool:
        """Do what is due, a bounded amount of it; return whether there was anything."""
        busy = False
        for job in self.calendar.due():
            if self._stopping:
                return False
            self.heart.doing(job.name)
            self.calendar.run(job)
        until = time.monotonic() + TURN
        while True:
            row = None if self._stopping else claims.claim_next(self.process, claims.MAIN_LANE)
            if row is None:
                break
            busy = True
            self.heart.doing(row.key)
            carry_out(row)
            if time.monotonic() > until:
                break
        if not self._stopping:
            self.heart.doing("tasks")
            busy = self.tasks.run_some() or busy
        self.heart.doing("")
        return busy

    def _guarded(self, action: Callable[[], bool]) -> bool:
        """Run ``action``; on an error log it, pause ever longer, and return False."""
        try:
            close_old_connections()
            result = action()
        except (DatabaseError, InterfaceError) as error:
            logger.warning("The database could not be used: %s", error)
            connections.close_all()
            self._pause_after_error()
            return False
        except Exception:
            logger.exception("Something unforeseen happened in the worker.")
            self._pause_after_error()
            return False
        self._errors = 0
        return result

    def _pause_after_error(self) -> None:
        self._errors += 1
        until = time.monotonic() + min(0.5 * 2**self._errors, LONGEST_PAUSE_AFTER_ERROR)
        while not self._stopping and time.monotonic() < until:
            time.sleep(0.2)

    def _listen_to_signals(self) -> None:
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, self._stop)

    def _stop(self, number: int, frame: FrameType | None) -> None:
        """Let the work in hand end within the grace, and no longer."""
        if self._stopping:
            return
        self._stopping = True
        self.tasks.stop()
        for lane in self.lanes:
            lane.stop()
        threading.Thread(target=self._leave_after_grace, name="leaving", daemon=True).start()

    def _leave_after_grace(self) -> None:
        time.sleep(GRACE)
        logger.warning("The work in hand takes too long to wait for; it will be done again at the next start.")
        (self.folder / "worker.pid").unlink(missing_ok=True)
        logging.shutdown()
        os._exit(0)


def run_pending(*, limit: int = 10_000) -> int:
    """Carry out everything that is due now, in this process, and return how many consequences went well.

    For tests and commands; the schedule's job runs first, so that due items are published.
    """
    find_due()
    process = process_name()
    done = 0
    for _turn in range(limit):
        row: Consequence | None = claims.claim_next(process)
        if row is None:
            break
        done += carry_out(row)
    return done
