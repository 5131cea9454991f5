"""What editors upload to the library is looked at: films and captions by what is in them."""

from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from documents.models import PortalDocument
from tests import factories

pytestmark = pytest.mark.django_db
FILMS = Path(__file__).parent / "films"


@pytest.fixture(autouse=True)
def _files(media_root):
    """Uploads lie in a folder of this test."""


def upload(client, name: str, content: bytes):
    """As the library's form sends it."""
    data = {"title": name, "file": SimpleUploadedFile(name, content), "collection": "1", "source": "", "tags": ""}
    return client.post(reverse("wagtaildocs:add"), data)


def words_of_refusal(client, name: str, content: bytes) -> str:
    response = upload(client, name, content)
    assert not PortalDocument.objects.exists()
    return " ".join(response.context["form"].errors["file"])


@pytest.mark.parametrize(
    ("name", "sample", "kept", "type_"),
    [
        ("Phim.mp4", factories.FILM, ".mp4", "video/mp4"),
        ("Phim.M4V", factories.FILM, ".mp4", "video/mp4"),
        ("quay-bang-iphone.MOV", FILMS / "h264.mov", ".mp4", "video/mp4"),
        ("phim.webm", FILMS / "film.webm", ".webm", "video/webm"),
        ("ten-sai.mp4", FILMS / "film.webm", ".webm", "video/webm"),
    ],
)
def test_a_film_is_kept_under_the_ending_of_what_it_is(admin_client, name, sample, kept, type_):
    assert upload(admin_client, name, sample.read_bytes()).status_code == 302

    [document] = PortalDocument.objects.all()
    assert document.filename.endswith(kept)
    assert (document.content_type, document.is_video) == (type_, True)
    assert document.duration >= 1
    assert document.width > document.height > 0
    assert document.file_size == len(sample.read_bytes())
    assert document.file_hash


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        ("a.mov", (FILMS / "hevc.mov").read_bytes(), "Tương thích nhất"),
        ("a.mp4", (FILMS / "hevc.mov").read_bytes(), "HEVC"),
        ("a.avi", (FILMS / "old.avi").read_bytes(), "MP4"),
        ("a.wmv", (FILMS / "old.wmv").read_bytes(), "H.264"),
        ("a.mp4", (FILMS / "studio.mp4").read_bytes(), "H.264"),
        ("a.mp4", (FILMS / "sound.m4a").read_bytes(), "không phải là video"),
        ("a.mp4", factories.FILM.read_bytes()[:90_000], "thiếu đoạn cuối"),
        ("a.webm", (FILMS / "film.webm").read_bytes()[:-600], "thiếu đoạn cuối"),
        ("a.mp4", b"%PDF-1.7\n%%EOF\n", "không phải là video"),
        ("a.mp4", b"<script>alert(1)</script>", "không phải là video"),
        ("a.webm", bytes(range(256)) * 20, "không phải là video"),
        ("phim.exe", b"MZ", "exe"),
    ],
)
def test_what_phones_cannot_play_is_refused_with_what_to_do(admin_client, name, content, says):
    assert says in words_of_refusal(admin_client, name, content)


def test_a_film_may_be_larger_than_a_paper(admin_client, settings):
    settings.VIDEO_MAX_UPLOAD_SIZE, settings.FILE_MAX_UPLOAD_SIZE = 100_000, 1000

    assert "quá lớn cho một video" in words_of_refusal(admin_client, "a.mp4", factories.FILM.read_bytes())
    assert "quá lớn cho một tệp" in words_of_refusal(admin_client, "a.pdf", b"%PDF" + b" " * 1000)


def test_captions_are_kept_as_webvtt(admin_client):
    assert upload(admin_client, "Phụ đề.srt", factories.CAPTIONS.encode("utf-16")).status_code == 302

    [document] = PortalDocument.objects.all()
    assert document.filename.endswith(".vtt")
    assert document.is_captions
    with document.open_file() as file:
        content = file.read().decode()
    assert content.startswith("WEBVTT\n\n00:00:01.000 --> 00:00:03.000\nChị Lan: Nghe tiếng máy")
    assert document.spoken == [[1.0, "Chị Lan: Nghe tiếng máy"], [8.0, "là biết nước lên."]]


def test_broken_captions_tell_the_line(admin_client):
    assert "Dòng 2" in words_of_refusal(admin_client, "a.srt", b"1\n00:00 -> 00:02\nabc\n".replace(b"->", b"-->"))


def test_a_recording_tells_its_length(admin_client):
    assert upload(admin_client, "ghi-am.m4a", (FILMS / "sound.m4a").read_bytes()).status_code == 302

    assert PortalDocument.objects.get().length == "0:01"


def test_new_captions_replace_what_is_said(admin_client):
    document = factories.make_captions()
    file = SimpleUploadedFile("moi.vtt", b"WEBVTT\n\n00:01.000 --> 00:02.000\nM\xe1\xbb\x9bi\n")
    data = {"title": "Phụ đề", "file": file, "collection": "1", "source": "", "tags": ""}

    assert admin_client.post(reverse("wagtaildocs:edit", args=[document.pk]), data).status_code == 302

    document.refresh_from_db()
    assert document.spoken == [[1.0, "Mới"]]


def test_a_title_is_changed_without_the_file(admin_client):
    document = factories.make_film()
    data = {"title": "Tên mới", "collection": "1", "source": "", "tags": ""}

    assert admin_client.post(reverse("wagtaildocs:edit", args=[document.pk]), data).status_code == 302

    document.refresh_from_db()
    assert (document.title, document.length) == ("Tên mới", "0:21")


def test_several_files_at_once_and_the_chooser_look_too(admin_client):
    for view in ("wagtaildocs:add_multiple", "wagtaildocs_chooser:create"):
        prefix = "document-chooser-upload-" if view.endswith("create") else ""
        bad = SimpleUploadedFile("a.mp4", b"nothing")
        key = f"{prefix}file" if prefix else "files[]"
        data = {key: bad, f"{prefix}title": "a", f"{prefix}collection": "1", f"{prefix}source": "", f"{prefix}tags": ""}
        answer = admin_client.post(reverse(view), data).json()
        assert "không phải là video" in answer.get("error_message", answer.get("htmlFragment", "")), view
    assert not PortalDocument.objects.exists()
