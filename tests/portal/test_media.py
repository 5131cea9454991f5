"""Uploaded files: pictures shown, everything else downloaded, nothing outside the folder."""

import pytest

PICTURE = b"\x89PNG" + bytes(range(256)) * 3000


@pytest.fixture
def picture(media_root):
    path = media_root / "images" / "meeting.width-800.png"
    path.parent.mkdir()
    path.write_bytes(PICTURE)
    return "/media/images/meeting.width-800.png"


def body(response) -> bytes:
    return b"".join(response) if response.streaming else response.content


def test_a_picture_is_shown_and_kept_by_the_browser(client, picture):
    response = client.get(picture, headers={"accept-encoding": "gzip"})

    assert response.status_code == 200
    assert response["Content-Type"] == "image/png"
    assert response["Content-Length"] == str(len(PICTURE))
    assert "Content-Disposition" not in response
    assert "Content-Encoding" not in response
    assert response["Cache-Control"] == "public, max-age=31536000, immutable"
    assert body(response) == PICTURE


def test_an_original_may_change_under_its_name(client, media_root):
    (media_root / "original.jpg").write_bytes(b"jpeg")

    assert client.get("/media/original.jpg")["Cache-Control"] == "public, max-age=3600"


def test_what_the_browser_holds_is_not_sent_again(client, picture):
    first = client.get(picture)

    by_tag = client.get(picture, headers={"if-none-match": first["ETag"]})
    by_date = client.get(picture, headers={"if-modified-since": first["Last-Modified"]})

    assert (by_tag.status_code, by_date.status_code) == (304, 304)
    assert body(by_tag) == b""
    assert by_tag["ETag"] == first["ETag"]


@pytest.mark.parametrize(
    ("asked", "first", "last"),
    [
        ("bytes=0-99", 0, 99),
        ("bytes=100-", 100, len(PICTURE) - 1),
        ("bytes=-50", len(PICTURE) - 50, len(PICTURE) - 1),
        ("bytes=700000-99999999", 700000, len(PICTURE) - 1),
    ],
)
def test_a_part_of_a_file(client, picture, asked, first, last):
    response = client.get(picture, headers={"range": asked})

    assert response.status_code == 206
    assert response["Content-Range"] == f"bytes {first}-{last}/{len(PICTURE)}"
    assert response["Content-Length"] == str(last - first + 1)
    assert body(response) == PICTURE[first : last + 1]


@pytest.mark.parametrize("asked", ["bytes=5-2", "bytes=0-1,4-5", "lines=1-2", "bytes=-"])
def test_a_range_that_is_none_gets_the_whole_file(client, picture, asked):
    response = client.get(picture, headers={"range": asked})

    assert response.status_code == 200
    assert body(response) == PICTURE


@pytest.mark.parametrize("asked", [f"bytes={len(PICTURE)}-", "bytes=-0"])
def test_a_range_past_the_end_is_refused_with_the_size(client, picture, asked):
    response = client.get(picture, headers={"range": asked})

    assert response.status_code == 416
    assert response["Content-Range"] == f"bytes */{len(PICTURE)}"


def test_a_part_of_another_version_is_not_mixed_in(client, picture):
    current = client.get(picture)["ETag"]

    assert client.get(picture, headers={"range": "bytes=0-9", "if-range": current}).status_code == 206
    assert client.get(picture, headers={"range": "bytes=0-9", "if-range": '"older"'}).status_code == 200


@pytest.mark.parametrize("name", ["evil.svg", "evil.html", "evil.xml", "evil.js", "paper.pdf", "noname", "Ảnh họp.SVG"])
def test_nothing_but_pictures_opens_on_our_own_address(client, media_root, name):
    (media_root / name).write_bytes(b"<svg onload='alert(1)'>")

    response = client.get(f"/media/{name}")

    assert response.status_code == 200
    assert response["Content-Type"] == "application/octet-stream"
    assert response["Content-Disposition"].startswith("attachment")
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Content-Security-Policy"] == "default-src 'none'; sandbox"


@pytest.mark.parametrize(
    "address",
    [
        "/media/",
        "/media/images",
        "/media/../secret-key",
        "/media/..%2fsecret-key",
        "/media//etc/passwd",
        "/media/images/../../secret-key",
        "/media/.hidden.png",
        "/media/documents/private.pdf",
        "/media/images/../documents/private.pdf",
        "/media/link.png",
        "/media/nul%00.png",
        "/media/" + "x" * 300 + ".png",
    ],
)
def test_no_way_out_of_the_folder(client, picture, media_root, address):
    (media_root.parent / "secret-key").write_text("secret")
    (media_root / ".hidden.png").write_bytes(b"png")
    (media_root / "documents").mkdir()
    (media_root / "documents" / "private.pdf").write_bytes(b"%PDF")
    (media_root / "link.png").symlink_to("/etc/passwd")

    assert media_status(address) == 404


def media_status(address: str) -> int:
    """Ask the view itself: the page that answers a 404 is another test's matter."""
    from urllib.parse import unquote

    from django.http import Http404
    from django.test import RequestFactory

    from portal.media import serve

    try:
        return serve(RequestFactory().get(address), unquote(address).removeprefix("/media/")).status_code
    except Http404:
        return 404


def test_only_reading_is_allowed(client, picture):
    assert client.post(picture).status_code == 405
    assert client.head(picture)["Content-Length"] == str(len(PICTURE))


def test_an_empty_file_is_a_file(client, media_root):
    (media_root / "empty.png").write_bytes(b"")

    response = client.get("/media/empty.png")

    assert (response.status_code, response["Content-Length"]) == (200, "0")
