"""The admin as editors meet it: dashboard, guide, lists, dialogs, rights over pictures."""

import re
from datetime import timedelta
from html import unescape

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from core.text import vietnamese_slug
from home import help as guide
from news.models import ArticlePage
from organisations.models import Unit
from organisations.roles import Role
from pages.content_checks import CONTENT_RULES, LAYOUT_RULES, AllContentChecks
from pages.panels import calendar, unfinished_pages, writings
from pages.slugs import letter_patterns
from policies.panels import due_policies
from tests import factories

DASHBOARD = "/admin/"


def text_of(response) -> str:
    """The words of a page, without its tags."""
    return " ".join(
        unescape(re.sub(r"<(script|template).*?</\1>|<[^>]+>", " ", response.text, flags=re.DOTALL)).split()
    )


# Dashboard ------------------------------------------------------------------------------------------------------------


@pytest.fixture
def unit(db) -> Unit:
    return factories.make_unit("Công đoàn ngành Cao su")


@pytest.fixture
def elsewhere(db) -> Unit:
    return factories.make_unit("Công đoàn ngành Dệt may")


@pytest.mark.parametrize("role", [Role.CONTRIBUTOR, Role.EDITOR, Role.CHIEF_EDITOR, Role.ADMINISTRATOR])
def test_everybody_who_may_write_begins_with_one_touch(client_as, unit, section, role):
    client = client_as(role, unit)

    response = client.get(DASHBOARD)

    address = reverse("wagtailadmin_pages:add", args=("news", "articlepage", section.pk))
    assert f'href="{address}"' in response.text
    assert client.get(address).status_code == 200
    assert "Viết bài mới" in text_of(response)


def test_types_come_with_every_place_they_may_stand_in(section, news_index, policy_index, procedure_index):
    other = factories.make_section(news_index, title="An toàn – Sức khoẻ")
    factories.make_section(news_index, title="Chưa mở", live=False)

    found = {
        writing.label: [place.title for place in writing.places] for writing in writings(factories.make_superuser())
    }

    assert found["Tin bài"] == found["Video"] == [section.title, other.title]
    assert found["Giải thích chính sách"] == [policy_index.title]
    assert found["Thủ tục"] == [procedure_index.title]
    assert "Trang đơn vị" not in found


def test_the_library_clerk_is_offered_no_pages(client_as):
    response = client_as(Role.CLERK).get(DASHBOARD)

    assert response.status_code == 200
    assert "Viết bài mới" not in text_of(response)


def test_my_pages_are_mine_unfinished_and_named_by_their_state(client_as, unit, section):
    client = client_as(Role.EDITOR, unit)
    mine = {"owner": client.user, "unit": unit}
    factories.make_article(section, title="Bản nháp của tôi", live=False, **mine)
    factories.make_article(section, title="Đã xong", **mine)
    factories.make_article(section, title="Của người khác", live=False, unit=unit)
    changed = factories.make_article(section, title="Đang sửa lại", **mine)
    changed.save_revision()
    scheduled = factories.make_article(section, title="Hẹn giờ", live=False, **mine)
    scheduled.go_live_at = timezone.now() + timedelta(days=2)
    scheduled.save_revision(approved_go_live_at=scheduled.go_live_at)

    assert {page.title for page in unfinished_pages(client.user)} == {"Bản nháp của tôi", "Đang sửa lại", "Hẹn giờ"}
    words = text_of(client.get(DASHBOARD))
    assert "Bài của tôi" in words
    assert "Đã xuất bản, có chỉnh sửa chưa xuất bản" in words
    assert "Đã hẹn giờ" in words


def test_a_page_sent_for_review_says_so(client_as, unit, section):
    client = client_as(Role.CONTRIBUTOR, unit)
    page = factories.make_article(section, title="Xin duyệt", live=False, owner=client.user, unit=unit)
    page.get_workflow().start(page, client.user)

    assert "Đang chờ duyệt" in text_of(client.get(DASHBOARD))


