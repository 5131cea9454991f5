"""What an item says, and that it says it for ever."""

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone
from wagtail.models import PageViewRestriction

from crossposting.feeds.pictures import picture_of
from news.models import ArticlePage
from pages.models import BasePage
from tests import factories
from tests.crossposting.feeds.reading import get, items

pytestmark = pytest.mark.django_db
FEEDS = ("/nguon-tin/rss.xml", "/nguon-tin/atom.xml", "/nguon-tin/feed.json")


@pytest.fixture
def changed(django_capture_on_commit_callbacks):
    """Do something as if its transaction were committed: the generations are bumped."""

    def do(action, *args, **kwargs):
        with django_capture_on_commit_callbacks(execute=True):
            return action(*args, **kwargs)

    return do


def only(client, path):
    (item,) = items(get(client, path))
    return item


def publish(page, **fields):
    page = page.specific_class.objects.get(pk=page.pk)
    for name, value in fields.items():
        setattr(page, name, value)
    page.save_revision().publish()


def test_an_item_keeps_its_name_and_moment(client, section, news_index, media_root, changed):
    article = factories.make_article(section, title="Bản đầu", days_ago=3)
    other = factories.make_section(news_index, title="Mục khác")
    before = {path: only(client, path) for path in FEEDS}

    changed(publish, article, title="Bản sửa", slug="duong-dan-moi")
    edited = {path: only(client, path) for path in FEEDS}
    changed(ArticlePage.objects.get().move, other, pos="last-child")
    changed(ArticlePage.objects.get().unpublish)
    assert all(items(get(client, path)) == [] for path in FEEDS)
    changed(publish, article)
    after = {path: only(client, path) for path in FEEDS}

    for path in FEEDS:
        assert before[path]["id"] == edited[path]["id"] == after[path]["id"]
        assert before[path]["published"] == edited[path]["published"] == after[path]["published"]
        assert before[path]["link"] != edited[path]["link"] != after[path]["link"]
        assert edited[path]["title"] == "Bản sửa"
        assert before[path]["updated"] < edited[path]["updated"]


def test_the_moment_is_when_it_went_live_not_the_date_shown(client, section, media_root):
    factories.make_article(section, title="Cũ hơn", days_ago=2, display_date=timezone.now() + timedelta(days=1))
    factories.make_article(section, title="Mới hơn", days_ago=1, display_date=timezone.now() - timedelta(days=400))

    for path in FEEDS:
        found = items(get(client, path))
        assert [item["title"] for item in found] == ["Mới hơn", "Cũ hơn"]
        assert timedelta(hours=23) < timezone.now() - found[0]["published"] < timedelta(hours=25)


def test_a_draft_tells_nothing_and_going_live_later_counts(client, section, media_root, changed):
    with time_machine.travel(timezone.now() - timedelta(days=5)):
        article = factories.make_article(section, live=False)
    assert items(get(client, "/nguon-tin/rss.xml")) == []

    changed(publish, article)

    item = only(client, "/nguon-tin/rss.xml")
    assert timezone.now() - item["published"] < timedelta(minutes=1)
    assert item["updated"] == item["published"]


def test_what_readers_may_not_see_leaves(client, section, media_root, changed):
    gone = factories.make_article(section, title="Gỡ")
    private = factories.make_article(section, title="Riêng")
    expired = factories.make_article(section, title="Hết hạn", expire_at=timezone.now() + timedelta(hours=1))
    folder = f"/nguon-tin/chuyen-muc/{section.pk}-{section.slug}/rss.xml"
    assert len(items(get(client, folder))) == 3

    changed(BasePage.objects.get(pk=gone.pk).delete)
    changed(PageViewRestriction.objects.create, page=private, restriction_type="login")
    assert [item["title"] for item in items(get(client, folder))] == ["Hết hạn"]
    with time_machine.travel(timezone.now() + timedelta(hours=2)):  # the worker has not come round to it
        assert items(get(client, folder)) == []
    changed(PageViewRestriction.objects.create, page=section, restriction_type="login")
    assert client.get(folder).status_code == 404
    assert expired.live


