"""Tokens: renewed once however many need it, kept sealed, and an alarm when a person must act."""

import json
import subprocess
import sys

import pytest

from crossposting import checking, tokens
from crossposting.models import Channel
from crossposting.vault import SealBroken, seal, unseal
from tests import factories
from tests.crossposting.killing import WEB
from tests.crossposting.stage import PLAYS, account_at, urls_for
from tests.killable_site import ROOT, Site, own_database


@pytest.mark.slow
def test_two_senders_with_one_single_use_refresh_token_renew_once_and_both_go_on(tmp_path):
    play = PLAYS["zalo"]
    fake = play.fake()
    fake.slow_renewal = 1.0
    with fake.running(), own_database() as database_url:
        site = Site(
            tmp_path / "site",
            database_url,
            CHANNEL_URLS=",".join(f"{name}={url}" for name, url in urls_for(play, fake).items()),
            CHANNEL_PRIVATE_NETWORKS="127.0.0.0/8",
        )
        site.migrate()
        channel = {"network": "zalo", "name": "OA", "config": account_at(play, fake), "secrets": play.secrets}
        site.run(str(WEB), "prepare", json.dumps([channel]))
        senders = [
            subprocess.Popen(
                [sys.executable, str(WEB), "use-ended-token"],
                cwd=ROOT,
                env=site.environment,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                text=True,
            )
            for _sender in range(2)
        ]
        for sender in senders:
            assert sender.stdout.readline() == "ready\n"
        for sender in senders:
            sender.stdin.write("go\n")
            sender.stdin.flush()
        said = [sender.communicate(timeout=60)[0] for sender in senders]

    assert [sender.returncode for sender in senders] == [0, 0]
    assert (fake.renewals, fake.reused) == (1, 0)
    assert said[0] == said[1]
    assert said[0].startswith("2 ")


@pytest.mark.parametrize("name", ["zalo", "bluesky"])
def test_a_token_that_ended_is_renewed_and_the_post_goes_out(network, name):
    stage = network(name)
    assert checking.check(stage.channel).well
    stage.fake.expire()

    factories.make_article()
    stage.settle()

    assert (stage.delivery().state, len(stage.fake.posts)) == ("sent", 1), stage.words()


def test_a_spent_refresh_token_raises_the_alarm_before_the_next_post(network):
    stage = network("zalo")
    stage.fake.refresh = "another"

    trial = checking.check(stage.channel)

    stage.channel.refresh_from_db()
    assert trial.lost
    assert stage.channel.is_broken
    assert "Invalid refresh token" in stage.channel.state_words


def test_tokens_are_renewed_well_before_they_end(network, settings):
    stage = network("zalo")
    channel = tokens.with_fresh_token(stage.channel)
    assert stage.fake.renewals == 1

    assert tokens.with_fresh_token(channel).secrets_version == channel.secrets_version
    channel.secrets = {**channel.secrets, "access_until": "1"}
    channel.save()
    tokens.with_fresh_token(channel)
    assert stage.fake.renewals == 2


def test_bluesky_goes_on_with_its_session_instead_of_logging_in_again(network):
    stage = network("bluesky")
    for number in range(3):
        factories.make_article(title=f"Tin {number}")
    stage.settle()

    assert len(stage.fake.posts) == 3
    assert len(stage.fake.calls("createSession")) == 1


def test_a_broken_channel_gets_nothing_until_it_is_mended_then_all(network):
    stage = network("mastodon")
    stage.fake.token = "new"
    for number in range(3):
        factories.make_article(title=f"Tin {number}")
    stage.settle()
    stage.channel.refresh_from_db()
    assert stage.channel.is_broken
    assert len(stage.fake.calls("/api/v1/statuses", "POST")) <= 1  # one showed it, the others were held back

    stage.channel.secrets = {"token": "new"}
    stage.channel.secrets_version += 1
    stage.channel.save()
    assert checking.check(stage.channel).well
    stage.settle()
    assert len(stage.fake.posts) == 3


def test_keys_come_back_under_the_same_secret_key_or_an_earlier_one_only(settings):
    sealed = seal({"token": "bí mật"})
    assert "bí mật" not in sealed
    assert unseal(sealed) == {"token": "bí mật"}

    settings.SECRET_KEY_FALLBACKS = [settings.SECRET_KEY]
    settings.SECRET_KEY = "k" * 60
    assert unseal(sealed) == {"token": "bí mật"}
    settings.SECRET_KEY_FALLBACKS = []
    with pytest.raises(SealBroken):
        unseal(sealed)


def test_keys_that_cannot_be_read_any_more_raise_the_alarm(network, settings):
    stage = network("telegram")
    settings.SECRET_KEY = "k" * 60

    factories.make_article()
    stage.settle()

    stage.channel.refresh_from_db()
    assert stage.channel.is_broken
    assert Channel.objects.broken().get() == stage.channel
    assert stage.fake.requests == []
