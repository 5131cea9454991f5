"""The portal's search for programs."""

import pytest

from tests.api.asking import get, refused
from tests.api.schema import answer_of, faults
from tests.search.library import *  # noqa: F403  # pytest finds fixtures by their names

pytestmark = pytest.mark.django_db


def test_results_fit_the_document(client, library, home):
    document = get(client, "openapi.json")
    for parameters in ({"q": "đoàn viên"}, {}, {"kind": "tin-bai"}, {"q": "tai nạn lao độngg"}, {"q": "zzzzzz"}):
        data = get(client, "search/", **parameters)
        assert faults(document, answer_of(document, "/api/v2/search/"), data) == []


def test_results_lead_to_pages_and_to_the_interface(client, library):
    data = get(client, "search/", q="doan vien")

    assert data["meta"]["total_count"] == len(data["items"]) > 1
    assert "<mark>" in "".join(item["excerpt_html"] for item in data["items"])
    for item in data["items"]:
        assert item["html_url"].startswith("http://testserver/")
        if item["id"].startswith("page:"):
            assert item["detail_url"] == f"http://testserver/api/v2/pages/{item['id'].removeprefix('page:')}/"


def test_filters_and_facets(client, library):
    everything = get(client, "search/", q="đoàn viên")
    narrowed = get(client, "search/", q="đoàn viên", kind="tin-bai")

    assert {item["kind"] for item in narrowed["items"]} == {"tin-bai"}
    assert narrowed["meta"]["total_count"] < everything["meta"]["total_count"]
    [chosen] = [value for value in narrowed["facets"]["kind"] if value["chosen"]]
    assert (chosen["value"], chosen["count"]) == ("tin-bai", narrowed["meta"]["total_count"])


def test_it_is_never_kept(client, library):
    response = client.get("/api/v2/search/?q=luong")

    assert response["Cache-Control"] == "no-cache"
    assert response["Access-Control-Allow-Origin"] == "*"


def test_an_engine_that_is_away(client, no_index):
    response = client.get("/api/v2/search/?q=luong")

    assert response.status_code == 503
    assert response["Retry-After"] == "30"
    assert set(response.json()) == {"message"}


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("q", ""),
        ("q", " \u200b"),
        ("q", "a" * 501),
        ("q", "x\x00"),
        ("kind", "khong-co"),
        ("kind", ""),
        ("page", "0"),
        ("page", "51"),
        ("page", "x"),
        ("order", "title"),
        ("verbatim", "1"),
        ("date_from", "31/31/2025"),
        ("unit", ",".join("abcdefghijklmnopqrstuvw")),
        ("limit", "10"),
    ],
)
def test_questions_that_are_none(client, library, name, value):
    assert name in refused(client, "search/", **{name: value})
