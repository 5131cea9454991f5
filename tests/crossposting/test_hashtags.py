"""Hashtags: from topics and from what editors type, and where they stand in a post."""

import unicodedata

import pytest
from django.core.exceptions import ValidationError

from crossposting import hashtags
from crossposting.channels.bluesky import facets
from crossposting.channels.registry import provider_for
from crossposting.counting import HASHTAG
from crossposting.models import Channel, SharingChoice
from crossposting.planning import prepare
from tests import factories

pytestmark = pytest.mark.usefixtures("media_root")


@pytest.mark.parametrize(
    ("words", "tag"),
    [
        ("Tiền lương", "TiềnLương"),
        ("An toàn – Sức khoẻ", "AnToànSứcKhoẻ"),
        ("BHXH, BHYT", "BHXHBHYT"),
        ("đời sống", "ĐờiSống"),
        ("Tết", "Tết"),
        ("tết", "tết"),
        ("Tết 2027", "Tết2027"),
        ("2027", ""),
        ("", ""),
        ("– / –", ""),
        ("_nội_bộ_", "nội_bộ"),
        (unicodedata.normalize("NFD", "Việc làm"), "ViệcLàm"),
    ],
)
def test_words_become_a_hashtag_that_networks_take(words, tag):
    assert hashtags.hashtag_of(words) == tag
    assert not tag or HASHTAG.fullmatch(f"#{tag}")


@pytest.mark.parametrize(
    ("typed", "tags"),
    [
        ("#TiềnLương #Tết", ("TiềnLương", "Tết")),
        ("tiền lương, Tết", ("TiềnLương", "Tết")),
        ("#an toàn lao động #Tết", ("AnToànLaoĐộng", "Tết")),
        ("TiềnLương Tết TiềnLương", ("TiềnLương", "Tết")),
        ("  ", ()),
        ("#", ()),
    ],
)
def test_hashtags_are_read_in_any_way_of_typing_them(typed, tags):
    assert hashtags.parse(typed) == tags


@pytest.mark.parametrize("typed", ["#2027", "Tết, 1/5", "#" + "dài" * 30])
def test_what_networks_would_not_take_is_refused_in_words(typed):
    with pytest.raises(ValidationError):
        hashtags.parse(typed)


def test_topics_are_proposed_main_topic_first_and_not_too_many(db):
    names = ["Tiền lương", "Việc làm", "Nhà ở", "2027", "Tết"]
    topics = [factories.make_topic(name) for name in names]
    page = factories.make_article(main_topic=topics[4], topics=topics)

    assert hashtags.proposed(page)[0] == "Tết"
    assert len(hashtags.proposed(page)) == hashtags.PROPOSED
    assert hashtags.chosen(page, "") == ()
    assert hashtags.chosen(page, "#Khác") == ("Khác",)


@pytest.mark.parametrize("network", ["facebook", "telegram", "mastodon", "bluesky", "webhook", "zalo_group", "zalo"])
def test_each_network_gets_them_at_the_end_and_within_its_limits(db, network):
    page = factories.make_article(main_topic=factories.make_topic("Tiền lương"), summary="Dài. " * 70)
    channel = Channel.objects.create(network=network, name="Kênh")

    prepared = prepare(channel, page, None)
    own = prepare(channel, page, SharingChoice(channel=channel, text="Lời #riêng", hashtags="#riêng #Tết"))

    assert prepared.text.endswith("#TiềnLương") == provider_for(network).hashtags
    assert channel.provider.validate(prepared, channel.limits) == []
    assert own.text.count("#riêng") == 1
    assert own.text.endswith("#Tết") == provider_for(network).hashtags


def test_bluesky_marks_them_by_their_bytes():
    text = "Lương đã về\n#TiềnLương"
    [facet] = facets(text)

    start, end = facet["index"]["byteStart"], facet["index"]["byteEnd"]
    assert text.encode()[start:end].decode() == "#TiềnLương"
    assert facet["features"] == [{"$type": "app.bsky.richtext.facet#tag", "tag": "TiềnLương"}]
