"""Suggestions as one types: begins with, holds, without diacritics; never what readers may not see."""

from datetime import timedelta
from time import process_time

import pytest
from django.utils import timezone

from search.suggestions import Entry, Table, current_table, suggest
from tests.factories import make_article, make_topic
from tests.fixtures import *  # noqa: F403  # pytest finds fixtures by their names
from tests.search.library import *  # noqa: F403  # pytest finds fixtures by their names
from tests.search.strange import STRANGE
from visits.models import DailySearch

pytestmark = pytest.mark.django_db(databases=["default", "visits"])


@pytest.fixture(autouse=True)
def fresh_table():
    current_table.forget()
    yield
    current_table.forget()


def table(*texts: str) -> Table:
    return Table([Entry(text, f"/{number}/", "") for number, text in enumerate(texts)])


def found(made: Table, key: str) -> list[str]:
    return [entry.text for entry in made.matching(key, 10)]


def test_beginnings_come_before_words_inside_and_these_before_words_apart():
    made = table("Gia nhập công đoàn", "Đoàn công tác", "Công đoàn cơ sở", "Hội đồng")

    assert found(made, "cong doan") == ["Công đoàn cơ sở", "Gia nhập công đoàn", "Đoàn công tác"]


def test_letters_inside_a_word_are_no_match():
    assert found(table("Thanh niên", "Anh hùng"), "an") == ["Anh hùng"]


def test_the_order_of_worth_is_kept():
    assert found(table("Lương hai", "Lương một"), "luon") == ["Lương hai", "Lương một"]


def test_a_table_of_many_lines_is_quick():
    made = table(*(f"Tin số {number} về công đoàn và tiền lương" for number in range(5_000)))

    began = process_time()
    for _time in range(20):
        made.matching("tin so 49 luo", 16)
        made.matching("khong co gi", 16)

    assert (process_time() - began) / 40 < 0.02


def test_topics_and_titles_are_suggested_without_diacritics(library, section):
    make_topic("Tiền lương tối thiểu")

    assert suggest("tien lu")[0].text == "Tiền lương tối thiểu"
    current_table.forget()
    article = make_article(section, title="Ngày hội của thợ lò")
    assert suggest("NGAY HOI CUA")[0].text == article.title


def test_an_unfinished_word_with_y_at_its_end_is_suggested(library):
    make_topic("Kỹ thuật")
    make_topic("Yêu cầu")
    make_topic("Kinh phí công đoàn")

    assert [entry.text for entry in suggest("ky")] == ["Kỹ thuật"]
    assert [entry.text for entry in suggest("y")] == ["Yêu cầu"]


def test_kinds_are_mixed(library, section):
    for number in range(40):
        make_topic(f"Lao động {number}")
    article = make_article(section, title="Lao động giỏi")

    shown = suggest("lao dong")

    assert len(shown) == 8
    assert article.title in [entry.text for entry in shown]


def test_a_page_taken_down_is_not_suggested_from_an_old_table(library, section):
    article = make_article(section)
    assert article.title in [entry.text for entry in suggest(article.title)]

    type(article).objects.filter(pk=article.pk).update(live=False)

    assert article.title not in [entry.text for entry in suggest(article.title)]


def test_what_the_table_has_not_is_found_by_the_engine(library):
    assert "/bai/1000003/" in [entry.url for entry in suggest("tai nạn lao động")]


@pytest.mark.parametrize(("searches", "days", "suggested"), [(3, 2, True), (9, 1, False), (1, 2, False)])
def test_only_what_several_people_sought_is_suggested(library, searches, days, suggested):
    for day in range(days):
        DailySearch.objects.create(
            day=timezone.localdate() - timedelta(days=day),
            query="mau don vay von",
            spelling="mẫu đơn vay vốn",
            searches=searches,
            results=4,
        )

    shown = [entry.text for entry in suggest("mau don")]

    assert ("mẫu đơn vay vốn" in shown) is suggested


def test_the_answer_is_data_that_nobody_shares(client, library):
    make_topic("An toàn lao động")

    answer = client.get("/tim-kiem/goi-y/", {"q": "an toan"})

    assert answer.json()["suggestions"][0] == {
        "text": "An toàn lao động",
        "url": "/chu-de/an-toan-lao-dong/",
        "kind": "Chủ đề",
    }
    assert answer["Cache-Control"] == "private, no-cache"
    assert answer["X-Robots-Tag"] == "noindex"


@pytest.mark.parametrize("address", ["", "q=", *STRANGE])
def test_strange_letters_get_an_answer(client, library, address):
    answer = client.get("/tim-kiem/goi-y/", QUERY_STRING=address)

    assert answer.status_code == 200
    assert len(answer.json()["suggestions"]) <= 8
