"""Where the real engines of the contract's tests keep their index; test modules take the fixtures by name.

Run as a program, ``embedded FOLDER KEY`` or ``elasticsearch FOLDER KEY URL INDEX``, it is another process that looks
for a key: it says when it is ready, and the time when it has found it.
"""

import subprocess
import sys
import time
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

import pytest

from search.documents import SearchDocument
from search.engines.contract import Engine

ROOT = Path(__file__).resolve().parents[2]
ENGINES = ["embedded", pytest.param("elasticsearch", marks=pytest.mark.elasticsearch)]


@dataclass
class Place:
    """An index that is nobody else's."""

    name: str
    folder: Path
    rest: list[str] = field(default_factory=list)

    def open(self) -> Engine:
        """An engine on it."""
        if self.name == "embedded":
            from search.engines.embedded import EmbeddedEngine  # the other engine's tests need no tantivy

            return EmbeddedEngine(self.folder)
        from search.engines.elastic import ElasticEngine  # nor these a client

        url, index = self.rest
        return ElasticEngine(url, index=index, folder=self.folder)

    def watch(self, key: str) -> subprocess.Popen:
        """Another process that looks for a key; it has looked once when this returns."""
        arguments = [sys.executable, "-m", "tests.search.engine_places", self.name, str(self.folder), key, *self.rest]
        process = subprocess.Popen(arguments, cwd=ROOT, stdout=subprocess.PIPE, text=True)
        assert process.stdout is not None
        assert process.stdout.readline().strip() == "ready"
        return process


@pytest.fixture(params=ENGINES)
def place(request, tmp_path) -> Place:
    """Where each of the two engines keeps an index for this test."""
    rest = []
    if request.param == "elasticsearch":
        prefix = request.getfixturevalue("elasticsearch_prefix")
        rest = [request.getfixturevalue("elasticsearch_url"), f"{prefix}portal"]
    return Place(request.param, tmp_path / "index", rest)


@pytest.fixture
def engine(place) -> Engine:
    """An engine on an index that is not built yet."""
    return place.open()


def document(number: int, title: str, text: str = "", **fields) -> SearchDocument:
    """A page of the kind «tin-bai», unless told otherwise; ``day`` is its date."""
    day = fields.pop("day", None)
    facets = {"kind": ("tin-bai",), **fields.pop("facets", {})}
    fields = {"above": (1, number), "url": f"/bai/{number}/", **fields}
    date = datetime.fromisoformat(day).replace(tzinfo=UTC) if day else None
    return SearchDocument(
        key=f"page:{number}", kind=facets["kind"][0], title=title, text=text, date=date, facets=facets, **fields
    )


def main() -> None:
    name, folder, key, *rest = sys.argv[1:]
    engine = Place(name, Path(folder), rest).open()
    engine.get([key])
    print("ready", flush=True)  # noqa: T201  # its answer to the test
    while not engine.get([key]):
        time.sleep(0.02)
    print(time.time(), flush=True)  # noqa: T201  # its answer to the test


if __name__ == "__main__":
    main()
