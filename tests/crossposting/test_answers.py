"""Answers that are cut short, differ from server to server, or say less than they seem to."""

import unicodedata

import pytest

from crossposting.checking import check
from tests import factories
from tests.crossposting.fakes.server import LOSE, Reply


def test_a_server_without_a_way_to_read_a_record_gets_it_once_more_under_its_key(network, monkeypatch):
    stage = network("bluesky")
    answer = stage.fake.answer

    def unknowing(request):
        if "getRecord" in request.path:
            return Reply(501, {"error": "MethodNotImplemented", "message": "Method Not Implemented"})
        return answer(request)

    monkeypatch.setattr(stage.fake, "answer", unknowing)
    stage.fake.faulty_paths = (stage.play.posting,)
    stage.fake.faults.coming = [LOSE]
    factories.make_article()
    stage.settle()

    assert (stage.delivery().state, len(stage.fake.posts)) == ("sent", 1), stage.words()


def test_an_answer_cut_short_is_no_lost_access_at_mastodon(network, monkeypatch):
    stage = network("mastodon")
    monkeypatch.setattr(stage.fake, "answer", lambda request: Reply(200, body=b'{"id": "7", "acc'))

    assert check(stage.channel).lost is False
    monkeypatch.setattr(stage.fake, "answer", lambda request: Reply(200, body=b"<html>Trang khac</html>"))
    assert check(stage.channel).lost is True


def test_a_field_over_zalos_limit_stops_that_article_and_not_the_channel(network, monkeypatch):
    stage = network("zalo")
    answer = stage.fake.answer

    def over(request):
        return stage.fake.error(-210, "Over limit") if "article/create" in request.path else answer(request)

    monkeypatch.setattr(stage.fake, "answer", over)
    factories.make_article()
    stage.settle()

    stage.channel.refresh_from_db()
    assert stage.delivery().state == "gave_up", stage.words()
    assert stage.channel.paused_until is None


def test_a_bot_api_without_get_me_is_no_alarm(network, monkeypatch):
    stage = network("telegram")
    answer = stage.fake.answer
    not_found = Reply(404, {"ok": False, "error_code": 404, "description": "Not Found"})
    monkeypatch.setattr(stage.fake, "answer", lambda request: answer(request) if "/send" in request.path else not_found)

    assert check(stage.channel).lost is False
    assert stage.fake.posts == []


@pytest.mark.parametrize("list_name", ["medias", "items"])
def test_an_article_in_other_unicode_or_under_another_name_is_the_same(network, monkeypatch, list_name):
    stage = network("zalo")
    answer = stage.fake.answer

    def other(request):
        reply = answer(request)
        if "getslice" in request.path:
            rows = [
                {**row, "title": unicodedata.normalize("NFD", row["title"])} for row in reply.data["data"]["medias"]
            ]
            return Reply(200, {"error": 0, "data": {list_name: rows}})
        return reply

    monkeypatch.setattr(stage.fake, "answer", other)
    stage.fake.faulty_paths = (stage.play.posting,)
    stage.fake.faults.coming = [LOSE]
    factories.make_article(title="Lương tháng mười ba")
    stage.settle()

    assert (stage.delivery().state, len(stage.fake.posts)) == ("sent", 1), stage.words()


def test_an_article_that_is_still_being_made_when_asked_is_not_made_twice(network, monkeypatch):
    stage = network("zalo")
    answer, asked = stage.fake.answer, []

    def late(request):
        if "getslice" in request.path:
            asked.append(request)
            if len(asked) < 3:
                return Reply(200, {"error": 0, "data": {"medias": [], "total": 0}})
        return answer(request)

    monkeypatch.setattr(stage.fake, "answer", late)
    stage.fake.faulty_paths = (stage.play.posting,)
    stage.fake.faults.coming = [LOSE]
    factories.make_article()
    stage.settle()

    assert (stage.delivery().state, len(stage.fake.posts)) == ("sent", 1), stage.words()


def test_photos_that_are_shown_already_mean_that_the_post_is_there(network, monkeypatch):
    stage = network("facebook")
    answer = stage.fake.answer

    def taken(request):
        reply = answer(request)
        return stage.fake.error(100, "Posted", subcode=1366051) if "/feed" in request.path else reply

    monkeypatch.setattr(stage.fake, "answer", taken)
    factories.make_article()
    stage.settle()

    assert (stage.delivery().state, len(stage.fake.posts)) == ("sent", 1), stage.words()


@pytest.mark.parametrize("name", ["facebook", "mastodon", "telegram", "bluesky", "zalo"])
def test_a_withdrawal_whose_answer_was_lost_is_done_all_the_same(network, name):
    stage = network(name)
    page = factories.make_article()
    stage.settle()
    stage.fake.faulty_paths = ()
    stage.fake.faults.coming = [LOSE]

    page.unpublish()
    stage.settle()

    assert stage.delivery(action="withdraw").state == "sent", stage.words()
    assert stage.fake.posts == []
