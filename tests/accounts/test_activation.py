"""Opening an account with the two codes of a slip."""

import re
from datetime import timedelta

import pytest
from django.core import mail
from django.test import Client
from django.utils import timezone

from accounts import activation, consents
from accounts.models import ActivationCode, Consent
from organisations.roles import Role
from tests import factories

ADDRESS = "/tai-khoan/kich-hoat/"
NEW = "mật khẩu của riêng tôi"
pytestmark = pytest.mark.django_db


@pytest.fixture
def member():
    user = factories.make_member(factories.make_unit(), member_code="0912345678", agreed=False)
    user.set_unusable_password()
    user.save()
    return user


@pytest.fixture
def code(member) -> str:
    return activation.issue_codes([member])[member.pk]


def send(code: str, client: Client | None = None, **changes):
    data = {
        "member_code": "0912 345 678",
        "activation_code": code,
        "password1": NEW,
        "password2": NEW,
        "agree": "on",
        **changes,
    }
    return (client or Client()).post(ADDRESS, {name: value for name, value in data.items() if value is not None})


def test_both_codes_open_the_account(member, code, client):
    answer = send(code, client)

    assert (answer.status_code, answer["Location"]) == (302, "/tai-khoan/")
    member.refresh_from_db()
    assert member.check_password(NEW)
    assert client.get("/tai-khoan/").status_code == 200
    given = Consent.objects.get(user=member)
    assert (given.text, given.occasion, given.withdrawn_at) == (consents.current_text(), "activation", None)
    assert timezone.now() - given.given_at < timedelta(minutes=1)


def test_the_code_is_stored_nowhere(member, code):
    stored = ActivationCode.objects.get(user=member)

    assert code.replace("-", "") not in "".join(str(value) for value in vars(stored).values())
    assert len(code.replace("-", "")) == activation.LENGTH


@pytest.mark.parametrize("change", [str.lower, lambda code: code.replace("-", " "), lambda code: f" {code} "])
def test_case_and_dashes_do_not_count(code, change):
    assert send(change(code)).status_code == 302


def test_it_is_good_once(member, code):
    send(code)
    member.refresh_from_db()

    assert send(code, password1="một mật khẩu thứ hai", password2="một mật khẩu thứ hai").status_code == 200
    assert member.check_password(NEW)


def test_it_is_good_for_sixty_days(member, code):
    ActivationCode.objects.update(expires_at=timezone.now() - timedelta(seconds=1))

    assert send(code).status_code == 200
    assert timedelta(days=60) == activation.VALID_FOR


def test_a_new_slip_makes_the_earlier_worthless(member, code):
    newer = activation.issue_codes([member])[member.pk]

    assert send(code).status_code == 200
    assert send(newer).status_code == 302


def said(answer) -> str:
    return str(answer.context_data["form"].non_field_errors())


def test_one_answer_for_all_that_can_be_wrong(member, code):
    wrong = {said(send("AAAAA-BBBBB")), said(send("???")), said(send(code, member_code="0988888888"))}
    member.is_active = False
    member.save()
    wrong.add(said(send(code)))

    assert len(wrong) == 1
    assert wrong != {""}


@pytest.mark.parametrize("known", [True, False])
def test_a_digest_is_made_whether_or_not_the_member_is_known(member, code, known, monkeypatch):
    made = []
    digest = activation._digest
    monkeypatch.setattr(activation, "_digest", lambda *args: made.append(1) or digest(*args))

    send("AAAAA-BBBBB", member_code="0912345678" if known else "0988888888")

    assert len(made) == 1


def test_known_and_unknown_cost_the_same_queries(member, code, django_assert_num_queries):
    for name in ("0912345678", "0988888888"):
        with django_assert_num_queries(1):
            assert activation.find_member(name, "AAAAA-BBBBB") is None


