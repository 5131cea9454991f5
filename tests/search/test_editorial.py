"""Suggested results, and editors at work on them and on synonyms."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from wagtail.models import PageViewRestriction

from organisations.roles import Role
from search.editorial import MOST_SHOWN, best_bets_for
from search.models import AbbreviationOff, BestBet, Synonym
from tests import factories
from tests.fixtures import *  # noqa: F403  # pytest finds fixtures by their names in this module

pytestmark = pytest.mark.django_db

SYNONYMS, BETS = "wagtailsnippets_search_synonym", "wagtailsnippets_search_bestbet"
TODAY = datetime(2025, 12, 16, 5, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _own_data_folder(settings, tmp_path) -> None:
    settings.DATA_DIR = tmp_path


@pytest.fixture
def article(section):
    return factories.make_article(section, title="Cách gia nhập công đoàn", summary="Ba bước, không mất phí.")


def titles(text: str) -> list[str]:
    return [bet.title for bet in best_bets_for(text)]


# What readers see -----------------------------------------------------------------------------------------------------


def test_a_page_is_suggested_with_its_own_title_and_summary(article):
    bet = BestBet.objects.create(queries="gia nhập công đoàn\nvào công đoàn", page=article)

    [found] = best_bets_for("vào công đoàn")

    assert (found.key, found.title, found.url) == (f"bet:{bet.pk}", article.title, article.url)
    assert found.text == "Ba bước, không mất phí."


def test_the_editors_title_and_text_come_first(article):
    BestBet.objects.create(queries="gia nhập", page=article, title="Muốn vào công đoàn?", text="Xem tại đây.")

    [found] = best_bets_for("gia nhập")

    assert (found.title, found.text) == ("Muốn vào công đoàn?", "Xem tại đây.")


def test_an_address_is_suggested(django_assert_num_queries):
    BestBet.objects.create(queries="tra cứu BHXH", address="https://example.org/tra-cuu", title="Tra cứu", text="Ngoài")

    [found] = best_bets_for("tra cứu BHXH")

    assert (found.title, found.url, found.text) == ("Tra cứu", "https://example.org/tra-cuu", "Ngoài")


@pytest.mark.parametrize(
    "typed",
    [
        "Hoà Giải",
        "hòa giải",
        "HOÀ GIẢI",
        "hoa giai",
        " hoà   giải ",
        "ho\u0300a gia\u0309i",
        "hoà giải?",
        "hoà\u200b giải",
    ],
)
def test_every_spelling_of_the_same_words_meets_it(typed):
    BestBet.objects.create(queries="hoà giải", address="/hoa-giai/", title="Hoà giải viên")

    assert titles(typed) == ["Hoà giải viên"]


@pytest.mark.parametrize("typed", ["hoà", "hoà giải viên", "giải hoà", "", "?!", "x" * 10_000])
def test_other_words_do_not(typed):
    BestBet.objects.create(queries="hoà giải", address="/hoa-giai/", title="Hoà giải viên")

    assert titles(typed) == []


@pytest.mark.parametrize(
    ("days_from", "days_until", "shown"),
    [(None, None, True), (0, 0, True), (1, None, False), (None, -1, False), (-5, 5, True), (-5, -1, False)],
)
def test_it_is_shown_within_its_days_only(days_from, days_until, shown):
    today = timezone.localdate(TODAY)
    BestBet.objects.create(
        queries="quà Tết",
        address="/qua-tet/",
        title="Quà Tết",
        valid_from=None if days_from is None else today + timedelta(days=days_from),
        valid_until=None if days_until is None else today + timedelta(days=days_until),
    )
    with time_machine.travel(TODAY, tick=False):
        assert bool(best_bets_for("quà Tết")) is shown


def test_its_day_ends_at_midnight_in_viet_nam():
    BestBet.objects.create(queries="quà Tết", address="/qua-tet/", title="Quà Tết", valid_until="2025-12-16")
    with time_machine.travel(datetime(2025, 12, 16, 16, 59, tzinfo=UTC), tick=False) as clock:
        assert titles("quà Tết")
        clock.move_to(datetime(2025, 12, 16, 17, 0, tzinfo=UTC))

        assert not titles("quà Tết")


def hide_as_draft(article):
    article.unpublish()


def hide_by_end(article):
    type(article).objects.filter(pk=article.pk).update(expire_at=timezone.now() - timedelta(minutes=1))


def hide_by_password(article):
    PageViewRestriction.objects.create(page=article.get_parent(), restriction_type="password", password="bí mật")


@pytest.mark.parametrize("hide", [hide_as_draft, hide_by_end, hide_by_password])
def test_a_page_that_readers_may_not_see_is_never_suggested(article, hide):
    BestBet.objects.create(queries="gia nhập", page=article, title="Tên riêng")
    assert titles("gia nhập") == ["Tên riêng"]
    hide(article)

    assert titles("gia nhập") == []


def test_a_deleted_page_takes_its_suggestions_along(article):
    BestBet.objects.create(queries="gia nhập", page=article)
    assert titles("gia nhập")
    article.delete()

    assert titles("gia nhập") == []


def test_several_stand_in_the_editors_order_and_are_few(article):
    for place in (3, 1, 4, 2):
        BestBet.objects.create(queries="lương", address=f"/l{place}/", title=f"Lương {place}", sort_order=place)

    assert titles("lương") == ["Lương 1", "Lương 2", "Lương 3"]
    assert len(titles("lương")) == MOST_SHOWN


def test_changes_count_at_once():
    bet = BestBet.objects.create(queries="lương", address="/luong/", title="Lương")
    assert titles("lương") == ["Lương"]
    bet.queries, bet.title = "tiền lương", "Bảng lương"
    bet.save()
    assert (titles("lương"), titles("tiền lương")) == ([], ["Bảng lương"])
    bet.delete()

    assert titles("tiền lương") == []


def test_words_without_a_suggestion_cost_no_query_and_others_two(article, django_assert_num_queries):
    for number in range(30):
        BestBet.objects.create(queries=f"lương {number}", page=article)
    best_bets_for("lương 1")

    with django_assert_num_queries(0):
        best_bets_for("thưởng")
    with django_assert_num_queries(2):  # what is restricted, once per request; the pages
        best_bets_for("lương 1")


# Validation -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("fields", "where", "message"),
    [
        ({"queries": "", "address": "/a/", "title": "A"}, "queries", "không để trống"),
        ({"queries": ", ,", "address": "/a/", "title": "A"}, "queries", "ít nhất một câu tìm"),
        ({"queries": "lương, LƯƠNG", "address": "/a/", "title": "A"}, "queries", "là một"),
        ({"queries": "x" * 101, "address": "/a/", "title": "A"}, "queries", "quá dài"),
        ({"queries": "lương"}, "page", "Chọn một trang"),
        ({"queries": "lương", "address": "/a/"}, "title", "Viết tiêu đề"),
        ({"queries": "lương", "address": "javascript:alert(1)", "title": "A"}, "address", "bắt đầu bằng https://"),
        ({"queries": "lương", "address": "//example.org/", "title": "A"}, "address", "bắt đầu bằng https://"),
        ({"queries": "lương", "address": "https://", "title": "A"}, "address", "bắt đầu bằng https://"),
        ({"queries": "lương", "address": "/a b/", "title": "A"}, "address", "không có dấu cách"),
        (
            {
                "queries": "lương",
                "address": "/a/",
                "title": "A",
                "valid_from": "2025-02-02",
                "valid_until": "2025-02-01",
            },
            "valid_until",
            "không được trước",
        ),
    ],
)
def test_what_leads_nowhere_is_refused_in_plain_words(fields, where, message):
    with pytest.raises(ValidationError) as refused:
        BestBet(**fields).full_clean()

    assert message in " ".join(refused.value.message_dict[where])


def test_a_page_and_an_address_are_one_too_many(article):
    with pytest.raises(ValidationError, match="không dùng cả hai"):
        BestBet(queries="lương", page=article, address="/a/", title="A").full_clean()


# Editors at work ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("role", [Role.CHIEF_EDITOR, Role.ADMINISTRATOR])
def test_who_leads_the_newsroom_adds_changes_and_deletes_synonyms(client_as, role):
    client = client_as(role)
    assert client.post(reverse(f"{SYNONYMS}:add"), {"forms": "quà Tết, tiền Tết"}).status_code == 302
    synonym = Synonym.objects.get()
    client.post(reverse(f"{SYNONYMS}:edit", args=[synonym.pk]), {"forms": "quà Tết, lì xì", "one_way": "on"})
    synonym.refresh_from_db()
    assert str(synonym) == "quà Tết → lì xì"
    assert "quà Tết → lì xì" in client.get(reverse(f"{SYNONYMS}:list")).text
    client.post(reverse(f"{SYNONYMS}:delete", args=[synonym.pk]))

    assert not Synonym.objects.exists()


def test_the_form_says_in_vietnamese_what_is_wrong(client_as):
    response = client_as(Role.CHIEF_EDITOR).post(reverse(f"{SYNONYMS}:add"), {"forms": "CĐCS, cđcs"})

    assert response.status_code == 200
    assert "«CĐCS» và «cđcs» là một" in response.text
    assert not Synonym.objects.exists()


def test_forms_open_filled_in_with_a_query_of_the_report(client_as):
    client = client_as(Role.CHIEF_EDITOR)
    words = 'quà "Tết" <b>' + "x" * 300

    synonym = client.get(reverse(f"{SYNONYMS}:add"), {"q": words})
    bet = client.get(reverse(f"{BETS}:add"), {"q": words})

    for response in (synonym, bet):
        assert "quà &quot;Tết&quot; &lt;b&gt;" in response.text
        assert "x" * 101 not in response.text
    assert client.get(reverse(f"{SYNONYMS}:add")).status_code == 200


def test_a_saved_entry_offers_to_try_the_search(client_as):
    response = client_as(Role.CHIEF_EDITOR).post(
        reverse(f"{SYNONYMS}:add"), {"forms": "quà Tết, tiền Tết"}, follow=True
    )

    assert "Tìm thử" in response.text
    assert "/tim-kiem/?q=qu%C3%A0+T%E1%BA%BFt" in response.text


def test_a_suggested_result_is_made_of_a_page_in_the_admin(client_as, article):
    client = client_as(Role.CHIEF_EDITOR)
    fields = {"queries": "gia nhập", "page": article.pk, "address": "", "title": "", "text": "", "sort_order": "1"}
    assert client.post(reverse(f"{BETS}:add"), {**fields, "valid_from": "", "valid_until": ""}).status_code == 302

    assert titles("gia nhập") == [article.title]
    words = client.get(reverse(f"{BETS}:list")).text
    assert article.title in words
    assert "Đang hiện" in words


def test_the_list_says_why_readers_do_not_see_an_entry(admin_client, article, section):
    draft = factories.make_article(section, title="Bản nháp", live=False)
    BestBet.objects.create(queries="một", page=draft)
    BestBet.objects.create(queries="hai", page=article, valid_from=timezone.localdate() + timedelta(days=3))
    BestBet.objects.create(queries="ba", page=article, valid_until=timezone.localdate() - timedelta(days=3))
    words = admin_client.get(reverse(f"{BETS}:list")).text

    for state in ("Đang ẩn: trang không công khai", "Chưa tới ngày: từ", "Đã hết hạn từ"):
        assert state in words


def test_lists_cost_the_same_for_few_and_many(admin_client, article):
    counts = []
    for number in (3, 30):
        for place in range(number):
            BestBet.objects.create(queries=f"lương {number} {place}", page=article)
            Synonym.objects.create(forms=f"a {number} {place}, b {number} {place}")
        for name in (SYNONYMS, BETS):
            admin_client.get(reverse(f"{name}:list"))
            with CaptureQueriesContext(connection) as queries:
                admin_client.get(reverse(f"{name}:list"))
            counts.append(len(queries))

    assert counts[:2] == counts[2:]


def test_an_editor_of_units_looks_but_does_not_touch(client_as):
    client = client_as(Role.EDITOR, factories.make_unit())
    synonym = Synonym.objects.create(forms="quà Tết, tiền Tết")

    assert "quà Tết = tiền Tết" in client.get(reverse(f"{SYNONYMS}:list")).text
    client.post(reverse(f"{SYNONYMS}:add"), {"forms": "a, b"})
    client.post(reverse(f"{SYNONYMS}:delete", args=[synonym.pk]))
    assert Synonym.objects.count() == 1


@pytest.mark.parametrize("role", [Role.CONTRIBUTOR, Role.CLERK])
def test_others_are_kept_out(client_as, role):
    client = client_as(role)
    for name in (SYNONYMS, BETS):
        assert client.get(reverse(f"{name}:list")).status_code == 302
        assert client.get(reverse(f"{name}:add")).status_code == 302
    client.post(reverse(f"{SYNONYMS}:add"), {"forms": "quà Tết, tiền Tết"})

    assert not Synonym.objects.exists()
    assert "Từ đồng nghĩa" not in client.get("/admin/").text


# Built-in abbreviations -----------------------------------------------------------------------------------------------


CDCS = "cdcs cong doan co so"


def test_built_in_abbreviations_are_listed_found_and_switched(client_as):
    client = client_as(Role.CHIEF_EDITOR)
    address = reverse("search_abbreviations:index")
    assert "công đoàn cơ sở" in client.get(address).text
    found = client.get(address, {"q": "cong doan co so"}).text
    assert "CĐCS" in found
    assert "BHXH" not in found
    response = client.post(
        reverse("search_abbreviations:switch"), {"key": CDCS, "on": "0", "next": f"{address}?q=c"}, follow=True
    )

    assert response.redirect_chain[-1][0] == f"{address}?q=c"
    assert "Đã tắt «CĐCS»." in response.text
    assert AbbreviationOff.objects.filter(key=CDCS).exists()
    client.post(reverse("search_abbreviations:switch"), {"key": CDCS, "on": "1"})
    assert not AbbreviationOff.objects.exists()


def test_what_is_not_built_in_cannot_be_switched_off(client_as):
    client = client_as(Role.CHIEF_EDITOR)

    client.post(reverse("search_abbreviations:switch"), {"key": "khong co", "on": "0"})
    client.post(reverse("search_abbreviations:switch"), {"key": "x" * 500, "on": "0"})

    assert not AbbreviationOff.objects.exists()
    assert "Không có từ viết tắt" in client.get(reverse("search_abbreviations:index"), {"q": "zzz"}).text


def test_only_who_may_change_synonyms_switches(client_as):
    client = client_as(Role.EDITOR, factories.make_unit())
    assert client.get(reverse("search_abbreviations:index")).status_code == 200
    client.post(reverse("search_abbreviations:switch"), {"key": CDCS, "on": "0"})

    assert not AbbreviationOff.objects.exists()
    for role in (Role.CONTRIBUTOR, Role.CLERK):
        assert client_as(role).get(reverse("search_abbreviations:index")).status_code in {302, 403}
