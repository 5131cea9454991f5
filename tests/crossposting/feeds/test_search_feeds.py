"""Any search is a feed, joined to the others by the project."""

import json
from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from search import rebuilding
from search.engines import use_engine
from search.engines.contract import EngineUnavailable
from search.engines.embedded import EmbeddedEngine
from search.indexing import drain
from tests import factories
from tests.crossposting.feeds.reading import get, items

pytestmark = pytest.mark.django_db
LATER = 6  # seconds after which every reader of the index shows what was written


@pytest.fixture
def engine(db, tmp_path, monkeypatch):
    """The embedded engine with an empty index of this test's own."""
    made = EmbeddedEngine(tmp_path / "index")
    made.rebuild([])
    use_engine(made)
    monkeypatch.setattr(rebuilding._building, "looked", True)
    yield made
    use_engine(None)


def titles(client, path):
    return [item["title"] for item in items(get(client, path))]


def test_a_search_is_a_feed_newest_first(client, engine, section, media_root):
    factories.make_article(section, title="Tăng thưởng vùng một", days_ago=3)
    factories.make_article(section, title="Thưởng tháng mười ba", days_ago=1)
    factories.make_article(section, title="Nghỉ phép", body=[("paragraph", "<p>Đơn xin nghỉ.</p>")])
    drain()

    for file in ("rss.xml", "atom.xml", "feed.json", "rss-tom-tat.xml"):
        address = f"/nguon-tin/tim-kiem/{file}?q=th%C6%B0%E1%BB%9Fng&sap-xep=moi-nhat"
        assert titles(client, address) == ["Thưởng tháng mười ba", "Tăng thưởng vùng một"]


def test_a_current_etag_asks_no_query_and_news_ends_it(client, engine, section, media_root, django_assert_num_queries):
    path = "/nguon-tin/tim-kiem/feed.json?q=l%C6%B0%C6%A1ng&sap-xep=moi-nhat"
    factories.make_article(section, title="Tăng lương", days_ago=1)
    drain()
    early = client.get(path)["ETag"]  # that of the bytes: the index may still show the state before
    assert client.get(path, headers={"if-none-match": early}).status_code == 304
    assert "Last-Modified" not in client.get(path)
    with time_machine.travel(timezone.now() + timedelta(seconds=LATER)):
        known = {"if-none-match": get(client, path)["ETag"]}
        with django_assert_num_queries(0):
            assert client.get(path, headers=known).status_code == 304
    factories.make_article(section, title="Lương mới")
    drain()
    with time_machine.travel(timezone.now() + timedelta(seconds=2 * LATER)):
        answer = client.get(path, headers=known)
    assert [item["title"] for item in json.loads(answer.content)["items"]] == ["Lương mới", "Tăng lương"]


def test_pages_of_a_search(client, engine, section, media_root):
    for number in range(45):
        factories.make_article(section, title=f"Lương {number}", days_ago=number)
    drain()
    seen, path = [], "/nguon-tin/tim-kiem/feed.json?q=l%C6%B0%C6%A1ng&sap-xep=moi-nhat"
    while path:
        data = json.loads(get(client, path).content)
        seen += [item["title"] for item in data["items"]]
        path = data.get("next_url", "").removeprefix("http://testserver")

    assert seen == [f"Lương {number}" for number in range(45)]


def test_what_is_hidden_leaves_before_the_index_follows(client, engine, section, media_root):
    path = "/nguon-tin/tim-kiem/rss.xml?q=l%C6%B0%C6%A1ng&sap-xep=moi-nhat"
    article = factories.make_article(section, title="Lương")
    drain()
    assert titles(client, path) == ["Lương"]

    article.unpublish()

    assert titles(client, path) == []


def test_nothing_asked_and_no_engine(client, engine, home, monkeypatch):
    def away(*args):
        raise EngineUnavailable("stopped")

    assert client.get("/nguon-tin/tim-kiem/rss.xml").status_code == 404
    monkeypatch.setattr(engine, "search", away)
    answer = client.get("/nguon-tin/tim-kiem/rss.xml?q=x")
    assert (answer.status_code, answer["Retry-After"]) == (503, "60")
    page = client.get("/nguon-tin/tim-kiem/?q=x")
    assert page.status_code == 200


def test_search_engines_keep_out_and_no_hub_is_named(client, engine, home, settings):
    settings.WEBSUB_HUBS = ["https://hub.example.org/"]
    answer = client.get("/nguon-tin/tim-kiem/rss.xml?q=x")

    assert answer["X-Robots-Tag"] == "noindex"
    assert "hub" not in answer["Link"]
