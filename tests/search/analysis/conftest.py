"""One index for all tests of the analysis: building it is what takes the time."""

import pytest

from search.analysis.lexicon import Lexicon
from search.analysis.understanding import Understood, understand
from search.engines.contract import SearchRequest
from search.engines.embedded import EmbeddedEngine
from tests.search.analysis.corpus import documents


class Library:
    """An engine, and how a reader asks it."""

    def __init__(self, engine: EmbeddedEngine, lexicon: Lexicon) -> None:
        self.engine = engine
        self.lexicon = lexicon
        self.vocabulary = engine.vocabulary()

    def understand(self, line: str, **options) -> Understood:
        return understand(line, self.vocabulary, self.lexicon, **options)

    def find(self, line: str, *, limit: int = 10, **options) -> list[str]:
        """Keys of what is found, best first."""
        request = SearchRequest(plan=self.understand(line, **options).plan, limit=limit)
        return [hit.key for hit in self.engine.search(request).hits]

    def first(self, line: str, **options) -> str:
        """The key of the first answer, or nothing."""
        return next(iter(self.find(line, limit=1, **options)), "")

    def spelling(self, line: str) -> str:
        """How a line is read: mended or proposed, else as it stands."""
        understood = self.understand(line)
        return understood.applied or understood.proposed or line


@pytest.fixture(scope="session")
def library(tmp_path_factory) -> Library:
    engine = EmbeddedEngine(tmp_path_factory.mktemp("analysis") / "index")
    engine.rebuild(documents())
    return Library(engine, Lexicon())
