"""Avatar frames: what may be one, the page that puts a photo into it, its cover, its counts."""

import io
from datetime import timedelta

import pytest
from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.core.files.images import ImageFile
from django.urls import reverse
from django.utils import timezone
from PIL import Image

from core.consequences import Job
from frames.checks import check_frame
from frames.counting import count_download
from frames.covers import draw_covers
from frames.models import FrameDownloads, FrameIndexPage, FramePage
from frames.selectors import most_downloaded
from images.models import PortalImage
from tests import factories

pytestmark = pytest.mark.django_db


def picture(made: Image.Image, kind: str = "PNG", **options) -> PortalImage:
    written = io.BytesIO()
    made.save(written, kind, **options)
    file = ImageFile(io.BytesIO(written.getvalue()), name=f"hinh.{kind.lower()}")
    return PortalImage.objects.create(title="Hình", description="Một hình", file=file)


def note(client, page, **headers):
    return client.post(reverse("frame-download", args=[page.pk]), headers=headers)


def in_all(page) -> int:
    return sum(FrameDownloads.objects.filter(page=page).values_list("count", flat=True))


def test_the_page_carries_the_frame_for_the_browser_and_a_way_without_script(client):
    page = factories.make_frame(words_to_post="Tôi là đoàn viên.\n#CongDoan", about="<p>Suốt tháng Năm.</p>")

    shown = client.get(page.url).content.decode()

    assert ".webp" in shown
    assert page.frame.file.url in shown  # the whole file, for a picture editor on the phone
    assert "<noscript>" in shown
    assert "Tôi là đoàn viên.\n#CongDoan</textarea>" in shown
    assert f'data-count="/khung-anh/dem/{page.pk}/"' in shown


def test_the_drawn_form_stays_transparent_and_is_small():
    page = factories.make_frame(frame=factories.make_frame_picture(size=(2160, 2160), border=160))
    rendition = page.frame.get_rendition("width-1080|format-webp|webpquality-88")
    with rendition.file.open() as file, Image.open(file) as drawn:
        alpha = drawn.convert("RGBA").getchannel("A")
        assert drawn.size == (1080, 1080)
        assert alpha.getpixel((540, 540)) == 0
        assert alpha.getpixel((10, 10)) == 255
    assert rendition.file.size < 40_000


def test_a_frame_whose_picture_is_gone_says_so(client):
    page = factories.make_frame()
    page.frame.delete()
    shown = client.get(page.url)
    assert shown.status_code == 200
    assert "<frame-maker" not in shown.content.decode()

    other = factories.make_frame()
    factories.lose_file(other.frame)
    assert "<frame-maker" not in client.get(other.url).content.decode()


def test_the_front_lists_frames_with_their_covers(client):
    page = factories.make_frame()
    draw_covers(Job(kind="frame_cover", key="1", payload={"pages": [page.pk]}, attempt=1))
    listing = client.get(FrameIndexPage.objects.get().url).content.decode()
    assert page.url in listing
    assert "1 mục" in listing  # a frame is no piece of news
    page.refresh_from_db()
    assert page.cover == page.drawn_cover
    with page.cover.file.open() as file, Image.open(file) as cover:
        assert cover.size == (1600, 900)


def test_an_editors_cover_is_left_alone():
    cover = factories.make_image()
    page = factories.make_frame(cover=cover)
    draw_covers(Job(kind="frame_cover", key="1", payload={"pages": [page.pk]}, attempt=1))
    page.refresh_from_db()
    assert page.cover == cover


def test_the_same_frame_is_drawn_once_and_another_anew():
    page = factories.make_frame()
    job = Job(kind="frame_cover", key="1", payload={"pages": [page.pk]}, attempt=1)
    draw_covers(job)
    count = PortalImage.objects.count()
    draw_covers(job)
    assert PortalImage.objects.count() == count
    page = FramePage.objects.get(pk=page.pk)
    first = page.cover_id
    page.frame = factories.make_frame_picture(border=60)
    page.save()
    draw_covers(job)
    assert FramePage.objects.get(pk=page.pk).cover_id != first


