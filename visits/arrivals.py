"""Readers who came by a link that the portal itself has put somewhere, for instance into a post on a network.

Such a link carries a mark, ``utm_campaign=SOURCE-PAGE``: who put it there (a letter for the kind, and a number) and
the number of the page it leads to. A mark is written down only with a view of that very page, and counted only if
whoever registered the letter knows it. So nobody can make rows by inventing marks. A reader counts once a day for
each source and page.
"""

import re
from collections.abc import Callable, Iterable
from datetime import date, timedelta
from hashlib import blake2b
from urllib.parse import urlsplit

from django.db.models import Sum
from django.http import HttpRequest
from django.http.response import HttpResponseBase

from visits.models import ArrivedReader, DailyArrival

#: Counts older than this are deleted.
DAYS_KEPT = 400
BATCH = 500
SOURCE = r"[a-z]\d{1,9}"
#: Read from the bytes as they came: what is encoded in another way is no link of ours. «;» is left of an «&amp;».
_MARK = re.compile(rf"(?:^|[&;])utm_campaign=({SOURCE})-(\d{{1,18}})(?=[&;]|$)")
_PARAMETER = re.compile(r"(?:^|[&;])(utm_(?:source|medium|campaign)=[a-z0-9_-]{1,40})(?=[&;]|$)")

#: Number of a source, and of a page.
Pair = tuple[int, int]
Known = Callable[[set[Pair]], set[Pair]]
_known: dict[str, Known] = {}


def register_source(letter: str, known: Known) -> None:
    """Say which pairs of numbers behind a letter are links that were really put out; the others are not counted."""
    _known[letter] = known


def mark(source: str, page_id: int) -> str:
    """The value of ``utm_campaign``."""
    return f"{source}-{page_id}"


def source_of(request: HttpRequest, page_id: int) -> str:
    """Where a reader of a page came from; empty without a mark, or with one of another page."""
    query: str = request.META.get("QUERY_STRING", "")
    if "utm_campaign=" not in query:
        return ""
    # A browser says its name; what fetches a link to show a preview of it mostly has one of another form.
    found = _MARK.search(query) if request.META.get("HTTP_USER_AGENT", "").startswith("Mozilla/") else None
    return found[1] if found and int(found[2]) == page_id else ""


def carry_mark(request: HttpRequest, response: HttpResponseBase) -> None:
    """Give the mark to the address that a page has moved to; call it with a redirect."""
    query: str = request.META.get("QUERY_STRING", "")
    location = response.get("Location", "")
    if not location or _MARK.search(query) is None or "utm_" in location:
        return
    parts = urlsplit(location)
    if parts.netloc in ("", request.get_host()):
        carried = "&".join([*filter(None, [parts.query]), *_PARAMETER.findall(query)])
        response.headers["Location"] = parts._replace(query=carried).geturl()


class Arrivals:
    """What some lines of the journal say of arrivals."""

    def __init__(self) -> None:
        self.readers: dict[date, set[tuple[str, int, str]]] = {}

    def add(self, day: date, source: str, page_id: int, key: str) -> None:
        """Note one."""
        self.readers.setdefault(day, set()).add((source, page_id, key))

    def store(self) -> None:
        """Add to the counts what is known and new today. Call it inside the transaction of the counting."""
        for day, seen in self.readers.items():
            known = _known_pairs({(source, page_id) for source, page_id, _key in seen})
            arrived = sorted(entry for entry in seen if entry[:2] in known)
            for start in range(0, len(arrived), BATCH):
                _store(day, arrived[start : start + BATCH])


def _known_pairs(pairs: set[tuple[str, int]]) -> set[tuple[str, int]]:
    found: set[tuple[str, int]] = set()
    for letter in {source[0] for source, _page in pairs} & _known.keys():
        asked = {(int(source[1:]), page_id) for source, page_id in pairs if source[0] == letter}
        found |= {(f"{letter}{number}", page_id) for number, page_id in _known[letter](asked)}
    return found


def _store(day: date, arrived: list[tuple[str, int, str]]) -> None:
    by_key = {_reader(*entry): entry for entry in arrived}
    before = set(ArrivedReader.objects.filter(day=day, key__in=by_key).values_list("key", flat=True))
    new = {key: entry[:2] for key, entry in by_key.items() if key not in before}
    ArrivedReader.objects.bulk_create([ArrivedReader(day=day, key=key) for key in new])
    pages = {page_id for _source, page_id in new.values()}
    rows = {(row.source, row.page_id): row for row in DailyArrival.objects.filter(day=day, page_id__in=pages)}
    for source, page_id in new.values():
        row = rows.setdefault((source, page_id), DailyArrival(day=day, source=source, page_id=page_id))
        row.readers += 1
    DailyArrival.objects.bulk_create(
        rows.values(), update_conflicts=True, unique_fields=["day", "source", "page_id"], update_fields=["readers"]
    )


def _reader(source: str, page_id: int, key: str) -> str:
    return blake2b(f"{source}-{page_id} {key}".encode(), digest_size=12).hexdigest()


def forget_old(today: date, keys_before: date) -> None:
    """Delete the keys of days gone by, and the counts of last year but one."""
    ArrivedReader.objects.filter(day__lt=keys_before).delete()
    DailyArrival.objects.filter(day__lt=today - timedelta(days=DAYS_KEPT)).delete()


def readers_of(pairs: Iterable[tuple[str, int]]) -> dict[tuple[str, int], int]:
    """How many came by each source to each page, in one query."""
    wanted = set(pairs)
    if not wanted:
        return {}
    rows = DailyArrival.objects.filter(
        source__in={source for source, _page in wanted}, page_id__in={page_id for _source, page_id in wanted}
    )
    sums = rows.order_by().values_list("source", "page_id").annotate(Sum("readers"))
    return {(source, page_id): count for source, page_id, count in sums if (source, page_id) in wanted}


def readers_by_source(sources: Iterable[str], since: date) -> dict[str, int]:
    """How many came by each source since a day."""
    wanted = set(sources)
    if not wanted:
        return {}
    rows = DailyArrival.objects.filter(source__in=wanted, day__gte=since)
    return dict(rows.order_by().values_list("source").annotate(Sum("readers")))


def readers_by_day(source: str, page_id: int) -> list[tuple[date, int]]:
    """How many came by a source to a page each day, the last day first."""
    rows = DailyArrival.objects.filter(source=source, page_id=page_id).order_by("-day")
    return list(rows.values_list("day", "readers"))
