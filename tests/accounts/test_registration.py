"""Registering by oneself: closed unless the administrator opens it."""

import re

import pytest
from allauth.account.models import EmailAddress
from django.core import mail
from wagtail.models import Site

from accounts.models import Consent, RegistrationSettings, User
from organisations.roles import Role
from tests import factories

SIGNUP = "/tai-khoan/signup/"
pytestmark = pytest.mark.django_db


@pytest.fixture
def opened():
    site = Site.objects.get()
    RegistrationSettings.objects.update_or_create(site=site, defaults={"is_open": True})


def register(client, **changes):
    data = {
        "full_name": "Đặng  Thị Ánh",
        "email": "anh@example.org",
        "password1": factories.PASSWORD,
        "password2": factories.PASSWORD,
        "agree": "on",
        **changes,
    }
    return client.post(SIGNUP, {name: value for name, value in data.items() if value is not None})


def log_in(client):
    return client.post("/tai-khoan/login/", {"login": "anh@example.org", "password": factories.PASSWORD})


def test_it_is_closed_at_first(client):
    assert "full_name" not in client.get(SIGNUP).content.decode()
    register(client)
    assert not User.objects.filter(email="anh@example.org").exists()


def test_a_proved_email_opens_a_members_account(client, opened):
    assert SIGNUP in client.get("/tai-khoan/login/").content.decode()
    assert register(client)["Location"] == "/tai-khoan/confirm-email/"
    user = User.objects.get(email="anh@example.org")
    assert (user.get_full_name(), user.unit, user.is_self_registered) == ("Đặng Thị Ánh", None, True)
    assert Consent.objects.get(user=user).occasion == "registration"
    assert not user.has_perm("wagtailadmin.access_admin")

    assert client.get("/tai-khoan/").status_code == 302
    assert log_in(client)["Location"] == "/tai-khoan/confirm-email/"
    link = re.search(r"(/tai-khoan/confirm-email/[^\s]+/)", mail.outbox[0].body)[1]
    client.post(link)
    assert EmailAddress.objects.get(user=user).verified
    assert log_in(client)["Location"] == "/tai-khoan/"


def test_a_known_email_gets_the_same_answer(client, opened):
    factories.make_user(Role.EDITOR, email="anh@example.org")
    users = User.objects.count()

    answer = register(client)

    assert answer["Location"] == "/tai-khoan/confirm-email/"
    assert User.objects.count() == users
    assert "confirm-email" not in mail.outbox[0].body


def test_without_consent_there_is_no_account(client, opened):
    assert register(client, agree=None).status_code == 200
    assert not User.objects.filter(email="anh@example.org").exists()


def test_whom_a_unit_entered_logs_in_with_an_email_not_yet_proved(client):
    factories.make_member(email="anh@example.org")

    assert log_in(client)["Location"] == "/tai-khoan/"


@pytest.mark.parametrize(("role", "status"), [(Role.ADMINISTRATOR, 200), (Role.CHIEF_EDITOR, 302), (Role.EDITOR, 302)])
def test_the_administrator_opens_it(client_as, role, status):
    client = client_as(role)
    site = Site.objects.get()

    assert client.get(f"/admin/settings/accounts/registrationsettings/{site.pk}/").status_code == status
    client.post(f"/admin/settings/accounts/registrationsettings/{site.pk}/", {"is_open": "on"})
    assert RegistrationSettings.for_site(site).is_open == (status == 200)
