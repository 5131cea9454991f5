"""Videos of a YouTube channel become drafts, each once for ever; read from a real server that plays YouTube."""

import unicodedata
from datetime import timedelta

import pytest
from django.utils import timezone

from core.schedule import all_jobs
from crossposting import outgoing
from crossposting.incoming import covers, looking
from crossposting.incoming.addresses import Misunderstood, understand
from crossposting.incoming.looking import look
from crossposting.models import IncomingVideo, VideoSource
from news.models import VideoPage
from outbox.models import Consequence
from outbox.worker import run_pending
from tests import factories
from tests.crossposting.fakes.server import Reply
from tests.crossposting.fakes.youtube import CHANNEL, HANDLE, Clip, FakeYouTube, clips, jpeg, letterboxed

pytestmark = pytest.mark.usefixtures("media_root")

BOMB = (
    '<?xml version="1.0"?><!DOCTYPE feed [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">'
    '<!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;">]><feed xmlns="http://www.w3.org/2005/Atom"><title>&c;</title></feed>'
)


@pytest.fixture
def youtube(settings):
    fake = FakeYouTube()
    with fake.running():
        settings.CHANNEL_URLS = {"youtube": fake.url}
        settings.CHANNEL_TIMEOUTS = {"youtube": 3}
        settings.CHANNEL_PRIVATE_NETWORKS = ["127.0.0.0/8"]
        yield fake


@pytest.fixture
def source(youtube, section):
    unit = factories.make_unit()
    return VideoSource.objects.create(channel_id=CHANNEL, section=section.basepage_ptr, unit=unit)


def fresh(source) -> VideoSource:
    return VideoSource.objects.select_related("section").get(pk=source.pk)


def titles() -> list[str]:
    return sorted(VideoPage.objects.values_list("title", flat=True))


def test_a_video_becomes_a_draft_with_all_that_the_feed_says(source, youtube, section):
    youtube.clips = [Clip("abcdefghij1")]

    assert look(source).drafts == 1

    page = VideoPage.objects.get()
    assert (page.live, page.unit, page.get_parent().pk) == (False, source.unit, section.pk)
    assert page.title == "Hội thi nấu ăn của công nhân"
    assert page.summary == "Hai trăm công nhân dự hội thi."
    assert page.video_url == "https://www.youtube.com/watch?v=abcdefghij1"
    assert (page.cover.width, page.cover.height, page.cover.description) == (1280, 720, page.title)
    assert page.get_latest_revision_as_object().video_url == page.video_url
    video = IncomingVideo.objects.get()
    assert (video.page_id, video.published_at.isoformat()) == (page.pk, "2026-01-02T03:04:05+00:00")
    assert VideoSource.objects.get().name == "Công đoàn Lam Giang"


def test_each_video_comes_once_whatever_the_feed_does(source, youtube):
    youtube.clips = clips(15)
    look(source)
    youtube.clips = [*reversed(clips(15)), *clips(3, start=15), *clips(15)]
    look(fresh(source))
    look(fresh(source))

    assert titles() == sorted(f"Phim số {n}" for n in range(18))


def test_a_draft_that_an_editor_deleted_does_not_come_back(source, youtube):
    youtube.clips = clips(2)
    look(source)
    VideoPage.objects.first().delete()
    youtube.clips = clips(3)
    look(fresh(source))

    assert VideoPage.objects.count() == 2
    assert IncomingVideo.objects.filter(page=None).count() == 1


def test_nor_after_the_channel_was_deleted_and_registered_anew(source, youtube, section):
    youtube.clips = clips(2)
    look(source)
    source.delete()
    again = VideoSource.objects.create(channel_id=CHANNEL, section=section.basepage_ptr)

    assert look(again).drafts == 0
    assert VideoPage.objects.count() == 2


def test_what_breaks_off_in_the_middle_leaves_neither_row_nor_draft_nor_file(source, youtube, monkeypatch, media_root):
    youtube.clips = clips(1)
    with monkeypatch.context() as broken:
        broken.setattr(VideoPage, "save_revision", lambda *args, **kwargs: 1 / 0)
        looked = look(source)
    assert not looked.well
    assert (IncomingVideo.objects.count(), VideoPage.objects.count()) == (0, 0)
    assert not list(media_root.rglob("*youtube*"))

    look(fresh(source))
    assert titles() == ["Phim số 0"]


def test_two_workers_at_once_make_one_draft_of_each(source, youtube, monkeypatch):
    """The second does all of its work after the first has asked what is new, and before it writes."""
    youtube.clips = clips(3)
    fetch, others = covers.fetch_cover, [fresh(source)]

    def let_the_other_pass(video, **options):
        if others:
            assert look(others.pop()).drafts == 3
        return fetch(video, **options)

    monkeypatch.setattr(covers, "fetch_cover", let_the_other_pass)
    assert look(source).drafts == 0

    assert titles() == ["Phim số 0", "Phim số 1", "Phim số 2"]
    assert IncomingVideo.objects.count() == 3


