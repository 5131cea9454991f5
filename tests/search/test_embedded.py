"""What is true of the embedded engine alone: its files may be damaged, and made by other code."""

import pytest

from search.engines.contract import EngineUnavailable, Plan, SearchRequest
from search.engines.embedded import EmbeddedEngine
from tests.search.engine_places import document


@pytest.fixture
def folder(tmp_path):
    folder = tmp_path / "index"
    EmbeddedEngine(folder).rebuild([document(number, f"Tin {number}") for number in range(20)])
    return folder


def damage(folder, pattern, content=b"\x00 damaged"):
    for path in folder.rglob(pattern):
        path.write_bytes(content)


@pytest.mark.parametrize("pattern", ["meta.json", "*.idx", "*.term", "*.store", "data.mdb"])
def test_a_damaged_index_is_no_answer_and_a_rebuild_mends_it(folder, pattern):
    damage(folder, pattern)
    engine = EmbeddedEngine(folder)

    with pytest.raises(EngineUnavailable):
        engine.search(SearchRequest(plan=Plan()))
    status = engine.status()
    assert (status.ok, status.needs_rebuild) == (False, True)
    assert engine.vocabulary() is None

    assert engine.rebuild([document(1, "Tin")]) == 1
    assert [hit.key for hit in engine.search(SearchRequest(plan=Plan())).hits] == ["page:1"]


def test_an_index_of_another_version_is_not_used(folder):
    damage(folder, "version", b"0.0")
    engine = EmbeddedEngine(folder)

    with pytest.raises(EngineUnavailable):
        engine.search(SearchRequest(plan=Plan()))
    assert engine.status().needs_rebuild


def test_old_generations_are_removed(folder):
    engine = EmbeddedEngine(folder)
    for _round in range(3):
        engine.rebuild([document(1, "Tin")])

    assert len([path for path in folder.iterdir() if path.is_dir()]) == 2
    engine.compact()
    assert len([path for path in folder.iterdir() if path.is_dir()]) == 1


def test_a_rebuild_that_overtakes_a_reader_leaves_one_index_open(folder):
    engine = EmbeddedEngine(folder)
    engine.rebuild([document(1, "Tin")])

    class OvertakenLock:
        """Between a reader's look at the pointer and its turn, another rebuild points elsewhere."""

        def __init__(self, lock) -> None:
            self.lock, self.overtaken = lock, False

        def __enter__(self):
            if not self.overtaken:
                self.overtaken = True
                engine.rebuild([document(1, "Tin"), document(2, "Tin")])
            return self.lock.__enter__()

        def __exit__(self, *error):
            return self.lock.__exit__(*error)

    engine._lock = OvertakenLock(engine._lock)

    for _turn in range(3):
        assert len(engine.search(SearchRequest(plan=Plan())).hits) == 2
