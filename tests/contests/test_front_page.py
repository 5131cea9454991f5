"""Contests on the front page: those that are on or open soon, and no empty box."""

import pytest
from django.test import Client

from contests.selectors import running_contests
from tests import factories

pytestmark = [pytest.mark.django_db(databases=["default", "visits"]), pytest.mark.usefixtures("media_root")]


@pytest.fixture
def bank():
    return factories.make_bank()


def test_what_closes_first_comes_first_then_what_opens_soon(bank):
    over = factories.make_contest(bank, days=-9, lasts=2)
    far = factories.make_contest(bank, days=40)
    soon = factories.make_contest(bank, days=3)
    long = factories.make_contest(bank, days=-1, lasts=20)
    short = factories.make_contest(bank, days=-1, lasts=2)
    draft = factories.make_contest(bank, live=False)

    shown = running_contests(9)

    assert [page.pk for page in shown] == [short.pk, long.pk, soon.pk]
    assert not {over.pk, far.pk, draft.pk} & {page.pk for page in shown}
    assert [page.contest_note.split()[0] for page in shown] == ["Đang", "Đang", "Mở"]


def test_the_front_page_shows_them_and_has_no_box_without(bank, home):
    assert "/cuoc-thi/" not in main_of(Client().get("/"))
    page = factories.make_contest(bank, title="Tìm hiểu luật trong giờ ăn ca")
    shown = main_of(Client().get("/"))
    assert page.title in shown
    assert "Đang mở, đến" in shown


def main_of(response) -> str:
    return response.content.decode().partition("<main")[2].partition("</main>")[0]
