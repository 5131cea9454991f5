"""The admin's search finds Vietnamese however it is typed: bare, in capitals, decomposed, half a word."""

import unicodedata
from collections.abc import Callable
from importlib import import_module
from typing import Any

import pytest
from django.conf import settings
from django.core.management import call_command
from django.db import connection
from wagtail.search.backends import get_search_backend
from wagtail.search.query import And, Boost, Phrase, PlainText

from core.admin_search.folding import fold, fold_query
from pages.models import BasePage
from tests import factories

AGREEMENT = "Thoả ước lao động"
MEMBER = "Đoàn viên"
DECISION = "Quyết định 2581/QĐ-UBND"
TITLES = {AGREEMENT, MEMBER, DECISION}

FINDS = [
    ("thoa uoc", AGREEMENT),
    ("thoa u", AGREEMENT),
    ("THOA UOC", AGREEMENT),
    ("thoả ước", AGREEMENT),
    ("thỏa ước", AGREEMENT),
    ("Thoả ước lao động", AGREEMENT),
    (unicodedata.normalize("NFD", "thoả ước"), AGREEMENT),
    (unicodedata.normalize("NFD", "thỏa ướ"), AGREEMENT),
    ("lao dong thoa", AGREEMENT),
    ("«thoả ước»", AGREEMENT),
    ("doan vien", MEMBER),
    ("DOAN VIEN", MEMBER),
    ("ĐOÀN VIÊN", MEMBER),
    ("đoàn viên", MEMBER),
    (unicodedata.normalize("NFD", "Đoàn viên"), MEMBER),
    ("đoà", MEMBER),
    ("2581", DECISION),
    ("258", DECISION),
    ("2581/qd-ubnd", DECISION),
    ("2581/QĐ-UBND", DECISION),
    ("2581/QĐ", DECISION),
    ("qđ-ubnd", DECISION),
    ("quyet dinh 2581", DECISION),
]
FINDS_NOTHING = ["thoa uoc doan vien", "oa uoc", "2582", "/", "«»", "%", "' or 1=1"]
# Only the search over all pages knows quotation marks: words beside each other.
FINDS_PHRASES = [('"thoa uoc" dong', AGREEMENT), ('"ước lao"', AGREEMENT), ('"?" doan', MEMBER)]


def make_article(title: str) -> BasePage:
    return factories.make_article(title=title)


def make_picture(title: str) -> Any:
    return factories.make_image(title, description="")


PLACES: dict[str, tuple[str, Callable[[str], Any]]] = {
    "explorer": ("/admin/pages/{root}/", make_article),
    "page chooser": ("/admin/choose-page/search/", make_article),
    "pictures": ("/admin/images/", make_picture),
    "picture chooser": ("/admin/images/chooser/results/", make_picture),
    "files": ("/admin/documents/", factories.make_document),
    "file chooser": ("/admin/documents/chooser/results/", factories.make_document),
    "units": ("/admin/snippets/organisations/unit/", factories.make_unit),
    "unit chooser": ("/admin/snippets/choose/organisations/unit/results/", factories.make_unit),
    "people": ("/admin/snippets/organisations/person/", factories.make_person),
    "person chooser": ("/admin/snippets/choose/organisations/person/results/", factories.make_person),
    "topics": ("/admin/snippets/taxonomy/topic/", factories.make_topic),
    "topic chooser": ("/admin/snippets/choose/taxonomy/topic/results/", factories.make_topic),
}


def found(client, address: str, query: str) -> set[str]:
    # Tests that empty the database give the root another number.
    response = client.get(address.format(root=BasePage.get_first_root_node().pk), {"q": query})
    assert response.status_code == 200
    html = response.content.decode()
    return {title for title in TITLES if title in html}


@pytest.fixture
def articles(section):
    return [factories.make_article(section, title=title) for title in sorted(TITLES)]


def test_the_search_over_all_pages_finds_every_spelling(admin_client, articles):
    expected = {query: {title} for query, title in FINDS + FINDS_PHRASES} | {query: set() for query in FINDS_NOTHING}

    assert {query: found(admin_client, "/admin/pages/search/", query) for query in expected} == expected


@pytest.mark.parametrize("place", PLACES)
def test_every_list_and_chooser_finds_them(admin_client, media_root, place):
    address, make = PLACES[place]
    for title in TITLES:
        make(title)
    decomposed = unicodedata.normalize("NFD", "thỏa ướ")
    expected = {"thoa u": {AGREEMENT}, decomposed: {AGREEMENT}, "DOAN VIEN": {MEMBER}, "2581/qd-ubnd": {DECISION}}
    expected |= {"2582": set(), "?": set()}

    assert {query: found(admin_client, address, query) for query in expected} == expected


def test_a_unit_is_found_by_its_short_name(admin_client):
    factories.make_unit(MEMBER, short_name="CĐ Cảng Cửa Lam")

    assert found(admin_client, "/admin/snippets/organisations/unit/", "cd cang cu") == {MEMBER}


def test_a_picture_is_found_by_its_tag(admin_client, media_root):
    picture = make_picture(AGREEMENT)
    picture.tags.add("Đối thoại")
    picture.save()

    assert found(admin_client, "/admin/images/", "doi thoai") == {AGREEMENT}


