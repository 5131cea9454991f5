"""A restricted page is readable by who may read it, and named nowhere else."""

import pytest
from django.contrib.auth.models import Group
from django.test import Client
from wagtail.models import PageViewRestriction

from pages.models import BasePage
from pages.share_cards import card_url
from tests import factories
from tests.fixtures import login

SECRET = "Điều chỉ đoàn viên mới được biết"


@pytest.fixture
def topic(db):
    return factories.make_topic("Tiền lương")


@pytest.fixture
def person(db):
    return factories.make_person("Lê Văn Bình", is_author=True)


@pytest.fixture
def unit(db):
    return factories.make_unit("Công đoàn Cảng Cửa Lam", kind="sector")


@pytest.fixture
def secret(section, topic, person, unit):
    return factories.make_article(
        section, title=SECRET, summary="Tóm tắt mật", topics=[topic], main_topic=topic, authors=[person], unit=unit,
        is_hot=True, is_featured=True,
    )  # fmt: skip


@pytest.fixture
def neighbour(secret, section, topic, unit):
    return factories.make_article(section, title="Bài bên cạnh", topics=[topic], unit=unit)


def everywhere(section, topic, person, unit, neighbour) -> list[str]:
    return [
        "/", "/tin-tuc/", section.url, topic.url, person.url, unit.url, neighbour.url, "/sitemap-1.xml",
        "/sitemap-tin-moi.xml", f"/tin-tuc/?don-vi={unit.slug}", "/khong-co-trang-nay/",
    ]  # fmt: skip


def read(url: str) -> str:
    response = Client().get(url)
    body = b"".join(response.streaming_content) if response.streaming else response.content  # type: ignore[attr-defined]  # a streaming response
    return body.decode()


def named_at(urls: list[str], secret) -> list[str]:
    return [url for url in urls if SECRET in (html := read(url)) or secret.slug in html]


def test_before_it_is_restricted_it_is_named_everywhere(secret, section, topic, person, unit, neighbour):
    """So that the test below can fail."""
    urls = everywhere(section, topic, person, unit, neighbour)
    assert named_at(urls, secret) == urls


@pytest.mark.parametrize("kind", ["password", "login", "groups"])
@pytest.mark.parametrize("above", [False, True], ids=["itself", "its-section"])
def test_a_restricted_page_is_named_nowhere(kind, above, secret, section, topic, person, unit, neighbour):
    PageViewRestriction.objects.create(page=section if above else secret, restriction_type=kind, password="x")
    urls = everywhere(section, topic, person, unit, neighbour)
    assert named_at([url for url in urls if not (above and url in {section.url, neighbour.url})], secret) == []


def test_counts_forget_a_page_as_soon_as_it_is_restricted(
    secret, neighbour, section, django_capture_on_commit_callbacks
):
    assert Client().get("/tin-tuc/").context["listing"].total == 2
    with django_capture_on_commit_callbacks(execute=True):
        PageViewRestriction.objects.create(page=secret, restriction_type="login")
    assert Client().get("/tin-tuc/").context["listing"].total == 1


def test_its_share_card_is_not_drawn(secret):
    address = card_url(secret)
    drawn = Client().get(address)
    assert drawn.status_code == 200
    assert b"".join(drawn.streaming_content)
    PageViewRestriction.objects.create(page=secret, restriction_type="login")
    assert Client().get(address).status_code == 404


class TestReading:
    def test_by_password(self, secret):
        restriction = PageViewRestriction.objects.create(page=secret, restriction_type="password", password="mật khẩu")
        client = Client()
        asked = client.get(secret.url)
        assert asked.status_code == 200
        assert SECRET not in asked.content.decode().replace(f"<title>{SECRET}", "")
        answer = {"password": "mật khẩu", "return_url": secret.url}
        response = client.post(f"/_util/authenticate_with_password/{restriction.pk}/{secret.pk}/", answer, follow=True)
        assert SECRET in response.content.decode()

    def test_by_login(self, secret):
        PageViewRestriction.objects.create(page=secret, restriction_type="login")
        asked = Client().get(secret.url)
        assert asked.status_code == 302
        assert asked["Location"].startswith("/tai-khoan/")
        assert SECRET in login(factories.make_user()).get(secret.url).content.decode()

    def test_by_group(self, secret):
        group = Group.objects.create(name="Ban chấp hành")
        PageViewRestriction.objects.create(page=secret, restriction_type="groups").groups.add(group)
        member = factories.make_user()
        member.groups.add(group)
        assert SECRET in login(member).get(secret.url).content.decode()
        assert login(factories.make_user()).get(secret.url).status_code != 200

    def test_a_restricted_answer_is_never_stored(self, secret):
        PageViewRestriction.objects.create(page=secret, restriction_type="login")
        response = login(factories.make_user()).get(secret.url)
        assert "private" in response.get("Cache-Control", "") or "no-store" in response.get("Cache-Control", "")


def test_published_agrees_with_wagtail(secret, neighbour, section):
    PageViewRestriction.objects.create(page=secret, restriction_type="login")
    ours = set(BasePage.objects.published().values_list("pk", flat=True))
    assert ours == set(BasePage.objects.live().public().values_list("pk", flat=True))
    assert not BasePage.objects.get(pk=secret.pk).visible_now
    assert BasePage.objects.get(pk=neighbour.pk).visible_now
