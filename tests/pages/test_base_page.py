"""The base page: derived columns, dates, addresses, text in one form."""

import unicodedata
from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone
from time_machine import travel
from wagtail.rich_text import RichText

from news.models import ArticlePage
from pages.models import BasePage
from tests import factories

NOTHING = [
    "/%00/",
    "/tin-tuc/%00/",
    "/don-vi/%00/",
    "/%ff/",
    "/%F0%9F%98%80/",
    f"/tin-tuc/{'a' * 3000}/",
    f"/tin-tuc/{'9' * 5000}/",
    "/tin-tuc/2026/13/",
    "/tin-tuc/2026/0/",
    "/tin-tuc/2026/00/",
    "/tin-tuc/1200/",
    "/tin-tuc/2026/11/30/",
    "/tin-tuc/%D9%A2%D9%A0%D9%A2%D9%A6/",
    "/../../etc/passwd/",
    "/tin-tuc//khong-co/",
    "/chu-de/khong-co/",
    "/tac-gia/khong-co/",
    "/sitemap-0.xml",
    "/sitemap-99.xml",
    f"/sitemap-{'9' * 30}.xml",
    "/chia-se/999999-0123456789abcdef.jpg",
    f"/chia-se/{'9' * 30}-0123456789abcdef.jpg",
    "/chia-se/1-x.jpg",
]
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


def fresh(page):
    return type(page).objects.get(pk=page.pk)


class TestSection:
    def test_an_item_belongs_to_the_section_it_is_created_in(self, section):
        article = factories.make_article(section)
        assert fresh(article).section_id == section.pk
        assert fresh(article).listed

    def test_a_moved_item_belongs_to_its_new_section(self, section, news_index):
        article = factories.make_article(section)
        other = factories.make_section(news_index, title="An toàn")
        article.move(other, pos="last-child")
        assert fresh(article).section_id == other.pk

    def test_a_move_loses_no_derived_column(self, section, news_index):
        """Wagtail moves a page by its base row, which knows nothing of the type."""
        person = factories.make_person("Đặng Thị Ánh")
        article = factories.make_article(
            section, authors=[person], body=[("paragraph", RichText("<p>" + "chữ " * 500 + "</p>"))]
        )
        other = factories.make_section(news_index, title="An toàn")
        BasePage.objects.get(pk=article.pk).move(other, pos="last-child")
        moved = fresh(article)
        assert moved.listed
        assert moved.listing == article.listing
        assert moved.reading_minutes == 3
        assert moved.author_line == "Đặng Thị Ánh"
        assert BasePage.objects.listed().filter(pk=article.pk, section=other).exists()

    def test_what_stands_below_a_moved_section_keeps_it(self, section, news_index):
        article = factories.make_article(section)
        other = factories.make_section(news_index, title="An toàn")
        BasePage.objects.get(pk=section.pk).move(other, pos="left")
        assert fresh(article).section_id == section.pk

    def test_sections_indexes_and_standard_pages_are_in_no_listing(self, section, home):
        factories.make_standard_page(title="Giới thiệu")
        assert not BasePage.objects.filter(listed=True).exists()
        assert not BasePage.objects.listed().exists()


class TestDates:
    def test_a_draft_has_no_date_until_it_is_published(self, section):
        draft = factories.make_article(section, live=False)
        assert draft.display_date is None
        draft.save_revision().publish()
        assert timezone.now() - fresh(draft).display_date < timedelta(minutes=1)

    def test_an_older_draft_published_later_keeps_the_date_shown(self, section):
        draft = factories.make_article(section, live=False)
        old_revision = draft.latest_revision
        with travel(timezone.now() - 3 * DAY, tick=False):
            draft.save_revision().publish()
        shown = fresh(draft).display_date
        old_revision.publish()
        assert fresh(draft).display_date == shown

    def test_the_editors_own_date_wins(self, section):
        draft = factories.make_article(section, live=False)
        draft.display_date = timezone.now() - 400 * DAY
        draft.save_revision().publish()
        assert fresh(draft).display_date == draft.display_date

    def test_unpublishing_and_publishing_again_keeps_the_date(self, section):
        page = factories.make_article(section, days_ago=5)
        shown = page.display_date
        page.unpublish()
        fresh(page).get_latest_revision().publish()
        # A revision's JSON keeps milliseconds.
        assert abs(fresh(page).display_date - shown) < timedelta(milliseconds=1)

    @pytest.mark.django_db  # a page asks for its content type, unless another test has loaded it
    @pytest.mark.parametrize(("minutes", "shown"), [(0, False), (14, False), (16, True)])
    def test_a_correction_is_shown_after_a_quarter_of_an_hour(self, minutes, shown):
        now = timezone.now()
        page = ArticlePage(first_published_at=now, last_published_at=now + timedelta(minutes=minutes))
        assert (page.updated_at is not None) == shown


