"""What is put into the index: one flat document per page, file, unit or person."""

from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from hashlib import blake2b
from json import dumps, loads
from typing import Any


@dataclass(frozen=True, kw_only=True)
class SearchDocument:
    """Something a reader can find, in plain text and in its original spelling.

    ``key`` is unique in the index and names the source: ``page:123``. ``context`` holds the titles of what it belongs
    to (law, section, unit). ``numbers`` are document numbers that the document itself bears; those it merely cites are
    found in its text. ``facets`` maps a facet's key to values (slugs). ``above`` holds the ids of the pages above it
    and its own, so that a whole branch can be hidden at once. ``fades`` is true for news, whose worth in a list falls
    with age, false for rules in force. ``shown`` is carried to the result untouched: labels, badges.
    """

    key: str
    kind: str
    title: str
    url: str
    context: str = ""
    summary: str = ""
    text: str = ""
    numbers: tuple[str, ...] = ()
    date: datetime | None = None
    facets: dict[str, tuple[str, ...]] = field(default_factory=dict)
    above: tuple[int, ...] = ()
    fades: bool = False
    shown: dict[str, str] = field(default_factory=dict)

    @cached_property
    def serialized(self) -> bytes:
        """The document as JSON in UTF-8; equal documents give equal bytes, and :meth:`parse` gives it back."""
        values = {name: getattr(self, name) for name in self.__dataclass_fields__}
        values["facets"] = dict(sorted(self.facets.items()))
        values["shown"] = dict(sorted(self.shown.items()))
        values["date"] = self.date.isoformat() if self.date else None
        # Half a character of a broken conversion has no UTF-8.
        return dumps(values, ensure_ascii=False).encode(errors="replace")

    @classmethod
    def parse(cls, serialized: bytes) -> "SearchDocument":
        """The document of :attr:`serialized`."""
        values: dict[str, Any] = loads(serialized)
        values["facets"] = {key: tuple(chosen) for key, chosen in values["facets"].items()}
        values |= {"numbers": tuple(values["numbers"]), "above": tuple(values["above"])}
        values["date"] = datetime.fromisoformat(values["date"]) if values["date"] else None
        return cls(**values)

    def fingerprint(self) -> str:
        """A short digest of everything in the document; equal digests mean the index need not be written."""
        return blake2b(self.serialized, digest_size=8).hexdigest()
