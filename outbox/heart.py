"""The worker's heartbeat: a thread of its own, so that it beats during long work too."""

import logging
import os
import socket
import threading
from datetime import datetime, timedelta

from django.db import DatabaseError, connection
from django.utils import timezone

from outbox.claims import extend_leases
from outbox.models import Heartbeat

logger = logging.getLogger(__name__)

WORKER = "worker"
BEAT_EVERY = 5.0
#: Without a beat for so long, the worker counts as dead. Longer than SQLite may keep a writer waiting.
DEAD_AFTER = timedelta(seconds=45)
#: One piece of work that takes longer than this is worth a person's look.
STUCK_AFTER = timedelta(minutes=15)


def process_name() -> str:
    """Name this process so that no earlier or later one on any machine has the same name."""
    return f"{socket.gethostname()[:50]}:{os.getpid()}:{os.urandom(4).hex()}"


class Heart(threading.Thread):
    """Writes the heartbeat's row and keeps the leases of the worker alive."""

    def __init__(self, process: str) -> None:
        super().__init__(name="heart", daemon=True)
        self.process = process
        self.started_at = timezone.now()
        self._doing = ""
        self._doing_since: datetime | None = None
        self._stopping = threading.Event()

    def doing(self, what: str) -> None:
        """Note what the worker does now; empty when it waits. Written with the next beat."""
        self._doing, self._doing_since = what[:200], timezone.now() if what else None

    def run(self) -> None:
        """Beat until told to stop; a database that is busy costs a beat, not the thread."""
        while not self._stopping.is_set():
            try:
                self.beat()
            except DatabaseError as error:
                logger.warning("A heartbeat could not be written: %s", error)
                connection.close()
            self._stopping.wait(BEAT_EVERY)
        connection.close()

    def beat(self) -> None:
        """Write one beat."""
        Heartbeat.objects.update_or_create(
            name=WORKER,
            defaults={
                "process": self.process,
                "started_at": self.started_at,
                "beat_at": timezone.now(),
                "doing": self._doing,
                "doing_since": self._doing_since,
            },
        )
        if self._doing:
            extend_leases(self.process)

    def stop(self) -> None:
        """Stop beating."""
        self._stopping.set()