class TestHotAndFeatured:
    @pytest.mark.parametrize(("flag", "until", "lasts"), [
        ("is_hot", "hot_until", DAY), ("is_featured", "featured_until", 7 * DAY),
    ])  # fmt: skip
    class TestBoth:
        def publish(self, section, flag):
            page = factories.make_article(section, live=False, summary="Tóm tắt")
            setattr(page, flag, True)
            page.save_revision().publish()
            return fresh(page)

        def test_the_end_counts_from_the_publication(self, section, flag, until, lasts):
            with travel(timezone.now() - 3 * DAY, tick=False):
                draft = factories.make_article(section, live=False, summary="Tóm tắt", **{flag: True})
            assert getattr(draft, until) is None
            draft.get_latest_revision().publish()
            end = getattr(fresh(draft), until)
            assert abs(end - timezone.now() - lasts) < timedelta(minutes=1)
            assert getattr(fresh(draft), f"{flag}_now")

        def test_it_ends_by_itself(self, section, flag, until, lasts):
            page = self.publish(section, flag)
            named = {"is_hot": "hot", "is_featured": "featured"}[flag]
            assert getattr(BasePage.objects, named)().filter(pk=page.pk).exists()
            with travel(timezone.now() + lasts + HOUR, tick=False):
                assert not getattr(BasePage.objects, named)().filter(pk=page.pk).exists()
                assert not getattr(fresh(page), f"{flag}_now")

        def test_a_correction_days_later_does_not_begin_it_anew(self, section, flag, until, lasts):
            page = self.publish(section, flag)
            end = getattr(page, until)
            with travel(timezone.now() + 30 * DAY, tick=False):
                draft = page.get_latest_revision_as_object()
                draft.title = "Lỗi chính tả đã sửa"
                draft.save_revision().publish()
                assert getattr(fresh(page), until) == end
                assert not getattr(fresh(page), f"{flag}_now")

        def test_an_older_revision_does_not_begin_it_anew(self, section, flag, until, lasts):
            page = self.publish(section, flag)
            end, revision = getattr(page, until), page.latest_revision
            revision.publish()
            assert getattr(fresh(page), until) == end

        def test_an_editor_takes_the_end_away_to_begin_anew(self, section, flag, until, lasts, admin_client):
            from tests.form_data import Filler

            page = self.publish(section, flag)
            type(page).objects.filter(pk=page.pk).update(**{until: timezone.now() - 30 * DAY})
            draft = fresh(page)
            draft.save_revision()
            form = type(page).get_edit_handler().get_form_class()(instance=draft)
            data = Filler().only_required(form, title=page.title, slug=page.slug, summary="Tóm tắt", **{flag: "on"})
            response = admin_client.post(
                reverse("wagtailadmin_pages:edit", args=[page.pk]), {**data, until: "", "action-publish": "1"}
            )
            assert response.status_code == 302
            assert getattr(fresh(page), f"{flag}_now")

    def test_the_editors_own_end_is_kept(self, section):
        end = timezone.now() + 3 * HOUR
        page = factories.make_article(section, summary="Tóm tắt", is_hot=True, hot_until=end)
        assert fresh(page).hot_until == end

    def test_hot_news_without_summary_or_cover_is_refused_in_words(self, section):
        page = factories.make_article(section)
        page.is_hot = True
        with pytest.raises(ValidationError) as refused:
            page.full_clean()
        assert "is_hot" in refused.value.message_dict


