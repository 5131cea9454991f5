"""Pictures with their sizes, files, units."""

import io
from datetime import timedelta

import pytest
from django.utils import timezone
from PIL import Image

from tests import factories
from tests.api.asking import get, ids

pytestmark = pytest.mark.django_db


def local(url: str) -> str:
    return url.removeprefix("http://testserver")


def fetched(client, url):
    """The picture behind an address, which leads on."""
    response = client.get(local(url))
    assert response.status_code == 302
    assert response["Location"].startswith("/media/images/")
    media = client.get(response["Location"])
    return Image.open(io.BytesIO(b"".join(media.streaming_content) if media.streaming else media.content))


@pytest.mark.parametrize(
    "size", [(2400, 1350), (1600, 900), (900, 1600), (640, 480), (90, 60), (1000, 1000), (333, 777)]
)
def test_sizes_are_what_they_say(client, media_root, size):
    image = factories.make_image(size=size)
    data = get(client, f"images/{image.pk}/")

    assert set(data["renditions"]) == {"lead", "card", "thumb", "square", "full"}
    for sizes in data["renditions"].values():
        for one in (sizes[0], sizes[-1]):
            drawn = fetched(client, one["url"])
            assert drawn.format.lower() == one["format"]
            assert abs(drawn.width - one["width"]) <= 1
            assert abs(drawn.height - one["height"]) <= 2


def test_a_picture_says_what_it_shows(client, media_root):
    image = factories.make_image("Ca sáng", size=(1600, 900), licence="cc-by")
    data = get(client, f"images/{image.pk}/")

    assert (data["title"], data["licence"], data["width"], data["height"]) == ("Ca sáng", "cc-by", 1600, 900)
    assert (data["alt"], data["credit"]) == ("Công nhân đứng trước cổng nhà máy", "Ảnh: Ban Tuyên giáo")
    assert data["meta"]["download_url"].endswith(f"/api/v2/images/{image.pk}/full-1600.jpg")
    assert image.file.url not in str(data)


def test_a_lost_file_is_no_error(client, media_root):
    image = factories.make_image()
    factories.lose_file(image)

    data = get(client, f"images/{image.pk}/")
    assert client.get(local(data["renditions"]["card"][0]["url"])).status_code == 404


def test_the_sizes_beside_a_page(client, section, media_root):
    article = factories.make_article(section, cover=factories.make_image(size=(1600, 900)))
    cover = get(client, f"pages/{article.pk}/")["cover"]

    assert set(cover["renditions"]) == {"thumb", "card", "full"}
    drawn = fetched(client, cover["renditions"]["card"]["url"])
    assert drawn.size == (cover["renditions"]["card"]["width"], cover["renditions"]["card"]["height"])


def test_files(client, media_root):
    file = factories.make_document("Mẫu đơn", source="Ban Tổ chức")
    data = get(client, f"documents/{file.pk}/")

    assert (data["title"], data["source"], data["file_type"]) == ("Mẫu đơn", "Ban Tổ chức", "pdf")
    assert client.get(local(data["meta"]["download_url"])).getvalue().startswith(b"%PDF")
    hour = timedelta(hours=1)
    assert ids(client, "documents/", created_after=(timezone.now() - hour).isoformat()) == [file.pk]
    assert ids(client, "documents/", created_after=(timezone.now() + hour).isoformat()) == []


def test_units_in_their_tree_and_in_time(client, home):
    top = factories.make_unit("Liên đoàn", kind="federation")
    middle = factories.make_unit("Công đoàn ngành", parent=top, kind="sector", phone="1800 0042")
    bottom = factories.make_unit("Công đoàn cơ sở", parent=middle)
    over = factories.make_unit("Cũ", parent=top, valid_to=timezone.localdate() - timedelta(days=1), merged_into=middle)
    factories.make_person("Lê Thị Chủ Tịch", unit=middle, role="Chủ tịch")

    assert set(ids(client, "units/", within=middle.slug)) == {middle.pk, bottom.pk}
    assert set(ids(client, "units/", parent=top.pk)) == {middle.pk, over.pk}
    assert ids(client, "units/", current="false") == [over.pk]
    assert ids(client, "units/", kind="sector") == [middle.pk]
    assert ids(client, "units/", order="-name")[0] == top.pk
    data = get(client, f"units/{middle.pk}/")
    assert (data["parent"]["id"], data["phone"], data["level"]) == (top.pk, "1800 0042", 2)
    assert data["people"][0]["role"] == "Chủ tịch"
    assert get(client, f"units/{over.pk}/")["merged_into"]["id"] == middle.pk
    assert client.get("/api/v2/units/find/", {"slug": middle.slug})["Location"] == f"/api/v2/units/{middle.pk}/"
