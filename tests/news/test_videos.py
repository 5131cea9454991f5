"""Films of the portal's own: from the editor's form to readers, search, feeds and search engines."""

import json
import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from wagtail.models import Collection, CollectionViewRestriction, ReferenceIndex

from core.blocks.body import BodyBlock
from news.models import ArticlePage, VideoPage
from search.models import PendingChange
from search.registry import sources
from tests import factories
from tests.contracts.test_page_types import address_for_new, form_of
from tests.crossposting.feeds.reading import get, items
from tests.form_data import Filler

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _files(media_root):
    """Uploads lie in a folder of this test."""


@pytest.fixture
def film():
    return factories.make_film()


@pytest.fixture
def captions():
    return factories.make_captions()


@pytest.fixture
def film_page(section, film, captions):
    return factories.make_video(section, video_url="", duration="", video_file=film, captions=captions)


@pytest.fixture
def close_folder():
    """A folder that only members of groups may open."""

    def close(*documents):
        folder = Collection.get_first_root_node().add_child(name="Nội bộ")
        CollectionViewRestriction.objects.create(collection=folder, restriction_type="login")
        for document in documents:
            document.collection = folder
            document.save()

    return close


def read(page) -> str:
    response = Client().get(page.url)
    assert response.status_code == 200
    return response.content.decode()


def film_value(film, captions) -> dict:
    """A block's value."""
    files = {"url": "", "file": film, "captions": captions, "captions_language": "vi"}
    return {**files, "title": "Phà", "poster": None, "duration": "", "transcript": ""}


def json_ld(html: str, kind: str) -> dict:
    found = [json.loads(each) for each in re.findall(r'<script type="application/ld\+json">(.*?)</script>', html)]
    return next(each for each in found if each["@type"] == kind)


def submit(client, section, **given):
    filler = Filler()
    data = filler.only_required(form_of(VideoPage), title="Chuyến phà", slug="", **{"video_url": "", **given})
    return client.post(address_for_new(VideoPage, section), {**data, "action-publish": "1"})


def test_an_editor_publishes_a_film(admin_client, section, film, captions):
    response = submit(admin_client, section, video_file=str(film.pk), captions=str(captions.pk))

    assert response.status_code == 302
    page = VideoPage.objects.get()
    assert page.card_note == "0:21"
    html = read(page)
    assert re.search(r'<video [^>]*controls playsinline preload="none" width="512" height="288"', html)
    assert f'<source src="{film.url}" type="video/mp4">' in html
    assert f'<track kind="captions" src="{captions.url}" srclang="vi" label="Tiếng Việt" default>' in html
    assert "youtube" not in html.partition("<main")[2].partition("</main")[0]


@pytest.mark.parametrize(
    ("given", "field", "says"),
    [
        ({}, "video_url", "YouTube"),
        ({"video_url": factories.YOUTUBE, "video_file": "film"}, "video_file", "một trong hai"),
        ({"video_file": "captions"}, "video_file", "không phải là video"),
        ({"video_file": "film", "captions": "film"}, "captions", "không có phụ đề"),
    ],
)
def test_an_editor_is_told_what_is_missing(admin_client, section, film, captions, given, field, says):
    files = {"film": str(film.pk), "captions": str(captions.pk)}

    response = submit(admin_client, section, **{name: files.get(value, value) for name, value in given.items()})

    assert response.status_code == 200
    assert says in " ".join(response.context["form"].errors[field])


def test_what_is_said_stands_on_the_page_with_its_moments(film_page, film):
    html = read(film_page)

    assert f'<a class="transcript__time figures" href="{film.url}#t=8.0" data-seconds="8.0" ' in html
    assert re.search(r"0:01</a> Chị Lan: Nghe tiếng máy</p>", html)


def test_a_written_transcript_takes_the_place(section, film, captions):
    page = factories.make_video(
        section, video_url="", video_file=film, captions=captions, transcript="<p>Lời viết tay.</p>"
    )

    html = read(page)

    assert "Lời viết tay." in html
    assert "Nghe tiếng máy" not in html


