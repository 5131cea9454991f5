"""The search page: what readers see, whatever they type, at a fixed number of queries."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings as hypothesis_settings, strategies as st

from search.models import BestBet
from tests.search.library import *  # noqa: F403  # pytest finds fixtures by their names
from tests.search.library import document
from tests.search.strange import STRANGE

pytestmark = pytest.mark.django_db


def page(client, **query) -> str:
    answer = client.get("/tim-kiem/", query)
    assert answer.status_code == 200
    return answer.content.decode()


def words(html: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", html).split())


def test_results_are_marked_in_their_own_spelling(client, library):
    html = page(client, q="tro cap tet doan vien kho khan")

    assert re.search(r'<a class="textlink" href="/bai/1000001/" data-key="page:1000001">', html)
    assert "khó khăn</mark>" in html
    assert "Quyết định 214/QĐ-LĐLĐ" in html
    assert "Còn hiệu lực" in html


def test_what_was_typed_stands_in_the_field(client, library):
    html = page(client, q='<b> "đoàn viên"')

    assert 'value="&lt;b&gt; &quot;đoàn viên&quot;"' in html
    assert html.count('role="search"') == 1  # the masthead has no second field here


def test_search_engines_keep_out_and_nothing_is_shared(client, library):
    answer = client.get("/tim-kiem/?q=đoàn+viên")

    assert '<meta name="robots" content="noindex,follow">' in answer.content.decode()
    assert answer["X-Robots-Tag"] == "noindex"
    assert answer["Cache-Control"] == "private, no-cache"
    assert not answer.cookies


def test_the_canonical_address_is_the_one_to_keep(client, library):
    html = client.get("/tim-kiem/?loai=tin-bai&x=1&q=+đoàn++viên&trang=1").content.decode()

    address = "/tim-kiem/?q=%C4%91o%C3%A0n+vi%C3%AAn&amp;loai=tin-bai"
    assert f'<link rel="canonical" href="http://testserver{address}">' in html
    assert f'<a class="more" href="{address}" rel="bookmark">' in html


def test_chosen_filters_are_chips_and_are_sent_along_with_words_and_order(client, library):
    html = page(client, q="đoàn viên", loai="tin-bai", **{"sap-xep": "moi-nhat"})

    assert re.search(r'<a class="chip on" href="[^"]*sap-xep=moi-nhat">', html)
    assert '<input type="hidden" name="q" value="đoàn viên">' in html
    assert '<input type="hidden" name="sap-xep" value="moi-nhat">' in html
    assert '<input type="checkbox" name="loai" value="tin-bai" checked>' in html


def test_the_order_is_a_switch(client, library):
    html = page(client, q="đoàn viên")

    assert re.search(r'<a href="/tim-kiem/\?q=[^"&]*" aria-current="true">Sát nhất</a>', html)
    assert re.search(r'<a href="/tim-kiem/\?q=[^"]*sap-xep=moi-nhat">Mới nhất</a>', html)


def test_a_correction_is_told_with_the_way_back(client, library):
    html = page(client, q="tai nạn lao độngg")

    assert "Đang hiện kết quả cho" in html or "Có phải bạn muốn tìm" in html
    if "Đang hiện kết quả cho" in html:
        assert "thay vì «tai nạn lao độngg»" in html
        assert "nguyen-van=1" in html
        assert "Tìm đúng như đã gõ" in html


def test_verbatim_is_told(client, library):
    assert "Đã tìm đúng như đã gõ." in page(client, q="đoàn viên", **{"nguyen-van": "1"})


def test_editors_suggestions_stand_first_on_the_first_page_only(client, library):
    BestBet.objects.create(queries="trợ cấp tết", address="/chinh-sach/", title="Tết: ai được hỗ trợ", text="Ba mức.")

    first = page(client, q="tro cap tet")
    assert first.index("Ban biên tập đề xuất") < first.index('<ol class="found"')
    assert "Tết: ai được hỗ trợ" in first
    assert "Ban biên tập đề xuất" not in page(client, q="tro cap tet", loai="tin-bai")
    assert "Ban biên tập đề xuất" not in page(client, q="tro cap", trang="1")


def test_before_anything_is_typed_there_are_ways_in(client, library):
    html = page(client)

    assert "Bạn cần tìm gì?" in html
    assert "Cách tìm" in html
    assert 'href="/tim-kiem/?loai=tin-bai"' in html


def test_nothing_found_tells_what_to_do(client, library):
    html = page(client, q="đoàn viên", loai="khong-co")

    assert "0 kết quả" in words(html)
    assert "Bỏ mọi bộ lọc" in html
    assert "Cách tìm khác" in html


def test_no_word_at_all_is_told(client, library):
    html = page(client, q="?!")

    assert "không có từ nào" in html
    assert 'href="/tim-kiem/?loai=tin-bai"' in html


def test_a_wrong_day_is_told_beside_its_field(client, library):
    html = page(client, q="đoàn viên", tu="31/2/2025")

    assert "«31/2/2025»" in html
    assert 'role="alert"' in html


def test_an_engine_that_is_away_is_told_in_a_sentence(client, no_index):
    html = page(client, q="đoàn viên")

    assert "tạm nghỉ" in html
    assert 'value="đoàn viên"' in html
    assert "tạm nghỉ" in page(client)


def test_the_number_of_queries_does_not_grow(client, library):
    page(client, q="đoàn viên")  # fills what is read once per process
    with CaptureQueriesContext(connection) as few:
        page(client, q="hè")
    library.write(
        document(3_000_000 + number, f"Đoàn viên nghỉ hè {number}", topic=(f"chu-de-{number}",), unit=(f"u-{number}",))
        for number in range(300)
    )
    with CaptureQueriesContext(connection) as many:
        assert page(client, q="hè").count("<li>") > 20

    assert len(many) == len(few)


def test_only_get(client, library):
    assert client.post("/tim-kiem/", {"q": "a"}).status_code == 405
    assert client.head("/tim-kiem/?q=a").status_code == 200


@pytest.mark.parametrize("address", STRANGE)
def test_strange_addresses_get_a_page(client, library, address):
    answer = client.get("/tim-kiem/", QUERY_STRING=address)

    html = answer.content.decode()
    assert answer.status_code == 200
    assert "<h1" in html
    assert "<script>alert" not in html
    assert "onerror=alert(1)>" not in html


@given(st.text(max_size=80))
@hypothesis_settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_whatever_is_typed_gets_a_page(client, library, typed):
    assert client.get("/tim-kiem/", {"q": typed.encode("utf-8", "replace")}).status_code == 200
