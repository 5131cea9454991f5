"""Headers, methods, states: what a reader that comes again is told, and when."""

import gzip
from datetime import timedelta

import pytest
import time_machine
from django.core.cache import caches
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from wagtail.models import Collection, CollectionViewRestriction, PageViewRestriction, Site

from tests import factories
from tests.api.asking import ROOT, get, ids

pytestmark = pytest.mark.django_db


@pytest.fixture
def committed(django_capture_on_commit_callbacks):
    """Do something as if its transaction were committed: the generations are bumped."""

    def do(action, *args, **kwargs):
        with django_capture_on_commit_callbacks(execute=True):
            return action(*args, **kwargs)

    return do


def tag(client, path="pages/"):
    return client.get(f"{ROOT}{path}")["ETag"]


@pytest.mark.parametrize("path", ["", "pages/", "images/", "documents/", "units/", "openapi.json"])
def test_headers(client, home, path):
    response = client.get(f"{ROOT}{path}")

    assert response["Access-Control-Allow-Origin"] == "*"
    assert "Access-Control-Allow-Credentials" not in response
    assert response["Cache-Control"] == "public, max-age=0, must-revalidate"
    assert response["X-Robots-Tag"] == "noindex"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Content-Type"] == "application/json; charset=utf-8"
    assert response.get("Vary", "Accept-Encoding") == "Accept-Encoding"
    assert not response.cookies


@pytest.mark.parametrize("path", ["", "pages/", "images/", "documents/", "units/", "openapi.json"])
def test_a_poll_asks_no_query(client, home, path, django_assert_num_queries):
    etag = tag(client, path)

    for known in (etag, f"W/{etag}", f'"x", {etag}'):
        with django_assert_num_queries(0):
            response = client.get(f"{ROOT}{path}", headers={"if-none-match": known})
        assert response.status_code == 304
        assert response["ETag"] == etag
        assert response["Access-Control-Allow-Origin"] == "*"
        assert not response.content
    assert client.get(f"{ROOT}{path}", headers={"if-none-match": '"' + "0" * 24 + '"'}).status_code == 200


def test_a_second_reader_asks_no_query(client, section, django_assert_num_queries):
    first = client.get(f"{ROOT}pages/")

    with django_assert_num_queries(0):
        assert Client().get(f"{ROOT}pages/").content == first.content


def test_an_etag_belongs_to_one_address(client, section):
    paths = [
        "pages/",
        "pages/?limit=5",
        "pages/?limit=6",
        "pages/?fields=_,title",
        f"pages/{section.pk}/",
        "units/",
        "",
    ]

    assert len({tag(client, path) for path in paths}) == len(paths)
    assert client.get(f"{ROOT}pages/", headers={"host": "localhost"})["ETag"] != tag(client)


def test_head_and_options(client, home):
    head, got = client.head(f"{ROOT}pages/"), client.get(f"{ROOT}pages/")
    assert (head.status_code, head.content, head["ETag"]) == (200, b"", got["ETag"])
    assert head["Content-Length"] == str(len(got.content))

    for path in ("", "pages/", "pages/1/", "search/", "openapi.json"):
        answer = client.options(
            f"{ROOT}{path}",
            headers={"origin": "https://example.org", "access-control-request-headers": "if-none-match"},
        )
        assert answer.status_code == 204
        assert answer["Allow"] == answer["Access-Control-Allow-Methods"] == "GET, HEAD, OPTIONS"
        assert "If-None-Match" in answer["Access-Control-Allow-Headers"]
        assert answer["Access-Control-Allow-Origin"] == "*"


def test_compressed(client, section):
    plain = client.get(f"{ROOT}pages/")
    packed = client.get(f"{ROOT}pages/", headers={"accept-encoding": "gzip"})

    assert packed["Content-Encoding"] == "gzip"
    assert gzip.decompress(packed.content) == plain.content
    again = client.get(f"{ROOT}pages/", headers={"accept-encoding": "gzip", "if-none-match": packed["ETag"]})
    assert again.status_code == 304


def test_whatever_changes_makes_the_list_new(client, section, media_root, committed):
    topic, unit, person = factories.make_topic(), factories.make_unit(), factories.make_person()
    cover = factories.make_image()
    article = factories.make_article(section, topics=[topic], unit=unit, authors=[person], cover=cover)
    seen = {tag(client)}

    def changed(action, *args, **kwargs):
        committed(action, *args, **kwargs)
        now = tag(client)
        assert now not in seen
        seen.add(now)

    changed(factories.make_article, section)
    changed(factories.make_standard_page)
    for named in (topic, unit, person):
        named.name = f"{named.name} mới"
        changed(named.save)
    cover.description = "Khác"
    changed(cover.save)
    article.title = "Khác"
    changed(article.save_revision().publish)
    changed(article.unpublish)
    changed(PageViewRestriction.objects.create, page=section, restriction_type="login")
    changed(Site.objects.get().save)