def test_cues_are_never_markup(section, film):
    evil = factories.make_captions(
        "1\n00:00:01,000 --> 00:00:02,000\n<img src=x onerror=alert(1)>&lt;script&gt;alert(2)\n"
    )
    page = factories.make_video(section, video_url="", video_file=film, captions=evil)

    html = read(page)

    assert "<img src=x" not in html
    assert "<script>alert(2)" not in html
    assert "&lt;script&gt;alert(2)" in html


def test_search_engines_and_networks_learn_of_the_film(film_page, film):
    html = read(film_page)

    found = json_ld(html, "VideoObject")
    assert found["contentUrl"] == f"http://testserver{film.url}"
    assert (found["duration"], found["encodingFormat"], found["width"]) == ("PT21S", "video/mp4", 512)
    assert found["transcript"] == "Chị Lan: Nghe tiếng máy\nlà biết nước lên."
    assert found["thumbnailUrl"]
    assert found["uploadDate"]
    assert f'<meta property="og:video" content="http://testserver{film.url}">' in html


def test_a_film_on_youtube_is_named_too(section):
    found = json_ld(read(factories.make_video(section)), "VideoObject")

    assert found["embedUrl"].startswith("https://www.youtube-nocookie.com/embed/")
    assert found["duration"] == "PT6M42S"
    assert "contentUrl" not in found


def test_search_reads_the_captions(film_page, section, film, captions):
    block = {
        "url": "",
        "file": film,
        "captions": captions,
        "title": "Phà",
        "poster": None,
        "duration": "",
        "transcript": "",
    }
    article = factories.make_article(section, body=[("video", {**block, "captions_language": "vi"})])

    for found in sources()["page"].load([film_page.pk, article.pk]):
        assert "là biết nước lên." in found.text


def test_feeds_name_the_film(client, film_page, film):
    rss = get(client, "/nguon-tin/rss.xml").content.decode()
    atom = get(client, "/nguon-tin/atom.xml").content.decode()
    [item] = json.loads(get(client, "/nguon-tin/feed.json").content)["items"]

    media = next(tag for tag in re.findall(r"<media:content [^>]*>", rss) if "video/mp4" in tag)
    for said in (
        f'url="http://testserver{film.url}"',
        'medium="video"',
        f'fileSize="{film.file_size}"',
        'duration="21"',
    ):
        assert said in media
    link = next(tag for tag in re.findall(r"<link [^>]*>", atom) if "video/mp4" in tag)
    assert 'rel="enclosure"' in link
    assert f'length="{film.file_size}"' in link
    assert item["attachments"][-1] == {
        "url": f"http://testserver{film.url}",
        "mime_type": "video/mp4",
        "size_in_bytes": film.file_size,
        "duration_in_seconds": 21,
    }
    assert "là biết nước lên." in item["content_html"]
    assert f'href="http://testserver{film.url}"' in item["content_html"]
    assert len(items(get(client, "/nguon-tin/rss.xml"))) == 1


class TestRestricted:
    @pytest.mark.parametrize("closed", ["film", "captions", "both"])
    def test_nothing_of_what_is_said_gets_out(self, client, film_page, film, captions, close_folder, closed):
        close_folder(*{"film": [film], "captions": [captions], "both": [film, captions]}[closed])

        html = read(film_page)
        assert "biết nước lên" not in html
        [found] = sources()["page"].load([film_page.pk])
        assert "biết nước lên" not in found.text
        for feed in ("rss.xml", "feed.json"):
            assert "biết nước lên" not in get(client, f"/nguon-tin/{feed}").content.decode()
        if closed != "captions":
            assert "contentUrl" not in json_ld(html, "VideoObject")
            assert "og:video" not in html
            assert "video/mp4" not in get(client, "/nguon-tin/rss.xml").content.decode()
            assert Client().get(film.url, headers={"range": "bytes=0-1"}).status_code == 302

    def test_pages_follow_when_a_folder_is_closed(
        self, client, film_page, film, close_folder, django_capture_on_commit_callbacks
    ):
        ReferenceIndex.create_or_update_for_object(film_page)
        assert "biết nước lên" in get(client, "/nguon-tin/feed.json").content.decode()
        PendingChange.objects.all().delete()

        with django_capture_on_commit_callbacks(execute=True):
            close_folder(film)

        assert PendingChange.objects.filter(source="page", object_id=film_page.pk).exists()
        assert "biết nước lên" not in get(client, "/nguon-tin/feed.json").content.decode()


