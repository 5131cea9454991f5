"""The log of searches: what was sought and which result was chosen, and nothing about who did.

A web process appends a line to a file of its own (:mod:`visits.appending`), so no search waits for a database; the
worker counts the lines (:mod:`search.counting`). A line holds a time, the words, and the number of results or the
result chosen. No address, browser or cookie is written, and no line can be tied to another. What looks like personal
data is not written at all.
"""

import re
import threading
import time
from pathlib import Path

from django.conf import settings
from django.http import HttpRequest

from core.text import clean_text
from search.personal_data import looks_personal
from search.spelling import spelling_key
from visits.appending import AppendFiles
from visits.middleware import is_reader

FOLDER = "searches"
#: Bytes that one process writes on one day at most, some 400,000 lines: a flood fills no disk.
MOST_BYTES_A_DAY = 32 * 1024 * 1024
KEY = re.compile(r"[a-z_]{1,30}:[0-9]{1,12}")
LAST_PLACE = 1000
#: Clicks that one process writes down per second in the long run, and at once.
CLICKS_PER_SECOND, CLICKS_AT_ONCE = 10.0, 100.0


class Allowance:
    """So many events a second in the long run, and some more at once; what is beyond is refused."""

    def __init__(self, per_second: float, at_once: float) -> None:
        self.per_second = per_second
        self.at_once = at_once
        self._left = at_once
        self._seen = time.monotonic()
        self._lock = threading.Lock()

    def take(self) -> bool:
        """Whether one more event fits."""
        with self._lock:
            now = time.monotonic()
            self._left = min(self.at_once, self._left + (now - self._seen) * self.per_second)
            self._seen = now
            if self._left < 1:
                return False
            self._left -= 1
            return True


class SearchLog(AppendFiles):
    """The log in one folder. Its methods never raise: a reader's search matters more."""

    def __init__(self, folder: Path) -> None:
        super().__init__(folder, limit=MOST_BYTES_A_DAY)
        self.clicks = Allowance(CLICKS_PER_SECOND, CLICKS_AT_ONCE)

    def search(self, text: str, total: int) -> None:
        """Write down that words were sought and how many results they had."""
        self._write(text, b"S %d" % max(0, min(total, 10**9)))

    def click(self, text: str, key: str, place: int) -> None:
        """Write down that a result was chosen; what no result list can have shown is left out."""
        if KEY.fullmatch(key) and 1 <= place <= LAST_PLACE and self.clicks.take():
            self._write(text, b"C %d %s" % (place, key.encode("ascii")))

    def _write(self, text: str, what: bytes) -> None:
        try:
            words = kept_words(text)
            if words:
                now = time.time()
                self.append(b"%d %s %s\n" % (now, what, words.encode()), now)
        except Exception as problem:  # noqa: BLE001  # a disk has many ways to fail; complain() logs it
            self.complain(problem)


def kept_words(text: str) -> str:
    """The words as they may be kept, on one line; empty when they may not be, or say nothing."""
    words = " ".join(clean_text(text[:1000]).split())
    return "" if looks_personal(words) or not spelling_key(words) else words


_logs: dict[Path, SearchLog] = {}


def site_log() -> SearchLog:
    """The log of this site, in its ``DATA_DIR``."""
    folder = Path(settings.DATA_DIR) / FOLDER
    try:
        return _logs[folder]
    except KeyError:
        return _logs.setdefault(folder, SearchLog(folder))


def record_search(request: HttpRequest, text: str, total: int) -> None:
    """Note a search whose first page a reader was shown. Call it once per answer, not for further pages or facets."""
    if was_asked_by_reader(request):
        site_log().search(text, total)


def record_click(request: HttpRequest, text: str, key: str, place: int) -> None:
    """Note that a reader chose a result of a search; ``place`` counts from 1."""
    if is_reader(request.META.get("HTTP_USER_AGENT", "")):
        site_log().click(text, key, place)


def was_asked_by_reader(request: HttpRequest) -> bool:
    """Whether a reader asked, as visits see it: no machine that says it is one, nothing fetched in advance."""
    headers = request.META
    return "prefetch" not in headers.get("HTTP_SEC_PURPOSE", headers.get("HTTP_PURPOSE", "")) and is_reader(
        headers.get("HTTP_USER_AGENT", "")
    )
