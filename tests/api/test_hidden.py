"""Nobody gets out of the interface what a reader without an account does not see."""

import json
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone
from wagtail.models import Collection, CollectionViewRestriction, PageViewRestriction

from tests import factories
from tests.api.asking import get, ids, refused

pytestmark = pytest.mark.django_db

ITEMS = "/api/v2/pages/"


@pytest.fixture
def closed(db):
    """A collection that needs a log-in, and one below it."""
    root = Collection.get_first_root_node()
    above = root.add_child(name="Nội bộ")
    CollectionViewRestriction.objects.create(collection=above, restriction_type="login")
    return above.add_child(name="Sâu hơn")


def is_nowhere(client, page) -> bool:
    """Whether no question of any kind gets at a page."""
    get(client, f"pages/{page.pk}/", 404)
    get(client, "pages/find/", 404, id=page.pk)
    if page.url:
        get(client, "pages/find/", 404, html_path=page.url)
    for relation in ("child_of", "descendant_of", "ancestor_of"):
        refused(client, "pages/", **{relation: page.pk})
    questions: tuple[dict, ...] = (
        {},
        {"slug": page.slug},
        {"order": "title"},
        {"fields": "*"},
        {"descendant_of": "root"},
        {"child_of": page.get_parent().pk} if page.depth > 2 and page.get_parent().visible_now else {},
        {"order": "-last_published_at"},
        {"is_item": "true"},
    )
    return all(page.pk not in ids(client, limit=100, **question) for question in questions)


@pytest.mark.parametrize("kind", ["login", "password", "groups"])
def test_restricted_pages_and_all_below(client, section, news_index, kind):
    PageViewRestriction.objects.create(page=news_index, restriction_type=kind, password="bí mật")
    article = factories.make_article(section)

    assert is_nowhere(client, news_index)
    assert is_nowhere(client, section)
    assert is_nowhere(client, article)


def test_drafts_and_what_is_to_come_or_over(client, section):
    hour = timedelta(hours=1)
    draft = factories.make_article(section, live=False)
    scheduled = factories.make_article(section, live=False, go_live_at=timezone.now() + hour)
    expired = factories.make_article(section, expire_at=timezone.now() - hour)

    assert all(is_nowhere(client, page) for page in (draft, scheduled, expired))


def test_the_root_of_the_tree_is_no_page(client, home):
    assert is_nowhere(client, type(home).get_first_root_node())


def test_what_an_editor_has_not_published_yet(client, section):
    article = factories.make_article(section, title="Bản đã đăng")
    article.title, article.summary = "Bản nháp", "Chưa ai được đọc"
    article.save_revision()

    assert get(client, f"pages/{article.pk}/")["title"] == "Bản đã đăng"
    assert "Chưa ai" not in client.get(f"/api/v2/pages/{article.pk}/").content.decode()


def test_a_log_in_changes_nothing(client, admin_client, section, media_root, closed):
    draft = factories.make_article(section, live=False)
    file = factories.make_document(collection=closed)

    assert admin_client.get(f"/api/v2/pages/{draft.pk}/").status_code == 404
    assert admin_client.get(f"/api/v2/documents/{file.pk}/").status_code == 404
    assert admin_client.get(ITEMS).content == client.get(ITEMS).content


def test_files_and_pictures_of_private_collections(client, closed, section, media_root):
    file, image = factories.make_document(collection=closed), factories.make_image(collection=closed)
    article = factories.make_article(section, cover=image)

    for name, thing in (("documents", file), ("images", image)):
        get(client, f"{name}/{thing.pk}/", 404)
        get(client, f"{name}/find/", 404, id=thing.pk)
        assert ids(client, f"{name}/", fields="*") == []
        assert get(client, f"{name}/")["meta"]["total_count"] == 0
    get(client, f"images/{image.pk}/card-640.jpg", 404)
    assert get(client, "pages/", slug=article.slug)["items"][0]["cover"] is None


def test_papers_that_only_some_may_have(client, closed, media_root):
    secret = factories.make_document("Dự thảo mật", collection=closed)
    papers = [("paper", {"document": secret, "title": "Tờ trình", "note": ""})]
    page = factories.make_event(papers=papers, online_url="https://example.org/phong-hop-rieng")
    answer = get(client, f"pages/{page.pk}/")

    assert answer["papers"] == answer["streams"]["papers"] == []
    assert "phong-hop-rieng" not in json.dumps(answer)
    assert "Dự thảo mật" not in json.dumps(answer, ensure_ascii=False)
    assert secret.url in answer["html"]  # as on the page itself, where the link asks for a log-in
    assert client.get(secret.url).status_code == 302


