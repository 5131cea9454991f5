"""Lots that anybody can check: plain values."""

import hashlib

import pytest

from contests import lots

SECRET, SOURCE, NUMBER = "5e" * 32, "xổ số miền Bắc", "48213"
TICKETS = sorted(f"TICKET{number:02d}" for number in range(40))


def record(**changed):
    order = lots.order(SECRET, NUMBER, TICKETS)
    return {
        "method": lots.METHOD,
        "secret": SECRET,
        "source": SOURCE,
        "public_number": NUMBER,
        "commitment": lots.commitment(SECRET, SOURCE),
        "tickets": TICKETS,
        "tickets_sha256": lots.tickets_digest(TICKETS),
        "winners": [{"place": 1, "ticket": order[0], "prize": "A"}, {"place": 3, "ticket": order[2], "prize": "B"}],
        "passed_over": [{"place": 2, "ticket": order[1]}],
        **changed,
    }


def test_the_order_is_what_the_published_words_say():
    def sha256(text):
        return hashlib.sha256(text.encode()).hexdigest()

    digest = sha256("\n".join(TICKETS))
    key = sha256(f"{SECRET}\n{NUMBER}\n{digest}")

    assert lots.order(SECRET, NUMBER, TICKETS) == sorted(TICKETS, key=lambda ticket: sha256(f"{key}\n{ticket}"))


def test_each_number_gives_another_order_of_the_same_tickets():
    orders = {tuple(lots.order(SECRET, str(number), TICKETS)) for number in range(50)}

    assert len(orders) == 50
    assert all(sorted(order) == TICKETS for order in orders)


def test_no_ticket_is_favoured():
    first = [lots.order(SECRET, str(number), TICKETS[:10])[0] for number in range(2000)]

    assert all(140 < first.count(ticket) < 260 for ticket in TICKETS[:10])


def test_an_honest_record_holds():
    assert lots.verify(record()) == lots.order(SECRET, NUMBER, TICKETS)


@pytest.mark.parametrize(
    "changed",
    [
        {"secret": "00" * 32},
        {"source": "a coin"},
        {"public_number": "48214"},
        {"tickets": TICKETS[1:]},
        {"tickets": [*TICKETS, "TICKET99"], "tickets_sha256": lots.tickets_digest([*TICKETS, "TICKET99"])},
        {"winners": [{"place": 1, "ticket": TICKETS[0], "prize": "A"}], "passed_over": []},
        {"passed_over": []},
        {"winners": "x"},
        {"method": "coin"},
    ],
)
def test_a_changed_record_does_not(changed):
    with pytest.raises(lots.RecordError):
        lots.verify(record(**changed))


@pytest.mark.parametrize("missing", ["secret", "tickets", "winners", "commitment"])
def test_an_incomplete_record_does_not(missing):
    with pytest.raises(lots.RecordError):
        lots.verify({name: value for name, value in record().items() if name != missing})


@pytest.mark.parametrize(
    ("typed", "number"),
    [("48213", "48213"), ("48 213", "48213"), ("48.213", "48213"), ("", ""), ("số", ""), ("٤٨", "")],
)
def test_a_number_is_its_digits(typed, number):
    assert lots.public_number(typed) == number
