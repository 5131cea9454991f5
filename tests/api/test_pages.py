"""What lists of pages hold, and what a page says of itself."""

from datetime import timedelta

import pytest
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from wagtail.models import CollectionViewRestriction

from api.registry import fields_of
from infographics.blocks import PREVIEW
from news.models import ArticlePage
from pages.models import BasePage
from tests import factories
from tests.api.asking import get, ids, refused

pytestmark = pytest.mark.django_db


@pytest.fixture
def article(section, media_root):
    topic, unit = factories.make_topic("Tiền lương"), factories.make_unit("Công đoàn ngành Dệt may")
    return factories.make_article(
        section,
        title="Lương tối thiểu tăng",
        summary="Từ tháng Một.",
        cover=factories.make_image(size=(1600, 900)),
        topics=[topic, factories.make_topic()],
        main_topic=topic,
        unit=unit,
        authors=[factories.make_person()],
        is_hot=True,
        body=[
            ("paragraph", '<p>Vùng I: <b>5,31 triệu</b>. <a href="/tin-tuc/">Xem thêm</a></p>'),
            ("heading", {"text": "Mức mới"}),
        ],
    )


def test_the_root_says_what_there_is(client, home):
    data = get(client)

    assert set(data["endpoints"]) == {"pages", "images", "documents", "units", "search"}
    assert data["limit_max"] == 100
    assert data["page_types"]["news.ArticlePage"] == "tin bài"
    assert data["openapi_url"] == "http://testserver/api/v2/openapi.json"
    for endpoint in data["endpoints"].values():
        assert endpoint["url"].startswith("http://testserver/api/v2/")
        assert endpoint["description"] not in {"", "None"}


def test_a_list_shows_what_a_card_shows(client, article):
    [item] = get(client, "pages/", type="news.ArticlePage")["items"]

    assert item["id"] == article.pk
    assert item["meta"] == {
        "type": "news.ArticlePage",
        "detail_url": f"http://testserver/api/v2/pages/{article.pk}/",
        "html_url": f"http://testserver{article.url}",
        "slug": article.slug,
        "first_published_at": timezone.localtime(article.first_published_at).isoformat(timespec="seconds"),
        "last_published_at": timezone.localtime(article.last_published_at).isoformat(timespec="seconds"),
    }
    assert parse_datetime(item["display_date"]).utcoffset() == timedelta(hours=7)
    assert (item["title"], item["summary"]) == ("Lương tối thiểu tăng", "Từ tháng Một.")
    assert item["unit"]["name"] == "Công đoàn ngành Dệt may"
    assert item["main_topic"]["name"] == "Tiền lương"
    assert item["topics"][0] == item["main_topic"]
    assert item["author_line"] == "Đặng Thị Ánh"
    assert item["hot_until"] is not None
    assert item["featured_until"] is None
    assert item["cover"]["alt"] == "Công nhân đứng trước cổng nhà máy"
    assert "html" not in item


def test_a_page_alone_has_its_text_twice(client, article):
    data = get(client, f"pages/{article.pk}/")

    assert '<a href="http://testserver/tin-tuc/">' in data["html"]
    assert "<b>5,31 triệu</b>" in data["html"]
    assert [block["type"] for block in data["streams"]["body"]] == ["paragraph", "heading"]
    assert data["streams"]["body"][1]["value"] == {"text": "Mức mới"}
    assert data["meta"]["parent"]["id"] == article.get_parent().pk
    assert data["meta"]["feed_id"] == f"urn:uuid:{article.translation_key}"
    assert data["authors"][0]["name"] == "Đặng Thị Ánh"
    card = client.get(data["share_card"].removeprefix("http://testserver"))
    assert b"".join(card.streaming_content).startswith(b"\xff\xd8")
    card.close()


def test_fields_can_be_chosen(client, article):
    def asked(fields):
        [item] = get(client, "pages/", type="news.ArticlePage", fields=fields)["items"]
        return set(item)

    usual = asked("title")
    assert asked("_,title") == {"title"}
    assert asked("_,title,slug") == {"title", "meta"}
    assert asked("-summary,-cover") == usual - {"summary", "cover"}
    assert asked("reading_minutes") == usual | {"reading_minutes"}
    assert {"is_item", "section", "listing"} <= asked("*")
    assert set(get(client, f"pages/{article.pk}/", fields="_,title,html")) == {"title", "html"}
    assert asked("_") == set()


def test_the_text_is_never_in_lists(client, article):
    [item] = get(client, "pages/", type="news.ArticlePage", fields="*")["items"]

    assert not {"html", "streams"} & set(item)
    assert "html" in refused(client, "pages/", fields="html")
    assert "parent" in refused(client, "pages/", fields="parent")


