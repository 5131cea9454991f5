"""Folds the lines of append files into the database of counts, in the worker: each line once, wherever it is killed.

The counts and how far the file was counted change in one transaction, so either both are there or neither. A file is
deleted when its day has been over for a day: by then no process writes to it.
"""

from abc import ABC, abstractmethod
from datetime import UTC, datetime, timedelta
from pathlib import Path

from django.db import transaction

from visits.appending import AppendFiles
from visits.models import CountedFile
from visits.routers import ALIAS

#: Bytes per transaction, some 25,000 lines.
CHUNK = 1024 * 1024
#: Transactions per run, so that a flood keeps the worker from nothing else for long.
CHUNKS_AT_ONCE = 10


class Folding(ABC):
    """Counts one kind of append files. ``prefix`` keeps their names apart from those of other kinds."""

    prefix = ""

    def __init__(self, files: AppendFiles) -> None:
        self.files = files

    @abstractmethod
    def fold(self, lines: list[bytes], path: Path) -> None:
        """Add lines to the counts, inside the transaction that notes how far the file was counted."""

    def count(self, *, chunk: int = CHUNK, chunks: int = CHUNKS_AT_ONCE) -> bool:
        """Count what is new; return whether all of it was counted."""
        for path in self.files.waiting_files():
            while chunks and self._count_chunk(path, chunk):
                chunks -= 1
        return chunks > 0

    def counted_up_to(self, path: Path) -> int:
        """How far a file has been counted. Never beyond its end, also when a power cut has taken that away."""
        row = CountedFile.objects.filter(name=self._name(path)).first()
        return min(row.offset, path.stat().st_size) if row else 0

    def forget_finished(self, now: datetime) -> None:
        """Delete the files that were counted to their end and that no process writes to any more."""
        finished = f"{now.astimezone(UTC).date() - timedelta(days=1)}"
        for path in self.files.waiting_files():
            if path.name < finished and not self._count_chunk(path, CHUNK):
                path.unlink(missing_ok=True)
        with transaction.atomic(using=ALIAS):
            there = {self._name(path) for path in self.files.waiting_files()}
            names = CountedFile.objects.values_list("name", flat=True)
            gone = [name for name in names if self._is_own(name) and name not in there]
            CountedFile.objects.filter(name__in=gone).delete()

    def _name(self, path: Path) -> str:
        return f"{self.prefix}/{path.name}" if self.prefix else path.name

    def _is_own(self, name: str) -> bool:
        return name.rpartition("/")[0] == self.prefix

    @transaction.atomic(using=ALIAS)
    def _count_chunk(self, path: Path, size: int) -> bool:
        """Count the next lines of a file; return whether there were any."""
        name, offset = self._name(path), self.counted_up_to(path)
        if path.stat().st_size <= offset:
            CountedFile.objects.filter(name=name, offset__gt=offset).update(offset=offset)
            return False
        with path.open("rb") as file:
            file.seek(offset)
            block = file.read(size)
        if b"\n" in block:
            block = block[: block.rfind(b"\n") + 1]  # the last line may still be in the writing
        elif len(block) < size:
            return False
        self.fold(block.split(b"\n"), path)
        CountedFile.objects.update_or_create(name=name, defaults={"offset": offset + len(block)})
        return True
