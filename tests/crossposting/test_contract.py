"""What every network must show, one after another: posted once, whatever happens on the way."""

import pytest

from crossposting import ledger
from crossposting.checking import check
from crossposting.models import Channel, Delivery
from tests import factories
from tests.crossposting.fakes.server import CRASH, LIMIT, LOSE, REFUSE

TITLE = "Công đoàn Đông Lâu thương lượng được lương tháng 13 & <thưởng> Tết"


def publish(stage, **fields):
    fields = {"title": TITLE, "summary": "Người lao động được thêm một tháng lương, trả trước Tết.", **fields}
    page = factories.make_article(**fields)
    stage.settle()
    return page


def test_what_goes_live_is_posted_once_with_a_link_to_the_post(stage):
    page = publish(stage)

    delivery = stage.delivery()
    assert (delivery.state, delivery.page_id) == ("sent", page.pk), stage.words()
    assert delivery.remote_id
    assert len(stage.fake.posts) == 1
    assert delivery.settled_at
    assert delivery.log.last().outcome == "done"


def test_an_edit_that_changes_nothing_readers_of_the_network_see_asks_nothing_of_it(stage):
    page = publish(stage)
    before = len(stage.fake.requests)

    page.display_date = page.display_date.replace(year=2020)
    page.save_revision().publish()
    stage.settle()

    assert len(stage.fake.requests) == before
    assert Delivery.objects.count() == 1


def test_a_new_title_changes_the_post_where_the_network_allows_it(stage):
    page = publish(stage)

    page.title = "Đông Lâu: lương tháng 13"
    page.save_revision().publish()
    stage.settle()

    assert len(stage.fake.posts) == 1
    changes = Delivery.objects.filter(action="update")
    assert [c.state for c in changes] == (["sent"] if stage.channel.provider.can_update else [])


def test_what_is_unpublished_is_withdrawn_and_a_later_publication_is_a_new_post(stage):
    page = publish(stage)

    page.unpublish()
    stage.settle()
    assert Delivery.objects.filter(action="withdraw").get().state == "sent", stage.words()
    if stage.play.network != "webhook":
        assert stage.fake.posts == []
    assert stage.delivery().withdrawn_at

    page.refresh_from_db()
    page.save_revision().publish()
    stage.settle()
    assert Delivery.objects.posts().count() == 2


def test_a_lost_answer_makes_no_second_post(stage):
    stage.fake.faulty_paths = (stage.play.posting,)
    stage.fake.faults.coming = [LOSE]

    publish(stage)

    assert len(stage.fake.posts) == 1, stage.words()
    delivery = stage.delivery()
    provider = stage.channel.provider
    if provider.can_ask or provider.repeat_is_harmless:
        assert delivery.state == "sent", stage.words()
    else:
        assert delivery.state == "unknown"
        assert delivery.can_send_again
        assert delivery.can_be_settled


def test_an_error_of_the_server_after_which_nothing_is_there_ends_in_one_post(stage):
    """Status 500 may come before or after the post was made: it is asked, and made again when it is not there."""
    stage.fake.faulty_paths = (stage.play.posting,)
    stage.fake.faults.coming = [CRASH]

    publish(stage)

    provider = stage.channel.provider
    if provider.can_ask or provider.repeat_is_harmless:
        assert (stage.delivery().state, len(stage.fake.posts)) == ("sent", 1), stage.words()
    else:
        assert (stage.delivery().state, len(stage.fake.posts)) == ("unknown", 0)


def test_a_limit_pauses_the_channel_and_is_no_failed_attempt(stage):
    stage.fake.faulty_paths = (stage.play.posting,)
    stage.fake.faults.coming = [LIMIT]
    factories.make_article(title=TITLE)

    from outbox.worker import run_pending

    run_pending()
    stage.channel.refresh_from_db()
    delivery = stage.delivery()
    assert stage.channel.paused_until, stage.words()
    assert (delivery.state, delivery.attempts) == ("failed", 0)
    assert delivery.not_before >= stage.channel.paused_until
    assert stage.fake.posts == []

    stage.settle()
    assert (stage.delivery().state, len(stage.fake.posts)) == ("sent", 1)


