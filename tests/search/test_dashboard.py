"""The report of what readers seek, and the dashboard's panel of what they seek in vain."""

import csv
import io
import re
from datetime import timedelta
from html import unescape

import pytest
from django.db import connections
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from organisations.roles import Role
from search.models import BestBet, Synonym
from search.report import lines, sought, totals, write_in_vain
from tests import factories
from tests.fixtures import *  # noqa: F403  # pytest finds fixtures by their names in this module
from visits.models import DailyClick, DailySearch

pytestmark = pytest.mark.django_db(databases=["default", "visits"])


@pytest.fixture(autouse=True)
def _own_data_folder(settings, tmp_path) -> None:
    settings.DATA_DIR = tmp_path


@pytest.fixture
def address() -> str:
    return reverse("search_report:index")


def asked(words: str, times: int = 3, *, days_ago: int = 0, results: int = 5, in_vain: int | None = None, **fields):
    return DailySearch.objects.create(
        day=timezone.localdate() - timedelta(days=days_ago),
        query=words.lower(),
        spelling=words,
        searches=times,
        results=results,
        in_vain=(0 if results else times) if in_vain is None else in_vain,
        **fields,
    )


def found(kind: str, days: int = 30) -> list[str]:
    return [line.spelling for line in lines(sought(kind, days))]


def text_of(response) -> str:
    return " ".join(
        unescape(re.sub(r"<(script|template).*?</\1>|<[^>]+>", " ", response.text, flags=re.DOTALL)).split()
    )


def queries_of(alias: str) -> CaptureQueriesContext:
    return CaptureQueriesContext(connections[alias])


# Figures --------------------------------------------------------------------------------------------------------------


def test_what_is_sought_most_stands_first_and_days_add_up():
    asked("luong", 3, days_ago=0, clicks=2, places=3)
    asked("luong", 4, days_ago=2, clicks=1, places=6)
    asked("thuong", 5)

    luong, thuong = lines(sought("most", 30))

    assert (luong.spelling, luong.searches, luong.days, luong.clicks, luong.mean_place) == ("luong", 7, 2, 3, 3.0)
    assert luong.last == timezone.localdate()
    assert (thuong.searches, thuong.mean_place) == (5, None)


def test_what_the_last_search_did_not_find_is_in_vain():
    asked("qua tet", 9, results=0)
    asked("hoc phi", 4, days_ago=1, results=0)
    asked("hoc phi", 1, results=2)  # somebody wrote about it
    asked("nha o", 1, days_ago=1, results=3)
    asked("nha o", 2, results=0)  # and somebody took it down

    assert found("in_vain") == ["qua tet", "nha o"]


def test_what_was_found_often_and_never_opened_is_told():
    asked("khong ai mo", 3)
    asked("co nguoi mo", 9, clicks=1, places=1)
    asked("it qua", 2)
    asked("khong thay", 9, results=0)

    assert found("unclicked") == ["khong ai mo"]


@pytest.mark.parametrize(("days", "expected"), [(7, ["nay"]), (30, ["nay", "thang"]), (90, ["nay", "thang", "quy"])])
def test_only_the_days_asked_for_count(days, expected):
    asked("nay", 9, days_ago=6)
    asked("thang", 8, days_ago=29)
    asked("quy", 7, days_ago=89)
    asked("xua", 6, days_ago=90)

    assert found("most", days) == expected
    assert totals(days)["searches"] == sum(range(9, 9 - len(expected), -1))


def test_clicks_alone_make_no_line():
    asked("luong", 0, results=0, clicks=5, places=5)

    assert found("most") == found("in_vain") == found("unclicked") == []


# The page -------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("role", [Role.CHIEF_EDITOR, Role.ADMINISTRATOR])
def test_the_report_leads_to_what_helps(client_as, address, role):
    asked("quà Tết", 9, results=0)
    client = client_as(role)

    page = client.get(address).text

    assert "quà Tết" in page
    for name in ("wagtailsnippets_search_synonym:add", "wagtailsnippets_search_bestbet:add"):
        assert f'href="{reverse(name)}?q=qu%C3%A0+T%E1%BA%BFt"' in page
    assert 'href="/tim-kiem/?q=qu%C3%A0+T%E1%BA%BFt"' in page


def test_what_has_been_done_is_said_in_place_of_the_button(admin_client, address):
    asked("qua tet", 9, results=0)
    Synonym.objects.create(forms="Quà Tết, tiền Tết")
    BestBet.objects.create(queries="QUÀ TẾT", address="/qua-tet/", title="Quà Tết")

    response = admin_client.get(address)

    assert "Từ đồng nghĩa: Quà Tết = tiền Tết" in text_of(response)
    assert "Đã có kết quả đề xuất" in response.text
    assert "?q=qua" not in response.text.replace('href="/tim-kiem/?q=qua+tet"', "")


def test_every_list_and_period_has_an_address(admin_client, address):
    asked("khong thay", 9, results=0)
    asked("nhieu nhat", 10, days_ago=50, clicks=1, places=1)
    asked("khong bam", 5)

    def shown(**query) -> set[str]:
        page = admin_client.get(address, query).text
        return {words for words in ("khong thay", "nhieu nhat", "khong bam") if f">{words}<" in page}

    assert shown() == {"khong thay"}
    assert shown(xem="nhieu-nhat") == {"khong thay", "khong bam"}
    assert shown(xem="nhieu-nhat", ngay="90") == {"khong thay", "nhieu nhat", "khong bam"}
    assert shown(xem="khong-bam", ngay="7") == {"khong bam"}
    assert shown(xem="rác", ngay="-1", p="x") == {"khong thay"}


