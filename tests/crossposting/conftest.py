"""The shared fixtures, and one network after another."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack

import pytest

from outbox.models import Consequence
from tests.crossposting.stage import PLAYS, Stage, stage_for
from tests.fixtures import *  # noqa: F403  # pytest finds fixtures by their names in this module


@pytest.fixture
def empty_outbox(db: None) -> None:
    Consequence.objects.all().delete()


@pytest.fixture
def network(settings, media_root, empty_outbox) -> Iterator[Callable[..., Stage]]:
    """Play a network: ``network("telegram")``, with fields of its channel."""
    with ExitStack() as stack:
        yield lambda name, **fields: stack.enter_context(stage_for(name, settings, **fields))


@pytest.fixture(params=sorted(PLAYS))
def stage(request, network) -> Stage:
    """Each network in turn."""
    return network(request.param)
