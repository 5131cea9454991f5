"""What is particular to one network."""

from datetime import UTC, datetime
from typing import Any

import pytest

from crossposting.channels.answers import seconds_to_wait
from crossposting.channels.bluesky import facets, record_key
from crossposting.channels.contract import Limits
from crossposting.composing import compose
from crossposting.counting import Measure, graphemes, shorten
from crossposting.marks import plain_link
from crossposting.models import Channel, Delivery
from crossposting.planning import prepare_for
from news.models import PhotoStoryPage
from tests import factories
from tests.crossposting.fakes.bluesky import TID

FAMILY = "👨‍👩‍👧‍👦"


def story(count: int, **fields):
    photos_field: Any = PhotoStoryPage._meta.get_field("photos")
    name = next(iter(photos_field.stream_block.child_blocks))
    photos = [
        (name, {"image": factories.make_image(), "alt": f"Ảnh {n}", "caption": "", "credit": ""}) for n in range(count)
    ]
    return factories.make_photo_story(photos=photos, **fields)


# Counting ------------------------------------------------------------------------------------------------------------


def test_graphemes_utf16_and_links_are_counted_as_the_networks_do():
    assert Measure(unit="graphemes")(f"Đệ{FAMILY}e\u0323\u0302") == 4
    assert Measure(unit="utf16")("a😀") == 3
    assert Measure(link_length=23)("Xem https://congdoan.example/rat/dai/that/la/dai?x=1 nhé") == 4 + 23 + 4


def test_what_is_too_long_is_cut_at_a_word_and_never_inside_a_grapheme():
    assert shorten("Người lao động được thưởng", 16, Measure()) == "Người lao động…"
    cut = shorten(FAMILY * 20, 5, Measure(unit="graphemes"))
    assert graphemes(cut) == [FAMILY] * 4 + ["…"]


@pytest.mark.parametrize("room", [60, 120, 300, 500])
def test_a_composed_text_fits_and_keeps_its_link(room, home):
    from crossposting.channels.contract import Announcement

    said = Announcement(page_id=1, title="Tiêu đề " * 30, summary="Tóm tắt " * 60, url="https://cd.example/a/b/")
    measure = Measure(unit="graphemes")
    text = compose(said, room=room, measure=measure, with_link=True)

    assert measure(text) <= room
    assert text.endswith("https://cd.example/a/b/")


def test_waiting_is_read_from_seconds_dates_and_moments():
    assert seconds_to_wait({"retry-after": "7"}) == 7
    later = datetime.fromtimestamp(datetime.now(UTC).timestamp() + 90, UTC)
    assert 85 < seconds_to_wait({"x-ratelimit-reset": later.isoformat()}) <= 90
    assert 85 < seconds_to_wait({"ratelimit-reset": str(int(later.timestamp()))}) <= 90
    assert seconds_to_wait({}, 12) == 12


# Telegram ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("pictures", "method"), [(0, "sendMessage"), (1, "sendPhoto"), (3, "sendMediaGroup")])
def test_telegram_posts_message_photo_or_album(network, pictures, method):
    stage = network("telegram")
    story(pictures) if pictures else factories.make_article()
    stage.settle()

    assert stage.delivery().state == "sent", stage.words()
    assert len(stage.fake.calls(method)) == 1
    assert len(stage.fake.posts) == 1


def test_telegram_withdraws_every_picture_of_an_album_and_edits_its_caption(network):
    stage = network("telegram")
    page = story(3, title="Cũ")
    stage.settle()
    page.title = "Mới"
    page.save_revision().publish()
    stage.settle()
    assert stage.fake.posts[0]["caption"].startswith("Mới"), stage.words()

    page.unpublish()
    stage.settle()
    assert stage.fake.messages == {}


def test_telegram_without_rights_is_an_alarm_not_a_lost_post(network):
    stage = network("telegram")
    stage.fake.kicked = True
    factories.make_article()
    stage.settle()

    stage.channel.refresh_from_db()
    assert stage.channel.is_broken
    assert stage.delivery().state == "failed"


# Mastodon ------------------------------------------------------------------------------------------------------------


def test_mastodon_waits_for_pictures_to_be_processed_and_sends_their_alternatives(network):
    stage = network("mastodon")
    stage.fake.polls = 2
    story(6)
    stage.settle()

    assert stage.delivery().state == "sent", stage.words()
    media = stage.fake.posts[0]["media_attachments"]
    assert [m["description"] for m in media] == ["Ảnh 0", "Ảnh 1", "Ảnh 2", "Ảnh 3"]
    assert len(stage.fake.calls("/api/v2/media", "POST")) == 4


def test_mastodon_obeys_the_limits_its_server_names(network):
    from crossposting.checking import check

    stage = network("mastodon")
    stage.fake.max_characters = 200
    check(stage.channel)
    factories.make_article(title="Tiêu đề", summary="Rất dài " * 50)
    stage.settle()

    assert stage.delivery().state == "sent", stage.words()


def test_a_server_that_does_not_edit_leaves_the_post_and_says_so(network):
    stage = network("mastodon")
    stage.fake.edits = False
    page = factories.make_article(title="Cũ")
    stage.settle()
    page.title = "Mới"
    page.save_revision().publish()
    stage.settle()

    assert Delivery.objects.get(action="update").state == "cancelled"
    assert stage.delivery().state == "sent"


# Bluesky -------------------------------------------------------------------------------------------------------------


def test_facets_stand_at_places_in_bytes():
    text = f"Đọc {FAMILY} https://cd.example/tin/ #CôngĐoàn"
    found = facets(text)

    cut = [text.encode()[f["index"]["byteStart"] : f["index"]["byteEnd"]].decode() for f in found]
    assert cut == ["https://cd.example/tin/", "#CôngĐoàn"]
    assert found[1]["features"][0]["tag"] == "CôngĐoàn"


