"""The contenders that ask Elasticsearch, and the node that the bench starts for them."""

import os
from collections.abc import Iterable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import uuid4

from elasticsearch import Elasticsearch
from elasticsearch.helpers import bulk

from bench.search.collection import Row
from bench.search.contenders import FIELDS, Ours
from search.engines.elastic import ElasticEngine
from search.evaluation import DEPTH
from tools.elasticsearch_server import UnavailableError, running_cluster

#: Has the last word in every Java program. The test server is made to start quickly; here its speed is measured.
JAVA_OPTIONS = "-Xmx1g -XX:TieredStopAtLevel=4 -XX:-UseSerialGC -XX:+UseG1GC"
SECONDS = 120


@dataclass(frozen=True)
class Server:
    """A running node."""

    url: str
    pid: int


@contextmanager
def server() -> Iterator[Server | None]:
    """Start a node; None where there is no Java or no jars, with the reason printed."""
    with ExitStack() as stack:
        started = None
        try:
            with _java_options():
                cluster = stack.enter_context(running_cluster())
            started = Server(cluster.urls[0], cluster.nodes[0].process.pid)
        except UnavailableError as reason:
            print(f"Without Elasticsearch: {reason}", flush=True)
        yield started


@contextmanager
def _java_options() -> Iterator[None]:
    before = os.environ.get("_JAVA_OPTIONS")
    os.environ["_JAVA_OPTIONS"] = JAVA_OPTIONS
    try:
        yield
    finally:
        del os.environ["_JAVA_OPTIONS"]
        if before is not None:
            os.environ["_JAVA_OPTIONS"] = before


def _index_name(folder: Path) -> str:
    """The name that goes with a folder, also in another process."""
    folder.mkdir(parents=True, exist_ok=True)
    name = folder / "name"
    if not name.exists():
        name.write_text(f"bench-{uuid4().hex}", encoding="ascii")
    return name.read_text(encoding="ascii")


class OursOnElasticsearch(Ours):
    """The portal's engine on Elasticsearch, with its vocabulary in ``folder``."""

    def __init__(self, folder: Path, url: str) -> None:
        self._elastic = ElasticEngine(url, index=_index_name(folder), folder=folder / "vocabulary")
        super().__init__("elasticsearch", self._elastic)

    def drop(self) -> None:
        """Delete the indices."""
        self._elastic.drop()


class ElasticsearchDefault:
    """Elasticsearch with its standard analyser and a ``multi_match`` over the fields, the best of which counts."""

    name = "elasticsearch-default"
    match: dict[str, Any] = {"type": "best_fields"}

    def __init__(self, folder: Path, url: str) -> None:
        self.index = _index_name(folder)
        self._client = Elasticsearch(url, request_timeout=SECONDS)

    def build(self, rows: Iterable[Row]) -> None:
        """Create the index with mappings alone, and fill it."""
        properties = {name: {"type": "text"} for name in FIELDS}
        self._client.indices.create(
            index=self.index,
            mappings={"properties": properties},
            settings={"number_of_shards": 1, "number_of_replicas": 0, "refresh_interval": -1},
        )
        actions = ({"_id": str(row["id"]), "_source": {name: row[name] for name in FIELDS}} for row in rows)
        bulk(self._client, actions, index=self.index, chunk_size=500)
        self._client.indices.refresh(index=self.index)
        self._client.indices.flush(index=self.index)

    def ask(self, question: str, *, count: bool = True) -> list[str]:
        """Any of the words."""
        answer = self._client.search(
            index=self.index,
            query={"multi_match": {"query": question, "fields": FIELDS, **self.match}},
            size=DEPTH,
            track_total_hits=count,
            source=False,
        )
        return [hit["_id"] for hit in answer["hits"]["hits"]]

    def size(self) -> int:
        """As the server says."""
        stats = self._client.indices.stats(index=self.index, metric="store")
        return int(stats["_all"]["primaries"]["store"]["size_in_bytes"])

    def drop(self) -> None:
        """Delete the index."""
        self._client.indices.delete(index=self.index, ignore_unavailable=True)
