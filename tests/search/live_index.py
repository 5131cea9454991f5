"""A portal with pages of every kind and an engine in memory; test modules take these fixtures by name."""

from collections.abc import Callable, Iterator

import pytest

from outbox.models import Consequence
from search import rebuilding
from search.engines import use_engine
from search.indexing import drain
from search.models import PendingChange
from search.visibility import hidden_now
from tests.fixtures import *  # noqa: F403  # pytest finds fixtures by their names
from tests.search.memory_engine import MemoryEngine


@pytest.fixture
def engine(db: None, monkeypatch) -> Iterator[MemoryEngine]:
    """The engine of the site for this test; what stands from the start is in it."""
    made = MemoryEngine()
    use_engine(made)
    Consequence.objects.all().delete()
    drain()
    PendingChange.objects.all().delete()
    made.writes = 0
    monkeypatch.setattr(rebuilding._building, "looked", True)
    yield made
    use_engine(None)


@pytest.fixture
def shown(engine: MemoryEngine) -> Callable[[], set[str]]:
    """What readers may find now: what the engine holds, less what is hidden."""

    def keys() -> set[str]:
        hidden, below = hidden_now()
        return {
            key for key, document in engine.documents.items() if key not in hidden and not below & set(document.above)
        }

    return keys
