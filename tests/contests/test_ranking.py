"""Who comes first, and who sees it when."""

from datetime import timedelta

import pytest
import time_machine
from django.core.management import call_command
from django.test import Client

from contests import ranking
from contests.models import Round
from tests import factories

pytestmark = [pytest.mark.django_db(databases=["default", "visits"]), pytest.mark.usefixtures("media_root")]


@pytest.fixture
def bank():
    return factories.make_bank(*(factories.question(f"Câu {number}?", "Đúng", "Sai") for number in range(6)))


@pytest.fixture
def contest(bank):
    return factories.make_contest(bank, count=4)


@pytest.fixture
def round_(contest):
    return contest.rounds.get()


def names(round_) -> list[str]:
    return [entry.name for entry in ranking.ranked(round_)]


def test_points_then_guess_then_time(round_):
    # Five take part; distances of the guesses are 0, 2, none.
    factories.make_entry(round_, name="Chậm", right=4, minutes=9, guess=5)
    factories.make_entry(round_, name="Nhanh", right=4, minutes=3, guess=5)
    factories.make_entry(round_, name="Đoán xa", right=4, minutes=1, guess=7)
    factories.make_entry(round_, name="Không đoán", right=4, minutes=1)
    factories.make_entry(round_, name="Ít điểm", right=3, minutes=1, guess=5)

    assert names(round_) == ["Nhanh", "Chậm", "Đoán xa", "Không đoán", "Ít điểm"]


def test_everybody_has_the_place_of_the_list(round_):
    for right in (1, 4, 4, 0, 2, 4):
        factories.make_entry(round_, right=right, guess=6)

    for place, entry in enumerate(ranking.ranked(round_), start=1):
        assert ranking.rank_of(entry) == place


def test_the_ranking_appears_with_the_end_of_the_round(contest, round_):
    factories.make_entry(round_, name="Lê Thị Mến", right=4, known_as="0911222333")
    assert Client().get(round_.ranking_url).status_code == 404

    with time_machine.travel(round_.closes_at + timedelta(minutes=1)):
        page = Client().get(round_.ranking_url)
        assert round_.ranking_url in Client().get(contest.url).content.decode()

    shown = page.content.decode()
    assert "Lê Thị Mến" in shown
    assert "•••333" in shown
    assert "0911222333" not in shown


def test_an_editor_keeps_the_ranking_back(bank):
    page = factories.make_contest(bank, days=-9, lasts=1, ranking_shown="never")

    assert Client().get(page.rounds.get().ranking_url).status_code == 404


def test_units_have_their_own(round_):
    parent = factories.make_unit("Ngành Y tế")
    hospital = factories.make_unit("Bệnh viện tỉnh", parent=parent)
    school = factories.make_unit("Trường nghề")
    factories.make_entry(round_, name="Y tá", right=4, unit=hospital)
    factories.make_entry(round_, name="Bác sĩ", right=2, unit=hospital)
    factories.make_entry(round_, name="Thầy giáo", right=3, unit=school)

    rows = ranking.by_unit([round_.pk])
    assert [(row.unit, row.entrants, row.mean, row.best) for row in rows] == [
        (hospital, 2, 75, 100),
        (school, 1, 75, 75),
    ]
    with time_machine.travel(round_.closes_at + timedelta(minutes=1)):
        narrowed = Client().get(f"{round_.ranking_url}?don-vi={parent.slug}").content.decode()
        assert "Thầy giáo" in Client().get(f"{round_.ranking_url}?don-vi=khong-co").content.decode()
    assert "Y tá" in narrowed
    assert "Thầy giáo" not in narrowed


def test_rounds_together_add_up_for_each_person(contest, round_, bank):
    second = Round.objects.create(
        page=contest, title="Vòng 2", bank=bank, opens_at=round_.opens_at, closes_at=round_.closes_at, questions=4
    )
    for one, right in ((round_, 4), (second, 1)):
        factories.make_entry(one, name="Hai vòng", known_as="0911000001", right=right)
    factories.make_entry(round_, name="Một vòng", known_as="0911000002", right=4)

    people, number = ranking.overall(contest)
    assert number == 2

    assert [(one["rank"], one["name"], one["points"], one["rounds"]) for one in people] == [
        (1, "Hai vòng", 5, 2),
        (2, "Một vòng", 4, 1),
    ]
    assert ranking.overall(contest, factories.make_unit("Đơn vị khác")) == ([], 0)
    address = f"/cuoc-thi/xep-hang/{contest.pk}/"
    assert Client().get(address).status_code == 404
    with time_machine.travel(round_.closes_at + timedelta(minutes=1)):
        assert "Hai vòng" in Client().get(address).content.decode()


def test_the_export_tells_no_number_and_opens_no_entry(contest, round_, capsys):
    import json

    entry = factories.make_entry(round_, name="Lê Thị Mến", right=3, known_as="0911222333", guess=7)
    call_command("contest_export", contest.slug, json=True)

    printed = capsys.readouterr().out
    data = json.loads(printed)
    assert data["rounds"][0]["ranking"][0]["name"] == "Lê Thị Mến"
    assert data["rounds"][0]["ranking"][0]["ticket"] == entry.ticket
    for secret in (entry.code, entry.identity, "0911222333"):
        assert secret not in printed


@pytest.mark.parametrize("entrants", [2, 25])
def test_all_rounds_together_cost_the_same_whoever_took_part(contest, round_, django_assert_num_queries, entrants):
    for _number in range(entrants):
        factories.make_entry(round_, right=2, guess=3)

    with django_assert_num_queries(4):
        assert ranking.overall(contest)[1] == entrants


@pytest.mark.parametrize("entrants", [2, 25])
def test_the_ranking_asks_the_same_few_queries(round_, django_assert_max_num_queries, entrants):
    for _number in range(entrants):
        factories.make_entry(round_, right=2)

    with time_machine.travel(round_.closes_at + timedelta(minutes=1)):
        Client().get(round_.ranking_url)
        with django_assert_max_num_queries(16):
            Client().get(round_.ranking_url)
