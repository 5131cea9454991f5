"""What the index's own texts are made of: how often each syllable and each pair stands there.

Slips are mended and lost diacritics put back by these counts. They lie in a memory-mapped file beside the index that
every process shares: the worker writes, web processes read at about a microsecond a look-up.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cached_property
from itertools import groupby, pairwise
from math import exp, log
from operator import itemgetter
from pathlib import Path
from typing import Protocol

import lmdb

from search.analysis.questions import PRIOR_PAIRS, PRIOR_SYLLABLES
from search.analysis.syllables import Memory, folded
from search.analysis.typing import Neighbours

_SYLLABLE, _PAIR, _TOTAL, _DOCUMENTS = b"s", b"p", b"t", b"d"
_MAP_SIZE = 1 << 31  # an upper limit; the file is as large as its content
#: Of more pairs than this those seen once are not stored: they say least, and storing them takes most of the time.
MANY_PAIRS = 500_000
_LONGEST_KEY = 200
#: Entries that a process keeps unpacked.
_KEPT_UNPACKED = 10_000
NEIGHBOURS_GROWTH = 1.02


class Counted(Protocol):
    """Words and pairs of neighbours with their counts, to be stored at the end."""

    documents: int

    def add(self, lines: Iterable[Sequence[str]]) -> None:
        """Count one document: lines of exact keys."""
        ...

    def syllables(self) -> Iterable[tuple[str, int]]:
        """Every word with its count."""
        ...

    def pairs(self) -> Iterable[tuple[tuple[str, str], int]]:
        """Every pair with its count."""
        ...


class Counts:
    """Counts of the texts of one batch or of a small build, before they are stored."""

    def __init__(self) -> None:
        self._syllables: Counter[str] = Counter()
        self._pairs: Counter[tuple[str, str]] = Counter()
        self.documents = 0

    def add(self, lines: Iterable[Sequence[str]]) -> None:
        """Count one document: lines of exact keys."""
        self.documents += 1
        for keys in lines:
            self._syllables.update(keys)
            self._pairs.update(pairwise(keys))

    def syllables(self) -> Iterable[tuple[str, int]]:
        """Every word with its count."""
        return self._syllables.items()

    def pairs(self) -> Iterable[tuple[tuple[str, str], int]]:
        """Every pair with its count."""
        return self._pairs.items()


class Vocabulary:
    """Counts, as they are stored: read by every process, added to by the worker alone."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        folder.mkdir(parents=True, exist_ok=True)
        self._environment = lmdb.open(str(folder), map_size=_MAP_SIZE, readahead=False, max_readers=512)
        self._change_seen = -1
        self._unpacked: dict[bytes, dict[str, int]] = {}
        self._neighbours: tuple[int, Neighbours] | None = None

    def close(self) -> None:
        """Give the file back."""
        self._environment.close()

    @cached_property
    def total(self) -> int:
        """Syllables counted in all, at least one."""
        with self._environment.begin(buffers=False) as transaction:
            return max(1, int(transaction.get(_TOTAL) or 1))

    @cached_property
    def documents(self) -> int:
        """Documents counted in all, at least one."""
        with self._environment.begin(buffers=False) as transaction:
            return max(1, int(transaction.get(_DOCUMENTS) or 1))

    @property
    def neighbours(self) -> Neighbours:
        """The syllables of the texts, ready for mending slips; some tenths of a second at the first slip.

        Made anew only when the texts have grown by a fiftieth: a new syllable is rare, and what is new is no slip.
        """
        self._forget_what_changed()
        known = self._neighbours
        if known is None or self.total > known[0] * NEIGHBOURS_GROWTH:
            known = self._neighbours = (self.total, Neighbours(self.syllables(at_least=2)))
        return known[1]

    @cached_property
    def rarity(self) -> Callable[[str], float]:
        """:meth:`Reader.rarity`, remembered: a second look at documents asks it of thousands of words."""
        return Memory(self._rarity).__getitem__

    def _rarity(self, key: str) -> float:
        with self.read() as reader:
            return reader.rarity(key)

    def read(self) -> "Reader":
        """Begin a look at the counts: use as a context manager, for one question."""
        self._forget_what_changed()
        return Reader(self._environment, self.total, self.documents, self._unpacked)

    def _forget_what_changed(self) -> None:
        """Drop what is remembered when any process has added counts since."""
        change = self._environment.info()["last_txnid"]
        if change != self._change_seen:
            self._change_seen = change
            self._unpacked = {}
            for remembered in ("total", "documents", "rarity"):
                self.__dict__.pop(remembered, None)

    def syllables(self, *, at_least: int) -> Iterator[str]:
        """Every folded syllable that stands in the texts so often."""
        with self._environment.begin() as transaction:
            cursor = transaction.cursor()
            found = cursor.set_range(_SYLLABLE)
            while found and cursor.key().startswith(_SYLLABLE):
                if sum(count for _key, count in _unpack(cursor.value())) >= at_least:
                    yield cursor.key()[1:].decode()
                found = cursor.next()

    def merge(self, counts: Counted) -> None:
        """Add counts to what is stored, in one transaction."""
        rows = sorted(_rows(counts))
        with self._environment.begin(write=True) as transaction:
            grouped = ((key, [spelling for _key, spelling in group]) for key, group in groupby(rows, itemgetter(0)))
            if transaction.stat()["entries"]:
                for key, spellings in grouped:
                    transaction.put(key, _added(transaction.get(key), spellings))
            else:  # a new index: nothing to look up, and in order, which is ten times as fast
                written = ((key, " ".join(spellings).encode()) for key, spellings in grouped)
                transaction.cursor().putmulti(written, append=True)
            total = int(transaction.get(_TOTAL) or 0) + sum(count for _key, count in counts.syllables())
            transaction.put(_TOTAL, str(total).encode())
            documents = int(transaction.get(_DOCUMENTS) or 0) + counts.documents
            transaction.put(_DOCUMENTS, str(documents).encode())


