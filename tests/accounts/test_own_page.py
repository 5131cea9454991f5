"""What members see of their accounts, and of the rest of the portal."""

import re

import pytest
from allauth.account.models import EmailAddress
from django.core import mail
from django.test import Client
from django.utils.safestring import SafeString

from accounts.templatetags.portal_accounts import browser
from organisations.roles import Role
from tests import factories
from tests.fixtures import login

pytestmark = pytest.mark.django_db


@pytest.fixture
def member():
    return factories.make_member(factories.make_unit("Công đoàn Công ty May Bến Sậy"), member_code="0912345678")


@pytest.fixture
def client(member):
    return login(member)


def test_the_page_shows_who_one_is(client, member):
    page = client.get("/tai-khoan/").content.decode()

    for text in (str(member), "0912 345 678", "Công đoàn Công ty May Bến Sậy"):
        assert text in page


def test_visitors_are_asked_to_log_in():
    assert Client().get("/tai-khoan/")["Location"] == "/tai-khoan/login/?next=/tai-khoan/"


def masthead(client) -> str:
    (found,) = re.findall(r"<header>.*?</header>", client.get("/").content.decode(), re.DOTALL)
    return found


def test_the_masthead_leads_members_to_their_account(client):
    found = masthead(client)

    for path in ("/tai-khoan/", "/tai-khoan/logout/", "/dao-tao/hoc/cua-toi/"):
        assert found.count(f'href="{path}"') == 2  # wide, and in the menu of phones
    assert "/admin/" not in found
    assert "/tai-khoan/login/" not in found


def test_the_masthead_leads_editors_to_their_office():
    found = masthead(login(factories.make_user(Role.CONTRIBUTOR)))

    assert 'href="/admin/"' in found
    assert "/tai-khoan/logout/" not in found


def test_the_masthead_asks_visitors_to_log_in():
    assert "/tai-khoan/login/" in masthead(Client())


@pytest.mark.parametrize(
    "path", ["/admin/", "/admin/members/", "/admin/users/", "/admin/members/bring-in/", "/admin/pages/"]
)
def test_the_admin_is_closed_to_members(client, path):
    assert client.get(path).status_code == 302


@pytest.mark.parametrize(
    "path",
    [
        "/tai-khoan/email/",
        "/tai-khoan/password/change/",
        "/tai-khoan/2fa/",
        "/tai-khoan/sessions/",
        "/tai-khoan/logout/",
        "/tai-khoan/2fa/webauthn/",
    ],
)
def test_every_page_opens_without_inline_scripts(client, path):
    answer = client.get(path)
    scripts = re.findall(r"<script(?![^>]*(?:src=|application/json))[^>]*>", answer.content.decode())

    assert answer.status_code == 200
    assert [script for script in scripts if "data-allauth-onload" not in script] == []


def sign_in(member) -> Client:
    client = Client(headers={"user-agent": "Firefox thử nghiệm"})
    client.post("/tai-khoan/login/", {"login": member.member_code, "password": factories.PASSWORD})
    return client


def confirm(client, path: str):
    return client.post("/tai-khoan/reauthenticate/", {"password": factories.PASSWORD, "next": path})


@pytest.mark.parametrize("path", ["/tai-khoan/2fa/webauthn/add/", "/tai-khoan/2fa/totp/activate/"])
def test_a_second_step_is_added_after_the_password(member, path):
    client = sign_in(member)

    assert client.get(path)["Location"].startswith("/tai-khoan/reauthenticate/")
    assert confirm(client, path)["Location"] == path
    page = client.get(path)
    assert page.status_code == 200
    assert "script-src 'self';" in page["Content-Security-Policy"]


def test_a_passkey_is_made_for_the_person_by_name(member):
    client = sign_in(member)
    confirm(client, "/")
    options = client.get("/tai-khoan/2fa/webauthn/add/").context_data["js_data"]["creation_options"]["publicKey"]

    assert options["user"]["displayName"] == str(member)
    assert options["user"]["name"] == "0912 345 678"
    assert "member" not in options


def test_the_log_in_page_offers_passkeys():
    page = Client().get("/tai-khoan/login/").content.decode()

    assert "passkeys.js" in page
    answer = Client().get("/tai-khoan/2fa/webauthn/login/", headers={"accept": "application/json"})
    assert answer.json()["request_options"]["publicKey"]["userVerification"] == "required"


def test_a_passkey_that_is_none_lets_nobody_in(member):
    client = Client()
    client.get("/tai-khoan/2fa/webauthn/login/", headers={"accept": "application/json"})
    for credential in ("{}", "[]", "x", '{"id": "AAAA", "rawId": "AAAA", "type": "public-key", "response": {}}'):
        answer = client.post("/tai-khoan/2fa/webauthn/login/", {"credential": credential})
        assert answer["Location"] == "/tai-khoan/login/"


def test_sessions_are_listed_and_ended(member):
    here, elsewhere = sign_in(member), sign_in(member)

    assert here.get("/tai-khoan/sessions/").content.decode().count("Firefox") == 2
    here.post("/tai-khoan/sessions/")
    assert here.get("/tai-khoan/").status_code == 200
    assert elsewhere.get("/tai-khoan/").status_code == 302


def test_a_new_email_counts_once_it_is_proved(member):
    client = sign_in(member)
    change = {"email": "moi@example.org", "action_add": ""}
    assert client.post("/tai-khoan/email/", change)["Location"].startswith("/tai-khoan/reauthenticate/")
    confirm(client, "/")
    client.post("/tai-khoan/email/", change)
    assert not EmailAddress.objects.filter(user=member, verified=True).exists()
    assert "moi@example.org" in client.get("/tai-khoan/").content.decode()

    link = re.search(r"(/tai-khoan/confirm-email/[^\s]+/)", mail.outbox[0].body)[1]
    client.post(link)

    member.refresh_from_db()
    assert member.email == "moi@example.org"


@pytest.mark.parametrize(
    ("agent", "words"),
    [
        ("Mozilla/5.0 (Linux; Android 14) AppleWebKit/537.36 Chrome/130.0 Mobile Safari/537.36", "Chrome, Android"),
        ("Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) Version/18.0 Safari/604.1", "Safari, iPhone"),
        ("Mozilla/5.0 (Windows NT 10.0) coc_coc_browser/130 Chrome/124.0 Safari/537.36", "Cốc Cốc, Windows"),
        ("Mozilla/5.0 (Windows NT 10.0) Chrome/130.0 Safari/537.36 Edg/130.0", "Edge, Windows"),
        ("curl/8", "curl/8"),
        ("", ""),
    ],
)
def test_browsers_are_named_in_words(agent, words):
    assert browser(agent) == words


def test_names_are_escaped():
    member = factories.make_member(first_name="<b>x</b>")
    page = login(member).get("/tai-khoan/").content.decode()

    assert "<b>x</b>" not in page
    assert not isinstance(member.first_name, SafeString)