class TestAuthors:
    def test_the_line_names_the_authors(self, section):
        people = [factories.make_person("Đặng Thị Ánh"), factories.make_person("Lê Văn Bình")]
        page = factories.make_article(section, authors=people)
        assert set(page.author_line.split(", ")) == {"Đặng Thị Ánh", "Lê Văn Bình"}

    def test_a_line_of_its_own_wins(self, section):
        page = factories.make_article(section, authors=[factories.make_person()], byline="Ban Chính sách")
        assert page.author_line == "Ban Chính sách"

    def test_many_authors_fit(self, section):
        people = [factories.make_person(f"Nguyễn Phúc Vĩnh Trường Sơn {n}") for n in range(20)]
        assert len(factories.make_article(section, authors=people).author_line) <= 300


class TestTopics:
    def test_the_main_topic_is_always_among_the_topics(self, section):
        topic, other = factories.make_topic(), factories.make_topic()
        page = factories.make_article(section, main_topic=topic, topics=[other])
        assert set(fresh(page).topics.all()) == {topic, other}
        assert fresh(page).topics_list[0] == topic

    def test_a_page_may_be_born_with_a_main_topic(self, section):
        topic = factories.make_topic()
        section = BasePage.objects.get(pk=section.pk)
        page = section.add_child(instance=ArticlePage(title="Mới", main_topic=topic))
        assert list(fresh(page).topics.all()) == [topic]

    def test_a_deleted_topic_leaves_the_page(self, section):
        topic = factories.make_topic()
        page = factories.make_article(section, main_topic=topic)
        topic.delete()
        assert fresh(page).kicker == ""
        fresh(page).save_revision().publish()


class TestText:
    NFD = unicodedata.normalize("NFD", "Đoàn viên ở Cửa Lam")

    @pytest.fixture
    def page(self, section):
        page = factories.make_article(section, live=False)
        page.title, page.summary = self.NFD + "\x00", self.NFD + "\u200b"
        page.body = [("paragraph", RichText(f"<p>{self.NFD}</p>")), ("heading", {"text": self.NFD})]
        return page

    def check(self, page):
        composed = "Đoàn viên ở Cửa Lam"
        assert page.title == page.summary == composed
        assert unicodedata.is_normalized("NFC", str(page.body))
        assert page.body[1].value["text"] == composed

    def test_saving_stores_one_form(self, page):
        page.save()
        self.check(fresh(page))

    def test_saving_unchecked_stores_one_form_too(self, page):
        page.save(clean=False)
        self.check(fresh(page))

    def test_publishing_a_revision_stores_one_form(self, page):
        page.save_revision(clean=False).publish()
        self.check(fresh(page))

    def test_checking_brings_one_form_before_it_measures(self, page):
        page.title = unicodedata.normalize("NFD", "ộ" * 250)
        page.full_clean()
        assert page.title == "ộ" * 250

    def test_a_clean_page_is_not_rewritten(self, section):
        page = factories.make_article(section)
        body = page.body
        page.save()
        assert page.body is body


class TestAddresses:
    def test_the_letter_is_kept(self, section):
        page = section.add_child(instance=ArticlePage(title="Đoàn viên được hỗ trợ"))
        assert page.slug == "doan-vien-duoc-ho-tro"
        assert page.url == f"/tin-tuc/{section.slug}/doan-vien-duoc-ho-tro/"

    def test_the_same_title_gets_a_number(self, section):
        slugs = [
            section.add_child(instance=ArticlePage(title="Đối thoại", live=live)).slug for live in (True, False, True)
        ]
        assert slugs == ["doi-thoai", "doi-thoai-2", "doi-thoai-3"]

    def test_a_long_title_has_a_short_address(self, section):
        page = section.add_child(instance=ArticlePage(title="Thương lượng " * 19))
        assert len(page.slug) <= 100

    def test_old_addresses_lead_to_the_new_one(self, section, news_index, client):
        article = factories.make_article(section, title="Bài dời chỗ")
        old = article.url
        other = factories.make_section(news_index, title="An toàn")
        article.move(other, pos="last-child")
        response = client.get(old)
        assert response.status_code == 301
        assert response["Location"] == fresh(article).url
        moved = fresh(article)
        moved.slug = "dia-chi-moi"
        moved.save_revision().publish()
        assert client.get(old, follow=True).redirect_chain[-1] == (fresh(article).url, 301)

    @pytest.mark.parametrize("path", NOTHING)
    def test_addresses_of_nothing_are_not_found(self, path, client, db):
        response = client.get(path)
        assert response.status_code in {301, 404}
        if response.status_code == 301:
            assert client.get(response["Location"]).status_code in {200, 404}


