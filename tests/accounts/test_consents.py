"""Consent: told, kept, taken back."""

import pytest
from django.test import Client

from accounts import consents
from accounts.models import Consent, ConsentText, DataRequest
from organisations.roles import Role
from tests import factories
from tests.fixtures import login

pytestmark = pytest.mark.django_db


def log_in(user, client, **more):
    return client.post("/tai-khoan/login/", {"login": user.username, "password": factories.PASSWORD, **more})


def test_whoever_has_not_agreed_is_asked_and_then_goes_on(client):
    member = factories.make_member(agreed=False)

    assert log_in(member, client, next="/dao-tao/hoc/cua-toi/")["Location"] == "/tai-khoan/dong-y/"
    assert client.post("/tai-khoan/dong-y/", {}).status_code == 200
    assert client.post("/tai-khoan/dong-y/", {"agree": "on"})["Location"] == "/dao-tao/hoc/cua-toi/"
    assert Consent.objects.get(user=member).occasion == "login"
    assert client.get("/dao-tao/hoc/cua-toi/").status_code == 200


@pytest.mark.parametrize("path", ["/", "/dao-tao/hoc/cua-toi/", "/khong-co-trang-nay/", "/tim-kiem/?q=luong"])
def test_without_consent_only_pages_of_the_account_are_shown(path):
    client = login(factories.make_member(agreed=False))

    assert client.get(path)["Location"] == "/tai-khoan/dong-y/"
    assert client.post(path).status_code == 403


@pytest.mark.parametrize("path", ["/tai-khoan/", "/tai-khoan/dong-y/", "/tai-khoan/email/", "/tai-khoan/logout/"])
def test_without_consent_the_account_can_be_looked_at(path):
    assert login(factories.make_member(agreed=False)).get(path).status_code == 200


def test_withdrawing_rests_the_account_and_logs_out_everywhere():
    member = factories.make_member()
    here, elsewhere = Client(), Client()
    log_in(member, here)
    log_in(member, elsewhere)

    assert here.get("/tai-khoan/rut-dong-y/").status_code == 405
    here.post("/tai-khoan/rut-dong-y/")

    given = Consent.objects.get(user=member)
    assert given.withdrawn_at is not None
    member.refresh_from_db()
    assert member.awaits_consent
    for client in (here, elsewhere):
        assert client.get("/tai-khoan/").status_code == 302
    assert log_in(member, here)["Location"] == "/tai-khoan/dong-y/"
    assert DataRequest.objects.get().kind == "withdrawn"


def test_a_new_text_is_asked_for_at_the_next_log_in(client):
    member = factories.make_member()
    newer = ConsentText.objects.create(text="Lời mới")

    assert consents.needs_asking(member)
    assert log_in(member, client)["Location"] == "/tai-khoan/dong-y/"
    assert "Lời mới" in client.get("/tai-khoan/dong-y/").content.decode()
    client.post("/tai-khoan/dong-y/", {"agree": "on"})
    member.refresh_from_db()
    assert member.consent_version == newer.pk
    assert Consent.objects.filter(user=member).count() == 2


def test_editors_are_not_asked(client):
    editor = factories.make_user(Role.EDITOR)

    assert log_in(editor, client)["Location"] == "/admin/"


def test_readers_without_a_session_cost_no_query_for_it(client, django_assert_num_queries, home):
    client.get("/robots.txt")
    with django_assert_num_queries(0):
        client.get("/healthz")


def test_the_administrator_adds_versions_and_changes_none(client_as):
    administrator = client_as(Role.ADMINISTRATOR)
    old = consents.current_text()

    administrator.post("/admin/consent_texts/new/", {"text": "Bản thứ hai"})

    assert consents.current_text().text == "Bản thứ hai"
    for path in (f"edit/{old.pk}/", f"delete/{old.pk}/", f"{old.pk}/"):
        assert administrator.get(f"/admin/consent_texts/{path}").status_code == 404
    assert administrator.get(f"/admin/consent_texts/inspect/{old.pk}/").status_code == 200
    assert administrator.get("/admin/consent_texts/").status_code == 200


@pytest.mark.parametrize("role", [Role.EDITOR, Role.CONTRIBUTOR, Role.CHIEF_EDITOR])
def test_nobody_else_changes_the_text(client_as, role):
    assert client_as(role).post("/admin/consent_texts/new/", {"text": "x"}).status_code == 302
    assert consents.current_text().text != "x"