def test_what_members_alone_may_read(client):
    course = factories.make_course(access="members")
    lesson = factories.make_lesson(course, body=[("paragraph", "<p>Chỉ dành cho đoàn viên.</p>")])
    answer = get(client, f"pages/{lesson.pk}/")

    assert (answer["html"], answer["streams"]) == ("", {})
    assert "Chỉ dành cho" not in json.dumps(answer, ensure_ascii=False)
    assert get(client, f"pages/{course.pk}/")["access"] == "members"


def test_nothing_of_questions_answers_and_people(client):
    bank = factories.make_bank(
        factories.question("Câu hỏi bí mật?", "Đáp án đúng", "Đáp án sai"), title="Ngân hàng nội bộ"
    )
    contest = factories.make_contest(bank, count=1)
    entry = factories.make_entry(contest.rounds.get(), name="Trần Thị Người Thi", known_as="0912000111")
    lesson = factories.make_lesson(factories.make_course(), bank=bank, title="Bài có câu hỏi")
    klass = factories.make_class(online_url="https://example.org/lop-hoc-rieng")
    factories.make_registration(klass, "Lê Văn Học Viên")
    pages = (contest, lesson, lesson.get_parent(), klass)
    texts = [client.get(f"/api/v2/pages/{page.pk}/").content.decode() for page in pages]
    texts.append(client.get("/api/v2/pages/?limit=100&fields=*").content.decode())
    secrets = ["Câu hỏi bí mật", "Đáp án", "Ngân hàng nội bộ", entry.name, "0912000111", "lop-hoc-rieng", "Học Viên"]

    for text in texts:
        assert [secret for secret in secrets if secret in text] == []
    assert get(client, f"pages/{contest.pk}/")["rounds"][0]["questions"] == 1


def test_a_page_named_by_another_is_shown_to_who_may_see_it(client, section):
    article = factories.make_article(section)
    page = factories.make_infographic(explained_in=article)
    assert get(client, f"pages/{page.pk}/")["explained_in"]["id"] == article.pk

    PageViewRestriction.objects.create(page=section, restriction_type="login")
    other = factories.make_infographic(explained_in=article)
    assert get(client, f"pages/{other.pk}/")["explained_in"] is None


INSIDE = (
    "owner",
    "locked_by",
    "locked_by_id",
    "owner__password",
    "password",
    "latest_revision",
    "live_revision",
    "draft_title",
    "path",
    "unit__assignments",
    "owner_person",
    "next_review",
    "online_url__startswith",
    "drawn_cover",
    "view_restrictions",
    "revisions",
    "workflow_states",
    "go_live_at",
    "has_unpublished_changes",
    "pk",
    "content_type",
)


@pytest.mark.parametrize("name", INSIDE)
@pytest.mark.parametrize("path", ["pages/", "pages/?type=policies.ExplainerPage", "images/", "documents/", "units/"])
def test_inner_columns_cannot_be_named(client, home, path, name):
    path, _mark, query = path.partition("?")
    more = dict([query.split("=")]) if query else {}

    refused(client, path, fields=name, **more)
    refused(client, path, order=name, **more)
    refused(client, path, **{name: "1"}, **more)


def test_all_fields_tell_nothing_of_editors(client, section, media_root):
    editor = factories.make_user(username="bien-tap-vien-bi-mat", email="bi-mat@example.org", last_name="Họ Bí Mật")
    factories.make_article(section, owner=editor, locked=True, locked_by=editor, locked_at=timezone.now())
    image = factories.make_image(uploaded_by_user=editor)
    file = factories.make_document(uploaded_by_user=editor)
    paths = ("pages/?limit=100&fields=*", f"images/{image.pk}/", f"documents/{file.pk}/", "units/?fields=*")
    text = "".join(client.get(f"/api/v2/{path}").content.decode() for path in paths)

    for secret in (editor.username, editor.email, editor.last_name, editor.password):
        assert secret not in text


def test_no_cookie_and_no_session(section, django_assert_num_queries):
    reader = Client()
    reader.cookies["phien"] = "x" * 32
    response = reader.get(ITEMS)

    assert not response.cookies
    assert "Cookie" not in response.get("Vary", "")
    with django_assert_num_queries(0):
        assert reader.get(ITEMS, headers={"if-none-match": response["ETag"]}).status_code == 304


def test_units_while_the_portal_shows_none(client, unit_index):
    unit = factories.make_unit()
    assert ids(client, "units/") == [unit.pk]

    unit_index.unpublish()
    other = Client()
    get(other, f"units/{unit.pk}/", 404)


def test_a_member_who_has_not_agreed_yet_is_a_reader_like_any_other(section):
    reader = Client()
    reader.force_login(factories.make_member(agreed=False))

    assert reader.get("/").status_code == 302
    assert reader.get(ITEMS).status_code == 200