def test_the_calendar_tells_what_comes_and_what_goes_within_the_editors_units(client_as, unit, elsewhere, section):
    client = client_as(Role.EDITOR, unit)
    soon = timezone.now() + timedelta(days=3)
    coming = factories.make_article(section, title="Sắp lên", live=False, unit=unit)
    coming.go_live_at = soon
    coming.save_revision(approved_go_live_at=soon)
    factories.make_article(section, title="Sắp gỡ", unit=unit, expire_at=soon + timedelta(hours=1))
    factories.make_article(section, title="Tháng sau", unit=unit, expire_at=soon + timedelta(days=30))
    factories.make_article(section, title="Đơn vị khác", unit=elsewhere, expire_at=soon)

    assert [(entry.page.title, entry.goes_live) for entry in calendar(client.user)] == [
        ("Sắp lên", True),
        ("Sắp gỡ", False),
    ]
    words = text_of(client.get(DASHBOARD))
    assert "Lịch đăng" in words
    assert "Đơn vị khác" not in words


def test_policies_are_due_by_date_or_by_a_basis_out_of_force(unit):
    user = factories.make_superuser()
    today = timezone.localdate()
    basis = {"number": "1/2024/NĐ-CP", "kind": "Nghị định", "title": "Về lương"}
    factories.make_explainer(title="Đến hạn", next_review=today)
    factories.make_explainer(title="Chưa đến hạn", next_review=today + timedelta(days=1))
    factories.make_procedure(title="Hết hiệu lực", basis=[("basis", {**basis, "status": "expired"})])
    factories.make_procedure(title="Còn hiệu lực", basis=[("basis", {**basis, "status": "in_force"})])
    factories.make_explainer(title="Bản nháp", next_review=today, live=False)

    found = {due.page.title: due.reasons for due in due_policies(user)}

    assert set(found) == {"Đến hạn", "Hết hiệu lực"}
    assert found["Hết hiệu lực"] == ["Có văn bản căn cứ đã hết hiệu lực"]


def test_policies_of_other_units_are_not_this_editors_business(client_as, unit, elsewhere):
    factories.make_explainer(title="Của ngành khác", next_review=timezone.localdate(), unit=elsewhere)

    words = text_of(client_as(Role.EDITOR, unit).get(DASHBOARD))

    assert "Chính sách đến hạn rà soát" not in words


def test_empty_panels_are_not_there(client_as, unit, section):
    words = text_of(client_as(Role.EDITOR, unit).get(DASHBOARD))

    for heading in ("Bài của tôi", "Lịch đăng", "Chính sách đến hạn rà soát"):
        assert heading not in words


def fill(section, user, unit, number: int) -> None:
    soon = timezone.now() + timedelta(days=1)
    for _index in range(number):
        factories.make_article(section, live=False, owner=user, unit=unit)
        factories.make_article(section, unit=unit, expire_at=soon)
        factories.make_explainer(next_review=timezone.localdate(), unit=unit)


def test_the_dashboard_costs_the_same_with_few_pages_and_with_many(client_as, unit, section, news_index):
    client = client_as(Role.EDITOR, unit)
    fill(section, client.user, unit, 3)
    client.get(DASHBOARD)  # content types, sites and settings are read once
    with CaptureQueriesContext(connection) as few:
        client.get(DASHBOARD)
    for number in range(5):
        factories.make_section(news_index, title=f"Chuyên mục {number}")
    fill(section, client.user, unit, 10)

    with CaptureQueriesContext(connection) as many:
        client.get(DASHBOARD)

    assert len(many) == len(few)


# Guide and menu -------------------------------------------------------------------------------------------------------


def test_the_guide_is_shown_inside_the_admin(client_as, unit):
    client = client_as(Role.CONTRIBUTOR, unit)

    for page in guide.guide_pages():
        response = client.get(page.url)
        assert response.status_code == 200
        assert page.title in text_of(response)
    assert client.get(reverse("home_guide_first")).status_code == 200
    assert client.get("/admin/huong-dan/khong-co/").status_code == 404


def test_the_guide_is_for_editors_only(client):
    assert client.get(reverse("home_guide_first")).status_code == 302


def test_links_between_files_lead_to_pages_and_scripts_are_gone(tmp_path, monkeypatch):
    monkeypatch.setattr(guide, "GUIDE", tmp_path)
    (tmp_path / "index.md").write_text(
        "# Đầu\n\n## Ảnh & tệp\n\n[Quyền](quyen.md#nhom) ![Ảnh](anh.png) <script>x()</script> [x](javascript:alert(1))",
        encoding="utf-8",
    )
    (tmp_path / "a.md").write_text("# Á", encoding="utf-8")
    (tmp_path / "quyen.md").write_text("# Quyền", encoding="utf-8")

    pages = guide.guide_pages()
    html = guide.render(pages[0])

    assert [page.slug for page in pages] == ["index", "quyen", "a"]
    assert 'href="/admin/huong-dan/quyen/#nhom"' in html
    assert 'src="/admin/huong-dan/tep/anh.png"' in html
    assert '<h2 id="anh-tep">' in html
    assert "<script" not in html
    assert 'href="javascript' not in html


