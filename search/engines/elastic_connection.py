"""The way to Elasticsearch: clients for reading, writing and looking after, and what their errors mean to us."""

import logging
import time
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, Self

from django.conf import settings
from django.utils.translation import gettext as _
from elasticsearch import ApiError, Elasticsearch, NotFoundError, TransportError
from elasticsearch.helpers import BulkIndexError, streaming_bulk

from search.engines.contract import EngineUnavailable
from search.engines.elastic_queries import Body

logger = logging.getLogger(__name__)

#: What the client raises when the server refuses, and when there is no server.
ERRORS = (ApiError, TransportError, BulkIndexError)
#: Bounds of one request that writes: so many documents, so many bytes (one larger document goes alone).
BULK_DOCUMENTS, BULK_BYTES = 500, 5_000_000
WRITE_SECONDS, MERGE_SECONDS, QUICK_SECONDS = 120, 3_600, 1
#: Pauses before a search is tried again: the index was just replaced, or a copy was just lost.
PAUSES = (0.0, 0.05, 0.2, 0.5, 1.0, 2.0)


class NoIndex(EngineUnavailable):
    """There is none that this code can use; it takes a rebuild."""

    def __init__(self, words: str = "") -> None:
        super().__init__(words or _("The search index has not been built yet."))


@contextmanager
def reaching() -> Iterator[None]:
    """Tell of whatever may go wrong on the way in the one way the contract knows."""
    try:
        yield
    except NotFoundError as error:
        raise NoIndex from error
    except ERRORS as error:
        raise _unavailable(error) from error


def _unavailable(reason: object) -> EngineUnavailable:
    logger.warning("Elasticsearch cannot be used: %s", str(reason)[:500])
    return EngineUnavailable(_("Elasticsearch does not answer."))


@dataclass(frozen=True)
class Connection:
    """Clients of the same nodes. ``quick`` gives up within a second or so, ``patient`` waits for a merge."""

    reading: Elasticsearch
    writing: Elasticsearch
    quick: Elasticsearch
    patient: Elasticsearch

    @classmethod
    def to(cls, url: str) -> Self:
        """To one address, or those of several nodes separated by commas: each may be lost."""
        nodes = [part.strip() for part in url.split(",") if part.strip()]
        secrets: dict[str, Any] = {}
        if settings.ELASTICSEARCH_API_KEY:
            secrets["api_key"] = settings.ELASTICSEARCH_API_KEY
        if settings.ELASTICSEARCH_CA_CERTS:
            secrets["ca_certs"] = settings.ELASTICSEARCH_CA_CERTS
        others = len(nodes) - 1
        client = Elasticsearch(
            nodes,
            request_timeout=settings.ELASTICSEARCH_TIMEOUT,
            max_retries=others + 1,
            retry_on_timeout=others > 0,
            **secrets,
        )
        return cls(
            reading=client,
            writing=client.options(request_timeout=WRITE_SECONDS, max_retries=others + 3, retry_on_timeout=True),
            quick=client.options(request_timeout=QUICK_SECONDS, max_retries=others, retry_on_timeout=False),
            patient=client.options(request_timeout=MERGE_SECONDS, max_retries=0),
        )

    def ask(self, index: str, bodies: Sequence[Body], copy: str) -> list[Body]:
        """Several searches in one round trip; all of them answered in full, or EngineUnavailable."""
        header = {
            "index": index,
            "search_type": "dfs_query_then_fetch",  # shards weigh words as one index would
            "preference": copy,
            "allow_partial_search_results": False,
        }
        searches = [part for body in bodies for part in (header, body)]
        failed: list[Body] = []
        for pause in PAUSES:
            time.sleep(pause)
            answers: list[Body] = self.reading.msearch(searches=searches)["responses"]
            failed = [answer for answer in answers if "error" in answer]
            if not failed:
                return answers
            if failed[0].get("status") == 400:  # asking again will not help
                break
        if failed[0].get("status") == 404:  # HTTP's number
            raise NoIndex
        raise _unavailable(failed[0]["error"])

    def store(self, index: str, actions: Iterable[Body], **options: Any) -> None:
        """Write in requests of bounded size; what is refused for the moment is sent again."""
        answers = streaming_bulk(
            self.writing,
            actions,
            index=index,
            chunk_size=BULK_DOCUMENTS,
            max_chunk_bytes=BULK_BYTES,
            max_retries=5,
            initial_backoff=0.5,
            max_backoff=8,
            raise_on_error=False,
            yield_ok=False,
            **options,
        )
        for _ok, answer in answers:
            action, result = next(iter(answer.items()))
            if (action, result.get("status")) != ("delete", 404):  # gone already: a request that was sent twice
                raise BulkIndexError(f"{action} of {result.get('_id')}: {result.get('error')}", [answer])
