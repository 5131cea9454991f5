"""The worker is killed (-9) again and again while pages change and readers search: the index ends up right."""

import json
from collections.abc import Iterator

import pytest

from tests.killable_site import Site, own_database
from tests.search.killing import killed_while_changing

pytestmark = pytest.mark.slow

CHANGES, READERS, KILLS = 500, 8, 10


@pytest.fixture(params=["embedded"])
def site(request, tmp_path) -> Iterator[Site]:
    """An empty site of its own, with the engine named."""
    with own_database() as database_url:
        made = Site(tmp_path / "site", database_url, SEARCH_ENGINE=request.param)
        made.run("manage.py", "migrate", "-v0")
        made.run("manage.py", "migrate", "visits", "--database=visits", "-v0")
        yield made


def test_the_index_is_right_after_ten_kills_and_no_reader_saw_an_error(site):
    toll = killed_while_changing(site, changes=CHANGES, readers=READERS, kills=KILLS)
    assert toll.errors == []
    assert toll.kills == KILLS
    assert toll.searches > READERS * 20
    found = json.loads(site.run("manage.py", "search_check", "--json"))
    assert found["ok"], found
    assert found["pending"] == 0
    assert found["index"] == found["database"] > 10  # what stands in closed sections is not counted
