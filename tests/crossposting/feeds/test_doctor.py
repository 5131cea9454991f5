"""The feed doctor finds what is wrong, names the item, and is silent about what is right."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.utils import timezone

from crossposting.feeds.doctor.consumers import CONSUMERS, opinions
from crossposting.feeds.doctor.examining import NoSuchFeed, examine, place_of
from crossposting.feeds.doctor.findings import Level
from crossposting.feeds.doctor.reading import NotAFeed, ReadFeed, ReadItem, ReadPicture, read
from organisations.roles import Role
from tests import factories

NOW = timezone.now()
PICTURE = ReadPicture(url="https://a.example.org/a.jpg", bytes=90_000, type="image/jpeg", width=1200, height=630)
ITEM = ReadItem(
    id="urn:uuid:1",
    title="Tăng lương",
    link="https://a.example.org/1/",
    summary="Tóm tắt",
    html='<p><img src="https://a.example.org/a.jpg" alt="Công nhân">Bài</p>',
    published=NOW - timedelta(hours=2),
    updated=NOW - timedelta(hours=1),
    author="Ban Tuyên giáo",
    picture=PICTURE,
)
FEED = ReadFeed(
    size=5000,
    title="Công đoàn",
    link="https://a.example.org/",
    description="Tin",
    self_url="https://a.example.org/nguon-tin/rss.xml",
    items=[ITEM],
)


def said(feed):
    """What everybody says: (consumer, level, words, title of the item)."""
    return {
        (str(opinion.consumer.name), finding.level, str(finding.words), finding.item.title if finding.item else "")
        for opinion in opinions(feed)
        for finding in opinion.findings
    }


def with_item(**changes):
    return replace(FEED, items=[replace(ITEM, **changes)])


def with_picture(**changes):
    return with_item(picture=replace(PICTURE, **changes))


def test_a_healthy_feed_leaves_nothing_to_say():
    assert said(FEED) == set()
    assert [opinion.level for opinion in opinions(FEED)] == [None] * len(CONSUMERS)


@pytest.mark.parametrize(
    ("feed", "who", "level"),
    [
        (replace(FEED, title=""), "Bộ kiểm tra", Level.ERROR),
        (replace(FEED, self_url="http://localhost:8000/nguon-tin/rss.xml"), "IFTTT", Level.ERROR),
        (replace(FEED, self_url="http://a.example.org/nguon-tin/rss.xml"), "Zalo", Level.WARNING),
        (replace(FEED, items=[]), "Ứng dụng đọc tin", Level.NOTE),
        (replace(FEED, size=2_000_000), "Ứng dụng đọc tin", Level.WARNING),
        (replace(FEED, items=[ITEM, ITEM]), "Bộ kiểm tra", Level.ERROR),
        (with_item(id=""), "IFTTT", Level.ERROR),
        (with_item(title="Lương </b> mới"), "Bộ kiểm tra", Level.WARNING),
        (with_item(title="x" * 151), "Zalo", Level.ERROR),
        (with_item(link="/1/"), "Bộ kiểm tra", Level.ERROR),
        (with_item(published=None), "Zapier, Make", Level.ERROR),
        (with_item(published=NOW + timedelta(days=1)), "Bộ kiểm tra", Level.WARNING),
        (with_item(published=NOW - timedelta(days=40)), "IFTTT", Level.NOTE),
        (with_item(author=""), "Bộ kiểm tra", Level.WARNING),
        (with_item(summary=""), "Ứng dụng đọc tin", Level.NOTE),
        (with_item(html='<p><a href="/x">x</a></p>'), "Bộ kiểm tra", Level.ERROR),
        (with_item(html="<p onclick='x'>x</p><script></script>"), "Bộ kiểm tra", Level.ERROR),
        (with_item(html='<img src="https://a.example.org/a.jpg">'), "Ứng dụng đọc tin", Level.WARNING),
        (with_item(html=""), "Bộ kiểm tra", Level.WARNING),
        (with_item(picture=None), "dlvr.it, Buffer", Level.WARNING),
        (with_picture(bytes=0), "Bộ kiểm tra", Level.ERROR),
        (with_picture(type="image/webp"), "Mailchimp, Feedly", Level.ERROR),
        (with_picture(width=500, height=300), "Facebook", Level.WARNING),
        (with_picture(bytes=9_000_000), "Facebook", Level.ERROR),
        (with_picture(bytes=6_000_000), "Telegram", Level.ERROR),
        (with_picture(width=1200, height=30_000), "Telegram", Level.ERROR),
        (with_picture(bytes=2_000_000), "Zalo", Level.ERROR),
    ],
)
def test_each_fault_is_named(feed, who, level):
    found = said(feed)

    assert any(name == who and found_level == level for name, found_level, _words, _title in found), found


def test_the_item_at_fault_is_named():
    other = replace(ITEM, id="urn:uuid:2", title="Bài khác", link="https://a.example.org/2/", picture=None, updated=NOW)

    found = {title for name, level, _words, title in said(replace(FEED, items=[ITEM, other])) if level > Level.NOTE}

    assert found == {"Bài khác"}


@pytest.mark.parametrize(
    "body", [b"", b"<html>", b"<rss/>", b"{", b'{"items": 1}', b"<rss><channel>&x;</channel></rss>"]
)
def test_what_is_no_feed(body):
    try:
        feed = read(body)
    except NotAFeed:
        return
    assert opinions(feed)[0].level == Level.ERROR


@pytest.mark.django_db
@pytest.mark.parametrize("file", ["rss.xml", "atom.xml", "feed.json", "rss-tom-tat.xml"])
def test_our_own_feeds_are_healthy(section, media_root, file):
    for number in range(3):
        factories.make_article(
            section,
            title=f"Bài {number}",
            summary="Tóm tắt",
            cover=factories.make_image(size=(1600, 900)),
            days_ago=number,
        )

    result = examine(place_of(f"https://cong-doan.example.org/nguon-tin/{file}", "https://cong-doan.example.org/"))

    assert result.items == 3
    assert result.worst is None, [finding for opinion in result.opinions for finding in opinion.findings]
    assert len(result.pages) == 3


@pytest.mark.django_db
@pytest.mark.parametrize(
    "address", ["/", "/nguon-tin/", "/nguon-tin/chu-de/99-x/rss.xml", "x", "/nguon-tin/tim-kiem/rss.xml"]
)
def test_what_is_no_address_of_a_feed(address, home):
    with pytest.raises(NoSuchFeed):
        place_of(address, "http://testserver/")


@pytest.mark.django_db
def test_the_page_in_the_admin(admin_client, section, media_root):
    article = factories.make_article(section, title="Không tóm tắt", body=[])

    html = admin_client.get("/admin/kham-nguon-tin/").content.decode()

    assert "Bác sĩ nguồn tin" in html
    assert "Dùng được, có cảnh báo" in html  # the address in tests is not https
    assert f'<a href="/admin/pages/{article.pk}/edit/">Không tóm tắt</a>' in html
    for consumer in CONSUMERS:
        assert str(consumer.name) in html
    assert "không phải địa chỉ" in admin_client.get("/admin/kham-nguon-tin/?nguon-tin=/x").content.decode()


@pytest.mark.django_db
def test_a_feed_that_cannot_be_drawn(admin_client, section, monkeypatch):
    def broken(*args):
        raise ValueError("hỏng")

    monkeypatch.setattr("crossposting.feeds.doctor.examining.gather", broken)

    html = admin_client.get("/admin/kham-nguon-tin/").content.decode()

    assert html.count("hỏng") == len(CONSUMERS)


@pytest.mark.django_db
def test_who_may_see_it(client_as, client, home):
    assert client_as(Role.CHIEF_EDITOR).get("/admin/kham-nguon-tin/").status_code == 200
    assert client_as(Role.CLERK).get("/admin/kham-nguon-tin/").status_code in {302, 403}
    assert client.get("/admin/kham-nguon-tin/").status_code == 302
