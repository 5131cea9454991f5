"""What is true of Elasticsearch alone: names, copies, machines without a vocabulary, and a server that goes away."""

import re
import socket
import time
from pathlib import Path

import pytest
from elasticsearch import Elasticsearch

from portal.environment import BASE_DIR
from search.engines.contract import EngineUnavailable, Plan, SearchRequest, Term
from search.engines.elastic import ElasticEngine
from tests.search.engine_places import document
from tests.search.test_engines import QUESTIONS

ANYTHING = SearchRequest(plan=Plan())


@pytest.fixture
def client(elasticsearch_url):
    with Elasticsearch(elasticsearch_url) as client:
        yield client


@pytest.fixture
def index(elasticsearch_prefix):
    return f"{elasticsearch_prefix}portal"


@pytest.fixture
def engine(elasticsearch_url, index, tmp_path):
    return ElasticEngine(elasticsearch_url, index=index, folder=tmp_path / "vocabularies")


def indices(client, index):
    return sorted(client.indices.get(index=f"{index}*"))


def test_a_rebuild_takes_the_old_index_away(client, engine, index):
    for _round in range(3):
        engine.rebuild([document(1, "Tin")])

    (name,) = indices(client, index)
    assert re.fullmatch(rf"{index}-[0-9a-f]{{16}}-[0-9a-f]{{8}}", name)
    assert list(client.indices.get_alias(name=index)) == [name]
    assert name in {path.name for path in engine.vocabularies.folder.iterdir()}
    assert len(list(engine.vocabularies.folder.iterdir())) == 2


def test_what_a_killed_rebuild_left_is_removed_and_nothing_else(client, engine, index):
    left_over, another_site = f"{index}-{0:016x}-{0:08x}", f"{index}-tinh-khac-{0:016x}-{0:08x}"
    for name in (left_over, another_site):
        client.indices.create(index=name)

    engine.rebuild([document(1, "Tin")])

    assert left_over not in indices(client, index)
    assert another_site in indices(client, index)


def test_a_failed_rebuild_leaves_nothing(client, engine, index):
    def broken():
        yield document(1, "Tin")
        raise LookupError

    with pytest.raises(LookupError):
        engine.rebuild(broken())

    assert indices(client, index) == []
    assert not engine.status().ok


def test_an_index_in_the_place_of_the_alias_gives_way(client, engine, index):
    client.indices.create(index=index)
    assert engine.status().needs_rebuild

    engine.rebuild([document(1, "Tin")])

    assert engine.status().ok


def test_writing_without_an_index_makes_none(client, engine, index):
    engine.rebuild([document(1, "Tin")])
    client.indices.delete(index=indices(client, index))

    with pytest.raises(EngineUnavailable):
        engine.write([document(2, "Tin")])

    assert indices(client, index) == []


def test_an_index_of_another_version_is_not_used(client, engine, index):
    engine.rebuild([document(1, "Tin")])
    client.indices.put_mapping(index=index, meta={"version": "0.0"})

    assert engine.status().needs_rebuild
    with pytest.raises(EngineUnavailable):
        engine.search(ANYTHING)

    engine.rebuild([document(1, "Tin")])
    assert engine.search(ANYTHING).total == 1


def test_shards_and_copies_are_as_the_settings_say_and_rank_as_one(
    client, elasticsearch_url, index, tmp_path, settings
):
    documents = [document(number, f"Tin {'đoàn ' * (number % 7)}viên {number % 11}", "Đoàn") for number in range(90)]
    request = SearchRequest(plan=Plan(score=(Term("x", "viên"), Term("f", "doan"), Term("f", "3"))), limit=90)
    one = ElasticEngine(elasticsearch_url, index=f"{index}-one", folder=tmp_path / "one")
    settings.ELASTICSEARCH_SHARDS, settings.ELASTICSEARCH_REPLICAS = 3, 0
    three = ElasticEngine(elasticsearch_url, index=f"{index}-three", folder=tmp_path / "three")
    for engine in (one, three):
        engine.rebuild(documents)

    (made,) = client.indices.get_settings(index=f"{index}-three").values()
    assert (made["settings"]["index"]["number_of_shards"], three.describe()["number_of_shards"]) == ("3", 3)
    scores = [{hit.key: hit.score for hit in engine.search(request).hits} for engine in (one, three)]
    assert scores[1] == pytest.approx(scores[0], rel=1e-5)


def test_another_machine_answers_without_the_vocabulary_and_asks_for_a_rebuild(
    engine, elasticsearch_url, index, tmp_path
):
    engine.rebuild([document(1, "Tin")])
    elsewhere = ElasticEngine(elasticsearch_url, index=index, folder=tmp_path / "elsewhere")

    assert elsewhere.search(ANYTHING).total == 1
    assert elsewhere.vocabulary() is None
    assert elsewhere.similar("page:1", limit=3) == []
    assert (elsewhere.status().ok, elsewhere.status().needs_rebuild) == (True, True)
    elsewhere.write([document(2, "Tin")])
    assert engine.search(ANYTHING).total == 2


def test_a_damaged_vocabulary_is_none(engine, elasticsearch_url, index):
    engine.rebuild([document(1, "Tin")])
    for path in engine.vocabularies.folder.rglob("data.mdb"):
        path.write_bytes(b"damaged" * 1000)
    again = ElasticEngine(elasticsearch_url, index=index, folder=engine.vocabularies.folder)

    assert again.vocabulary() is None
    assert again.status().needs_rebuild
    assert again.search(ANYTHING).total == 1


def test_what_was_measured_with_is_taken_away(client, engine, index):
    engine.rebuild([document(1, "Tin")])

    engine.drop()

    assert indices(client, index) == []
    assert list(engine.vocabularies.folder.iterdir()) == []


@pytest.fixture
def nowhere(tmp_path):
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return ElasticEngine(f"http://127.0.0.1:{free.getsockname()[1]}", index="x", folder=tmp_path)


@pytest.mark.parametrize("question", QUESTIONS)
def test_a_server_that_is_away_is_said_to_be(nowhere, question):
    with pytest.raises(EngineUnavailable):
        QUESTIONS[question](nowhere)


@pytest.fixture
def silent(tmp_path):
    """A server that takes calls and says nothing."""
    with socket.socket() as server:
        server.bind(("127.0.0.1", 0))
        server.listen(16)
        yield ElasticEngine(f"http://127.0.0.1:{server.getsockname()[1]}", index="x", folder=tmp_path)


def test_the_state_is_told_within_two_seconds_whoever_is_silent(nowhere, silent):
    for engine in (nowhere, silent):
        started = time.monotonic()
        status = engine.status()
        assert time.monotonic() - started < 2
        assert (status.ok, status.needs_rebuild, engine.vocabulary()) == (False, False, None)


def test_a_rebuild_without_a_server_reads_no_document(nowhere):
    with pytest.raises(EngineUnavailable):
        nowhere.rebuild(pytest.fail("a document was read") for _ in range(1))


def test_only_one_module_knows_elasticsearch_dsl():
    knowing = [
        path.relative_to(BASE_DIR).as_posix()
        for app in (
            "core",
            "search",
            "site",
            "outbox",
            "pages",
            "organisations",
            "archives",
            "news",
            "policies",
            "home",
        )
        for path in Path(BASE_DIR / app).rglob("*.py")
        if re.search(r"^\s*(?:from|import) elasticsearch[_.]dsl", path.read_text(encoding="utf-8"), re.MULTILINE)
    ]

    assert knowing == ["search/engines/elastic.py"]