def test_one_broken_entry_keeps_no_other_from_coming(source, youtube):
    good = clips(11)
    youtube.clips = [
        Clip("", raw="<entry><title>không có mã</title></entry>"),
        *good[:5],
        Clip("", raw="<entry/>"),
        Clip("../../etc/x", title="mã lạ"),
        *good[5:],
        Clip("khongtieude", title="  "),
    ]
    assert look(source).well

    assert len(titles()) == 12
    assert "Video ngày 02/01/2026" in titles()


def test_a_page_that_cannot_be_made_keeps_no_other_from_coming(source, youtube, monkeypatch):
    youtube.clips = clips(3)
    make = looking.draft_maker().make

    def break_one(video, **kwargs):
        if video.title == "Phim số 1":
            raise ValueError("no")
        return make(video, **kwargs)

    monkeypatch.setattr(looking.draft_maker(), "make", break_one)
    looked = look(source)
    assert (looked.well, looked.drafts) == (False, 2)
    assert fresh(source).error
    assert fresh(source).next_look_at > timezone.now() + timedelta(minutes=14)
    monkeypatch.undo()
    look(fresh(source))

    assert titles() == ["Phim số 0", "Phim số 1", "Phim số 2"]


def test_titles_are_stored_in_one_form_and_cut_where_they_are_too_long(source, youtube):
    name = unicodedata.normalize("NFD", "Đối thoại về tiền lương")
    youtube.clips = [
        Clip("nfdnfdnfdnf", title=name),
        Clip("longlonglon", title="Ế" * 400),
        Clip("emojiemojie", title="😀"),
    ]
    look(source)

    assert "Đối thoại về tiền lương" in titles()
    assert max(len(title) for title in titles()) <= 200
    assert VideoPage.objects.count() == 3


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        (Reply(200, body=b"<feed"), "không phải"),
        (Reply(200, body=b"<!DOCTYPE html><html><body>Before you continue to YouTube</body></html>"), "không phải"),
        (Reply(200, body=BOMB.encode()), "không phải"),
        (Reply(200, body=b""), "không phải"),
        (Reply(200, body=b"<?xml version='1.0' encoding='ma-la'?><feed/>"), "không phải"),
        (Reply(200, body=b" " * 50_000_000), "nhiều hơn"),
        (Reply(404, body=b"x"), "404"),
        (Reply(410, body=b"x"), "410"),
        (Reply(500, body=b"x"), "500"),
        (Reply(302, body=b"", headers={"Location": "http://169.254.169.254/latest/meta-data/"}), "không đi theo"),
        (Reply(200, body=b"<feed xmlns='http://www.w3.org/2005/Atom'>" + b"<entry>" * 100_000), "không phải"),
    ],
)
def test_what_is_no_feed_says_so_and_is_asked_for_less_and_less(source, youtube, answer, said):
    youtube.instead = answer
    pauses = []
    for _time in range(3):
        assert said in look(fresh(source)).words
        found = fresh(source)
        assert said in found.error
        pauses.append(found.next_look_at - timezone.now())

    assert timedelta(minutes=14) < pauses[0] < timedelta(minutes=17)
    assert pauses[2] > timedelta(minutes=58)
    assert len(youtube.requests) == 3, "no redirect was followed"

    youtube.instead, youtube.clips = None, clips(1)
    assert look(fresh(source)).drafts == 1
    assert (fresh(source).error, fresh(source).failures) == ("", 0)


def test_a_server_that_is_too_slow_or_away_is_an_error_in_words(source, youtube, settings):
    settings.CHANNEL_TIMEOUTS = {"youtube": 0.3}
    youtube.faults.late, youtube.faults.coming = 1.0, ["late"]
    assert not look(source).well
    settings.CHANNEL_URLS = {"youtube": "http://127.0.0.1:9"}
    assert "127.0.0.1" in look(fresh(source)).words


def test_a_private_network_is_not_called(source, youtube, settings):
    settings.CHANNEL_PRIVATE_NETWORKS = []

    assert not look(source).well
    assert youtube.requests == []


def test_youtube_says_when_to_come_back(source, youtube):
    youtube.instead = Reply(429, body=b"", headers={"Retry-After": "7200"})
    look(source)

    assert fresh(source).next_look_at > timezone.now() + timedelta(minutes=119)


def test_what_has_not_changed_is_not_read_again(source, youtube):
    youtube.clips = clips(2)
    look(source)
    looked = look(fresh(source))

    assert looked.well
    asked = youtube.calls("/feeds/")[-1]
    assert asked.headers["if-none-match"] == fresh(source).etag != ""


