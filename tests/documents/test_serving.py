"""Files of the library: in parts, only to whom they are for, and never as a page of this site."""

import pytest
from django.contrib.auth.models import Group
from django.test import Client
from wagtail.documents.models import document_served
from wagtail.models import Collection, CollectionViewRestriction

from core import ranges
from tests import factories

pytestmark = pytest.mark.django_db
BYTES = factories.FILM.read_bytes()


@pytest.fixture(autouse=True)
def _files(media_root):
    """Uploads lie in a folder of this test."""


@pytest.fixture
def film():
    return factories.make_film()


@pytest.fixture
def large(film, monkeypatch):
    """The film counts as longer than the server's buffer, which takes some pieces of 4 KB."""
    monkeypatch.setattr(ranges, "CHUNK", 4096)
    monkeypatch.setattr(ranges, "AT_ONCE", 16 * 4096)
    return film


def body(response) -> bytes:
    return b"".join(response) if response.streaming else response.content


def leave(response) -> None:
    """A reader goes away before the first byte; closing the whole response would close the test's database."""
    for close in response._resource_closers:
        close()


@pytest.mark.parametrize(
    ("asked", "first", "last"),
    [("bytes=0-1", 0, 1), ("bytes=1000-", 1000, len(BYTES) - 1), ("bytes=-500", len(BYTES) - 500, len(BYTES) - 1)],
)
def test_a_player_gets_the_part_it_asks_for(client, film, asked, first, last):
    response = client.get(film.url, headers={"range": asked, "accept-encoding": "gzip, br"})

    assert response.status_code == 206
    assert response["Content-Range"] == f"bytes {first}-{last}/{len(BYTES)}"
    assert response["Content-Length"] == str(last - first + 1)
    assert "Content-Encoding" not in response
    assert body(response) == BYTES[first : last + 1]


def test_the_whole_film_plays_in_the_browser_and_runs_nothing(client, film):
    response = client.get(film.url)

    assert response.status_code == 200
    assert response["Content-Type"] == "video/mp4"
    assert response["Content-Disposition"].startswith("inline")
    assert response["Accept-Ranges"] == "bytes"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Content-Security-Policy"].startswith("default-src 'none'")
    assert "sandbox" in response["Content-Security-Policy"]
    assert "script" not in response["Content-Security-Policy"]
    assert response["Cache-Control"] == "public, max-age=0, must-revalidate"
    assert body(response) == BYTES


def test_what_is_held_already_is_not_sent_again(client, film):
    first = client.head(film.url)
    assert (first.status_code, first["Content-Length"], first.content) == (200, str(len(BYTES)), b"")

    assert client.get(film.url, headers={"if-none-match": first["ETag"]}).status_code == 304
    assert client.get(film.url, headers={"if-modified-since": first["Last-Modified"]}).status_code == 304
    assert client.get(film.url, headers={"range": "bytes=0-9", "if-range": first["ETag"]}).status_code == 206
    assert client.get(film.url, headers={"range": "bytes=0-9", "if-range": first["Last-Modified"]}).status_code == 206
    assert client.get(film.url, headers={"range": "bytes=0-9", "if-range": '"other"'}).status_code == 200
    assert client.head(film.url, headers={"range": "bytes=0-9"}).status_code == 200


def test_a_part_past_the_end(client, film):
    response = client.get(film.url, headers={"range": f"bytes={len(BYTES)}-"})

    assert (response.status_code, response["Content-Range"]) == (416, f"bytes */{len(BYTES)}")


def test_from_here_on_is_answered_as_far_as_the_buffer_goes(client, large):
    response = client.get(large.url, headers={"range": "bytes=100-"})

    assert response["Content-Range"] == f"bytes 100-{100 + ranges.AT_ONCE - 1}/{len(BYTES)}"
    assert body(response) == BYTES[100 : 100 + ranges.AT_ONCE]


