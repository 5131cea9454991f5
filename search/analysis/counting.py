"""Counts the words of a build; of a large one in a process of its own.

Counting is a quarter of the work of indexing. A second process takes it to the second core, and the memory that it
needs for millions of pairs is given back at the end. It lives no longer than the one that feeds it.
"""

import subprocess
import sys
from collections.abc import Sequence
from contextlib import suppress
from fcntl import F_SETPIPE_SZ, fcntl
from pathlib import Path

from search.analysis.vocabulary import Counts, Vocabulary

#: A build of fewer documents is counted sooner than a process has started.
ALONE = 5_000
#: In what goes through the pipe: between the parts of a document, and after the last document.
_PART, _END = "\x1f", b"\x04\n"
_PATIENCE_SECONDS = 600
#: Bytes: few large writes, and room for them, so that neither process waits for the other's next turn.
_SENT_AT_ONCE, _PIPE = 128 * 1024, 1024 * 1024


class WordCount:
    """Counts documents and at the end adds the counts to a vocabulary."""

    def __init__(self, vocabulary: Vocabulary, *, alone: int = ALONE) -> None:
        self.documents = 0
        self._vocabulary = vocabulary
        self._alone = alone
        self._kept: list[str] = []
        self._helper: subprocess.Popen[bytes] | None = None

    def add(self, lines: Sequence[str]) -> None:
        """Count one document: lines of exact keys with spaces between. Raises OSError when the helper has died."""
        self.documents += 1
        document = _PART.join(lines)
        if self._helper is not None:
            self._send(f"{document}\n".encode())
            return
        self._kept.append(document)
        if self.documents > self._alone:
            self._helper = _start(self._vocabulary.folder)
            self._send("".join(f"{line}\n" for line in self._kept).encode())
            self._kept = []

    def _send(self, content: bytes) -> None:
        assert self._helper is not None
        assert self._helper.stdin is not None
        self._helper.stdin.write(content)

    def finish(self) -> None:
        """Store everything. Raises OSError when the helper could not."""
        if self._helper is None:
            counts = Counts()
            for document in self._kept:
                counts.add(_parts(document))
            self._vocabulary.merge(counts)
            return
        self._send(_END)
        self._helper.stdin.close()  # type: ignore[union-attr]  # opened as a pipe
        if self._helper.wait(_PATIENCE_SECONDS):
            raise OSError(f"The process that counts words ended with {self._helper.returncode}.")

    def give_up(self) -> None:
        """Stop without storing more."""
        if self._helper is not None:
            self._helper.kill()
            with suppress(OSError):  # what was not yet sent has nobody to go to
                self._helper.stdin.close()  # type: ignore[union-attr]  # opened as a pipe
            self._helper.wait()


def _start(folder: Path) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", __name__, str(folder)]
    helper = subprocess.Popen(  # noqa: S603  # our own module
        command, stdin=subprocess.PIPE, cwd=Path(__file__).parents[2], bufsize=_SENT_AT_ONCE
    )
    with suppress(OSError):  # where the system allows no larger pipe, the two wait for each other more often
        fcntl(helper.stdin, F_SETPIPE_SZ, _PIPE)  # type: ignore[arg-type]  # opened as a pipe
    return helper


def _parts(document: str) -> list[list[str]]:
    return [part.split(" ") for part in document.split(_PART) if part]


def main(folder: str) -> int:
    """Count what comes in; store it only when all of it has come."""
    from search.analysis.bulk_counting import BulkCounts  # numpy is for those who build

    counts = BulkCounts()
    for line in open(0, "rb", buffering=_SENT_AT_ONCE):  # noqa: SIM115  # standard input, in larger pieces
        if line == _END:
            vocabulary = Vocabulary(Path(folder))
            vocabulary.merge(counts)
            vocabulary.close()
            return 0
        counts.add(_parts(line[:-1].decode()))
    return 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