def test_a_look_that_ran_out_of_time_goes_on_at_the_next(source, youtube):
    youtube.clips = clips(3)
    looked = look(source, seconds=0)

    assert (looked.well, looked.drafts) == (True, 0)
    assert "vài phút" in looked.words
    assert fresh(source).next_look_at < timezone.now() + timedelta(minutes=2)
    assert fresh(source).etag == ""
    assert look(fresh(source)).drafts == 3


def test_a_section_that_is_gone_is_said(source, youtube, section):
    youtube.clips = clips(1)
    section.delete()

    assert "chuyên mục" in look(fresh(source)).words.lower()
    assert not IncomingVideo.objects.exists()


@pytest.mark.parametrize(
    ("pictures", "size"),
    [
        ({"maxresdefault.jpg": jpeg()}, (1280, 720)),
        ({"hqdefault.jpg": letterboxed()}, (480, 270)),
        ({"hqdefault.jpg": jpeg(480, 360)}, (480, 360)),
        ({"maxresdefault.jpg": b"<html>", "hqdefault.jpg": jpeg(480, 360)}, (480, 360)),
        ({"maxresdefault.jpg": factories.png_bytes()}, None),
        ({"maxresdefault.jpg": b"\xff\xd8\xff" + b"x" * 3_000_000}, None),
        ({}, None),
    ],
)
def test_the_picture_is_checked_as_an_upload_is(source, youtube, pictures, size):
    youtube.clips, youtube.pictures = clips(1), pictures
    look(source)

    cover = VideoPage.objects.get().cover
    assert (cover and (cover.width, cover.height)) == size


def test_a_picture_in_a_private_network_is_not_fetched(source, youtube):
    youtube.clips = [Clip("abcdefghij1")]
    entry = youtube._entry(youtube.clips[0]).replace(f"{youtube.url}/vi", "http://10.0.0.1/vi")
    youtube.clips = [Clip("abcdefghij1", raw=entry)]
    look(source)

    assert VideoPage.objects.get().cover is None


def test_the_worker_looks_at_what_is_due_and_each_turn_once(source, youtube, empty_outbox):
    youtube.clips = clips(2)
    [job] = [job for job in all_jobs() if job.name == "incoming"]
    for _time in range(3):
        job.run()
    assert Consequence.objects.filter(kind="incoming").count() == 1
    run_pending()

    assert VideoPage.objects.count() == 2
    assert len(youtube.calls("/feeds/")) == 1
    job.run()
    run_pending()
    assert len(youtube.calls("/feeds/")) == 1, "not due yet"


def test_a_channel_switched_off_is_not_looked_at(source, youtube, empty_outbox):
    VideoSource.objects.update(enabled=False)
    looking.ask_for_looks()
    looking.look_by_number(source.pk)

    assert youtube.requests == []


# What people paste ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "pasted",
    [
        CHANNEL,
        f" https://www.youtube.com/channel/{CHANNEL}/videos?view=0 ",
        f"youtube.com/channel/{CHANNEL}",
        f"https://m.youtube.com/channel/{CHANNEL}",
        f"https://www.youtube.com/feeds/videos.xml?channel_id={CHANNEL}",
        "@congdoanlamgiang",
        "https://www.youtube.com/@congdoanlamgiang",
        "youtube.com/@congdoanlamgiang/featured",
    ],
)
def test_a_channel_is_understood_however_it_is_pasted(youtube, pasted):
    assert understand(pasted) == CHANNEL
    assert all(request.path == HANDLE for request in youtube.requests)


@pytest.mark.parametrize(
    ("pasted", "said"),
    [
        ("", "không phải"),
        ("https://vimeo.com/congdoan", "không phải"),
        ("https://[", "không phải"),
        ("https://www.youtube.com/", "không phải"),
        ("https://www.youtube.com/watch?v=aqz-KE-bpKQ", "một video"),
        ("https://youtu.be/aqz-KE-bpKQ", "một video"),
        ("https://www.youtube.com/shorts/aqz-KE-bpKQ", "một video"),
        ("https://www.youtube.com/playlist?list=PL123", "danh sách phát"),
        ("https://www.youtube.com/channel/UCngan", "24"),
        ("https://www.youtube.com/@khong-co-kenh-nay", "không có kênh"),
        ("http://169.254.169.254/@x", "không phải"),
    ],
)
def test_anything_else_is_refused_with_what_to_paste(youtube, pasted, said):
    with pytest.raises(Misunderstood, match=said):
        understand(pasted)


def test_a_page_that_names_no_channel_says_how_to_find_the_number(youtube, monkeypatch):
    monkeypatch.setattr(outgoing, "request", lambda *args, **kwargs: outgoing.Answer(status=200, body=b"<html>consent"))

    with pytest.raises(Misunderstood, match="Sao chép mã nhận dạng kênh"):
        understand("@congdoanlamgiang")