@pytest.mark.parametrize(
    ("made", "kind"),
    [
        pytest.param(lambda: Image.new("RGB", (1080, 1080), "red"), "JPEG", id="a photo"),
        pytest.param(lambda: Image.new("RGBA", (1080, 1080), "red"), "PNG", id="nothing open"),
        pytest.param(lambda: Image.new("RGBA", (1080, 1080), (0, 0, 0, 0)), "PNG", id="nothing but open"),
        pytest.param(lambda: Image.new("RGBA", (400, 400), (0, 0, 0, 0)), "PNG", id="small"),
        pytest.param(lambda: Image.new("RGBA", (2000, 700), (0, 0, 0, 0)), "PNG", id="narrow"),
    ],
)
def test_what_is_no_frame_is_refused(made, kind):
    with pytest.raises(ValidationError):
        check_frame(picture(made(), kind))


def test_frames_of_few_colours_and_in_webp_are_taken():
    few = Image.new("P", (1080, 1080), 0)
    few.putpalette([255, 0, 0, 0, 0, 0])
    few.paste(1, (100, 100, 980, 980))
    check_frame(picture(few, transparency=1))
    webp = Image.new("RGBA", (1080, 1080), "red")
    webp.paste((0, 0, 0, 0), (100, 100, 980, 980))
    check_frame(picture(webp, "WEBP", lossless=True))


def test_an_unreadable_file_is_refused():
    broken = factories.make_frame_picture()
    factories.lose_file(broken)
    with pytest.raises(ValidationError):
        check_frame(PortalImage.objects.get(pk=broken.pk))


def test_editors_are_told_why_at_the_field(admin_client):
    photo = factories.make_image(size=(1080, 1080))
    add = reverse("wagtailadmin_pages:add", args=["frames", "framepage", FrameIndexPage.objects.get().pk])
    sent = {"title": "Khung", "slug": "khung", "frame": str(photo.pk), "about": "null", "action-publish": "1"}
    answer = admin_client.post(add, sent)
    assert answer.status_code == 200
    errors = answer.context["form"].errors
    assert list(errors) == ["frame"]
    assert not FramePage.objects.exists()


def test_downloads_are_counted_by_day(client):
    page = factories.make_frame()
    for _time in range(3):
        assert note(client, page, sec_fetch_site="same-origin").status_code == 204
    assert list(FrameDownloads.objects.values_list("page", "day", "count")) == [(page.pk, timezone.localdate(), 3)]


def test_other_sites_forms_drafts_and_strangers_count_nothing(client):
    page, draft = factories.make_frame(), factories.make_frame(live=False)
    note(client, page, sec_fetch_site="cross-site")
    note(client, draft)
    client.post("/khung-anh/dem/999999/")
    client.post("/khung-anh/dem/99999999999999999/")
    assert client.get(reverse("frame-download", args=[page.pk])).status_code == 405
    assert client.post("/khung-anh/dem/x/").status_code == 404
    assert not FrameDownloads.objects.exists()


def test_one_address_cannot_push_a_number_without_end(client, monkeypatch):
    monkeypatch.setattr("frames.views.MOST", 4)
    cache.clear()  # another test's page may have had the same number
    page = factories.make_frame()
    for _time in range(9):
        note(client, page)
    assert in_all(page) == 4


def test_the_dashboard_shows_the_week_and_all(admin_client):
    page = factories.make_frame(title="Khung tháng Năm")
    count_download(page.pk)
    FrameDownloads.objects.create(page=page, day=timezone.localdate() - timedelta(days=30), count=1234)
    found = most_downloaded(None, 5)
    assert [(frame.of_week, frame.in_all) for frame in found] == [(1, 1235)]
    assert most_downloaded(frozenset(), 5) == []
    shown = admin_client.get("/admin/").content.decode()
    assert "Khung tháng Năm" in shown
    assert "1.235" in shown


def test_search_and_feed_have_frames(client):
    page = factories.make_frame(title="Khung ảnh Tết sum vầy")
    assert page.title in client.get("/nguon-tin/khung-anh/rss.xml").content.decode()
