"""Lots from the promise to the winners, as readers and organisers see them."""

import json
from datetime import timedelta

import pytest
import time_machine
from django.core.management import CommandError, call_command
from django.test import Client

from contests import drawing, entering, lots
from contests.models import Draw, Prize
from core.schedule import all_jobs
from tests import factories

pytestmark = [pytest.mark.django_db(databases=["default", "visits"]), pytest.mark.usefixtures("media_root")]


@pytest.fixture
def bank():
    return factories.make_bank(*(factories.question(f"Câu {number}?", "Đúng", "Sai") for number in range(4)))


@pytest.fixture
def contest(bank):
    prizes = [
        Prize(title="Giải nhất", award="ranking", sort_order=0),
        Prize(title="Giải may mắn", award="draw", count=2, min_percent=50, sort_order=1),
    ]
    return factories.make_contest(bank, count=4, prizes=prizes)


@pytest.fixture
def round_(contest):
    return contest.rounds.get()


@pytest.fixture
def draw(contest):
    return Draw.objects.get(page=contest)


@pytest.fixture
def entries(round_):
    return [factories.make_entry(round_, right=right) for right in (4, 3, 2, 2, 1, 0)]


def after(round_):
    return time_machine.travel(round_.closes_at + timedelta(minutes=1))


def test_publishing_promises_the_lots(contest, draw, round_):
    assert draw.round == round_
    assert draw.commitment == lots.commitment(draw.secret, contest.draw_source)

    page, record = Client().get(draw.url).content.decode(), Client().get(f"{draw.url}ket-qua.json")
    assert draw.commitment in page
    assert draw.secret not in page
    assert "secret" not in record.json()
    assert draw.secret not in record.content.decode()
    assert draw.url in Client().get(contest.url).content.decode()


def test_a_promise_stands_once_people_have_entered(contest, draw, entries):
    contest.draw_source = "đồng xu"
    contest.save_revision().publish()

    draw.refresh_from_db()
    assert draw.source != "đồng xu"


def test_nothing_is_drawn_before_the_end(draw, entries):
    with pytest.raises(entering.Refused):
        drawing.draw_lots(draw, "48213", None)

    assert Draw.objects.get().state == "promised"


def test_the_list_closes_before_the_number_is_known(draw, round_, entries):
    with after(round_):
        assert "tickets" not in Client().get(f"{draw.url}ket-qua.json").json()  # a reader's request writes nothing
        next(job for job in all_jobs() if job.name == "contests_close").run()
        closed = Client().get(f"{draw.url}ket-qua.json").json()

    assert sorted(closed["tickets"]) == sorted(entry.ticket for entry in entries if entry.percent >= 50)
    assert closed["tickets_sha256"] == lots.tickets_digest(closed["tickets"])
    assert "winners" not in closed


def test_winners_are_what_the_numbers_give_and_anybody_checks_it(draw, round_, entries, tmp_path, capsys):
    with after(round_):
        drawing.draw_lots(draw, "48 213", None)
        record = Client().get(f"{draw.url}ket-qua.json").json()
        page = Client().get(draw.url).content.decode()

    order = lots.verify(record)
    assert [winner["ticket"] for winner in record["winners"]] == order[:2]
    names = {entry.ticket: entry.name for entry in entries}
    assert all(names[ticket] in page for ticket in order[:2])
    file = tmp_path / "record.json"
    file.write_text(json.dumps(record))
    call_command("contest_verify", file)
    assert "holds" in capsys.readouterr().out
    file.write_text(json.dumps({**record, "secret": "0" * 64}))
    with pytest.raises(CommandError):
        call_command("contest_verify", file)


def test_lots_are_drawn_once(draw, round_, entries):
    with after(round_):
        drawing.draw_lots(draw, "1", None)
        with pytest.raises(entering.Refused):
            drawing.draw_lots(draw, "2", None)

    assert Draw.objects.get().public_number == "1"


def test_who_is_taken_out_after_the_closing_is_passed_over(draw, round_, entries):
    with after(round_):
        assert drawing.close_list(draw)
        first = lots.order(draw.secret, "7", draw.tickets)[0]
        entering.take_out(next(entry for entry in entries if entry.ticket == first), "Không đúng người")
        record = drawing.draw_lots(draw, "7", None).record

    assert record["passed_over"] == [{"place": 1, "ticket": first}]
    assert [winner["place"] for winner in record["winners"]] == [2, 3]
    assert lots.verify(record)


@pytest.mark.parametrize("typed", ["", "không có", "\x00"])
def test_a_number_has_digits(draw, round_, entries, typed):
    with after(round_), pytest.raises(entering.Refused):
        drawing.draw_lots(draw, typed, None)


def test_lots_of_a_draft_are_nobodys(draw, contest):
    contest.unpublish()

    assert Client().get(draw.url).status_code == 404
    assert Client().get(f"{draw.url}ket-qua.json").status_code == 404