def test_newest_first_and_any_other_order(client, section):
    old, new, middle = (factories.make_article(section, title=f"Bài {days}", days_ago=days) for days in (9, 1, 5))
    ours = {"type": "news.ArticlePage"}

    assert ids(client, **ours) == [new.pk, middle.pk, old.pk]
    assert ids(client, order="first_published_at", **ours) == [old.pk, middle.pk, new.pk]
    assert ids(client, order="-id", **ours) == [middle.pk, new.pk, old.pk]
    assert ids(client, order="title", **ours) == [new.pk, middle.pk, old.pk]


def test_paging(client, section):
    made = [factories.make_article(section, days_ago=days).pk for days in range(5)]
    ours = {"type": "news.ArticlePage"}

    assert ids(client, limit=2, **ours) == made[:2]
    assert ids(client, limit=2, offset=4, **ours) == made[4:]
    assert ids(client, limit=2, offset=50, **ours) == []
    assert get(client, "pages/", limit=0, **ours) == {"meta": {"total_count": 5}, "items": []}


def test_a_long_list_can_be_walked_by_dates(client, section):
    made = [factories.make_article(section, days_ago=days).pk for days in range(7)]
    seen, before = [], {}
    while page := get(client, "pages/", type="news.ArticlePage", limit=3, **before)["items"]:
        seen += [item["id"] for item in page]
        before = {"first_published_before": page[-1]["meta"]["first_published_at"]}

    assert seen == made


def test_polling_for_what_is_new(client, section):
    factories.make_article(section, days_ago=3)
    new = factories.make_article(section, days_ago=1)
    since = timezone.now() - timedelta(days=2)

    for words in (since.isoformat(), since.strftime("%Y-%m-%dT%H:%M:%SZ"), since.date().isoformat()):
        assert ids(client, type="news.ArticlePage", last_published_after=words) == [new.pk]
        assert new.pk not in ids(client, last_published_before=words)


def test_narrowed_by_unit_topic_author_and_section(client, section, news_index):
    above, topic, author = factories.make_unit(), factories.make_topic("An toàn"), factories.make_person()
    below = factories.make_unit(parent=above)
    page = factories.make_article(section, unit=below, topics=[topic], authors=[author])
    other = factories.make_article(factories.make_section(news_index, title="Khác"), unit=factories.make_unit())

    assert ids(client, unit=above.pk) == ids(client, unit=below.slug) == [page.pk]
    assert ids(client, topic=topic.pk) == ids(client, topic=topic.slug) == [page.pk]
    assert ids(client, author=author.pk) == [page.pk]
    assert ids(client, section=section.pk) == [page.pk]
    assert ids(client, slug=other.slug) == [other.pk]
    assert ids(client, child_of=section.pk) == [page.pk]
    assert set(ids(client, descendant_of=news_index.pk)) >= {page.pk, other.pk, section.pk}
    assert set(ids(client, ancestor_of=page.pk)) == {section.pk, news_index.pk, section.get_parent().get_parent().pk}
    assert news_index.pk in ids(client, child_of="root")
    assert set(ids(client, is_item="true")) == {page.pk, other.pk}
    assert section.pk in ids(client, is_item="false")


def test_several_types_at_once(client, section):
    article, video, story = (
        make(section) for make in (factories.make_article, factories.make_video, factories.make_photo_story)
    )

    assert set(ids(client, type="news.ArticlePage,news.VideoPage")) == {article.pk, video.pk}
    assert story.pk in ids(client)


def test_hot_news_ends_by_itself(client, section):
    hot = factories.make_article(section, is_hot=True, summary="Nóng")
    factories.make_article(section, is_hot=True, summary="Đã nguội", hot_until=timezone.now() - timedelta(hours=1))

    assert ids(client, is_hot="true") == [hot.pk]


def test_finding_one(client, article):
    for parameters in ({"html_path": article.url}, {"html_path": article.url.strip("/")}, {"id": article.pk}):
        response = client.get("/api/v2/pages/find/", {**parameters, "fields": "_,title"})
        assert response.status_code == 302
        assert response["Location"] == f"/api/v2/pages/{article.pk}/?fields=_%2Ctitle"
    assert get(client, "pages/find/", 404, html_path="/khong-co/")
    assert get(client, "pages/find/", 404, id=10**9)
    assert "html_path" in refused(client, "pages/find/")


