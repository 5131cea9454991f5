"""How people and programs find feeds, and what people see of them."""

import re

import pytest
from lxml import etree

from crossposting.feeds.registry import FeedSource, Subject, forget_source, register_source
from organisations.models import Unit
from pages.models import BasePage
from taxonomy.models import Topic
from tests import factories
from tests.crossposting.feeds.reading import get, items

pytestmark = pytest.mark.django_db
BROWSER = {"sec-fetch-dest": "document", "accept": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"}
ALTERNATE = re.compile(r'<link rel="alternate" type="([^"]+)" title="([^"]+)" href="([^"]+)">')


def alternates(client, path):
    answer = client.get(path)
    assert answer.status_code == 200
    return ALTERNATE.findall(answer.content.decode())


def test_every_page_names_the_portals_feeds(client, section, media_root):
    article = factories.make_article(section)
    for path in ("/", article.url, "/don-vi/", "/tim-kiem/", "/nguon-tin/"):
        assert [href for _type, _title, href in alternates(client, path)] == [
            "/nguon-tin/rss.xml",
            "/nguon-tin/atom.xml",
            "/nguon-tin/feed.json",
        ]
    assert client.get("/khong-co/").content.decode().count('rel="alternate"') == 3


def test_a_page_names_its_own_feed_and_the_feed_is_there(client, section, media_root):
    topic, unit, person = factories.make_topic("Tiền lương"), factories.make_unit("Dệt may"), factories.make_person()
    factories.make_article(section, topics=[topic], unit=unit, authors=[person])
    own = {
        section.url: f"/nguon-tin/chuyen-muc/{section.pk}-{section.slug}/rss.xml",
        topic.url: f"/nguon-tin/chu-de/{topic.pk}-tien-luong/rss.xml",
        unit.url: f"/nguon-tin/don-vi/{unit.pk}-det-may/rss.xml",
        person.url: f"/nguon-tin/tac-gia/{person.pk}-dang-thi-anh/rss.xml",
        "/tin-tuc/": "/nguon-tin/tin-tuc/rss.xml",
        "/chinh-sach/": "/nguon-tin/chinh-sach/rss.xml",
        "/tim-kiem/?q=luong&trang=2": "/nguon-tin/tim-kiem/rss.xml?q=luong&amp;sap-xep=moi-nhat",
    }
    for path, expected in own.items():
        found = [href for type_, _title, href in alternates(client, path) if type_ == "application/rss+xml"]
        assert found == ["/nguon-tin/rss.xml", expected], path
        if "?" not in expected:
            get(client, expected)


def test_titles_tell_the_feeds_apart(client, section):
    titles = [title for _type, title, _href in alternates(client, section.url)]

    assert titles[0] == "Công đoàn (RSS)"
    assert titles[3] == "Việc làm – Tiền lương – Công đoàn (RSS)"


def test_a_listing_shows_its_feed_to_people(client, section):
    html = client.get(section.url).content.decode()

    assert f'href="/nguon-tin/chuyen-muc/{section.pk}-{section.slug}/"' in html


def test_opml_lists_every_feed_and_each_answers(client, section, media_root):
    topic, unit, person = factories.make_topic("A & <b>"), factories.make_unit(), factories.make_person()
    factories.make_article(section, topics=[topic], unit=unit, authors=[person])
    factories.make_unit(name="Đã giải thể", valid_to="2020-01-01")

    answer = client.get("/feeds.opml")
    root = etree.fromstring(answer.content)

    assert answer["Content-Type"] == "text/x-opml; charset=utf-8"
    outlines = root.findall("body/outline/outline")
    addresses = [outline.get("xmlUrl") for outline in outlines]
    assert len(addresses) == len(set(addresses)) >= 12
    assert all(outline.get("type") == "rss" and outline.get("text") for outline in outlines)
    for address in addresses:
        get(client, address.removeprefix("http://testserver"))
    assert "A & <b>" in [outline.get("text") for outline in outlines]
    assert "Đã giải thể" not in answer.content.decode()


def test_the_list_costs_the_same_for_three_units_and_for_thirty(client, section, django_assert_num_queries):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext  # both only here

    def cost(path):
        with CaptureQueriesContext(connection) as asked:
            assert client.get(path).status_code == 200
        return len(asked)

    for _ in range(3):
        factories.make_unit()
    client.get("/nguon-tin/")
    few = cost("/nguon-tin/"), cost("/feeds.opml")
    for _ in range(27):
        factories.make_unit()

    assert (cost("/nguon-tin/"), cost("/feeds.opml")) == few


def test_the_page_for_people(client, section, media_root):
    factories.make_article(section, title="Bài mới nhất")
    path = f"/nguon-tin/chuyen-muc/{section.pk}-{section.slug}/"

    html = client.get(path).content.decode()

    assert "Bài mới nhất" in html
    for file in ("rss.xml", "atom.xml", "feed.json", "rss-tom-tat.xml", "atom-tom-tat.xml", "feed-tom-tat.json"):
        assert f"http://testserver{path}{file}" in html
    assert "<script>" not in html
    assert client.get("/nguon-tin/chu-de/99-x/").status_code == 404


def test_a_browser_gets_the_page_and_programs_the_feed(client, section, media_root):
    factories.make_article(section, title="Bài")
    for path in ("/nguon-tin/rss.xml", f"/nguon-tin/chuyen-muc/{section.pk}-{section.slug}/atom.xml"):
        page = client.get(path, headers=BROWSER)
        assert page["Content-Type"] == "text/html; charset=utf-8"
        assert "Sec-Fetch-Dest" in page["Vary"]
        assert f"http://testserver{path}" in page.content.decode()
        # Java's, a crawler's and a script's ways of asking: none of them is a browser that opens a page.
        for accept in ("text/html, image/gif, *; q=.2", BROWSER["accept"], "*/*", ""):
            assert get(client, path, accept=accept)
        assert get(client, path, accept=BROWSER["accept"], sec_fetch_dest="empty")


def test_feeds_opened_without_our_page_are_readable_by_css(client, section):
    assert (
        b'<?xml-stylesheet type="text/css" href="/static/css/feed-in-browser.css"?>'
        in get(client, "/nguon-tin/rss.xml").content
    )


def test_addresses_follow_what_was_renamed(client, section, media_root):
    topic, unit = factories.make_topic("Tiền lương"), factories.make_unit("Dệt may")
    Topic.objects.filter(pk=topic.pk).update(slug="luong-thuong")
    Unit.objects.filter(pk=unit.pk).update(slug="may-mac")
    BasePage.objects.filter(pk=section.pk).update(slug="viec-lam")
    moved = {
        f"/nguon-tin/chu-de/{topic.pk}-tien-luong/rss.xml": f"/nguon-tin/chu-de/{topic.pk}-luong-thuong/rss.xml",
        f"/nguon-tin/chu-de/{topic.pk}/": f"/nguon-tin/chu-de/{topic.pk}-luong-thuong/",
        f"/nguon-tin/don-vi/{unit.pk}-det-may/atom.xml": f"/nguon-tin/don-vi/{unit.pk}-may-mac/atom.xml",
        f"/nguon-tin/chuyen-muc/{section.pk}-{section.slug}/rss.xml?truoc=1-2": (
            f"/nguon-tin/chuyen-muc/{section.pk}-viec-lam/rss.xml?truoc=1-2"
        ),
    }
    for old, new in moved.items():
        answer = client.get(old)
        assert (answer.status_code, answer["Location"]) == (301, new)
        assert client.get(new).status_code == 200


def test_a_unit_that_merged_leads_to_the_one_that_took_over(client, home):
    new = factories.make_unit("Công đoàn mới")
    old = factories.make_unit("Công đoàn cũ", valid_to="2025-06-30", merged_into=new)

    answer = client.get(f"/nguon-tin/don-vi/{old.pk}-{old.slug}/rss.xml")

    assert (answer.status_code, answer["Location"]) == (301, f"/nguon-tin/don-vi/{new.pk}-{new.slug}/rss.xml")


def test_another_app_joins(client, section, media_root):
    class HotFeed(FeedSource):
        name, legend, numbered = "tin-nong", "Tin nóng", False

        def keys(self, key):
            return ("listing",)

        def find(self, key, query):
            return None if key else Subject(title="Tin nóng")

        def subjects(self):
            return [Subject(title="Tin nóng")]

        def pages(self, subject):
            return BasePage.objects.listed().hot()

    factories.make_article(section, title="Nguội")
    factories.make_article(section, title="Nóng", is_hot=True, summary="Gấp")
    register_source(HotFeed())
    try:
        assert [item["title"] for item in items(get(client, "/nguon-tin/tin-nong/rss.xml"))] == ["Nóng"]
        assert "tin-nong/rss.xml" in client.get("/feeds.opml").content.decode()
    finally:
        forget_source("tin-nong")
