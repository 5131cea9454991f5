"""Whatever stands in an address, the answer says in Vietnamese what is wrong with it."""

import pytest

from tests import factories
from tests.api.asking import ROOT, get, refused

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]

LISTS = ("pages/", "images/", "documents/", "units/")
NO_NUMBERS = ("-1", "1.5", "x", "", "9" * 30, "١", "1 ", "0x1", "\x00", "NaN")


@pytest.mark.parametrize("value", NO_NUMBERS)
@pytest.mark.parametrize("name", ["limit", "offset"])
@pytest.mark.parametrize("path", LISTS)
def test_numbers_that_are_none(client, home, path, name, value):
    assert name in refused(client, path, **{name: value})


@pytest.mark.parametrize("path", LISTS)
def test_more_than_is_given_at_once(client, home, path):
    assert "100" in refused(client, path, limit=101)
    assert "10000" in refused(client, path, offset=10_001)
    assert get(client, path, limit=100, offset=10_000)["items"] == []


@pytest.mark.parametrize("value", ["x", "-5", "9" * 25, "\x00", "1;drop", "1,2", "", "Ł"])
@pytest.mark.parametrize("name", ["child_of", "descendant_of", "ancestor_of", "unit", "topic", "author", "section"])
def test_names_of_things_that_are_none(client, home, name, value):
    refused(client, "pages/", **{name: value})


@pytest.mark.parametrize("name", ["child_of", "descendant_of", "ancestor_of", "unit", "topic"])
def test_things_that_are_not_there(client, home, name):
    for value in (987654321, 2**63 - 1):
        assert name in refused(client, "pages/", **{name: value})


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("type", "news.Nothing"),
        ("type", "auth.User"),
        ("type", "accounts.User"),
        ("type", "pages.BasePage,"),
        ("type", "wagtailcore.Page"),
        ("type", ""),
        ("type", "news.ArticlePage;"),
        ("fields", "title(x)"),
        ("fields", "cover(file)"),
        ("fields", ""),
        ("fields", "("),
        ("fields", ",,"),
        ("fields", "*,title"),
        ("fields", "title,title2"),
        ("fields", "title "),
        ("fields", "x" * 600),
        ("fields", "\x00"),
        ("order", "random"),
        ("order", "--id"),
        ("order", "id,title"),
        ("order", ""),
        ("is_item", "yes"),
        ("is_item", "True"),
        ("is_hot", "1"),
        ("slug", "Tin tức"),
        ("slug", "a" * 200),
        ("last_published_after", "gestern"),
        ("last_published_after", "2026-13-45"),
        ("last_published_after", "0001-01-01"),
        ("last_published_after", "9999-12-31T23:59:59-14:00"),
        ("last_published_after", "2026-01-01T25:00:00Z"),
        ("last_published_after", ""),
        ("search", "lương"),
        ("search_operator", "and"),
        ("format", "xml"),
        ("locale", "en"),
        ("site", "example.org"),
        ("translation_of", "1"),
        ("rich_text_format", "markdown"),
        ("_", "1"),
        ("khác", "1"),
    ],
)
def test_other_values_that_are_none(client, home, name, value):
    assert not refused(client, "pages/", **{name: value}).isascii()


def test_words_are_searched_for_elsewhere(client, home):
    assert "/api/v2/search/" in refused(client, "pages/", search="lương")


@pytest.mark.parametrize("path", [*LISTS, "search/", "", "openapi.json", "pages/find/"])
def test_unknown_parameters(client, home, path):
    assert "khong_co" in refused(client, path, khong_co="1")


def test_said_twice(client, home):
    response = client.get(f"{ROOT}pages/?limit=1&limit=2")

    assert response.status_code == 400
    assert "limit" in response.json()["message"]


@pytest.mark.parametrize(
    "query", ["%00=1", "limit=%ff%fe", "&&&", "=", "%", "limit", "fields=%ed%a0%80", "a=" + "x" * 3000]
)
def test_queries_that_are_none(client, home, query):
    response = client.get(f"{ROOT}pages/", QUERY_STRING=query)

    assert response.status_code in {200, 400}
    assert response["Content-Type"].startswith("application/json")


@pytest.mark.parametrize(
    "path",
    [
        "pages/0/",
        "pages/99999999/",
        f"pages/{10**40}/",
        "pages/-1/",
        "pages/x/",
        "pages/1/x/",
        "users/",
        "images/0/",
        "images/1/card-640.jpg",
        "images/1/card-641.jpg",
        "images/1/original.jpg",
        f"images/{10**40}/card-640.jpg",
        "images/1/../../../etc/passwd",
        "documents/0/",
        "units/0/",
        "search/1/",
        "openapi.xml",
        "pages/%00/",
    ],
)
def test_addresses_that_are_none(client, home, path):
    response = client.get(f"{ROOT}{path}")

    assert response.status_code == 404
    assert set(response.json()) == {"message"}
    assert response["Access-Control-Allow-Origin"] == "*"


@pytest.mark.parametrize("value", ["", "x", "-1", "9" * 30, "\x00"])
@pytest.mark.parametrize("path", ["pages/find/", "images/find/", "documents/find/", "units/find/"])
def test_finding_nothing_sensible(client, home, path, value):
    refused(client, path, id=value)


@pytest.mark.parametrize(
    "value", ["\x00", "?x", "//", "/../..", "/" + "a/" * 200, "/tin-tuc/?x=1", "/%00/", "http://example.org/"]
)
def test_paths_that_are_none(client, home, value):
    assert client.get(f"{ROOT}pages/find/", {"html_path": value}).status_code in {302, 400, 404}


def test_a_lacking_slash_leads_on(client, section):
    article = factories.make_article(section)

    for path in ("pages", f"pages/{article.pk}", "units", "search"):
        response = client.get(f"{ROOT}{path}", {"limit": 1})
        assert response.status_code == 301
        assert response["Location"] == f"{ROOT}{path}/?limit=1"
    assert client.get("/api/v2").status_code in {301, 302}


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete", "trace"])
@pytest.mark.parametrize("path", ["", "pages/", "pages/1/", "search/", "openapi.json", "nirgendwo/"])
def test_it_can_only_be_read(client, home, method, path):
    response = getattr(client, method)(f"{ROOT}{path}")

    assert response.status_code == 405
    assert response["Allow"] == "GET, HEAD, OPTIONS"
    assert set(response.json()) == {"message"}


@pytest.mark.parametrize("accept", ["text/html", "application/xml", "image/png", "", "*/*;q=0", "x"])
def test_json_whatever_is_accepted(client, home, accept):
    assert client.get(f"{ROOT}pages/", headers={"accept": accept})["Content-Type"].startswith("application/json")