def test_pages_follow_new_captions(film_page, captions):
    ReferenceIndex.create_or_update_for_object(film_page)
    PendingChange.objects.all().delete()

    captions.title = "Chỉ đổi tên"
    captions.save()
    assert not PendingChange.objects.filter(source="page").exists()

    captions.file.name = "documents/khac.vtt"
    captions.save()
    assert list(PendingChange.objects.filter(source="page").values_list("object_id", flat=True)) == [film_page.pk]


def test_a_page_survives_the_loss_of_its_film(film_page, film, captions):
    film.delete()
    captions.delete()

    html = read(VideoPage.objects.get(pk=film_page.pk))

    assert "<video " not in html


class TestBlock:
    def test_values_from_before_there_were_files_still_show(self, section):
        """As the database holds them: five keys, and an address that was required."""
        old = {
            "url": factories.YOUTUBE,
            "title": "Chuyến phà cuối",
            "poster": None,
            "duration": "6:42",
            "transcript": "<p>Nghe tiếng máy.</p>",
        }
        page = factories.make_article(section)
        stored = json.dumps([{"type": "video", "value": old, "id": "0b8c1f0e-0000-4000-8000-000000000001"}])
        ArticlePage.objects.filter(pk=page.pk).update(body=json.loads(stored))

        html = read(ArticlePage.objects.get(pk=page.pk))

        assert 'data-embed="https://www.youtube-nocookie.com/embed/' in html
        assert "Chuyến phà cuối" in html
        assert "6:42" in html
        assert "Nghe tiếng máy." in html
        assert "<video " not in html

    def test_they_can_be_edited_without_a_word_changed(self):
        block = BodyBlock().child_blocks["video"]
        old = {"url": factories.YOUTUBE, "title": "Phà", "poster": None, "duration": "6:42", "transcript": ""}

        cleaned = block.clean(block.to_python(old))

        assert block.get_prep_value(cleaned) == {**old, "file": None, "captions": None, "captions_language": "vi"}

    def test_a_film_in_a_lesson_plays(self, film, captions):
        value = {
            "url": "",
            "file": film,
            "captions": captions,
            "captions_language": "en",
            "title": "Phà",
            "poster": None,
        }
        block = BodyBlock().child_blocks["video"]

        html = block.render(block.normalize({**value, "duration": "", "transcript": ""}))

        assert f'<source src="{film.url}" type="video/mp4">' in html
        assert 'srclang="en" label="English"' in html
        assert "Nghe tiếng máy" in html
        assert "(MP4, 0:21, " in html


def test_films_cost_a_fixed_number_of_queries(section, film, captions):
    def count(number: int) -> int:
        block = ("video", {**film_value(film, captions), "transcript": "<p>Lời.</p>"})
        article = factories.make_article(section, body=[block] * number)
        read(article)
        with CaptureQueriesContext(connection) as queries:
            read(article)
        return len(queries)

    assert count(1) == count(5)


def test_the_editors_form_explains_each_field(admin_client, section):
    html = admin_client.get(reverse("wagtailadmin_pages:add", args=["news", "videopage", section.pk])).content.decode()

    for words in ("Hoặc tệp video", "Tệp .srt hoặc .vtt", "Để trống thì cổng tự lấy từ phụ đề"):
        assert words in html or words.lower() in html.lower()