def test_a_new_title_replaces_the_old_one(admin_client, section):
    page = factories.make_article(section, title=AGREEMENT)
    page.title = page.draft_title = MEMBER
    page.save()

    assert found(admin_client, "/admin/pages/search/", "thoa uoc") == set()
    assert found(admin_client, "/admin/pages/search/", "doan vien") == {MEMBER}


@pytest.mark.parametrize("words", ["đoàn viên", "doan vie"])
def test_the_best_results_come_first(section, words):
    scattered = "Đoàn đại biểu đi thăm và tặng quà các viên chức ngành thuỷ sản ở ba xã ven biển"
    for title in (MEMBER, "Hội nghị đoàn viên", scattered):  # the newest would come first if nothing were ranked
        factories.make_article(section, title=title)

    assert [page.title for page in BasePage.objects.autocomplete(words)][2:] == [scattered]


@pytest.mark.parametrize("ranked", [0, 2, 100])
def test_every_result_is_listed_once_however_many_are_ranked(section, ranked, monkeypatch):
    backend = import_module(settings.WAGTAILSEARCH_BACKENDS["default"]["BACKEND"])
    monkeypatch.setattr(backend, "RANKED", ranked, raising=False)  # PostgreSQL ranks them all
    pages = [factories.make_article(section, title=f"Đoàn viên {number}") for number in range(5)]

    results = BasePage.objects.autocomplete("doan vien")

    assert results.count() == 5
    assert {page.pk for start in (0, 2, 4) for page in results[start : start + 2]} == {page.pk for page in pages}


def test_the_order_an_editor_chose_is_kept(admin_client, section):
    for title in ("Đoàn viên B", "Đoàn viên A", "Đoàn viên C"):
        factories.make_article(section, title=title)

    html = admin_client.get("/admin/pages/search/", {"q": "doan", "ordering": "title"}).content.decode()

    assert html.index("Đoàn viên A") < html.index("Đoàn viên B") < html.index("Đoàn viên C")


def test_a_search_costs_the_same_for_three_results_and_for_thirty(section, django_assert_num_queries):
    for number in range(30):
        factories.make_article(section, title=f"Đoàn viên {number}" if number % 10 else f"Lao động {number}")
    queries = 2 if connection.vendor == "sqlite" else 1
    list(BasePage.objects.autocomplete("doan"))  # which types there are is asked once in the life of a process

    for words in ("doan vien", "lao dong"):
        with django_assert_num_queries(queries):
            assert list(BasePage.objects.autocomplete(words))


def test_an_index_made_before_is_made_anew(admin_client, articles):
    get_search_backend("wagtail.search.backends.database").add_bulk(type(articles[0]), articles)
    assert found(admin_client, "/admin/pages/search/", "doan vien") == set()

    call_command("update_index", verbosity=0)

    assert found(admin_client, "/admin/pages/search/", "doan vien") == {MEMBER}


@pytest.mark.parametrize(
    "query",
    [
        "the",
        "THẺ",
        "đoàn the",
        Phrase("Thẻ đoàn"),
        PlainText("Thẻ") | PlainText("Ở"),
        PlainText("Đoàn") & ~PlainText("Ở"),
    ],
    ids=str,
)
def test_code_that_searches_whole_words_of_all_fields_finds_them(section, query):
    page = factories.make_article(section, title="Tin", summary="Thẻ đoàn viên")

    assert list(BasePage.objects.search(query)) == [page.basepage_ptr]


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Đoàn viên", "doan vien"),
        ("đĐ", "dd"),
        ("thỏa thoả", "thoa thoa"),
        (unicodedata.normalize("NFD", "Nguyễn Ưu Đãi"), "nguyen uu dai"),
        ("2581/QĐ-UBND", "2581 qd ubnd"),
        ("06-NQ/TU", "06 nq tu"),
        ("Đắk R'lấp – «Ea_H’leo»", "dak r lap ea h leo"),
        ("Công\u200bđoàn\u00a0cơ sở", "congdoan co so"),
        ("", ""),
        (" ?! ", ""),
    ],
)
def test_folding(text, folded):
    assert fold(text) == folded
    assert fold(folded) == folded


def test_a_query_is_folded_in_a_copy():
    query = And([Boost(PlainText("Đoàn"), 2), PlainText("?")])
    before = repr(query)

    assert repr(fold_query(query)) == repr(And([Boost(PlainText("doan"), 2)]))
    assert repr(query) == before


@pytest.mark.django_db(transaction=True)
def test_nobody_else_enters_a_picture_between_the_look_at_the_index_and_the_entry():
    image = make_picture("Ảnh hai nơi cùng ghi")
    asked: list[tuple[str, bool]] = []

    def remember(execute: Callable[..., Any], sql: str, *args: Any) -> Any:
        if "indexentry" in sql:
            asked.append((sql, connection.in_atomic_block))
        return execute(sql, *args)

    with connection.execute_wrapper(remember):
        get_search_backend().add(image)

    assert asked
    if connection.vendor == "sqlite":  # looks and adds: both in one transaction
        assert all(alone for _sql, alone in asked)
    else:  # one statement adds or changes
        assert any("ON CONFLICT" in sql for sql, _alone in asked)