def test_the_picture_is_large_or_drawn_and_never_enlarged(client, section, media_root):
    wide = factories.make_article(section, title="Ảnh lớn", cover=factories.make_image(size=(2000, 1000)), days_ago=1)
    exact = factories.make_article(section, title="Vừa đủ", cover=factories.make_image(size=(1200, 1500)), days_ago=2)
    small = factories.make_article(section, title="Nhỏ", cover=factories.make_image(size=(1199, 900)), days_ago=3)
    none = factories.make_article(section, title="Không ảnh", days_ago=4)
    lost = factories.make_article(section, title="Mất", cover=factories.make_image(size=(1600, 900)), days_ago=5)
    factories.lose_file(lost.cover)

    found = {item["title"]: item for item in items(get(client, "/nguon-tin/rss.xml"))}
    sizes = {page.title: (picture_of(page).width, picture_of(page).height) for page in (wide, exact, small, none, lost)}

    assert sizes == {
        "Ảnh lớn": (1200, 600),
        "Vừa đủ": (1200, 1500),
        "Nhỏ": (1200, 630),
        "Không ảnh": (1200, 630),
        "Mất": (1200, 630),
    }
    for page in (wide, exact, small, none, lost):
        picture = client.get(found[page.title]["picture"].removeprefix("http://testserver"))
        body = b"".join(picture.streaming_content) if picture.streaming else picture.content
        assert picture["Content-Type"] == "image/jpeg"
        assert len(body) == picture_of(page).bytes
        assert found[page.title]["picture"] in found[page.title]["html"]


def test_the_editors_own_picture_for_sharing_comes_first(section, media_root):
    cover, shared = factories.make_image(size=(1600, 900)), factories.make_image(size=(1300, 1300))
    page = factories.make_article(section, cover=cover, share_image=shared)

    assert (picture_of(page).width, picture_of(page).height) == (1200, 1200)


def test_authors_and_topics(client, section, media_root):
    first, main = factories.make_topic("An toàn"), factories.make_topic("Tiền lương")
    person = factories.make_person("Đặng Thị Ánh")
    factories.make_article(section, topics=[first, main], main_topic=main, authors=[person])
    factories.make_article(section, topics=[first], authors=[person], byline="Ban Tuyên giáo", days_ago=1)
    factories.make_article(section, days_ago=2)

    found = get(client, "/nguon-tin/feed.json").json()["items"]

    assert found[0]["tags"] == ["Tiền lương", "An toàn"]
    assert found[0]["authors"] == [{"name": "Đặng Thị Ánh", "url": f"http://testserver{person.url}"}]
    assert found[1]["authors"] == [{"name": "Ban Tuyên giáo"}]
    assert found[2]["authors"] == [{"name": "Công đoàn"}]


def test_links_to_other_pages_do_not_stand_in_feeds(client, section, media_root):
    hidden = factories.make_article(section, title="Sẽ bị gỡ", days_ago=1)
    factories.make_article(section, title="Bài", body=[("related", {"title": "Đọc thêm", "pages": [hidden]})])

    article = items(get(client, "/nguon-tin/rss.xml"))[0]

    assert "Sẽ bị gỡ" not in article["html"]


def test_without_a_summary_the_text_begins(client, section, media_root):
    factories.make_article(section, body=[("paragraph", f"<p>{'Công nhân ' * 60}</p>")])

    item = only(client, "/nguon-tin/atom.xml")

    assert item["summary"].startswith("Công nhân Công nhân")
    assert item["summary"].endswith("nhân…")
    assert len(item["summary"]) <= 281


def test_a_change_of_a_picture_is_seen(client, section, media_root, changed):
    image = factories.make_image(size=(1600, 900), description="Trước")
    factories.make_article(section, cover=image)
    assert 'alt="Trước"' in only(client, "/nguon-tin/rss.xml")["html"]

    image.description = "Sau"
    changed(image.save)
    assert 'alt="Sau"' in only(client, "/nguon-tin/rss.xml")["html"]
    changed(image.delete)
    assert "chia-se" in only(client, "/nguon-tin/rss.xml")["picture"]