@pytest.mark.parametrize("name", ["../../manage.py", "index.md", "khong-co.png", "/etc/passwd"])
def test_only_pictures_of_the_guide_are_served(admin_client, name):
    assert admin_client.get(f"/admin/huong-dan/tep/{name}").status_code == 404


def test_help_in_english_elsewhere_is_not_offered(admin_client):
    page = admin_client.get(DASHBOARD).text

    assert "guide.wagtail.org" not in page
    assert "releases" not in page
    assert reverse("home_guide_first") in page


def test_the_admin_bears_the_portals_name_and_emblem(admin_client):
    page = admin_client.get(DASHBOARD).text

    assert "icons/emblem.svg" in page
    assert "admin/portal.css" in page
    assert "development.css" not in page


# Lists, forms and dialogs ---------------------------------------------------------------------------------------------


def test_lists_show_unit_and_date_without_asking_for_each_page(admin_client, section, unit):
    address = reverse("wagtailadmin_explore", args=(section.pk,))
    counts = []
    for number in (3, 12):
        for _index in range(number):
            factories.make_article(section, unit=factories.make_unit())
        admin_client.get(address)
        with CaptureQueriesContext(connection) as queries:
            response = admin_client.get(address)
        counts.append(len(queries))

    words = text_of(response)
    assert "Đơn vị" in words
    assert "Ngày hiển thị" in words
    assert counts[0] == counts[1]


@pytest.mark.parametrize(
    "title",
    [
        "Đoàn viên",
        "ĐỒNG NAI: ẴM GIẢI",
        "Thuỷ thủ, kỹ sư & thợ điện",
        "Ở đâu có công nhân",
        "2025–2026",
        "ƯỚC MƠ – Ỷ LẠI",
    ],
)
def test_the_browser_proposes_the_address_that_the_server_would(title):
    typed = title
    for pattern, plain in letter_patterns():
        typed = re.sub(pattern, plain, typed)

    # What Wagtail's script does after the patterns.
    typed = re.sub(r"[^-\w\s]", "", typed.lower(), flags=re.ASCII)
    assert re.sub(r"[-\s]+", "-", typed) == vietnamese_slug(title)


def save_draft(client, section, title: str, **more: str):
    """Send the form of a new article with only a title, as the browser fills the address."""
    data = {
        "title": title,
        "slug": vietnamese_slug(title),
        "body-count": "0",
        "comments-TOTAL_FORMS": "0",
        "comments-INITIAL_FORMS": "0",
        **more,
    }
    return client.post(reverse("wagtailadmin_pages:add", args=("news", "articlepage", section.pk)), data)


def test_a_second_page_of_the_same_name_gets_an_address_of_its_own(admin_client, section):
    for _month in range(3):
        assert save_draft(admin_client, section, "Lịch tư vấn pháp luật").status_code == 302

    slugs = set(ArticlePage.objects.values_list("slug", flat=True))
    assert slugs == {"lich-tu-van-phap-luat", "lich-tu-van-phap-luat-2", "lich-tu-van-phap-luat-3"}


def test_an_address_the_editor_chose_is_never_changed_silently(admin_client, section):
    save_draft(admin_client, section, "Lịch tư vấn pháp luật")

    response = save_draft(admin_client, section, "Một tiêu đề khác", slug="lich-tu-van-phap-luat")

    assert response.status_code == 200
    assert "đã được dùng" in text_of(response)


def test_topics_and_authors_are_ticked_not_picked_with_a_key_held_down(admin_client, section):
    topic = factories.make_topic("Tiền lương")
    author = factories.make_person("Ngô Gia Bảo", is_author=True)
    factories.make_person("Cán bộ không viết bài", is_author=False)
    guest = factories.make_person("Khách mời", is_author=False)
    article = factories.make_article(section, authors=[guest])

    page = admin_client.get(reverse("wagtailadmin_pages:edit", args=(article.pk,))).text

    assert re.search(rf'type="checkbox" name="topics" value="{topic.pk}"', page)
    offered = set(map(int, re.findall(r'type="checkbox" name="authors" value="(\d+)"', page)))
    assert offered == {author.pk, guest.pk}


