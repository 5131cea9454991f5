"""Uploads that a network may have cleared away."""

from collections.abc import Iterator
from contextlib import contextmanager

from crossposting.channels.connection import Connection
from crossposting.channels.contract import AccessLost, Refused


@contextmanager
def uploads_of_earlier(connection: Connection, name: str) -> Iterator[None]:
    """Try a post once more with new uploads, when it is refused with those of an earlier attempt.

    Networks delete what no post shows after some hours, and a delivery may have waited longer. ``name`` says where the
    progress keeps the uploads. Without uploads of an earlier attempt a refusal stays what it is.
    """
    earlier = bool(connection.progress.get(name))
    try:
        yield
    except AccessLost:
        raise
    except Refused as refusal:
        if not (earlier and refusal.final):
            raise
        connection.keep(**{name: {}})
        raise Refused(refusal.words, code=refusal.code) from refusal
