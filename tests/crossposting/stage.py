"""A channel at each network, with the stand-in that plays the network."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from django.utils import timezone

from crossposting.models import Channel, Delivery
from outbox.models import Consequence
from outbox.worker import run_pending
from tests.crossposting.fakes import bluesky, facebook, mastodon, telegram, webhook, zalo
from tests.crossposting.fakes.server import FakeNetwork

OURS = ("crosspost", "delivery", "channel_check")


@dataclass(frozen=True)
class Play:
    """How a network is played: the stand-in, the settings that lead to it, and the account there."""

    network: str
    fake: Callable[[], FakeNetwork]
    config: dict[str, str]
    secrets: dict[str, str]
    urls: tuple[str, ...] = ()
    #: The request that makes a post, by a part of its path.
    posting: str = ""


PLAYS = {
    "webhook": Play("webhook", webhook.FakeReceiver, {"url": "{url}/hook"}, {"secret": webhook.SECRET}, (), "/hook"),
    "telegram": Play(
        "telegram",
        telegram.FakeTelegram,
        {"chat_id": telegram.CHAT},
        {"token": telegram.TOKEN},
        ("telegram",),
        "/send",
    ),
    "mastodon": Play(
        "mastodon", mastodon.FakeMastodon, {"server": "{url}"}, {"token": mastodon.TOKEN}, (), "/api/v1/statuses"
    ),
    "mastodon-without-keys": Play(
        "mastodon",
        lambda: mastodon.FakeMastodon(knows_keys=False),
        {"server": "{url}"},
        {"token": mastodon.TOKEN},
        (),
        "/api/v1/statuses",
    ),
    "bluesky": Play(
        "bluesky",
        bluesky.FakeBluesky,
        {"handle": bluesky.HANDLE},
        {"password": bluesky.PASSWORD},
        ("bluesky",),
        "putRecord",
    ),
    "facebook": Play(
        "facebook", facebook.FakeFacebook, {"page_id": facebook.PAGE}, {"token": facebook.TOKEN}, ("facebook",), "/feed"
    ),
    "zalo": Play(
        "zalo",
        zalo.FakeZalo,
        {"app_id": zalo.APP},
        {"secret_key": zalo.SECRET, "refresh_token": zalo.REFRESH},
        ("zalo", "zalo_oauth"),
        "article/create",
    ),
}


def urls_for(play: Play, fake: FakeNetwork) -> dict[str, str]:
    return {name: fake.url + ("/v26.0" if name == "facebook" else "") for name in play.urls}


def account_at(play: Play, fake: FakeNetwork) -> dict[str, str]:
    return {name: value.format(url=fake.url) for name, value in play.config.items()}


@dataclass
class Stage:
    """One network, its stand-in, and a channel there."""

    play: Play
    fake: Any
    channel: Channel

    def settle(self, turns: int = 60) -> None:
        """Do everything that waits, without waiting for its time."""
        for _turn in range(turns):
            Channel.objects.update(paused_until=None)
            rows = Consequence.objects.filter(
                state__in=("waiting", "failed"), kind__in=("crosspost", "delivery", "channel_check")
            )
            if not rows.update(available_at=timezone.now()):
                return
            run_pending()

    def delivery(self, **filters: Any) -> Delivery:
        return Delivery.objects.get(**{"channel": self.channel, "action": "post", **filters})

    def words(self) -> list[str]:
        return [f"{a.outcome}: {a.words}" for d in Delivery.objects.all() for a in d.log.all()]


@contextmanager
def stage_for(name: str, settings: Any, **fields: Any) -> Iterator[Stage]:
    play = PLAYS[name]
    fake = play.fake()
    with fake.running():
        settings.CHANNEL_URLS = {**settings.CHANNEL_URLS, **urls_for(play, fake)}
        settings.CHANNEL_PRIVATE_NETWORKS = ["127.0.0.0/8"]
        channel = Channel(network=play.network, name=f"Kênh {name}", config=account_at(play, fake), **fields)
        channel.secrets = play.secrets
        channel.save()
        yield Stage(play, fake, channel)