def test_a_record_key_is_a_tid_and_always_the_same():
    moment = datetime(2026, 11, 22, 8, 30, tzinfo=UTC)
    assert record_key(moment, 5) == record_key(moment, 5) != record_key(moment, 6)
    assert TID.fullmatch(record_key(moment, 123456789))


def test_bluesky_shows_a_card_with_the_drawn_picture(network):
    stage = network("bluesky")
    page = factories.make_article(title="Có thẻ")
    stage.settle()

    external = stage.fake.posts[0]["embed"]["external"]
    assert external["title"] == "Có thẻ"
    assert plain_link(external["uri"]).endswith(page.url)
    assert external["thumb"]["mimeType"] == "image/jpeg"


# Facebook ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("pictures", [1, 3])
def test_facebook_photos_are_uploaded_unseen_and_shown_by_one_post(network, pictures):
    stage = network("facebook")
    story(pictures)
    stage.settle()

    assert stage.delivery().state == "sent", stage.words()
    assert len(stage.fake.posts[0]["photos"]) == pictures
    assert len(stage.fake.posts) == 1


def test_facebook_says_duplicate_of_what_was_posted_without_our_knowing(network):
    """The answer was lost, the question was answered from an old list: the second attempt is refused as a duplicate."""
    stage = network("facebook")
    stage.fake.faulty_paths = ("/feed",)
    stage.fake.faults.coming = ["lose"]
    answer = stage.fake.answer
    hidden = [2]

    def forgetful(request):
        reply = answer(request)
        if request.path.endswith("published_posts") and hidden[0]:
            hidden[0] -= 1
            reply.data = {"data": []}
        return reply

    stage.fake.answer = forgetful
    factories.make_article()
    stage.settle()

    assert (stage.delivery().state, len(stage.fake.posts)) == ("sent", 1), stage.words()


# Zalo ----------------------------------------------------------------------------------------------------------------


def test_zalo_is_asked_until_the_article_is_made(network):
    stage = network("zalo")
    stage.fake.polls = 4
    page = factories.make_article(title="Bài trên Zalo", summary="Tóm tắt")
    stage.settle()

    delivery = stage.delivery()
    assert (delivery.state, delivery.attempts) == ("sent", 1), stage.words()
    assert delivery.remote_url.startswith("https://oa.zalo.me/")
    article = stage.fake.posts[0]
    assert page.url in article["body"][-1]["content"]
    assert len(stage.fake.calls("article/create")) == 1


def test_an_answer_of_zalo_with_status_200_may_be_a_refusal(network):
    stage = network("zalo")
    stage.fake._problem = lambda article: "title is invalid"
    factories.make_article()
    stage.settle()

    delivery = stage.delivery()
    assert (delivery.state, delivery.code) == ("gave_up", "-201")
    assert delivery.words == "title is invalid"


# All -----------------------------------------------------------------------------------------------------------------


def test_an_editors_own_text_too_long_is_refused_before_anything_is_sent(network):
    from crossposting.models import SharingChoice

    stage = network("bluesky")
    page = factories.make_article(live=False)
    page.sharing_choices.add(SharingChoice(channel=stage.channel, text="chữ " * 100))
    page.save_revision().publish()
    stage.settle()

    assert stage.delivery().state == "gave_up"
    assert "300" in stage.delivery().words
    assert stage.fake.calls("putRecord") == []


def test_an_editor_chooses_channels_and_words(network):
    from crossposting.models import SharingChoice

    chosen = network("mastodon", automatic=False)
    refused = network("webhook")
    page = factories.make_article(live=False, title="Tự viết")
    page.sharing_choices.add(
        SharingChoice(channel=chosen.channel, text="Lời riêng cho kênh này."),
        SharingChoice(channel=refused.channel, wanted=False),
    )
    page.save_revision().publish()
    chosen.settle()

    assert chosen.fake.posts[0]["text"].startswith("Lời riêng cho kênh này.")
    assert page.url in chosen.fake.posts[0]["text"]
    assert refused.fake.posts == []


def test_old_items_and_closed_ones_are_not_posted(network):
    from wagtail.models import PageViewRestriction

    stage = network("webhook")
    factories.make_article(title="Tin năm ngoái", days_ago=300)
    section = factories.make_section(title="Nội bộ")
    PageViewRestriction.objects.create(page=section, restriction_type="login")
    factories.make_article(section, title="Tin nội bộ")
    stage.settle()

    assert stage.fake.posts == []


def test_what_waited_too_long_is_given_up_and_goes_when_a_person_asks(network, settings):
    from datetime import timedelta

    from crossposting import ledger

    stage = network("webhook")
    factories.make_article()
    from outbox.worker import run_pending

    stage.fake.faults.coming = ["refuse"]
    run_pending()
    Delivery.objects.update(wanted_at=Delivery.objects.get().wanted_at - timedelta(hours=49))
    stage.settle()
    assert stage.delivery().state == "gave_up"

    ledger.retry(stage.delivery().pk)
    stage.settle()
    assert stage.delivery().state == "sent"


def test_every_network_prepares_what_it_would_take(db, media_root):
    page = factories.make_article(title="Ế" * 200, summary="Ổ " * 190)
    from crossposting.channels.registry import all_providers

    for provider in all_providers():
        channel = Channel.objects.create(network=provider.network, name=provider.network)
        assert provider.validate(prepare_for(channel, page), channel.limits) == [], provider.network
        assert isinstance(channel.limits, Limits)
