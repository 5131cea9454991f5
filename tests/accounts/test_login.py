"""Logging in by three kinds of names, telling nobody who has an account."""

import re

import pytest
from django.contrib.auth.hashers import MD5PasswordHasher
from django.test import Client

from accounts.adapters import AccountAdapter
from organisations.roles import Role
from tests import factories

LOGIN = "/tai-khoan/login/"
pytestmark = pytest.mark.django_db


@pytest.fixture
def member():
    return factories.make_member(member_code="0912345678", email="binh@example.org", username="dv-abc")


def log_in(name: str, password: str = factories.PASSWORD, client: Client | None = None, **more):
    return (client or Client()).post(LOGIN, {"login": name, "password": password, **more})


@pytest.mark.parametrize(
    "name",
    ["0912345678", "0912 345 678", "+84912345678", "912.345.678", "binh@example.org", "BINH@example.org", "dv-abc"],
)
def test_code_email_and_username_all_let_in(member, name):
    answer = log_in(name)

    assert (answer.status_code, answer["Location"]) == (302, "/tai-khoan/")


def test_nobody_reads_a_username_that_the_portal_invented(member):
    client = Client()
    log_in("0912345678", client=client)

    assert "dv-abc" not in client.get("/tai-khoan/").content.decode()


def test_editors_land_in_the_editorial_office():
    factories.make_user(Role.EDITOR, username="bien-tap")

    assert log_in("bien-tap")["Location"] == "/admin/"


def errors(answer) -> list[str]:
    return re.findall(r"field__error.*?</svg>(.*?)</p>", answer.content.decode(), re.DOTALL)


@pytest.mark.parametrize("name", ["0912345678", "binh@example.org", "dv-abc"])
@pytest.mark.parametrize("unknown", ["0988888888", "nobody@example.org", "nobody"])
def test_the_answer_does_not_tell_whether_there_is_an_account(member, name, unknown):
    wrong, nobody = log_in(name, "sai mật khẩu rồi"), log_in(unknown, "sai mật khẩu rồi")

    assert wrong.status_code == nobody.status_code == 200
    assert errors(wrong) == errors(nobody) != []


@pytest.mark.parametrize(
    "name", ["0912345678", "binh@example.org", "dv-abc", "0988888888", "nobody@example.org", "nobody", "!", "\x00"]
)
def test_one_password_is_hashed_whoever_is_named(member, name, monkeypatch):
    hashed = []
    encode = MD5PasswordHasher.encode
    monkeypatch.setattr(MD5PasswordHasher, "encode", lambda *args: hashed.append(1) or encode(*args))

    log_in(name, "sai mật khẩu rồi")

    # allauth asks nobody where the field itself is wrong, whatever accounts there are.
    assert len(hashed) == (0 if name == "\x00" else 1)


def test_an_account_that_nobody_has_opened_costs_the_same(monkeypatch):
    user = factories.make_member(member_code="0911111111")
    user.set_unusable_password()
    user.save()
    hashed = []
    encode = MD5PasswordHasher.encode
    monkeypatch.setattr(MD5PasswordHasher, "encode", lambda *args: hashed.append(1) or encode(*args))

    assert log_in("0911111111").status_code == 200
    assert len(hashed) == 1


def test_a_closed_account_says_so_only_to_its_owner(member):
    member.is_active = False
    member.save()

    assert log_in("0912345678")["Location"] == "/tai-khoan/inactive/"
    assert errors(log_in("0912345678", "sai mật khẩu rồi")) == errors(log_in("0988888888"))


def test_failed_attempts_are_limited_over_all_spellings_of_a_code(member):
    spellings = ["0912345678", "0912 345 678", "+84912345678", "0912.345.678", "84912345678"]
    for spelling in spellings:
        log_in(spelling, "sai mật khẩu rồi")

    assert log_in("0912-345-678").status_code == 200  # the right password, too late
    assert log_in("dv-abc").status_code == 302


