"""Vocabularies of an index that lies elsewhere: one folder on this machine for each index, named like it."""

import logging
import shutil
from collections.abc import Collection
from pathlib import Path

import lmdb

from search.analysis.vocabulary import Counted, Vocabulary

logger = logging.getLogger(__name__)


class Vocabularies:
    """The folders below ``folder``: made by the worker, read by every process of this machine."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._open: tuple[str, Vocabulary] | None = None

    def of(self, name: str) -> Vocabulary | None:
        """The vocabulary of an index; None when it was made on another machine, or is damaged."""
        if self._open is not None and self._open[0] == name:
            return self._open[1]
        if not (self.folder / name / "data.mdb").is_file():
            return None
        try:
            vocabulary = Vocabulary(self.folder / name)
        except (lmdb.Error, OSError) as error:
            logger.warning("The vocabulary of the search index cannot be read: %s", error)
            return None
        # One that was open before may be in use in another thread: it closes when nobody holds it.
        self._open = name, vocabulary
        return vocabulary

    def make(self, name: str, counts: Counted) -> None:
        """Store the counts of a new index."""
        vocabulary = Vocabulary(self.folder / name)
        vocabulary.merge(counts)
        vocabulary.close()

    def add(self, name: str, counts: Counted) -> None:
        """Add counts to an index's; what cannot be added is counted at the next rebuild."""
        vocabulary = self.of(name)
        try:
            if vocabulary is not None and counts.documents:
                vocabulary.merge(counts)
        except (lmdb.Error, OSError) as error:
            logger.warning("The vocabulary of the search index cannot be written: %s", error)

    def remove(self, name: str) -> None:
        """Remove that of an index which never came into use."""
        shutil.rmtree(self.folder / name, ignore_errors=True)

    def keep(self, names: Collection[str]) -> None:
        """Remove all others."""
        if self.folder.is_dir():
            for path in self.folder.iterdir():
                if path.name not in names:
                    self.remove(path.name)
