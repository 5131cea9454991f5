"""Polls that cost nothing, and never leave a reader with what is old."""

from datetime import timedelta

import pytest
import time_machine
from django.core.cache import caches
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from django.utils.http import parse_http_date
from wagtail.models import Site

from core.signals import readers_see_change
from crossposting.feeds.addresses import FILES
from news.models import ArticlePage
from tests import factories
from tests.crossposting.feeds.reading import get, items

pytestmark = pytest.mark.django_db


@pytest.fixture
def committed(django_capture_on_commit_callbacks):
    """Do something as if its transaction were committed: the generations are bumped."""

    def do(action, *args, **kwargs):
        with django_capture_on_commit_callbacks(execute=True):
            return action(*args, **kwargs)

    return do


@pytest.fixture
def places(section, media_root):
    """The address of a feed of every kind."""
    topic, unit, person = factories.make_topic(), factories.make_unit(), factories.make_person()
    above = factories.make_unit()
    unit.parent = above
    unit.save()
    factories.make_article(section, topics=[topic], unit=unit, authors=[person], title="Bài")
    return {
        "portal": "/nguon-tin/",
        "news": "/nguon-tin/tin-tuc/",
        "policies": "/nguon-tin/chinh-sach/",
        "kind": "/nguon-tin/loai/tin-bai/",
        "section": f"/nguon-tin/chuyen-muc/{section.pk}-{section.slug}/",
        "topic": f"/nguon-tin/chu-de/{topic.pk}-{topic.slug}/",
        "unit": f"/nguon-tin/don-vi/{unit.pk}-{unit.slug}/",
        "unit above": f"/nguon-tin/don-vi/{above.pk}-{above.slug}/",
        "author": f"/nguon-tin/tac-gia/{person.pk}-{person.slug}/",
    }


def etags(client, places):
    return {name: client.get(f"{folder}rss.xml")["ETag"] for name, folder in places.items()}


def test_a_poll_with_the_current_etag_asks_no_query(client, places, django_assert_num_queries):
    for folder in places.values():
        for file in FILES:
            first = get(client, f"{folder}{file}")
            for known in (first["ETag"], f"W/{first['ETag']}", f'"x", {first["ETag"]}'):
                with django_assert_num_queries(0):
                    answer = client.get(f"{folder}{file}", headers={"if-none-match": known})
                assert answer.status_code == 304
                assert not answer.content
                assert answer["Cache-Control"] == "public, max-age=0, must-revalidate"
                assert answer["Vary"] == "Sec-Fetch-Dest"


def test_an_etag_belongs_to_one_address(client, places):
    tags = {client.get(f"{folder}{file}")["ETag"] for folder in places.values() for file in FILES}

    assert len(tags) == len(places) * len(FILES)
    etag = client.get("/nguon-tin/rss.xml")["ETag"]
    assert client.get("/nguon-tin/rss.xml", headers={"if-none-match": etag, "host": "localhost"}).status_code == 200
    assert client.get("/nguon-tin/rss.xml", headers={"if-none-match": '"' + "0" * 24 + '"'}).status_code == 200


def test_a_second_reader_costs_what_it_takes_to_find_the_thing(client, places):
    for folder in places.values():
        get(client, f"{folder}rss.xml")
        with CaptureQueriesContext(connection) as asked:
            get(client, f"{folder}rss.xml")
        assert len(asked) <= 2


def test_news_costs_the_same_for_three_items_and_for_thirty(client, section, media_root, committed):
    cover = factories.make_image(size=(1600, 900))

    def cost():
        committed(readers_see_change.send, sender=None, keys={"listing"})
        client.get("/nguon-tin/rss.xml")  # draws the pictures
        committed(readers_see_change.send, sender=None, keys={"listing"})
        caches["feeds"].clear()  # the texts of all items are drawn anew
        with CaptureQueriesContext(connection) as asked:
            get(client, "/nguon-tin/rss.xml")
        return len(asked)

    topic, person, unit = factories.make_topic(), factories.make_person(), factories.make_unit()
    make = {"cover": cover, "topics": [topic], "main_topic": topic, "authors": [person], "unit": unit}
    for _ in range(3):
        factories.make_article(section, **make)
    three = cost()
    for _ in range(27):
        factories.make_article(section, **make)

    assert cost() == three
    assert three <= 16


