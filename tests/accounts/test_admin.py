"""Users in the admin: the unit that somebody belongs to."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.models import User
from organisations.roles import Role
from tests import factories

pytestmark = pytest.mark.django_db(databases=["default", "visits"])

PASSWORD = "một mật khẩu đủ dài"


def form_for(**fields):
    return {
        "username": "ba.tran",
        "email": "ba@example.org",
        "first_name": "Ba",
        "last_name": "Trần Thị",
        "unit": "",
        "is_active": "on",
        "password1": PASSWORD,
        "password2": PASSWORD,
        **fields,
    }


def test_a_new_user_gets_a_unit(admin_client):
    unit = factories.make_unit("Công đoàn Dệt may")
    add = reverse("wagtailusers_users:add")
    assert 'name="unit"' in admin_client.get(add).content.decode()

    admin_client.post(add, form_for(unit=unit.pk))

    user = User.objects.get(username="ba.tran")
    assert user.unit == unit
    assert user.check_password(PASSWORD)


def test_the_unit_is_changed_and_taken_away(admin_client):
    unit = factories.make_unit()
    user = factories.make_user(unit=unit)
    edit = reverse("wagtailusers_users:edit", args=[user.pk])
    shown = admin_client.get(edit)
    assert shown.context["form"]["unit"].value() == unit.pk
    other = factories.make_unit()

    for chosen, stored in ((other.pk, other), ("", None)):
        data = form_for(username=user.username, unit=chosen, password1="", password2="")
        assert admin_client.post(edit, data).status_code == 302
        user.refresh_from_db()
        assert user.unit == stored


@pytest.mark.parametrize("unit", ["99999999", "9" * 40, "-1"])
def test_what_is_no_unit_is_refused(admin_client, unit):
    response = admin_client.post(reverse("wagtailusers_users:add"), form_for(unit=unit))

    assert "unit" in response.context["form"].errors
    assert not User.objects.filter(username="ba.tran").exists()


def test_the_list_shows_and_filters_by_unit_with_the_same_queries(admin_client):
    units = [factories.make_unit(f"Công đoàn {number}") for number in range(3)]
    for unit in units:
        factories.make_user(unit=unit, first_name=f"Của {unit.name[-1]}")
    index = reverse("wagtailusers_users:index")

    def queries():
        with CaptureQueriesContext(connection) as found:
            assert admin_client.get(index).status_code == 200
        return len(found)

    listed = admin_client.get(index).content.decode()
    assert "Công đoàn 1" in listed
    filtered = admin_client.get(index, {"unit": units[0].pk}).content.decode()
    assert "Của 0" in filtered
    assert "Của 1" not in filtered
    few = queries()
    for number in range(12):
        factories.make_user(unit=factories.make_unit(f"Thêm {number}"))
    assert queries() == few


def test_administrators_alone_manage_users(client_as):
    assert client_as(Role.ADMINISTRATOR).get(reverse("wagtailusers_users:index")).status_code == 200
    assert client_as(Role.CHIEF_EDITOR).get(reverse("wagtailusers_users:index")).status_code == 302