def test_failed_attempts_are_limited_by_address():
    for number in range(10):
        log_in(f"09000000{number:02d}", "sai mật khẩu rồi")
    factories.make_member(member_code="0912345678")

    assert log_in("0912345678").status_code == 200


def test_too_many_log_ins_are_told_so_in_vietnamese(settings):
    settings.ACCOUNT_RATE_LIMITS = {"login": "1/m/ip"}
    log_in("a")
    answer = log_in("b")

    assert answer.status_code == 429
    assert "Bạn đã thử quá nhiều lần" in answer.content.decode()


def test_the_readers_address_counts_not_the_proxys(settings, member):
    settings.TRUSTED_PROXY, settings.ALLAUTH_TRUSTED_PROXY_COUNT = True, 1
    for number in range(12):
        Client(headers={"x-forwarded-for": "192.0.2.1"}).post(LOGIN, {"login": f"x{number}", "password": "sai"})
    other = Client(headers={"x-forwarded-for": "192.0.2.1, 192.0.2.2"})

    assert log_in("0912345678", client=other).status_code == 302


def test_the_session_is_a_new_one_after_the_log_in(member, client):
    session = client.session
    session["bai_lam"] = ["abc"]
    session.save()
    before = session.session_key

    log_in("0912345678", client=client)

    assert client.session.session_key != before
    assert client.session["bai_lam"] == ["abc"]


def test_a_new_password_ends_the_other_sessions(member):
    here, elsewhere = Client(), Client()
    log_in("0912345678", client=here)
    log_in("0912345678", client=elsewhere)
    new = "một mật khẩu khác hẳn"
    changed = here.post(
        "/tai-khoan/password/change/", {"oldpassword": factories.PASSWORD, "password1": new, "password2": new}
    )

    assert changed["Location"] == "/tai-khoan/"
    assert here.get("/tai-khoan/").status_code == 200
    assert elsewhere.get("/tai-khoan/").status_code == 302
    assert log_in("0912345678").status_code == 200
    assert log_in("0912345678", new).status_code == 302


@pytest.mark.parametrize(
    "elsewhere",
    ["https://example.com/", "//example.com/", "https:example.com", "/\\example.com", "javascript:alert(1)"],
)
def test_nobody_is_sent_to_another_site(member, elsewhere):
    assert log_in("0912345678", next=elsewhere)["Location"] == "/tai-khoan/"


def test_one_goes_on_to_where_one_was(member):
    assert log_in("0912345678", next="/dao-tao/hoc/cua-toi/")["Location"] == "/dao-tao/hoc/cua-toi/"


@pytest.mark.parametrize(
    "path",
    [
        "/tai-khoan/",
        "/tai-khoan/login/",
        "/tai-khoan/kich-hoat/",
        "/tai-khoan/email/",
        "/tai-khoan/password/change/",
        "/tai-khoan/2fa/",
        "/tai-khoan/2fa/webauthn/",
        "/tai-khoan/2fa/webauthn/add/",
        "/tai-khoan/sessions/",
        "/tai-khoan/xoa/",
        "/tai-khoan/du-lieu/",
        "/tai-khoan/dong-y/",
        "/tai-khoan/signup/",
        "/tai-khoan/reauthenticate/",
    ],
)
@pytest.mark.parametrize("signed_in", [True, False])
def test_pages_of_accounts_are_stored_nowhere(member, client, path, signed_in):
    if signed_in:
        client.force_login(member)

    assert "no-store" in client.get(path)["Cache-Control"]


def test_the_page_names_all_three_and_shows_the_way_in(client):
    page = client.get(LOGIN).content.decode()

    assert "/tai-khoan/kich-hoat/" in page
    assert "Tên đăng nhập, email hoặc mã đoàn viên" in page
    assert "/tai-khoan/signup/" not in page


def test_words_for_a_wrong_name_are_the_same_for_every_kind():
    words = AccountAdapter.error_messages
    assert words["username_password_mismatch"] == words["email_password_mismatch"]
