"""The administrator's list and form of users, and what nobody may do with them."""

import pytest
from django.contrib.auth.models import Group, Permission

from accounts.models import User
from organisations.roles import Role
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def administrator(client_as):
    return client_as(Role.ADMINISTRATOR)


def form(user=None, **changes):
    data = {"username": "nguoi-moi", "email": "moi@example.org", "first_name": "Bình", "last_name": "Nguyễn"}
    if user:
        data |= {"username": user.username, "email": user.email, "first_name": user.first_name}
        data |= {"last_name": user.last_name, "is_active": "on", "member_code": user.member_code}
    return {**data, **changes}


def test_the_list_and_the_forms_show_unit_and_code(administrator):
    unit = factories.make_unit("Công đoàn Công ty May Bến Sậy")
    member = factories.make_member(unit, member_code="0912345678")
    listed = administrator.get("/admin/users/").content.decode()

    assert "0912 345 678" in listed
    assert "Công đoàn Công ty May Bến Sậy" in listed
    assert str(member) in administrator.get("/admin/users/?q=0912345678").content.decode()
    for path in ("/admin/users/new/", f"/admin/users/edit/{member.pk}/"):
        page = administrator.get(path).content.decode()
        assert 'name="member_code"' in page
        assert 'name="unit"' in page


def test_the_list_costs_the_same_for_many(administrator, django_assert_max_num_queries):
    administrator.get("/admin/users/")
    for _ in range(15):
        factories.make_member(factories.make_unit())
    with django_assert_max_num_queries(40):
        few = administrator.get("/admin/users/")
    assert few.status_code == 200


def test_a_new_account_without_a_group_is_a_members(administrator):
    unit = factories.make_unit()
    data = form(password1=factories.PASSWORD, password2=factories.PASSWORD, member_code="+84 912 345 678", unit=unit.pk)
    administrator.post("/admin/users/new/", data)

    made = User.objects.get(username="nguoi-moi")
    assert (made.member_code, made.unit, made.consent_version) == ("0912345678", unit, 0)


def test_a_new_editor_is_not_asked_for_consent(administrator):
    group = Group.objects.get(name=Role.EDITOR.value)
    data = form(password1=factories.PASSWORD, password2=factories.PASSWORD, groups=[group.pk])
    administrator.post("/admin/users/new/", data)

    assert User.objects.get(username="nguoi-moi").consent_version is None


def test_a_code_that_is_taken_is_refused_in_words(administrator):
    factories.make_member(member_code="0912345678")
    other = factories.make_user()
    answer = administrator.post(f"/admin/users/edit/{other.pk}/", form(other, member_code="0912.345.678"))

    assert answer.status_code == 200
    other.refresh_from_db()
    assert other.member_code == ""


def test_nobody_makes_themselves_or_others_superusers(administrator):
    other = factories.make_user()
    administrator.post(f"/admin/users/edit/{other.pk}/", form(other, is_superuser="on"))
    administrator.post(
        "/admin/users/new/", form(is_superuser="on", password1=factories.PASSWORD, password2=factories.PASSWORD)
    )

    assert not User.objects.filter(is_superuser=True).exists()


def test_a_superuser_makes_superusers(admin_client):
    other = factories.make_user()
    admin_client.post(f"/admin/users/edit/{other.pk}/", form(other, is_superuser="on"))

    other.refresh_from_db()
    assert other.is_superuser


def test_a_superuser_is_out_of_an_administrators_reach(administrator):
    boss = factories.make_superuser()
    password = boss.password
    new = "mật khẩu đã bị chiếm"
    path = f"/admin/users/edit/{boss.pk}/"

    assert administrator.get(path).status_code == 302
    assert administrator.post(path, form(boss, password1=new, password2=new, email="ke@example.org")).status_code == 302
    administrator.post(f"/admin/users/delete/{boss.pk}/")
    administrator.post(f"/admin/bulk/accounts/user/set_active_state/?id={boss.pk}", {"mark_as_active": "False"})
    administrator.post(f"/admin/bulk/accounts/user/delete/?id={boss.pk}")

    boss.refresh_from_db()
    assert (boss.password, boss.is_active, boss.email != "ke@example.org") == (password, True, True)


def test_bulk_actions_work_on_everybody_else(administrator):
    other = factories.make_user()
    administrator.post(f"/admin/bulk/accounts/user/set_active_state/?id={other.pk}", {"mark_as_active": "False"})

    other.refresh_from_db()
    assert not other.is_active


@pytest.mark.parametrize("role", [Role.CONTRIBUTOR, Role.EDITOR, Role.CHIEF_EDITOR, Role.CLERK])
def test_no_other_role_touches_accounts(client_as, role):
    other = factories.make_user()
    client = client_as(role)

    for path in ("/admin/users/", "/admin/users/new/", f"/admin/users/edit/{other.pk}/"):
        assert client.get(path).status_code == 302
    assert not client.user.has_perm("accounts.change_user")


def test_members_have_no_rights_whatever(client):
    member = factories.make_member(factories.make_unit())

    assert member.get_all_permissions() == set()
    assert Permission.objects.filter(user=member).count() == 0