def test_pages_that_are_gone_are_gone_at_once(client, section, committed):
    article = factories.make_article(section)
    assert article.pk in ids(client)
    etag = tag(client, f"pages/{article.pk}/")

    committed(article.unpublish)
    assert article.pk not in ids(client)
    assert client.get(f"{ROOT}pages/{article.pk}/", headers={"if-none-match": etag}).status_code == 404


def test_the_library_follows_every_change(client, media_root, committed):
    folder = Collection.get_first_root_node().add_child(name="Nội bộ")
    image = committed(factories.make_image, collection=folder)
    file = committed(factories.make_document, collection=folder)
    assert (ids(client, "images/"), ids(client, "documents/")) == ([image.pk], [file.pk])

    committed(CollectionViewRestriction.objects.create, collection=folder, restriction_type="login")
    assert (ids(client, "images/"), ids(client, "documents/")) == ([], [])
    committed(CollectionViewRestriction.objects.all()[0].delete)
    assert (ids(client, "images/"), ids(client, "documents/")) == ([image.pk], [file.pk])
    committed(image.delete)
    committed(file.delete)
    assert (ids(client, "images/"), ids(client, "documents/")) == ([], [])


def test_units_follow_every_change(client, home, committed):
    before = tag(client, "units/")
    unit = committed(factories.make_unit, "Công đoàn Khu công nghiệp")
    assert ids(client, "units/") == [unit.pk]
    assert tag(client, "units/") != before

    unit.name = "Công đoàn các Khu công nghiệp"
    committed(unit.save)
    assert get(client, f"units/{unit.pk}/")["name"] == "Công đoàn các Khu công nghiệp"


def test_what_expires_is_gone_to_the_second(client, section):
    now = timezone.now()
    page = factories.make_article(section, expire_at=now + timedelta(minutes=10))
    before = client.get(f"{ROOT}pages/")
    assert page.pk in [item["id"] for item in before.json()["items"]]

    with time_machine.travel(now + timedelta(minutes=11), tick=False):
        after = client.get(f"{ROOT}pages/", headers={"if-none-match": before["ETag"]})
        assert after.status_code == 200
        assert page.pk not in [item["id"] for item in after.json()["items"]]
        assert client.get(f"{ROOT}pages/{page.pk}/").status_code == 404


def test_hot_news_cools_to_the_second(client, section):
    now = timezone.now()
    page = factories.make_article(section, is_hot=True, summary="Nóng", hot_until=now + timedelta(minutes=10))
    before = client.get(f"{ROOT}pages/?is_hot=true")
    assert [item["id"] for item in before.json()["items"]] == [page.pk]

    with time_machine.travel(now + timedelta(minutes=11), tick=False):
        after = client.get(f"{ROOT}pages/?is_hot=true", headers={"if-none-match": before["ETag"]})
        assert after.json() == {"meta": {"total_count": 0}, "items": []}


def test_a_kept_answer_may_be_lost(client, section):
    first = client.get(f"{ROOT}pages/").content
    for file in (caches["api"]._dir and __import__("pathlib").Path(caches["api"]._dir)).glob("*"):
        file.write_bytes(b"broken")

    assert client.get(f"{ROOT}pages/").content == first


# Queries -------------------------------------------------------------------------------------------------------------


def cost(client, path):
    caches["api"].clear()
    client.get(f"{ROOT}{path}")  # whatever is kept for the process is kept now
    caches["api"].clear()
    with CaptureQueriesContext(connection) as asked:
        response = client.get(f"{ROOT}{path}")
    assert response.status_code == 200
    return len(asked)


def grow(section, number):
    for _ in range(number):
        topics = [factories.make_topic(), factories.make_topic()]
        unit = factories.make_unit(parent=factories.make_unit())
        factories.make_article(
            section,
            topics=topics,
            main_topic=topics[0],
            unit=unit,
            authors=[factories.make_person(), factories.make_person()],
            cover=factories.make_image(size=(1600, 900)),
        )
        factories.make_event(unit=unit, topics=topics)
        factories.make_document()


@pytest.mark.parametrize(
    ("path", "ceiling"),
    [
        ("pages/", 7),
        ("pages/?fields=*", 8),
        ("pages/?type=news.ArticlePage&fields=*", 8),
        ("pages/?type=events.EventPage&fields=*", 8),
        ("images/?fields=*", 5),
        ("documents/?fields=*", 5),
        ("units/?fields=*", 6),
    ],
)
def test_a_list_costs_the_same_for_three_and_for_twenty(client, section, media_root, path, ceiling):
    grow(section, 3)
    three = cost(client, path)
    grow(section, 20)

    assert cost(client, path) == three
    assert three <= ceiling


def test_a_list_draws_no_picture(client, section, media_root):
    grow(section, 2)
    get(client, "pages/", limit=100, fields="*")

    assert not list(media_root.glob("images/*"))


def test_a_page_alone_has_its_price(client, section, media_root):
    pictures = [("image", {"image": factories.make_image(size=(1600, 900)), "alt": "", "caption": "", "credit": ""})]
    article = factories.make_article(section, body=pictures * 5, authors=[factories.make_person()])
    get(client, f"pages/{article.pk}/")  # draws

    assert cost(client, f"pages/{article.pk}/") <= 16
