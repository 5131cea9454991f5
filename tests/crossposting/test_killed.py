"""The worker is killed again and again while it delivers: once on every channel, or visibly unknown."""

import os
import sys

import pytest

from crossposting.channels.registry import provider_for
from tests.crossposting.killing import NETWORKS, killed_while_delivering
from tests.crossposting.stage import PLAYS

pytestmark = pytest.mark.slow

#: The whole of it takes long: a person asks for so many items. Otherwise it is tried in small.
WHOLE = int(os.environ.get("FULL_DELIVERY_KILLS") or 0)
ITEMS, KILLS = (WHOLE, 50) if WHOLE else (3, 2)


def test_every_item_is_on_every_channel_once_or_visibly_unknown(tmp_path):
    tolls = killed_while_delivering(tmp_path / "site", items=ITEMS, kills=KILLS, patience=300 + 3 * ITEMS)

    for name, toll in tolls.items():  # the figures by provider: `pytest -s`
        sys.stdout.write(f"{name}: {dict(toll.states)}, attempts {dict(toll.attempts)}, faults {toll.faults}\n")

    assert set(tolls) == set(NETWORKS)
    for name, toll in tolls.items():
        provider = provider_for(PLAYS[name].network)
        assert toll.twice == [], (name, toll)
        assert toll.lost == [], (name, toll)
        if provider.can_ask or provider.repeat_is_harmless:
            assert toll.states == {"sent": ITEMS}, (name, toll)
    assert not WHOLE or sum(toll.attempts["interrupted"] for toll in tolls.values()) > 0
