"""The same search as data for programs."""

import pytest

from tests.search.library import *  # noqa: F403  # pytest finds fixtures by their names
from tests.search.strange import STRANGE

pytestmark = pytest.mark.django_db


def test_the_answer_has_the_promised_keys(client, library):
    answer = client.get("/tim-kiem/", {"q": "đoàn viên", "format": "json"})

    assert answer["Content-Type"] == "application/json"
    assert answer["X-Robots-Tag"] == "noindex"
    data = answer.json()
    assert set(data) == {"total", "results", "facets", "corrections"}
    assert data["total"] == len(data["results"]) > 1
    assert set(data["results"][0]) == {"id", "url", "kind", "title", "score"}
    assert data["results"][0]["id"].startswith("page:")
    assert "<mark>" not in answer.content.decode()
    assert data["corrections"] == []


def test_facets_say_where_their_values_lead(client, library):
    data = client.get("/tim-kiem/?q=đoàn+viên&loai=tin-bai&format=json").json()

    by_value = {entry["value"]: entry for entry in data["facets"]["loai"]}
    assert by_value["tin-bai"]["chosen"]
    assert by_value["tin-bai"]["url"] == "/tim-kiem/?q=%C4%91o%C3%A0n+vi%C3%AAn"
    assert by_value["quyet-dinh"] == {
        "value": "quyet-dinh",
        "label": "quyet-dinh",
        "count": 1,
        "chosen": False,
        "url": "/tim-kiem/?q=%C4%91o%C3%A0n+vi%C3%AAn&loai=quyet-dinh&loai=tin-bai",
    }


def test_corrections_are_named(client, library):
    data = client.get("/tim-kiem/", {"q": "tai nạn lao độngg", "format": "json"}).json()

    assert [correction["text"].lower() for correction in data["corrections"]] == ["tai nạn lao động"]
    assert set(data["corrections"][0]) == {"text", "applied"}


def test_nothing_asked_is_an_empty_answer_with_facets(client, library):
    data = client.get("/tim-kiem/?format=json").json()

    assert (data["total"], data["results"]) == (0, [])
    assert data["facets"]["loai"]


def test_an_engine_that_is_away_is_told_by_the_status(client, no_index):
    answer = client.get("/tim-kiem/?q=đoàn+viên&format=json")

    assert answer.status_code == 503
    assert answer["Retry-After"]
    assert answer.json() == {
        "total": 0,
        "results": [],
        "facets": {key: [] for key in answer.json()["facets"]},
        "corrections": [],
    }


@pytest.mark.parametrize("address", STRANGE)
def test_strange_addresses_get_data(client, library, address):
    answer = client.get("/tim-kiem/", QUERY_STRING=f"{address}&format=json")

    assert answer.status_code == 200
    assert set(answer.json()) == {"total", "results", "facets", "corrections"}
