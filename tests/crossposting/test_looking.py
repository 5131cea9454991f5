"""A post whose answer was lost is found among everything that came after it, and nothing else is taken for it."""

import itertools
import time
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from crossposting.channels import looking
from crossposting.channels.connection import Connection
from crossposting.channels.contract import AccessLost, Prepared, Refused, Sought, Unreached
from crossposting.channels.uploads import uploads_of_earlier
from crossposting.checking import check
from crossposting.marks import names_link
from outbox.worker import run_pending
from tests import factories
from tests.crossposting.fakes.server import LOSE, Reply

LINK = "https://cd.example/tin/luong/?utm_source=facebook&utm_medium=social&utm_campaign=k1-2"


def add_to_facebook(fake: Any, number: int) -> None:
    moment = datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%S+0000")
    post = {"id": f"x_{number}", "number": 10_000 + number, "message": f"Bài khác {number}", "created_time": moment}
    fake.published[post["id"]] = {**post, "permalink_url": "https://www.facebook.com/x"}


def add_to_mastodon(fake: Any, number: int) -> None:
    status = {"id": str(10_000 + number), "created_at": datetime.now(UTC).isoformat(), "card": None}
    fake.statuses[status["id"]] = {**status, "content": f"<p>Bài khác {number}</p>", "url": "https://m.example/x"}


def add_to_zalo(fake: Any, number: int) -> None:
    created = int(time.time() * 1000) + number
    fake.articles[f"x{number}"] = {"id": f"x{number}", "title": f"Bài khác {number}", "create_date": created}


ADDING = {"facebook": add_to_facebook, "mastodon-without-keys": add_to_mastodon, "zalo": add_to_zalo}


@pytest.mark.parametrize("name", sorted(ADDING))
def test_a_post_is_found_below_many_later_ones(network, name):
    stage = network(name)
    stage.fake.faulty_paths = (stage.play.posting,)
    stage.fake.faults.coming = [LOSE]
    factories.make_article(title="Bài mất lời đáp")
    for _turn in range(5):
        if stage.channel.deliveries.filter(state="unknown").exists():
            break
        run_pending()
    assert stage.delivery().state == "unknown", stage.words()
    for number in range(120):
        ADDING[name](stage.fake, number)

    stage.settle()

    assert stage.delivery().state == "sent", stage.words()
    assert len(stage.fake.posts) == 121


@pytest.mark.parametrize(
    ("text", "named"),
    [
        (LINK, True),
        ("Đọc ở https://cd.example/tin/luong/.", True),
        ("https://cd.example/tin/luong/", True),
        ('{"unshimmed_url": "https://cd.example/tin/luong/"}', True),
        ("https://cd.example/tin/luong/?fbclid=1", True),
        ("https://cd.example/tin/luong/thang-13/", False),
        ("https://cd.example/tin/", False),
        ("", False),
    ],
)
def test_a_page_below_is_not_taken_for_it(text, named):
    assert names_link(text, LINK) is named


class Attempt:
    """Sends of one delivery, with the progress that is kept between them."""

    def __init__(self, *outcomes: Exception | None) -> None:
        self.outcomes = iter(outcomes)
        self.connection = Connection(network="bluesky", config={}, secrets={}, facts={})
        self.names = (f"upload-{number}" for number in itertools.count())

    def send(self) -> str:
        with uploads_of_earlier(self.connection, "blobs"):
            kept = self.connection.progress.get("blobs") or {"picture": next(self.names)}
            self.connection.keep(blobs=kept)
            if outcome := next(self.outcomes):
                raise outcome
        name: str = kept["picture"]
        return name


def test_uploads_that_are_gone_are_made_anew_once():
    attempt = Attempt(Refused("busy"), Refused("blob not found", final=True), Refused("no", final=True))

    with pytest.raises(Refused):
        attempt.send()
    with pytest.raises(Refused) as gone:
        attempt.send()
    with pytest.raises(Refused) as refused:
        attempt.send()

    assert (gone.value.final, gone.value.words) == (False, "blob not found")
    assert refused.value.final
    assert attempt.connection.progress["blobs"] == {"picture": "upload-1"}


def test_lost_access_stays_lost():
    attempt = Attempt(Refused("busy"), AccessLost("token"))
    with pytest.raises(Refused):
        attempt.send()

    with pytest.raises(AccessLost):
        attempt.send()

    assert attempt.connection.progress["blobs"] == {"picture": "upload-0"}


def test_a_token_that_is_none_breaks_the_channel_at_telegram(network):
    stage = network("telegram")
    stage.fake.answer = lambda _request: Reply(404, {"ok": False, "error_code": 404, "description": "Not Found"})

    trial = check(stage.channel)

    assert (trial.well, trial.lost) == (False, True)


def answers(*outcomes):
    """A call that ends in these ways, one after the other."""
    left = list(outcomes)

    def read():
        outcome = left.pop(0)
        if isinstance(outcome, Exception):
            raise outcome
        return outcome

    return read, left


def test_a_page_of_a_list_is_read_again_when_it_fails(monkeypatch):
    monkeypatch.setattr(looking.time, "sleep", lambda seconds: None)
    read, _left = answers(Unreached("cut"), Refused("busy", code="503"), Refused("wait", after=1), ["post"])

    assert looking.patiently(read) == ["post"]


@pytest.mark.parametrize(
    "answer", [AccessLost("bad token"), Refused("never", final=True), Refused("limit", code="429", after=600)]
)
def test_what_will_not_pass_soon_is_not_asked_again(answer):
    read, left = answers(answer, ["post"])

    with pytest.raises(type(answer)):
        looking.patiently(read)

    assert left == [["post"]]


def test_a_network_that_does_not_answer_holds_up_nothing(monkeypatch):
    clock = iter([0.0, 20.0])  # one time limit long
    monkeypatch.setattr(looking.time, "monotonic", lambda: next(clock))
    read, left = answers(Unreached("silence"), ["post"])

    with pytest.raises(Unreached):
        looking.patiently(read)

    assert left == [["post"]]


def test_a_page_that_never_comes_is_given_up(monkeypatch):
    monkeypatch.setattr(looking.time, "sleep", lambda seconds: None)
    read, left = answers(*[Unreached("cut")] * looking.TRIES, ["post"])

    with pytest.raises(Unreached):
        looking.patiently(read)

    assert left == [["post"]]


def test_what_lies_behind_too_many_newer_posts_is_not_called_absent(monkeypatch):
    monkeypatch.setattr(looking, "MOST_PAGES", 3)
    now = datetime.now(UTC)
    sought = Sought(prepared=Prepared(text=""), since=now - timedelta(hours=1), known_ids=frozenset())

    with pytest.raises(Unreached):
        list(looking.since(([{"id": str(number)}] for number in itertools.count()), lambda post: now, sought))