def test_few_long_answers_run_at_a_time(client, large):
    """A part is cut short then; a whole file is refused for a moment; each that ends makes room."""
    end = len(BYTES) - 1
    running = [client.get(large.url, headers={"range": f"bytes=0-{end}"}) for _number in range(3)]
    assert {response["Content-Length"] for response in running} == {str(len(BYTES))}

    further = client.get(large.url, headers={"range": f"bytes=0-{end}"})
    refused = client.get(large.url)
    assert further["Content-Range"] == f"bytes 0-{ranges.AT_ONCE - 1}/{len(BYTES)}"
    assert (refused.status_code, refused["Retry-After"], refused["Cache-Control"]) == (503, "20", "no-store")
    assert "thử lại" in refused.content.decode()

    assert body(running[0]) == BYTES
    leave(running[1])
    assert body(client.get(large.url)) == BYTES
    leave(running[2])
    for _number in range(4):
        assert body(client.get(large.url)) == BYTES


def test_captions_are_text_and_papers_open_as_before(client):
    captions, paper = factories.make_captions(), factories.make_document()

    assert client.get(captions.url)["Content-Type"] == "text/vtt"
    assert client.get(captions.url)["Content-Disposition"].startswith("inline")
    assert client.get(paper.url)["Content-Security-Policy"] == "default-src 'none'"  # a sandbox keeps PDF shut
    assert client.get(paper.url)["Content-Disposition"].startswith("inline")


@pytest.mark.parametrize("name", ["bang.csv", "Thư mời.docx", "trang.html", "hinh.svg"])
def test_everything_else_is_only_downloaded(client, name):
    from django.core.files.base import ContentFile

    document = factories.make_document(file=ContentFile(b"<script>alert(1)</script>", name=name))

    response = client.get(document.url)

    assert response["Content-Disposition"].startswith("attachment")
    assert response["Content-Security-Policy"] == "default-src 'none'; sandbox"


def test_only_reading_only_by_its_name_and_only_what_is_there(client, film):
    assert client.post(film.url).status_code == 405
    assert client.get(f"/tep/{film.pk}/khac.mp4").status_code == 404
    film.file.storage.delete(film.file.name)
    assert client.get(film.url).status_code == 404


def test_a_film_is_handed_out_once_however_many_parts_it_takes(client, film):
    told = []

    def hear(**kwargs):
        told.append(kwargs["instance"])

    document_served.connect(hear)
    try:
        for asked in ("bytes=0-1", "bytes=0-", "bytes=2000-", "bytes=-9"):
            client.get(film.url, headers={"range": asked})
    finally:
        document_served.disconnect(hear)
    assert told == [film, film]


class TestRestricted:
    @pytest.fixture
    def folder(self):
        folder = Collection.get_first_root_node().add_child(name="Nội bộ")
        restriction = CollectionViewRestriction.objects.create(collection=folder, restriction_type="groups")
        restriction.groups.add(Group.objects.create(name="Tổ phim"))
        return folder

    def test_a_part_of_a_closed_film_is_not_given_either(self, client, folder):
        film = factories.make_film(collection=folder.add_child(name="Trong nữa"))

        for headers in ({}, {"range": "bytes=0-1"}, {"range": "bytes=-5"}):
            assert client.get(film.url, headers=headers).status_code == 302
        assert client.head(film.url).status_code == 302

    def test_who_may_see_it_gets_it_and_nobody_keeps_it(self, folder):
        film = factories.make_film(collection=folder)
        user = factories.make_user()
        user.groups.add(Group.objects.get(name="Tổ phim"))
        client = Client()
        client.force_login(user)

        response = client.get(film.url, headers={"range": "bytes=0-1"})

        assert response.status_code == 206
        assert response["Cache-Control"] == "private, no-store"
        assert client.get(film.url, headers={"if-none-match": response["ETag"]})["Cache-Control"] == "private, no-store"
        assert Client().get(film.url, headers={"if-none-match": response["ETag"]}).status_code == 302