def test_without_consent_nothing_opens(member, code):
    assert send(code, agree=None).status_code == 200
    member.refresh_from_db()
    assert not member.has_usable_password()
    assert not Consent.objects.exists()


@pytest.mark.parametrize(
    "changes",
    [
        {"password2": "khác"},
        {"password1": "ngắn", "password2": "ngắn"},
        {"password1": "1234567890", "password2": "1234567890"},
    ],
)
def test_a_weak_or_mistyped_password_uses_no_code_up(code, changes):
    assert send(code, **changes).status_code == 200
    assert send(code).status_code == 302


def test_a_password_like_the_members_name_is_refused(member, code):
    member.last_name, member.first_name = "Nguyễn Phương", "Quỳnh Anh"
    member.save()

    assert send(code, password1="nguyễn phương", password2="nguyễn phương").status_code == 200


def test_attempts_at_one_member_are_limited(member, code):
    for _ in range(5):
        send("AAAAA-BBBBB", member_code="+84912345678")
    answer = send(code)

    assert answer.status_code == 429
    assert not ActivationCode.objects.filter(used_at__isnull=False).exists()


def test_attempts_from_one_address_are_limited(settings, member, code):
    settings.ACCOUNT_RATE_LIMITS = {"activate": "3/m/ip,5/5m/key"}
    for number in range(3):
        send("AAAAA-BBBBB", member_code=f"098888888{number}")

    assert send(code).status_code == 429


def test_a_slip_never_opens_an_account_with_rights(member, code):
    member.groups.add(factories.Group.objects.get(name=Role.EDITOR.value))

    assert send(code).status_code == 200
    member.refresh_from_db()
    assert not member.has_usable_password()


def test_two_step_log_in_is_not_got_around(member, code, client):
    from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret

    TOTP.activate(member, generate_totp_secret())

    assert send(code, client)["Location"].startswith("/tai-khoan/2fa/authenticate/")
    assert client.get("/tai-khoan/").status_code == 302


def test_sessions_end_when_a_slip_replaces_a_forgotten_password(member, code):
    send(code)
    elsewhere = Client()
    elsewhere.force_login(type(member).objects.get(pk=member.pk))
    again = activation.issue_codes([member])[member.pk]
    send(again, password1="mật khẩu hoàn toàn mới", password2="mật khẩu hoàn toàn mới")

    assert elsewhere.get("/tai-khoan/").status_code == 302


def test_a_slip_that_lies_about_is_worthless_once_its_owner_gets_in_otherwise(member, code, client):
    member.set_password(factories.PASSWORD)
    member.save()
    client.post("/tai-khoan/login/", {"login": "0912345678", "password": factories.PASSWORD})

    assert send(code).status_code == 200
    assert not ActivationCode.objects.exists()


def test_a_password_set_by_mail_makes_the_slip_worthless(member, code, client):
    member.email = "anh@example.org"
    member.save()
    client.post("/tai-khoan/password/reset/", {"email": "anh@example.org"})
    link = re.search(r"/tai-khoan/password/reset/key/\S+", mail.outbox[0].body)[0]
    form = client.get(link)["Location"]
    client.post(form, {"password1": NEW, "password2": NEW})

    member.refresh_from_db()
    assert member.check_password(NEW)
    assert not ActivationCode.objects.exists()


def test_who_is_logged_in_needs_no_slip(member, client):
    client.force_login(member)
    assert client.get(ADDRESS)["Location"] == "/tai-khoan/"


def test_codes_for_many_cost_three_queries(django_assert_max_num_queries):
    members = [factories.make_member(agreed=False) for _ in range(30)]

    with django_assert_max_num_queries(5):  # with the savepoint's two
        codes = activation.issue_codes(members)

    assert len(set(codes.values())) == 30


def test_the_page_shows_the_text_and_an_empty_box(client):
    page = client.get(ADDRESS).content.decode()

    assert "91/2025/QH15" in page
    assert "checked" not in page