class TestScheduledChange:
    def test_a_page_that_a_command_wrote_stays_until_its_first_change_is_due(self, section, client):
        page = factories.make_article(section, title="Như đã viết")
        BasePage.objects.filter(pk=page.pk).update(live_revision=None, latest_revision=None)
        page.revisions.all().delete()
        page = fresh(page)
        page.title = "Tên mới"
        page.go_live_at = timezone.now() + HOUR
        page.save_revision().publish()

        assert "Như đã viết" in client.get(page.url).content.decode()
        with travel(timezone.now() + 2 * HOUR):
            call_command("publish_scheduled", verbosity=0)
            assert "Tên mới" in client.get(page.url).content.decode()
        assert [revision.as_object().title for revision in page.revisions.order_by("created_at", "pk")] == [
            "Như đã viết",
            "Tên mới",
        ]


class TestExpiry:
    @pytest.fixture
    def expired(self, section):
        page = factories.make_article(section, title="Đã hết hạn từ lâu", summary="x")
        BasePage.objects.filter(pk=page.pk).update(expire_at=timezone.now() - timedelta(seconds=1))
        return page

    def test_an_expired_page_is_gone_before_the_worker_comes(self, expired, section, client):
        assert client.get(expired.url).status_code == 404
        for url in ("/", "/tin-tuc/", section.url, "/sitemap-1.xml", "/sitemap-tin-moi.xml"):
            response = client.get(url)
            body = b"".join(response.streaming_content) if response.streaming else response.content
            assert "Đã hết hạn từ lâu" not in body.decode()
            assert expired.slug not in body.decode()

    def test_expiry_by_the_schedule_loses_no_derived_column(self, expired):
        expired.refresh_from_db()
        call_command("publish_scheduled", verbosity=0)
        page = fresh(expired)
        assert not page.live
        assert page.listed
        assert page.section_id == expired.section_id


class TestQuerySets:
    def test_published_leaves_out_drafts_and_the_expired(self, section):
        live = factories.make_article(section)
        factories.make_article(section, live=False)
        gone = factories.make_article(section)
        BasePage.objects.filter(pk=gone.pk).update(expire_at=timezone.now())
        later = factories.make_article(section)
        BasePage.objects.filter(pk=later.pk).update(expire_at=timezone.now() + HOUR)
        assert set(BasePage.objects.listed().values_list("pk", flat=True)) == {live.pk, later.pk}

    def test_newest_first_is_a_total_order(self, section):
        when = timezone.now()
        pages = [factories.make_article(section, display_date=when) for _number in range(3)]
        assert list(BasePage.objects.listed().newest_first().values_list("pk", flat=True)) == [
            page.pk for page in reversed(pages)
        ]

    def test_a_card_costs_no_further_query(self, section, django_assert_num_queries):
        image = factories.make_image()
        image.get_rendition("fill-320x180|format-webp|webpquality-72")
        for _number in range(3):
            factories.make_article(section, cover=image, main_topic=factories.make_topic(), unit=factories.make_unit())
        cards = list(BasePage.objects.listed().with_card_data(["fill-320x180|format-webp|webpquality-72"]))
        with django_assert_num_queries(0):
            for card in cards:
                assert card.title
                assert card.kicker
                assert card.kicker_url
                assert card.unit.url
                assert card.kind_label
                assert card.badge == ""
                assert card.url
                assert card.cover.get_rendition("fill-320x180|format-webp|webpquality-72").url
