"""Lanes: work that waits for other machines goes on beside everything else, one piece at a time in each lane.

A lane is a thread of the worker with a connection to the database of its own. Its claims, leases and recovery are the
worker's: the heartbeat extends them, and what a killed worker had in hand comes back.
"""

import logging
import threading
import time

from django.db import DatabaseError, InterfaceError, close_old_connections, connections

from outbox import claims
from outbox.running import carry_out

logger = logging.getLogger(__name__)

POLL_EVERY = 0.5
PAUSE_AFTER_ERROR = 5.0


class Lane(threading.Thread):
    """Carries out the consequences of one lane until it is stopped."""

    def __init__(self, lane: str, worker: str) -> None:
        super().__init__(name=f"lane-{lane}", daemon=True)
        self.lane = lane
        self.worker = worker
        # A plain flag: a signal's handler must not wait for the lock inside an Event.
        self._stopping = False

    def stop(self) -> None:
        """Take nothing more."""
        self._stopping = True

    def run(self) -> None:
        """The loop; no error ends it."""
        try:
            while not self._stopping:
                if not self._step():
                    time.sleep(POLL_EVERY)
        finally:
            connections.close_all()

    def _step(self) -> bool:
        try:
            close_old_connections()
            row = claims.claim_next(self.worker, self.lane)
            if row is None:
                return False
            carry_out(row)
        except (DatabaseError, InterfaceError) as error:
            logger.warning("The lane %s could not use the database: %s", self.lane, error)
            connections.close_all()
            time.sleep(PAUSE_AFTER_ERROR)
        except Exception:
            logger.exception("Something unforeseen happened in the lane %s.", self.lane)
            time.sleep(PAUSE_AFTER_ERROR)
        return True
