"""The journal of views: each web process appends a line per view to a file of its own, and does no more than that.

A line holds a time, the number of a page, a reader's key of the day, and the source of a link of ours if the reader
came by one. The key is drawn from address and browser with a salt that is deleted when the day is over: what remains
says that two views came from one reader, and never again from whom.
"""

import secrets
import time
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from hashlib import blake2b
from pathlib import Path

from django.conf import settings
from django.utils import timezone

from core.locks import file_lock
from visits.appending import AppendFiles, Day

#: The page number of a view of something that is no page of the tree, such as the archive of a topic.
NO_PAGE = 0
KEY_BYTES = 12
SALT_BYTES = 32


@dataclass(frozen=True)
class _Salted(Day):
    salt: bytes


def local_day(moment: float) -> date:
    """The day of a moment where the federation is."""
    return datetime.fromtimestamp(moment, timezone.get_default_timezone()).date()


def _midnight(day: date) -> float:
    return datetime(day.year, day.month, day.day, tzinfo=timezone.get_default_timezone()).timestamp()


class Journal(AppendFiles):
    """The journal of views in one folder. May be used from many threads and processes at once."""

    def __init__(self, folder: Path) -> None:
        super().__init__(folder)
        self._salted: _Salted | None = None

    def note(self, page_id: int, address: str, agent: str, source: str = "") -> None:
        """Write down a view, with the source if the reader came by a link of ours.

        Never raises: a reader's page matters more. What goes wrong is logged once an hour.
        """
        try:
            now = time.time()
            came_from = f" {source}".encode("ascii") if source else b""
            self.append(b"%d %d %s%s\n" % (now, page_id, self._key(now, address, agent), came_from), now)
        except Exception as problem:  # noqa: BLE001  # a disk has many ways to fail; complain() logs it
            self.complain(problem)

    def _key(self, now: float, address: str, agent: str) -> bytes:
        salted = self._salted
        if salted is None or not salted.holds(now):
            salted = self._take_salt(now)
        text = f"{address}\n{agent}".encode(errors="replace")
        return blake2b(text, key=salted.salt, digest_size=KEY_BYTES).hexdigest().encode("ascii")

    def _take_salt(self, now: float) -> _Salted:
        """Read the day's salt, or draw it: all processes get the same."""
        day = local_day(now)
        self.make_folders()
        with self._lock, file_lock(self.folder / "salt.lock"):
            path = self.folder / f"salt-{day}"
            salt = path.read_bytes() if path.exists() else b""
            if len(salt) != SALT_BYTES:
                salt = secrets.token_bytes(SALT_BYTES)
                path.touch(mode=0o600)
                path.write_bytes(salt)
            self._salted = _Salted(_midnight(day), _midnight(day + timedelta(days=1)), salt)
        return self._salted

    def forget_salts(self, today: date) -> None:
        """Delete the salts of days gone by."""
        for path in self.folder.glob("salt-*"):
            if path.name.removeprefix("salt-") < today.isoformat():
                path.unlink(missing_ok=True)


_journals: dict[Path, Journal] = {}


def site_journal() -> Journal:
    """The journal of this site, in its ``DATA_DIR``."""
    folder = Path(settings.DATA_DIR) / "visits"
    try:
        return _journals[folder]
    except KeyError:
        return _journals.setdefault(folder, Journal(folder))
