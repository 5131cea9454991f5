"""Marks on links, and the clicks that come back by them."""

import json

import pytest
from django.core.management import call_command
from django.test import Client
from django.urls import reverse

from crossposting.channels.registry import all_providers
from crossposting.counting import LINK
from crossposting.marks import plain_link
from crossposting.models import Channel, Delivery, SharingChoice
from crossposting.pictures import absolute
from crossposting.planning import prepare_for
from tests import factories
from tests.crossposting.test_networks import story
from tests.visits.conftest import BROWSER
from visits.counting import count_visits
from visits.models import DailyArrival

pytestmark = [pytest.mark.usefixtures("media_root"), pytest.mark.django_db(databases=["default", "visits"])]

NETWORKS = [provider.network for provider in all_providers()]


@pytest.fixture(autouse=True)
def own_journal(settings, tmp_path):
    settings.DATA_DIR = tmp_path


def a_channel(network: str, **fields) -> Channel:
    return Channel.objects.create(network=network, name=f"Kênh {network}", **fields)


def mark(channel: Channel, page) -> str:
    return f"?utm_source={channel.network}&utm_medium=social&utm_campaign=k{channel.pk}-{page.pk}"


@pytest.mark.parametrize("network", NETWORKS)
def test_a_link_names_network_channel_and_page(network):
    channel, page = a_channel(network), factories.make_article(title="Ế" * 200, summary="Ổ " * 190)

    prepared = prepare_for(channel, page)

    assert prepared.link == absolute(page.url) + mark(channel, page)
    assert plain_link(prepared.link) == absolute(page.url)
    assert channel.provider.validate(prepared, channel.limits) == []
    for link in LINK.findall(prepared.text):
        assert link == prepared.link, "cut in the middle, or without its mark"


@pytest.mark.parametrize("network", ["telegram", "mastodon", "facebook", "zalo_group"])
def test_a_link_in_the_editors_own_words_counts_too(network):
    channel, page = a_channel(network), factories.make_article()
    words = f"Xem {absolute(page.url)} và https://noi-khac.example/bai/."
    SharingChoice.objects.create(page=page, channel=channel, text=words)

    text = prepare_for(channel, page).text

    assert f"{absolute(page.url)}{mark(channel, page)} và https://noi-khac.example/bai/." in text
    assert text.count("utm_campaign") == 1


def test_the_card_and_the_link_below_pictures_on_bluesky_carry_the_mark(network):
    stage = network("bluesky")
    pages = [factories.make_article(title="Có thẻ"), story(1, title="Hội thao")]
    stage.settle()

    records = {post["text"].partition("\n")[0]: post for post in stage.fake.posts}
    card, photos = (absolute(page.url) + mark(stage.channel, page) for page in pages)
    assert records["Có thẻ"]["embed"]["external"]["uri"] == card
    assert [f["features"][0]["uri"] for f in records["Hội thao"]["facets"]] == [photos]


def test_each_click_counts_once_for_its_channel_and_item(admin_client):
    page, other = factories.make_article(), factories.make_article()
    channels = [a_channel(name) for name in NETWORKS]
    posts = [
        Delivery.objects.create(channel=c, page_id=p.pk, publication="1", title=p.title, state="sent")
        for c in channels
        for p in (page, other)
    ]
    reader = Client(headers={"User-Agent": BROWSER})
    for channel in channels:
        for _again in range(2):
            assert reader.get(page.url + mark(channel, page)).status_code == 200
        reader.get(page.url + mark(channel, page), headers={"User-Agent": "TelegramBot (like TwitterBot)"})
        reader.get(page.url + mark(channel, other))  # somebody has patched it together
    count_visits()

    assert {(row.source, row.page_id, row.readers) for row in DailyArrival.objects.all()} == {
        (f"k{channel.pk}", page.pk, 1) for channel in channels
    }
    listed = admin_client.get(reverse("deliveries:index"))
    assert listed.context["view"].clicks == {post.pk: int(post.page_id == page.pk) for post in posts}
    shown = admin_client.get(reverse("deliveries:inspect", args=[posts[0].pk]))
    assert shown.context["clicks"] == 1
    by_channel = admin_client.get(reverse("channels:index"))
    assert by_channel.context["view"].clicks == {channel.pk: 1 for channel in channels}


def test_invented_marks_do_not_grow_the_database():
    page, channel = factories.make_article(), a_channel("telegram")
    reader = Client(headers={"User-Agent": BROWSER})
    for number in range(50):
        reader.get(f"{page.url}?utm_campaign=k{number}-{page.pk}")
    reader.get(page.url + mark(channel, page))  # a channel, but nothing was ever delivered there
    count_visits()

    assert not DailyArrival.objects.exists()


def test_a_list_of_deliveries_asks_for_clicks_once(admin_client, django_assert_max_num_queries):
    channel = a_channel("telegram")
    for number in range(30):
        Delivery.objects.create(channel=channel, page_id=number, publication="1", title=f"Tin {number}")

    with django_assert_max_num_queries(1, using="visits"):
        admin_client.get(reverse("deliveries:index"))


def test_changes_and_withdrawals_have_no_clicks_of_their_own(admin_client, capsys):
    post = Delivery.objects.create(channel=a_channel("telegram"), page_id=7, publication="1", title="Tin", state="sent")
    change = Delivery.objects.create(
        channel=post.channel, page_id=7, publication="2", action="update", post=post, title="Tin", state="sent"
    )
    DailyArrival.objects.create(day="2026-01-02", source=f"k{post.channel_id}", page_id=7, readers=5)

    call_command("deliveries", "--json")
    assert {row["id"]: row["clicks"] for row in json.loads(capsys.readouterr().out)["rows"]} == {
        post.pk: 5,
        change.pk: None,
    }
    assert not admin_client.get(reverse("deliveries:inspect", args=[change.pk])).context["counts_clicks"]


def test_a_webhook_names_the_plain_address_and_the_one_to_pass_on(network):
    stage = network("webhook")
    page = factories.make_article()
    stage.settle()

    [message] = stage.fake.posts
    assert message["data"]["url"] == absolute(page.url)
    assert message["data"]["link"] == absolute(page.url) + mark(stage.channel, page)