def test_refused_for_the_moment_it_is_tried_again(stage):
    stage.fake.faulty_paths = (stage.play.posting,)
    stage.fake.faults.coming = [REFUSE, REFUSE]

    publish(stage)

    assert (stage.delivery().state, len(stage.fake.posts)) == ("sent", 1), stage.words()


def test_a_worker_killed_after_the_request_went_out_asks_and_does_not_repeat(stage, monkeypatch):
    """The process ends between the network's answer and the ledger."""

    class Killed(BaseException):
        pass

    def die(*args):
        raise Killed

    from crossposting import delivering

    factories.make_article(title=TITLE)
    with monkeypatch.context() as patch:
        patch.setattr(delivering, "arrived", die)
        # Zalo's asynchronous answer, too, is lost to a kill.
        patch.setattr(delivering, "cope", die)
        with pytest.raises(Killed):
            stage.settle()
    assert stage.delivery().state == "sending"

    from outbox import claims

    claims.recover(worker="other", host=claims.Consequence.objects.get(state="running").worker.split(":")[0])
    stage.settle()

    assert len(stage.fake.posts) == 1, stage.words()
    provider = stage.channel.provider
    can_tell = provider.can_ask or provider.repeat_is_harmless
    assert stage.delivery().state == ("sent" if can_tell else "unknown"), stage.words()


def test_trying_the_connection_posts_nothing_and_says_that_it_works(stage):
    trial = check(stage.channel)

    stage.channel.refresh_from_db()
    assert trial.well, trial
    assert trial.words
    assert stage.channel.state == "well"
    assert stage.fake.posts == []


def test_nothing_listens_at_the_address(stage, settings):
    settings.CHANNEL_URLS = dict.fromkeys(settings.CHANNEL_URLS, "http://127.0.0.1:9")
    for name in ("server", "url"):
        if name in stage.channel.config:
            stage.channel.config[name] = "http://127.0.0.1:9"
    stage.channel.save()
    factories.make_article(title=TITLE)
    from outbox.worker import run_pending

    run_pending()

    delivery = stage.delivery()
    assert delivery.state == "failed"
    assert delivery.log.get().outcome == "unreached"
    assert delivery.turn == 2


def test_a_photo_story_is_told_in_pictures_with_their_text_alternatives(stage):
    images = [factories.make_image(description=f"Ảnh {number}: đình công") for number in range(3)]
    photos = [("photo", {"image": image, "alt": "", "caption": "Chú thích", "credit": ""}) for image in images]
    from news.models import PhotoStoryPage

    name = next(iter(PhotoStoryPage._meta.get_field("photos").stream_block.child_blocks))
    factories.make_photo_story(title="Một ngày ở xưởng may", photos=[(name, value) for _name, value in photos])
    stage.settle()

    assert stage.delivery().state == "sent", stage.words()
    assert [p["alt"] for p in stage.delivery().prepared["pictures"]] == [i.description for i in images]


def test_long_texts_and_many_marks_fit(stage):
    publish(stage, title="Ữ" * 250, summary="👨‍👩‍👧‍👦 giữ vững " * 30)

    assert stage.delivery().state == "sent", stage.words()


def test_keys_are_neither_stored_readably_nor_shown_by_the_ledger(stage):
    publish(stage)

    stored = repr(Channel.objects.values_list()) + repr(Delivery.objects.values_list())
    for secret in stage.play.secrets.values():
        assert secret not in stored


def test_a_channel_switched_off_posts_nothing_then_nor_later(stage):
    ledger.switch(stage.channel, on=False)
    publish(stage)
    ledger.switch(stage.channel, on=True)
    stage.settle()

    assert stage.fake.posts == []
    assert not Delivery.objects.filter(state="sent").exists()