@pytest.mark.parametrize("kind", ["external", "email", "phone", "anchor"])
def test_dialogs_for_links_speak_vietnamese(admin_client, kind):
    response = admin_client.get(reverse(f"wagtailadmin_choose_page_{kind}_link"))

    assert "Chữ hiển thị" in response.json()["html"]
    assert "Link text" not in response.json()["html"]


@pytest.mark.parametrize("name", ["wagtailadmin_choose_page", "wagtailadmin_choose_page_search"])
def test_the_rich_text_editor_may_link_to_pages_of_the_portal(admin_client, name):
    """Wagtail's editor asks for pages of Wagtail's own type, which a portal with its own base page has not."""
    response = admin_client.get(reverse(name), {"page_type": "wagtailcore.page", "q": "tin"})

    assert response.status_code == 200


def test_a_missing_type_of_page_is_still_an_error(admin_client):
    assert admin_client.get(reverse("wagtailadmin_choose_page"), {"page_type": "news.nothing"}).status_code == 404


# Pictures -------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("role", [Role.CONTRIBUTOR, Role.EDITOR, Role.CHIEF_EDITOR, Role.ADMINISTRATOR])
def test_who_writes_may_upload_and_choose_pictures_and_files(client_as, unit, role):
    client = client_as(role, unit)

    for name in (
        "wagtailimages:index",
        "wagtailimages:add_multiple",
        "wagtailimages_chooser:choose",
        "wagtaildocs:index",
        "wagtaildocs:add_multiple",
        "wagtaildocs_chooser:choose",
    ):
        assert client.get(reverse(name)).status_code == 200, name


def test_the_library_clerk_keeps_files_and_leaves_pictures_alone(client_as):
    client = client_as(Role.CLERK)

    assert client.get(reverse("wagtaildocs:index")).status_code == 200
    assert client.get(reverse("wagtailimages:add_multiple")).status_code == 302


def test_administrators_keep_the_collections(client_as):
    assert client_as(Role.ADMINISTRATOR).get(reverse("wagtailadmin_collections:index")).status_code == 200


def test_a_picture_without_a_text_alternative_is_asked_for_one(admin_client):
    image = factories.make_image()
    address = reverse("wagtailimages:edit", args=(image.pk,))
    data = {"title": image.title, "licence": "own", "collection": image.collection_id, "description": ""}

    response = admin_client.post(address, data)

    words = text_of(response)
    assert "Văn bản thay thế" in words
    assert "Một câu nói ảnh cho thấy gì" in words
    assert response.status_code == 200
    assert admin_client.post(address, {**data, "description": "Hai công nhân ở cảng"}).status_code == 302


# Content checker ------------------------------------------------------------------------------------------------------


def test_the_content_checker_runs_every_rule_in_vietnamese(rf):
    checker = AllContentChecks(in_editor=True)
    configuration = checker.get_axe_configuration(rf.get("/"))

    assert "runOnly" not in configuration["options"]
    messages = configuration["messages"]
    assert set(messages) == {*CONTENT_RULES, *LAYOUT_RULES}
    assert messages["image-alt"]["error_name"] == "Có ảnh thiếu văn bản thay thế"
    assert set(messages) >= set(AllContentChecks.axe_messages)


def test_the_editor_uses_this_checker_and_shows_the_phone_first(admin_client, section):
    article = factories.make_article(section)

    response = admin_client.get(reverse("wagtailadmin_pages:edit", args=(article.pk,)))

    assert '"p-as-heading"' in response.text  # the settings of the checker, as JSON
    assert article.default_preview_size == "mobile"
    assert "Readability" not in response.text


def test_a_preview_carries_what_the_checker_needs_and_a_public_page_does_not(admin_client, section):
    article = factories.make_article(section)
    address = reverse("wagtailadmin_pages:preview_on_edit", args=(article.pk,))
    form = {"title": article.title, "slug": article.slug, "body-count": "0"}
    form |= {"comments-TOTAL_FORMS": "0", "comments-INITIAL_FORMS": "0"}
    assert admin_client.post(address, form).json()["is_valid"]

    preview = admin_client.get(address, {"in_preview_panel": "true"})

    assert "<wagtail-userbar>" in preview.text
    assert "<wagtail-userbar>" not in admin_client.get(article.url).text