def _rows(counts: Counted) -> Iterator[tuple[bytes, str]]:
    """Key and «spelling count» of everything counted; keys that are too long to be words are left out."""
    plain = Memory(lambda key: folded(key).encode()).__getitem__
    for key, count in counts.syllables():
        if len(stored := _SYLLABLE + plain(key)) <= _LONGEST_KEY:
            yield stored, f"{key} {count}"
    for (first, second), count in counts.pairs():
        if len(stored := b"%b%b %b" % (_PAIR, plain(first), plain(second))) <= _LONGEST_KEY:
            yield stored, f"{first}_{second} {count}"


def _added(stored: bytes | None, spellings: list[str]) -> bytes:
    if not stored:
        return " ".join(spellings).encode()
    counts = dict(_unpack(bytes(stored)))
    for row in spellings:
        spelling, _space, count = row.rpartition(" ")
        counts[spelling] = counts.get(spelling, 0) + int(count)
    return " ".join(f"{spelling} {count}" for spelling, count in counts.items()).encode()


def _pair_key(first: str, second: str) -> bytes:
    return _PAIR + f"{first} {second}".encode()


def _unpack(value: bytes) -> Iterable[tuple[str, int]]:
    parts = value.decode().split(" ")
    return zip(parts[::2], map(int, parts[1::2]), strict=True)


class Reader:
    """A consistent look at the counts, with what one question asks kept at hand."""

    def __init__(
        self, environment: lmdb.Environment, total: int, documents: int, unpacked: dict[bytes, dict[str, int]]
    ) -> None:
        self.total = total
        self.documents = documents
        self._unpacked = unpacked
        self._transaction = environment.begin(buffers=False)
        self._variants: dict[str, dict[str, int]] = {}
        self._pairs: dict[tuple[str, str], dict[str, int]] = {}

    def __enter__(self) -> "Reader":
        return self

    def __exit__(self, *error: object) -> None:
        self._transaction.abort()

    def variants(self, plain: str) -> dict[str, int]:
        """Every exact key that folds to ``plain``, with its count."""
        found = self._variants.get(plain)
        if found is None:
            found = self._get(_SYLLABLE + plain.encode()[:_LONGEST_KEY])
            found = self._variants[plain] = _with_prior(found, PRIOR_SYLLABLES.get(plain))
        return found

    def count(self, key: str) -> int:
        """How often an exact key stands in the texts."""
        return self.variants(folded(key)).get(key, 0)

    def rarity(self, key: str) -> float:
        """How much an exact key tells: about the logarithm of how few documents hold it (BM25's idf)."""
        return _rarity(self.count(key), self.documents)

    def pair_rarity(self, first: str, second: str) -> float:
        """The same for a pair of exact keys."""
        return _rarity(self.pairs(folded(first), folded(second)).get(f"{first}_{second}", 0), self.documents)

    def pairs(self, first: str, second: str) -> dict[str, int]:
        """Every pair of exact keys (``a_b``) that folds to these two, with its count."""
        found = self._pairs.get((first, second))
        if found is None:
            found = self._get(_pair_key(first, second)[:_LONGEST_KEY])
            found = self._pairs[first, second] = _with_prior(found, PRIOR_PAIRS.get((first, second)))
        return found

    def _get(self, key: bytes) -> dict[str, int]:
        found = self._unpacked.get(key)
        if found is None:
            value = self._transaction.get(key)
            found = dict(_unpack(value)) if value else {}
            if len(self._unpacked) < _KEPT_UNPACKED:
                self._unpacked[key] = found
        return found


def _rarity(count: int, documents: int) -> float:
    return -log(1 - exp(-(count + 0.5) / documents))


def _with_prior(found: dict[str, int], prior: dict[str, int] | None) -> dict[str, int]:
    return {**found, **{key: found.get(key, 0) + count for key, count in prior.items()}} if prior else found