def test_news_renews_the_feeds_that_show_it_and_no_others(client, section, news_index, media_root, places, committed):
    article = ArticlePage.objects.get()
    before = etags(client, places)

    committed(factories.make_explainer, title="Chính sách mới")
    policy = etags(client, places)
    article.title = "Sửa"
    committed(article.save_revision().publish)
    after = etags(client, places)

    untouched = {"kind", "section", "topic", "unit", "unit above", "author"}
    assert {name for name in places if before[name] == policy[name]} == untouched
    assert all(policy[name] != after[name] for name in places)
    for name, folder in places.items():
        if name != "policies":
            assert "Sửa" in [item["title"] for item in items(get(client, f"{folder}rss.xml"))]


def test_a_renamed_thing_renews_its_feed(client, places, section, committed):
    from organisations.models import Person, Unit  # beside what they are for
    from taxonomy.models import Topic

    names = {
        "topic": Topic.objects.get(),
        "author": Person.objects.get(),
        "unit": Unit.objects.get(parent__isnull=False),
    }
    for name, thing in names.items():
        thing.name = "Tên khác hẳn"
        committed(thing.save)
        body = get(client, f"{places[name]}rss.xml").content.decode()
        assert "Tên khác hẳn" in body
    site = Site.objects.get()
    site.site_name = "Cổng mới"
    committed(site.save)
    for folder in places.values():
        assert "Cổng mới" in get(client, f"{folder}atom.xml").content.decode()


def test_the_end_of_an_item_ends_the_etag(client, section, media_root):
    factories.make_article(section, expire_at=timezone.now() + timedelta(hours=1))
    known = {"if-none-match": client.get("/nguon-tin/rss.xml")["ETag"]}
    assert client.get("/nguon-tin/rss.xml", headers=known).status_code == 304

    with time_machine.travel(timezone.now() + timedelta(hours=2)):
        answer = client.get("/nguon-tin/rss.xml", headers=known)

    assert answer.status_code == 200
    assert items(answer) == []


def test_last_modified_for_readers_without_etags(client, section, media_root, committed):
    committed(factories.make_article, section)
    later = timezone.now() + timedelta(seconds=5)
    with time_machine.travel(later):
        first = get(client, "/nguon-tin/rss.xml")
        stamp = first["Last-Modified"]
        assert client.get("/nguon-tin/rss.xml", headers={"if-modified-since": stamp}).status_code == 304
        assert parse_http_date(stamp) <= later.timestamp()
    with time_machine.travel(later + timedelta(seconds=5)):
        committed(readers_see_change.send, sender=None, keys={"listing"})
    with time_machine.travel(later + timedelta(seconds=20)):
        assert client.get("/nguon-tin/rss.xml", headers={"if-modified-since": stamp}).status_code == 200
        wrong = client.get("/nguon-tin/rss.xml", headers={"if-modified-since": stamp, "if-none-match": '"x"'})
        assert wrong.status_code == 200


def test_nothing_in_an_answer_depends_on_when_it_was_made(client, section, media_root, settings):

    factories.make_article(section)
    bodies = []
    for hours in (0, 1):
        caches["feeds"].clear()
        with time_machine.travel(timezone.now() + timedelta(hours=hours)):
            bodies.append([client.get(f"/nguon-tin/{file}").content for file in FILES])

    assert bodies[0] == bodies[1]


def test_head_answers_like_get(client, section, media_root):
    factories.make_article(section)
    full, head = client.get("/nguon-tin/rss.xml"), client.head("/nguon-tin/rss.xml")

    assert head["ETag"] == full["ETag"]
    assert not head.content
