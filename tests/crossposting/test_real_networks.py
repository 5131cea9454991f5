"""Channels against servers that others wrote: a personal data server of Bluesky, and a Bot API of Telegram.

The stand-ins of ``fakes`` lose answers and refuse on demand; these show that the stand-ins and the providers did not
misread the protocols in the same way.
"""

import unicodedata
import uuid
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import pytest
import requests

from crossposting import ledger
from crossposting.checking import check
from crossposting.models import Channel, Delivery
from tests import factories
from tests.crossposting.stage import PLAYS, Stage
from tests.requirements import require_network_servers
from tools.network_servers import running_server

pytestmark = pytest.mark.slow
PASSWORD = "a password of the account"  # on a server that lives for one test run
TITLE = "Công đoàn Đông Lâu thương lượng được lương tháng 13 & <thưởng> Tết"


@pytest.fixture(scope="module")
def bluesky_server() -> Iterator[str]:
    require_network_servers()
    with running_server("bluesky") as url:
        yield url


@pytest.fixture(scope="module")
def telegram_server() -> Iterator[str]:
    require_network_servers()
    with running_server("telegram") as url:
        yield url


def call(method: str, url: str, **options: Any) -> dict[str, Any]:
    """What the server answers to somebody who is not the portal."""
    answer = requests.request(method, url, timeout=20, **options)
    answer.raise_for_status()
    found = answer.json()
    assert isinstance(found, dict)
    return found


@dataclass
class Repository:
    """An account on the server, as anybody may read it."""

    url: str
    did: str
    handle: str

    def records(self) -> list[dict[str, Any]]:
        question = {"repo": self.did, "collection": "app.bsky.feed.post"}
        found: list[dict[str, Any]] = call("GET", f"{self.url}/xrpc/com.atproto.repo.listRecords", params=question)[
            "records"
        ]
        return found

    def blob(self, reference: dict[str, Any]) -> bytes:
        question = {"did": self.did, "cid": reference["ref"]["$link"]}
        answer = requests.get(f"{self.url}/xrpc/com.atproto.sync.getBlob", params=question, timeout=20)
        answer.raise_for_status()
        return answer.content


@pytest.fixture
def account(bluesky_server) -> Repository:
    handle = f"ld{uuid.uuid4().hex[:12]}.test"
    values = {"handle": handle, "email": f"{handle}@example.org", "password": PASSWORD}
    made = call("POST", f"{bluesky_server}/xrpc/com.atproto.server.createAccount", json=values)
    return Repository(bluesky_server, made["did"], handle)


@pytest.fixture
def channel_at(settings, media_root, empty_outbox) -> Callable[..., Stage]:
    """Connect a channel to a real server."""

    def connect(network: str, config: dict[str, str], secrets: dict[str, str], urls: dict[str, str]) -> Stage:
        settings.CHANNEL_URLS = {**settings.CHANNEL_URLS, **urls}
        settings.CHANNEL_PRIVATE_NETWORKS = ["127.0.0.0/8", "::1/128"]
        channel = Channel(network=network, name=f"Kênh {network}", config=config)
        channel.secrets = secrets
        channel.save()
        return Stage(PLAYS[network], None, channel)

    return connect


@pytest.fixture
def bluesky(channel_at, account) -> Stage:
    config = {"handle": account.handle, "server": account.url}
    return channel_at("bluesky", config, {"password": PASSWORD}, {})


def publish(stage: Stage, **fields: Any) -> Any:
    fields = {"title": TITLE, "summary": "Người lao động được thêm một tháng lương, trả trước Tết.", **fields}
    page = factories.make_article(**fields)
    stage.settle()
    assert stage.delivery(page_id=page.pk).state == "sent", stage.words()
    return page


