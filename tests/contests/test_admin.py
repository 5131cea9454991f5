"""Contests in the admin: who sees entries, takes them out, draws lots, and what an editor cannot undo."""

from datetime import timedelta

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from contests.models import ContestPage, Draw, Entry, Prize
from organisations.roles import Role
from tests import factories
from tests.fixtures import login

pytestmark = [pytest.mark.django_db(databases=["default", "visits"]), pytest.mark.usefixtures("media_root")]


@pytest.fixture
def unit():
    return factories.make_unit("Công đoàn Dệt may")


@pytest.fixture
def contest(unit):
    bank = factories.make_bank(*(factories.question(f"Câu {number}?", "Đúng", "Sai") for number in range(3)))
    return factories.make_contest(bank, unit=unit, prizes=[Prize(title="May mắn", award="draw", count=1)])


@pytest.fixture
def round_(contest):
    return contest.rounds.get()


@pytest.fixture
def address(contest):
    return reverse("contests:contest", args=[contest.pk])


def test_whoever_edits_the_page_sees_its_entries(contest, round_, address, unit, client_as):
    factories.make_entry(round_, name="Lê Thị Mến", right=2)
    other = factories.make_unit("Công đoàn Y tế")

    own = client_as(Role.EDITOR, unit)
    assert "Lê Thị Mến" in own.get(address).content.decode()
    assert contest.title in own.get(reverse("contests:index")).content.decode()
    for stranger in (client_as(Role.EDITOR, other), client_as(Role.CONTRIBUTOR, unit), client_as(None)):
        answer = stranger.get(address)
        assert answer.status_code == 302
        assert "Lê Thị Mến" not in stranger.get(reverse("contests:index")).content.decode()
    assert Client().get(address).status_code == 302


def test_a_number_finds_its_entry(round_, address, admin_client):
    factories.make_entry(round_, name="Lê Thị Mến", known_as="0911222333")
    factories.make_entry(round_, name="Người Khác")

    found = admin_client.get(address, {"q": "0911.222.333"}).content.decode()

    assert "Lê Thị Mến" in found
    assert "Người Khác" not in found


def test_an_entry_is_taken_out_with_a_reason(round_, address, admin_client):
    entry = factories.make_entry(round_)
    admin_client.post(address, {"loai": entry.pk, "ly-do": "  "})
    assert Entry.objects.valid().exists()

    admin_client.post(address, {"loai": entry.pk, "ly-do": "Nhờ người làm hộ"})

    assert Entry.objects.get().cancelled_because == "Nhờ người làm hộ"


@pytest.mark.parametrize("number", ["", "x", "²", "9" * 30])
def test_what_is_no_entry_is_not_found(address, admin_client, number):
    assert admin_client.post(address, {"loai": number, "ly-do": "a"}).status_code == 404


def test_lots_are_drawn_in_the_admin(round_, contest, address, admin_client):
    factories.make_entry(round_, right=3)
    draw = Draw.objects.get()
    with time_machine.travel(round_.closes_at + timedelta(minutes=1)):
        client = login(admin_client.user)
        assert 'name="so"' in client.get(address).content.decode()
        client.post(address, {"rut": draw.pk, "so": "48213"})

    draw.refresh_from_db()
    assert (draw.public_number, draw.drawn_by) == ("48213", admin_client.user)


@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_the_table_of_a_round_is_downloaded(contest, round_, admin_client, form):
    factories.make_entry(round_, name="=Lê", right=2)

    answer = admin_client.get(reverse("contests:export", args=[contest.pk, round_.pk, form]))

    assert answer.status_code == 200
    assert "attachment" in answer["Content-Disposition"]
    if form == "csv":
        assert "'=Lê" in answer.content.decode("utf-8-sig")


def test_what_people_have_entered_is_not_deleted(contest, round_, admin_client):
    address = reverse("wagtailadmin_pages:delete", args=[contest.pk])
    factories.make_entry(round_)

    admin_client.post(address)
    assert ContestPage.objects.filter(pk=contest.pk).exists()

    Entry.objects.all().delete()
    admin_client.post(address)
    assert not ContestPage.objects.filter(pk=contest.pk).exists()


def edit(client, contest, **changed):
    page = client.get(reverse("wagtailadmin_pages:edit", args=[contest.pk]))
    form = page.context["form"]
    from tests.form_data import Filler

    data = Filler().everything(form, slug=contest.slug, title=contest.title, go_live_at="", expire_at="")
    data |= {"hot_until": "", "featured_until": "", "is_hot": ""}
    round_ = contest.rounds.get()
    data |= {
        "rounds-TOTAL_FORMS": "1",
        "rounds-INITIAL_FORMS": "1",
        "rounds-0-id": str(round_.pk),
        "rounds-0-title": round_.title,
        "rounds-0-bank": str(round_.bank_id),
        "rounds-0-opens_at": "2026-11-20 07:30",
        "rounds-0-closes_at": "2036-11-20 07:30",
        "rounds-0-questions": "3",
        "rounds-0-minutes_allowed": "20",
        "rounds-0-asks_guess": "on",
        "rounds-0-ORDER": "1",
        "draw_source": contest.draw_source,
        "action-publish": "1",
        **changed,
    }
    return client.post(reverse("wagtailadmin_pages:edit", args=[contest.pk]), data)


def test_an_entered_round_is_not_removed(contest, round_, admin_client):
    factories.make_entry(round_)

    answer = edit(admin_client, contest, **{"rounds-0-DELETE": "on", "rounds-MIN_NUM_FORMS": "0"})

    assert answer.status_code == 200
    assert contest.rounds.exists()


@pytest.mark.parametrize(
    "changed",
    [
        {"rounds-0-questions": "4"},  # more than the bank has
        {"rounds-0-closes_at": "2026-11-20 07:00"},
        {"slug": "vong"},
        {"rounds-TOTAL_FORMS": "0", "rounds-INITIAL_FORMS": "0"},
    ],
)
def test_an_editor_is_told_what_does_not_go(contest, admin_client, changed):
    assert edit(admin_client, contest, **changed).status_code == 200


def test_an_editor_changes_the_rest(contest, round_, admin_client):
    assert edit(admin_client, contest, **{"rounds-0-title": "Tuần 1"}).status_code == 302

    round_.refresh_from_db()
    assert round_.title == "Tuần 1"
