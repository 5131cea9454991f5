"""The public site allows nothing inline; only Wagtail's editor gets more."""

import pytest

pytestmark = pytest.mark.django_db


def policy(response) -> dict[str, list[str]]:
    directives = (directive.split() for directive in response["Content-Security-Policy"].split(";"))
    return {name: values for name, *values in directives}


@pytest.mark.parametrize("path", ["/healthz", "/tai-khoan/login/", "/robots.txt", "/khong-co-trang-nay/"])
def test_public_answers_allow_only_our_own_files(client, path):
    rules = policy(client.get(path))

    assert rules["script-src"] == ["'self'"]
    assert rules["style-src"] == ["'self'"]
    assert rules["default-src"] == ["'self'"]
    assert rules["object-src"] == ["'none'"]
    assert not [name for name, values in rules.items() if "'unsafe-inline'" in values]


def test_the_policy_is_the_same_for_every_reader(client):
    first, second = (client.get("/tai-khoan/login/")["Content-Security-Policy"] for _ in range(2))

    assert first == second
    assert "nonce" not in first


def test_the_editor_may_do_what_wagtail_needs(admin_client):
    rules = policy(admin_client.get("/admin/"))

    assert "'unsafe-inline'" in rules["script-src"]
    assert "'unsafe-inline'" in rules["style-src"]
    assert "'unsafe-eval'" not in rules["script-src"]
    assert rules["object-src"] == ["'none'"]
