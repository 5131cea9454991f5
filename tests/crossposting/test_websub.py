"""Hubs are named in every feed and told of news, also after they were away."""

import hashlib
import hmac

import pytest
import requests
from django.urls import reverse

from core.consequences import Hopeless, Job
from crossposting import websub
from crossposting.feeds.addresses import FILES
from outbox import claims
from outbox.models import Consequence, State
from outbox.running import carry_out
from pages.models import BasePage
from tests import factories
from tests.crossposting.feeds.reading import get
from tests.crossposting.hub import running_answers, running_hub, running_subscriber
from tests.fixtures import *  # noqa: F403  # pytest finds fixtures by their names in this module

HUBS = ["https://hub.example.org/", "https://second.example.net/push?a=1&b=2"]


@pytest.fixture(autouse=True)
def _links_of_the_portal(settings):
    settings.WAGTAILADMIN_BASE_URL = "http://testserver"


def drain():
    """Carry out what waits of WebSub; return the states of the pings so far."""
    Consequence.objects.exclude(kind__in=(websub.TELL, websub.PING)).delete()
    while row := claims.claim_next("test"):
        carry_out(row)
    return [row.state for row in Consequence.objects.filter(kind=websub.PING).order_by("pk")]


@pytest.mark.django_db
def test_every_feed_names_all_hubs_in_header_and_body(client, section, media_root, settings):
    factories.make_article(section)
    settings.WEBSUB_HUBS = HUBS
    for file in FILES:
        answer = get(client, f"/nguon-tin/{file}")
        assert answer["Link"] == (
            f'<{HUBS[0]}>; rel="hub", <{HUBS[1]}>; rel="hub", <http://testserver/nguon-tin/{file}>; rel="self"'
        )
        body = answer.content.decode()
        for hub in HUBS:
            assert body.count(hub.replace("&", "&amp;") if file.endswith("xml") else hub) == 1
    without = client.get("/nguon-tin/rss.xml")["ETag"]
    settings.WEBSUB_HUBS = []
    answer = get(client, "/nguon-tin/rss.xml", if_none_match=without)
    assert "hub" not in answer["Link"] + answer.content.decode()


@pytest.mark.django_db
def test_who_shows_a_page(section, media_root):
    topic, person = factories.make_topic("Tiền lương"), factories.make_person()
    above = factories.make_unit("Dệt may")
    unit = factories.make_unit("Sông Lam", parent=above)
    page = factories.make_article(section, topics=[topic], authors=[person], unit=unit)

    topics = websub.topics_showing([page.pk])

    folders = {topic.removeprefix("http://testserver/nguon-tin/").rpartition("/")[0] for topic in topics}
    assert folders == {
        "",
        "tin-tuc",
        "loai/tin-bai",
        f"chuyen-muc/{section.pk}-{section.slug}",
        f"chu-de/{topic.pk}-tien-luong",
        f"don-vi/{unit.pk}-song-lam",
        f"don-vi/{above.pk}-det-may",
        f"tac-gia/{person.pk}-dang-thi-anh",
    }
    assert len(topics) == len(set(topics)) == len(folders) * len(FILES)
    assert len(websub.topics_showing([page.pk, 999_999])) == len(topics)
    assert len(websub.topics_showing([999_999])) == len(FILES)


@pytest.mark.django_db
def test_each_change_becomes_one_ping_a_hub(section, media_root, settings):
    page = factories.make_article(section)
    assert not Consequence.objects.filter(kind=websub.TELL).exists()  # no hub, no work
    settings.WEBSUB_HUBS = HUBS
    steps = [
        lambda page: page.save_revision().publish(),
        lambda page: page.unpublish(),
        lambda page: page.save_revision().publish(),
        lambda page: page.delete(),
    ]
    for number, step in enumerate(steps, start=1):
        step(BasePage.objects.get(pk=page.pk).specific)
        assert Consequence.objects.filter(kind=websub.TELL).count() == number
    for row in Consequence.objects.filter(kind=websub.TELL):
        job = Job(kind=row.kind, key=row.key, payload=row.payload, attempt=1)
        websub.tell_hubs(job)
        websub.tell_hubs(job)  # carried out twice, it asks once

    rows = Consequence.objects.filter(kind=websub.PING)
    assert rows.count() == len(steps) * len(HUBS)
    assert {row.payload["hub"] for row in rows} == set(HUBS)


@pytest.mark.django_db
def test_hubs_that_are_away_are_told_again_and_hopeless_ones_given_up(settings):
    topics = ["http://testserver/nguon-tin/rss.xml", "http://testserver/nguon-tin/atom.xml"]
    with running_answers(204, 503, 202, 404) as (hub, forms):
        settings.WEBSUB_HUBS = [hub]
        job = Job(kind=websub.PING, key="k", payload={"hub": hub, "topics": topics}, attempt=1)
        with pytest.raises(websub.NotTold, match="503: hub quá tải"):
            websub.ping(job)
        assert [form["hub.url"] for form in forms] == [[topic] for topic in topics]
        assert forms[0] == {"hub.mode": ["publish"], "hub.url": [topics[0]], "hub.topic": [topics[0]]}
        with pytest.raises(Hopeless, match="404"):
            websub.ping(job)
        settings.WEBSUB_HUBS = []
        websub.ping(job)  # taken out of the settings: nobody is told
        assert len(forms) == 4
    settings.WEBSUB_HUBS = [hub]
    with pytest.raises(websub.NotTold):  # nobody listens there any more
        websub.ping(job)


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_a_real_hub_carries_news_to_a_subscriber(live_server, settings, tmp_path, section, media_root):
    with running_hub(tmp_path) as hub, running_subscriber() as (callback, pushed):
        settings.WEBSUB_HUBS = [hub]
        settings.WAGTAILADMIN_BASE_URL = live_server.url
        topic = f"{live_server.url}/nguon-tin/rss.xml"
        form = {"hub.mode": "subscribe", "hub.topic": topic, "hub.callback": callback, "hub.secret": "bí mật"}
        assert requests.post(hub, data=form, timeout=20).status_code == 202
        Consequence.objects.all().delete()

        page = factories.make_article(section, title="Tin vừa đăng")
        states = drain()

        assert states == [State.DONE]
        (headers, body), *more = pushed
        assert not more
        assert "Tin vừa đăng" in body.decode()
        assert headers["Content-Type"] == "application/rss+xml; charset=utf-8"
        signature = hmac.new("bí mật".encode(), body, hashlib.sha512).hexdigest()
        assert headers["X-Hub-Signature"] == f"sha512={signature}"
        page.unpublish()
        assert drain() == [State.DONE, State.DONE]
        assert "Tin vừa đăng" not in pushed[-1][1].decode()
    assert reverse("feeds") == "/nguon-tin/"
