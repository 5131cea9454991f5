"""Elasticsearch is stopped and started again: the page says so in a sentence, the site lives, the index catches up."""

import pytest
from django.core.cache import cache

from outbox.models import Consequence
from search.engines import use_engine
from search.engines.elastic import ElasticEngine
from search.health import search_state
from search.indexing import catch_up
from search.models import PendingChange
from tests import factories
from tests.fixtures import *  # noqa: F403  # pytest finds fixtures by their names
from tests.requirements import require_elasticsearch
from tools.elasticsearch_server import running_cluster

pytestmark = [pytest.mark.slow, pytest.mark.elasticsearch, pytest.mark.django_db]

SENTENCE = "Chức năng tìm kiếm đang tạm nghỉ."
PAGE = "/tim-kiem/?q=doi+thoai"


@pytest.fixture
def cluster():
    require_elasticsearch()
    with running_cluster() as cluster:
        yield cluster


@pytest.fixture
def site(cluster, db, tmp_path):
    """A site whose index is in a server of its own; the worker's job, which runs every ten seconds, is called here."""
    use_engine(ElasticEngine(cluster.urls[0], index="portal", folder=tmp_path / "vocabularies"))
    Consequence.objects.all().delete()
    yield
    use_engine(None)


def publish(section, title):
    page = factories.make_article(section, title=title, live=False)
    page.save_revision().publish()
    return type(page).objects.get(pk=page.pk)


def found(client):
    answer = client.get(f"{PAGE}&format=json")
    return {result["title"] for result in answer.json()["results"]} if answer.status_code == 200 else None


def waiting() -> int:
    return PendingChange.objects.filter(state=PendingChange.State.WAITING).count()


def test_the_site_lives_without_its_engine_and_the_index_catches_up_by_itself(client, cluster, site, section):
    stays, goes = publish(section, "Đối thoại định kỳ"), publish(section, "Đối thoại bị gỡ")
    catch_up()  # there is no index: it asks for one
    catch_up()
    assert found(client) == {stays.title, goes.title}
    assert search_state().ok

    cluster.stop()
    cache.clear()
    publish(section, "Đối thoại lúc vắng")
    goes.unpublish()
    catch_up()

    answer = client.get(PAGE)
    assert (answer.status_code, SENTENCE in answer.content.decode()) == (200, True)
    assert client.get(f"{PAGE}&format=json").status_code == 503
    for address in ("/", "/tim-kiem/", section.url, stays.url):
        assert client.get(address).status_code == 200
    assert not search_state().ok
    assert waiting() == 2

    cluster.start_again(0)
    catch_up()

    assert found(client) == {stays.title, "Đối thoại lúc vắng"}
    assert SENTENCE not in client.get(PAGE).content.decode()
    assert waiting() == 0
    assert search_state().ok
    assert f"page:{goes.pk}" not in dict(ElasticEngine(cluster.urls[0], index="portal").fingerprints())


def test_a_server_that_lost_its_data_is_filled_again(client, cluster, site, section):
    publish(section, "Đối thoại định kỳ")
    catch_up()
    catch_up()

    cluster.stop()
    cluster.forget(0)
    cluster.start_again(0)
    assert found(client) is None
    catch_up()
    catch_up()

    assert found(client) == {"Đối thoại định kỳ"}