def test_a_type_without_a_word_of_its_own_has_what_all_pages_have(client, section):
    base = [field.name for field in fields_of(BasePage)]

    assert [field.name for field in fields_of(ArticlePage)] == base
    page = factories.make_photo_story(section, body=[("paragraph", "<p>Dẫn</p>")])
    assert get(client, f"pages/{page.pk}/")["html"] == "<p>Dẫn</p>"


def test_what_types_add(client, section):
    def of(page):
        return get(client, f"pages/{page.pk}/")

    video = of(factories.make_video(section, transcript='<p>Lời <a href="/tin-tuc/">thoại</a></p>'))
    assert (video["video_url"], video["duration"]) == (factories.YOUTUBE, "6:42")
    assert 'href="http://testserver/tin-tuc/"' in video["transcript"]
    basis = {
        "number": "293/2025/NĐ-CP",
        "kind": "Nghị định",
        "title": "Lương tối thiểu",
        "effective_from": "2026-01-01",
    }
    explainer = of(
        factories.make_explainer(
            basis=[("basis", basis)], facts=[("fact", {"label": "Từ", "value": "1/1/2026"})], who="Người lao động"
        )
    )
    assert explainer["legal_basis"][0]["number"] == "293/2025/NĐ-CP"
    assert explainer["legal_basis"][0]["effective_from"] == "2026-01-01"
    assert explainer["facts"] == [{"label": "Từ", "value": "1/1/2026"}]
    assert of(factories.make_procedure(fee="Miễn phí"))["fee"] == "Miễn phí"
    chart = of(factories.make_infographic())
    assert chart["charts"][0]["rows"][0] == ["I", "4,96", "5,31"]
    assert chart["charts"][0]["title"] == PREVIEW["title"]
    assert "5,31" in chart["text_alternative"]
    klass = of(factories.make_class())
    assert klass["place"] == "Hội trường tầng 2"
    assert klass["is_cancelled"] is False


def test_events_say_when_and_where(client, media_root):
    start = timezone.now().replace(microsecond=0) + timedelta(days=2)
    page = factories.make_event(start, place="Hội trường A", online_url="https://example.org/hop", kind="hoi-nghi")
    data = get(client, f"pages/{page.pk}/")

    assert parse_datetime(data["start"]) == start
    assert (data["kind"], data["place"]) == ("hoi-nghi", "Hội trường A")
    assert data["is_online"]
    assert data["online_url"] == ""
    calendar = client.get(data["calendar_url"].removeprefix("http://testserver"))
    assert calendar["Content-Type"].startswith("text/calendar")
    assert get(client, "pages/", type="events.EventPage")["items"][0]["start"] == data["start"]


def test_courses_say_what_their_lessons_are(client):
    course = factories.make_course(title="Thương lượng")
    lesson = factories.make_lesson(course, title="Bài một")
    factories.make_lesson(course, title="Nháp", live=False)
    data = get(client, f"pages/{course.pk}/")

    assert [step["page"]["title"] for step in data["lessons"]] == ["Bài một"]
    assert data["lessons"][0]["page"]["id"] == lesson.pk
    assert "số liệu" in get(client, f"pages/{lesson.pk}/")["html"]


def test_a_film_of_ones_own_with_its_captions(client, section):
    film, captions = factories.make_film(), factories.make_captions()
    page = factories.make_video(section, video_url="", duration="", video_file=film, captions=captions)
    shown = get(client, f"pages/{page.pk}/")

    assert shown["file"]["url"] == f"http://testserver{film.url}"
    assert (shown["file"]["file_type"], shown["file"]["width"]) == ("video/mp4", film.width)
    assert shown["file"]["seconds"] == round(film.duration)
    assert shown["captions"] == {"url": f"http://testserver{captions.url}", "language": "vi"}
    assert captions.passages[0].text in shown["transcript"]

    CollectionViewRestriction.objects.create(collection=film.collection, restriction_type="login")
    shut = get(client, f"pages/{page.pk}/", fields="*")  # another answer than the one that is kept
    assert (shut["file"], shut["captions"], shut["transcript"]) == (None, None, "")


def test_a_frame_is_enough_to_make_a_picture_with(client, media_root):
    page = factories.make_frame(words_to_post="#CongDoan", about="<p>Suốt tháng Năm.</p>")
    shown = get(client, f"pages/{page.pk}/")

    assert shown["words_to_post"] == "#CongDoan"
    assert shown["frame"]["url"].startswith("http://testserver/media/images/")
    assert (shown["frame"]["width"], shown["frame"]["height"]) == (1080, 1080)
    assert shown["about"] == "<p>Suốt tháng Năm.</p>"
    page.frame.delete()
    assert get(client, f"pages/{page.pk}/", fields="*")["frame"] is None