def test_an_empty_report_says_so(admin_client, address):
    assert "chưa ai tìm gì" in admin_client.get(address).text
    asked("luong")
    assert "Danh sách trống" in admin_client.get(address).text


def test_readers_words_are_only_ever_text(admin_client, address):
    asked("<script>alert(1)</script>", 9, results=0)

    assert "<script>alert(1)" not in admin_client.get(address).text


def test_long_lists_have_pages_and_cost_the_same(admin_client, address):
    counts = []
    for number in (3, 120):
        for place in range(number):
            asked(f"luong {number} {place}", 5, results=0)
        admin_client.get(address)
        with (
            CaptureQueriesContext(connections["default"]) as content,
            CaptureQueriesContext(connections["visits"]) as log,
        ):
            first = admin_client.get(address)
        counts.append((len(content), len(log)))
    second = admin_client.get(address, {"p": "2"})

    assert counts[0] == counts[1]
    assert "Trang 1 trên 3" in text_of(first)
    assert "Trang 2 trên 3" in text_of(second)


def test_the_spreadsheet_holds_the_list_and_no_formula(admin_client, address):
    asked("quà Tết", 9, results=0)
    asked('=HYPERLINK("http://example.org")', 3, results=0)
    asked("+84, tổng đài", 2, results=0)

    response = admin_client.get(address, {"tai": "csv"})

    assert "khong-thay-30-ngay" in response.headers["Content-Disposition"]
    text = response.content.decode("utf-8-sig")
    head, *rows = csv.reader(io.StringIO(text))
    assert head[0] == "Câu tìm"
    assert [row[:2] for row in rows] == [
        ["quà Tết", "9"],
        ['\'=HYPERLINK("http://example.org")', "3"],
        ["'+84, tổng đài", "2"],
    ]


def test_a_query_can_be_taken_out_of_the_log(client_as, address):
    asked("ten cua mot nguoi", 9, results=0)
    DailyClick.objects.create(day=timezone.localdate(), query="ten cua mot nguoi", key="page:1", place=1, clicks=1)
    asked("luong", results=0)
    client_as(Role.EDITOR, factories.make_unit()).post(reverse("search_report:forget"), {"query": "luong"})

    response = client_as(Role.CHIEF_EDITOR).post(
        reverse("search_report:forget"), {"query": "ten cua mot nguoi", "next": f"{address}?ngay=7"}
    )

    assert response.url == f"{address}?ngay=7"
    assert list(DailySearch.objects.values_list("query", flat=True)) == ["luong"]
    assert not DailyClick.objects.exists()


def test_an_editor_of_units_sees_the_report_without_buttons(client_as, address):
    asked("quà Tết", 9, results=0)

    page = client_as(Role.EDITOR, factories.make_unit()).get(address).text

    assert "quà Tết" in page
    assert "Thêm từ đồng nghĩa" not in page
    assert "Xoá khỏi nhật ký" not in page


@pytest.mark.parametrize("role", [Role.CONTRIBUTOR, Role.CLERK, None])
def test_others_are_kept_out(client_as, address, role):
    asked("quà Tết", 9, results=0)
    client = client_as(role)

    for query in ({}, {"tai": "csv"}):
        assert client.get(address, query).status_code in {302, 403}
    assert client.post(reverse("search_report:forget"), {"query": "quà tết"}).status_code in {302, 403}
    assert DailySearch.objects.exists()


def test_readers_are_kept_out(client, address):
    assert client.get(address).status_code == 302


# The dashboard's panel ------------------------------------------------------------------------------------------------


@pytest.fixture
def in_vain(tmp_path):
    """Five and more queries in vain, as the worker tells them."""
    for number in range(7):
        asked(f"khong thay {number}", 20 - number, results=0)
    (tmp_path / "searches").mkdir()
    write_in_vain(tmp_path / "searches")


def test_the_dashboard_shows_the_five_most_sought_in_vain(client_as, in_vain):
    client = client_as(Role.CHIEF_EDITOR)

    response = client.get("/admin/")

    words = text_of(response)
    assert "Tìm mà không thấy" in words
    assert "khong thay 4" in words
    assert "khong thay 5" not in words
    assert f'href="{reverse("wagtailsnippets_search_synonym:add")}?q=khong+thay+0"' in response.text


def test_the_panel_costs_no_query(client_as, in_vain, tmp_path):
    client = client_as(Role.CHIEF_EDITOR)
    client.get("/admin/")
    with queries_of("default") as content, queries_of("visits") as log:
        client.get("/admin/")
    (tmp_path / "searches" / "in-vain.json").unlink()
    with queries_of("default") as without:
        client.get("/admin/")

    assert len(content) == len(without)
    assert len(log) == 0


def test_the_panel_is_not_there_without_need_or_right(client_as, in_vain, tmp_path):
    assert "Tìm mà không thấy" not in client_as(Role.CONTRIBUTOR).get("/admin/").text
    (tmp_path / "searches" / "in-vain.json").write_text("[]")

    assert "Tìm mà không thấy" not in client_as(Role.CHIEF_EDITOR).get("/admin/").text
