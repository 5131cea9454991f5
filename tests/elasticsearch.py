"""Fixtures of a real Elasticsearch, for every test that asks (``-p tests.elasticsearch`` in pyproject.toml)."""

import os
import uuid
from collections.abc import Iterator

import pytest
from elasticsearch import Elasticsearch

from tests.requirements import require_elasticsearch
from tools.elasticsearch_server import Cluster, running_cluster

OURS = ("elasticsearch_url", "elasticsearch_cluster")


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items) -> None:
    """Mark what needs the server, whether or not its author wrote it down."""
    for item in items:
        if set(OURS) & set(getattr(item, "fixturenames", ())):
            item.add_marker(pytest.mark.elasticsearch)


@pytest.fixture(scope="session")
def elasticsearch_url() -> Iterator[str]:
    """Give the address of one node; every test of the session uses it, so take names from ``elasticsearch_prefix``."""
    if given := os.environ.get("ELASTICSEARCH_TEST_URL"):
        yield given
        return
    require_elasticsearch()
    with running_cluster() as cluster:
        yield cluster.urls[0]


@pytest.fixture
def elasticsearch_prefix(elasticsearch_url) -> Iterator[str]:
    """Give what the names of the test's indices and aliases begin with; the indices are deleted after it."""
    prefix = f"test-{uuid.uuid4().hex}-"
    yield prefix
    with Elasticsearch(elasticsearch_url) as client:
        if indices := list(client.indices.get(index=f"{prefix}*")):  # deleting by a pattern is refused
            client.indices.delete(index=indices)


@pytest.fixture
def elasticsearch_cluster() -> Iterator[Cluster]:
    """Give three nodes to this test alone, which may kill them."""
    require_elasticsearch()
    with running_cluster(nodes=3) as cluster:
        yield cluster
