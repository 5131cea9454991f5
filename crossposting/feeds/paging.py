"""Pages of a feed, from the newest item to the first ever (RFC 5005, «paged feeds»).

A page is named by the item it follows, not by a number: what is published or deleted while somebody reads on neither
repeats an item nor skips one, and the last page costs no more than the first.
"""

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from django.db.models import F, Q

BEFORE = "truoc"
PAGE = "trang"


@dataclass(frozen=True, kw_only=True)
class Cursor:
    """Where a page begins: after an item, given by the moment it went live and its id; or a number of a page.

    The default is the first page. Numbers are for what has no such order, such as the answers of a search engine.
    """

    before: tuple[datetime, int] | None = None
    number: int = 1

    @classmethod
    def parse(cls, data: Any) -> "Cursor | None":
        """Read the address; None for what this module never wrote."""
        text, number = data.get(BEFORE, ""), data.get(PAGE, "1")
        if not (number.isascii() and number.isdigit() and 0 < int(number[:9]) < 100_000 and len(number) < 7):
            return None
        if not text:
            return cls(number=int(number))
        micros, _dash, pk = text.partition("-")
        plain = micros.isascii() and pk.isascii() and micros.isdigit() and pk.isdigit()
        if not plain or len(micros) > 16 or len(pk) > 18:
            return None
        return cls(before=(datetime.fromtimestamp(int(micros) / 1_000_000, UTC), int(pk)))

    @property
    def pairs(self) -> list[tuple[str, str]]:
        """What stands in the address."""
        if self.before:
            moment, pk = self.before
            return [(BEFORE, f"{microseconds(moment)}-{pk}")]
        return [(PAGE, str(self.number))] if self.number > 1 else []

    @property
    def is_first(self) -> bool:
        """Whether this is the page with the newest items."""
        return not self.pairs


@dataclass(frozen=True, kw_only=True)
class PageOfIds:
    """The ids of a page's items in their order, and where the pages beside it begin."""

    ids: list[int]
    next: Cursor | None = None
    previous: Cursor | None = None


def microseconds(moment: datetime) -> int:
    """A moment as whole microseconds since 1970; exact, where a floating number is not."""
    delta = moment.astimezone(UTC) - datetime(1970, 1, 1, tzinfo=UTC)
    return (delta.days * 86_400 + delta.seconds) * 1_000_000 + delta.microseconds


def ids_before(pages: Any, cursor: Cursor, size: int) -> PageOfIds:
    """The items that went live before another one, newest first; two statements that read an index each."""
    live = pages.filter(first_published_at__isnull=False)
    rows = live
    if cursor.before:
        moment, pk = cursor.before
        # The first condition alone is what an index can use.
        rows = rows.filter(
            Q(first_published_at__lt=moment) | Q(first_published_at=moment, pk__lt=pk), first_published_at__lte=moment
        )
    found = list(
        rows.order_by(F("first_published_at").desc(), "-pk").values_list("pk", "first_published_at")[: size + 1]
    )
    shown = found[:size]
    following = Cursor(before=(shown[-1][1], shown[-1][0])) if len(found) > size else None
    return PageOfIds(ids=[pk for pk, _ in shown], next=following, previous=_previous(live, cursor, size))


def _previous(live: Any, cursor: Cursor, size: int) -> Cursor | None:
    """Where the page of newer items begins: behind the item that stands ``size`` places before this page."""
    if not cursor.before:
        return None
    moment, pk = cursor.before
    newer = live.filter(
        Q(first_published_at__gt=moment) | Q(first_published_at=moment, pk__gte=pk), first_published_at__gte=moment
    )
    rows = newer.order_by(F("first_published_at").asc(), "pk").values_list("pk", "first_published_at")
    found = list(rows[size : size + 1])
    return Cursor(before=(found[0][1], found[0][0])) if found else Cursor()
