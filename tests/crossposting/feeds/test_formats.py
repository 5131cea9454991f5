"""Every feed in each of its six ways, read by programs and held to its specification."""

import subprocess

import pytest
from django.core.cache import caches

from crossposting.feeds.addresses import FILES, OLD_ADDRESSES
from tests import factories
from tests.crossposting.feeds.reading import get, items
from tests.requirements import require_program

pytestmark = pytest.mark.django_db


@pytest.fixture
def newsroom(section, media_root):
    """One item of every type, and the address of a feed of every kind that shows some of them."""
    topic, unit = factories.make_topic("Tiền lương"), factories.make_unit("Công đoàn Dệt may")
    below = factories.make_unit("Công đoàn cơ sở Sông Lam", parent=unit)
    person = factories.make_person()
    common = {"topics": [topic], "unit": below, "authors": [person]}
    wide, small = factories.make_image(size=(1600, 900)), factories.make_image(size=(640, 360))
    body = [
        ("paragraph", '<p>Đọc <a href="/chinh-sach/">giải thích</a> &amp; «ghi chú» ]]&gt; <b>đậm</b> 😀</p>'),
        ("heading", {"text": "Vì sao"}),
        ("image", {"image": wide, "alt": "Ca sáng", "caption": "Chuyền số 4", "credit": ""}),
        ("quote", {"text": "Con số nói trước.", "speaker": "Hạnh", "role": ""}),
        ("hotline", {"name": "Tư vấn", "phone": "1800 0042", "hours": "", "note": ""}),
        ("callout", {"kind": "warn", "title": "Chú ý", "text": "<p>Hạn chót 30/6.</p>"}),
        ("video", {"url": factories.YOUTUBE, "title": "Chuyến phà", "poster": wide, "duration": "", "transcript": ""}),
        ("gallery", {"title": "", "items": [{"image": small}, {"image": wide}]}),
    ]
    factories.make_article(section, title="Tăng lương", cover=wide, summary="Từ <tháng 7> & sau", body=body, **common)
    factories.make_photo_story(section, title="Một ngày", photos=[("photo", {"image": small})], **common)
    factories.make_video(section, title="Chuyến phà", transcript="<p>Lời thoại.</p>", **common)
    factories.make_explainer(title="Lương tối thiểu", changed=[("paragraph", "<p>Tăng 6 %.</p>")], **common)
    factories.make_procedure(title="Gia nhập", steps=[("step", {"title": "Viết đơn", "text": ""})], **common)
    return {
        "portal": "",
        "news": "tin-tuc/",
        "policies": "chinh-sach/",
        "kind": "loai/video/",
        "section": f"chuyen-muc/{section.pk}-{section.slug}/",
        "topic": f"chu-de/{topic.pk}-{topic.slug}/",
        "unit": f"don-vi/{below.pk}-{below.slug}/",
        "unit above": f"don-vi/{unit.pk}-{unit.slug}/",
        "author": f"tac-gia/{person.pk}-{person.slug}/",
    }


def test_every_kind_in_every_format_is_valid(client, newsroom):
    counts = {"portal": 5, "news": 3, "policies": 2, "kind": 1, "section": 3, "topic": 5, "unit": 5, "author": 5}
    for name, folder in newsroom.items():
        for file in FILES:
            found = items(get(client, f"/nguon-tin/{folder}{file}"))
            assert len(found) == counts.get(name, 5), (name, file)


def test_full_and_summary_say_as_much_as_they_promise(client, newsroom):
    for full in ("rss.xml", "atom.xml", "feed.json"):
        by_title = {item["title"]: item for item in items(get(client, f"/nguon-tin/{full}"))}
        article = by_title["Tăng lương"]
        assert '<a href="http://testserver/chinh-sach/">giải thích</a>' in article["html"]
        assert "Chuyền số 4" in article["html"]
        assert "Hạn chót" in article["html"]
        assert "Viết đơn" in by_title["Gia nhập"]["html"]
        assert "Tăng 6 %" in by_title["Lương tối thiểu"]["html"]
        assert "Lời thoại" in by_title["Chuyến phà"]["html"]
        assert factories.YOUTUBE in by_title["Chuyến phà"]["html"]
        summary = full.replace(".", "-tom-tat.")
        short = {item["title"]: item for item in items(get(client, f"/nguon-tin/{summary}"))}["Tăng lương"]
        assert "Hạn chót" not in short["html"]
        assert "<img" in short["html"]
        assert short["id"] == article["id"]


def test_pictures_in_the_text_stay_where_they_stand(client, newsroom):
    html = {item["title"]: item for item in items(get(client, "/nguon-tin/atom.xml"))}["Tăng lương"]["html"]

    assert html.count("<img") == 5  # the cover, one in the text, the video's still, two of a gallery
    assert ".webp" not in html


def test_no_item_and_no_feed(client, home):
    for file in FILES:
        assert items(get(client, f"/nguon-tin/{file}")) == []
    for path in (
        "chu-de/99-x/rss.xml",
        "loai/khong-co/rss.xml",
        "khong-co/rss.xml",
        "chu-de/x/rss.xml",
        "don-vi/rss.xml",
    ):
        assert client.get(f"/nguon-tin/{path}").status_code == 404
    assert client.get("/nguon-tin/rss.xml?truoc=x").status_code == 404
    assert client.get("/nguon-tin/rss.xml?trang=0").status_code == 404
    assert client.post("/nguon-tin/rss.xml").status_code == 405


def test_old_addresses_lead_here(client, home):
    for old, file in OLD_ADDRESSES.items():
        answer = client.get(f"/{old}")
        assert (answer.status_code, answer["Location"]) == (301, f"/nguon-tin/{file}")


def test_a_block_that_breaks_costs_its_item_the_text_alone(client, section, media_root, monkeypatch):
    factories.make_article(section, title="Hỏng")
    monkeypatch.setattr("crossposting.feeds.content.stream_html", lambda value: 1 / 0)

    (item,) = items(get(client, "/nguon-tin/rss.xml"))

    assert item["title"] == "Hỏng"
    assert item["link"] in item["html"]


def test_a_damaged_store_is_made_anew(client, section, media_root):
    factories.make_article(section)
    first = get(client, "/nguon-tin/rss.xml").content
    for file in caches["feeds"]._list_cache_files():
        with open(file, "r+b") as damaged:  # noqa: PTH123  # Django names it by a plain string
            damaged.truncate(40)

    assert get(client, "/nguon-tin/rss.xml").content == first


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_newsboat_reads_them(live_server, newsroom, tmp_path):
    newsboat = require_program("newsboat")
    (tmp_path / "config").write_text("")
    counts = {"news": 3, "policies": 2, "kind": 1, "section": 3}
    for number, (name, folder) in enumerate(newsroom.items()):
        # One at a time: it keeps an item that stands in several feeds once.
        for file in ("rss.xml", "atom.xml", "rss-tom-tat.xml"):
            (tmp_path / "urls").write_text(f"{live_server.url}/nguon-tin/{folder}{file}\n")
            command = [newsboat, "-u", "urls", "-c", f"{number}-{file}.db", "-C", "config", "-x"]
            options = {"cwd": tmp_path, "capture_output": True, "text": True, "timeout": 60}
            reload = subprocess.run([*command, "reload"], check=True, **options)
            unread = subprocess.run([*command, "print-unread"], check=True, **options)
            assert "error" not in (reload.stdout + reload.stderr).lower()
            assert int(unread.stdout.split()[0]) == counts.get(name, 5), (name, file)
