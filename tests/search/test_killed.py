"""The worker is killed (-9) again and again while pages change and readers search: the index ends up right."""

import json
import os
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from elasticsearch import Elasticsearch

from tests.killable_site import Site, own_database
from tests.search.killing import killed_while_changing

pytestmark = pytest.mark.slow

#: The whole of it takes minutes: `.ci/run` asks for it once; otherwise it is tried in small.
CHANGES, READERS, KILLS = (500, 8, 10) if os.environ.get("FULL_TESTS") else (100, 4, 3)


@contextmanager
def running_site(folder, **variables) -> Iterator[Site]:
    """An empty site of its own, with the engine named."""
    with own_database() as database_url:
        made = Site(folder, database_url, **variables)
        made.migrate()
        made.run("manage.py", "migrate", "visits", "--database=visits", "-v0")
        yield made


def held_up(site, toll) -> None:
    """No reader saw an error, and the index holds what the database holds."""
    assert toll.errors == []
    assert toll.kills == KILLS
    assert toll.searches > READERS * 20
    found = json.loads(site.run("manage.py", "search_check", "--json"))
    assert found["ok"], found
    assert found["pending"] == 0
    assert found["index"] == found["database"] > 10  # what stands in closed sections is not counted


def test_the_index_is_right_after_ten_kills_and_no_reader_saw_an_error(tmp_path):
    with running_site(tmp_path / "site", SEARCH_ENGINE="embedded") as site:
        toll = killed_while_changing(site, changes=CHANGES, readers=READERS, kills=KILLS)
        held_up(site, toll)


def test_neither_does_anybody_notice_that_a_node_was_killed(tmp_path, elasticsearch_cluster):
    """The node is the elected master, which the others miss most."""
    nodes = elasticsearch_cluster.urls

    def kill_the_master() -> None:
        with Elasticsearch(nodes) as client:
            master = client.cat.master(h="node").body.strip()
        elasticsearch_cluster.kill(int(master.removeprefix("node-")))

    variables = {
        "SEARCH_ENGINE": "elasticsearch",
        "ELASTICSEARCH_URL": ",".join(nodes),
        "ELASTICSEARCH_SHARDS": "2",
        "ELASTICSEARCH_REPLICAS": "1",
        # Three servers, eight readers, an editor and a worker share two processors: slow is no error.
        "ELASTICSEARCH_TIMEOUT": "30",
    }
    with running_site(tmp_path / "site", **variables) as site:
        toll = killed_while_changing(site, changes=CHANGES, readers=READERS, kills=KILLS, halfway=kill_the_master)
        held_up(site, toll)
        with Elasticsearch(nodes) as client:
            assert client.cluster.health()["number_of_nodes"] == len(nodes) - 1
