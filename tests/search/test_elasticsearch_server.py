"""The Elasticsearch that tests are given is one: it indexes, searches, switches aliases and survives a lost node."""

import pytest
from elasticsearch import Elasticsearch
from elasticsearch.helpers import bulk
from elasticsearch_dsl import Document, Index, Search, Text

from tools.elasticsearch_server import UnavailableError, installation, require_installation


class Notice(Document):
    text = Text(analyzer="whitespace")


@pytest.fixture
def client(elasticsearch_url):
    with Elasticsearch(elasticsearch_url) as client:
        yield client


def make_index(client, name, *texts):
    index = Index(name, using=client)
    index.document(Notice)
    index.settings(number_of_replicas=0)
    index.create()
    bulk(client, [{"_index": name, "_source": {"text": text}} for text in texts], refresh=True)


def found(client, name, query):
    return [hit.text for hit in Search(using=client, index=name).query("match", text=query)]


def test_documents_are_indexed_and_found(client, elasticsearch_prefix):
    make_index(client, f"{elasticsearch_prefix}notices", "Lương tối thiểu vùng", "Đại hội công đoàn")

    assert found(client, f"{elasticsearch_prefix}notices", "công") == ["Đại hội công đoàn"]


def test_an_alias_is_switched_at_once(client, elasticsearch_prefix):
    old, new, alias = (f"{elasticsearch_prefix}{name}" for name in ("old", "new", "alias"))
    make_index(client, old, "công đoàn cũ")
    make_index(client, new, "công đoàn mới")
    client.indices.put_alias(index=old, name=alias)

    assert found(client, alias, "công") == ["công đoàn cũ"]

    actions = [{"remove": {"index": old, "alias": alias}}, {"add": {"index": new, "alias": alias}}]
    client.indices.update_aliases(actions=actions)

    assert found(client, alias, "công") == ["công đoàn mới"]


@pytest.mark.slow
def test_no_document_is_lost_with_a_node(elasticsearch_cluster):
    with Elasticsearch(elasticsearch_cluster.urls) as client:
        settings = {"number_of_shards": 2, "number_of_replicas": 1}
        client.indices.create(index="notices", settings=settings, wait_for_active_shards="all")
        bulk(client, ({"_index": "notices", "_id": number, "text": "công đoàn"} for number in range(500)), refresh=True)

        elasticsearch_cluster.kill(0)

        answer = client.count(index="notices")
        assert (answer["count"], answer["_shards"]["failed"]) == (500, 0)


def test_a_machine_without_a_jdk_is_told_what_it_needs(monkeypatch):
    monkeypatch.setenv("PATH", "")

    with pytest.raises(UnavailableError, match="default-jdk-headless"):
        require_installation()


def test_a_machine_without_the_jars_is_told_how_to_fetch_them(monkeypatch, tmp_path):
    monkeypatch.setattr(installation, "require_jdk", lambda: "java")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))

    with pytest.raises(UnavailableError, match=r"python -m tools\.elasticsearch_server install"):
        require_installation()