class TestBluesky:
    def test_a_post_has_its_card_with_a_picture(self, bluesky, account):
        page = publish(bluesky)

        (record,) = account.records()
        post = record["value"]
        card = post["embed"]["external"]
        assert post["text"].startswith(TITLE)
        assert post["langs"] == ["vi"]
        assert card["title"] == TITLE
        assert page.url in card["uri"]
        assert account.blob(card["thumb"])[:3] == b"\xff\xd8\xff"
        assert record["uri"] == bluesky.delivery().remote_id

    def test_hashtags_are_marked_where_they_stand(self, bluesky, account):
        publish(bluesky, topics=[factories.make_topic("Tiền lương")])

        post = account.records()[0]["value"]
        written = post["text"].encode()
        tags = {
            written[facet["index"]["byteStart"] : facet["index"]["byteEnd"]].decode(): feature["tag"]
            for facet in post.get("facets", [])
            for feature in facet["features"]
            if feature["$type"].endswith("#tag")
        }
        assert tags
        assert tags == {f"#{tag}": tag for tag in tags.values()}

    def test_the_longest_title_in_either_form_fits(self, bluesky, account):
        words = "Thỏa ước lao động tập thể có nhiều điều lợi hơn luật. " * 8
        publish(bluesky, title=words[:250].strip(), summary=unicodedata.normalize("NFD", words[:380]))

        assert len(account.records()) == 1

    def test_sending_again_what_may_have_arrived_writes_no_second_post(self, bluesky, account):
        publish(bluesky)
        Delivery.objects.update(state="failed")
        ledger.retry(bluesky.delivery().pk)
        bluesky.settle()

        assert bluesky.delivery().state == "sent", bluesky.words()
        assert len(account.records()) == 1

    def test_what_is_taken_down_is_withdrawn(self, bluesky, account):
        page = publish(bluesky)

        page.unpublish()
        bluesky.settle()

        assert account.records() == []

    def test_a_session_that_ended_is_renewed(self, bluesky, account):
        publish(bluesky, title="Trước")
        channel = Channel.objects.get(pk=bluesky.channel.pk)
        channel.secrets = {**channel.secrets, "access": channel.secrets["access"][:-8] + "AAAAAAAA"}
        channel.save()

        publish(bluesky, title="Sau")

        assert len(account.records()) == 2

    def test_a_wrong_password_is_told_in_the_servers_words(self, channel_at, account):
        stage = channel_at("bluesky", {"handle": account.handle, "server": account.url}, {"password": "khác"}, {})

        trial = check(stage.channel)

        stage.channel.refresh_from_db()
        assert (trial.well, stage.channel.is_broken) == (False, True)
        assert "password" in stage.channel.state_words.lower()


class TestTelegram:
    @pytest.fixture
    def telegram(self, channel_at, telegram_server) -> Stage:
        token = f"{uuid.uuid4().int % 10**9}:{uuid.uuid4().hex}"
        # This server takes only numbers where it deletes.
        return channel_at("telegram", {"chat_id": "-1001234567890"}, {"token": token}, {"telegram": telegram_server})

    def messages(self, stage: Stage, server: str) -> list[str]:
        history = call("POST", f"{server}/getUpdatesHistory", json={"token": stage.channel.secrets["token"]})["result"]
        return [update["message"]["text"] for update in history]

    def test_a_message_arrives_is_edited_and_deleted(self, telegram, telegram_server):
        page = publish(telegram)
        (text,) = self.messages(telegram, telegram_server)
        assert text.startswith("<b>Công đoàn Đông Lâu thương lượng được lương tháng 13 &amp; &lt;thưởng&gt; Tết</b>")

        page.title = "Đông Lâu: lương tháng 13"
        page.save_revision().publish()
        telegram.settle()
        (text,) = self.messages(telegram, telegram_server)
        assert text.startswith("<b>Đông Lâu: lương tháng 13</b>")

        page.unpublish()
        telegram.settle()
        assert self.messages(telegram, telegram_server) == []

    def test_the_bot_is_known(self, telegram):
        trial = check(telegram.channel)

        telegram.channel.refresh_from_db()
        assert (trial.well, telegram.channel.is_broken) == (True, False), trial.words
