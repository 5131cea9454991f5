"""Bringing in members, printing their slips, and how far that reaches."""

import io
import re
import unicodedata

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from wagtail.models import ModelLogEntry

from accounts import activation
from accounts.models import ActivationCode, User
from organisations.members import importing, lists
from organisations.members.importing import Outcome
from organisations.models import Member
from organisations.roles import Role
from tests import factories

pytestmark = pytest.mark.django_db
BRING_IN, SLIPS = "/admin/members/bring-in/", "/admin/members/slips/"
LIST = "0912 345 678\tNguyễn Văn Bình\tbinh@example.org\nCD-01234\tĐặng Thị Ánh"


@pytest.fixture
def unit():
    return factories.make_unit("Công đoàn Công ty May Bến Sậy")


@pytest.fixture
def elsewhere():
    return factories.make_unit("Công đoàn Công ty Giày Đông Hải")


@pytest.fixture
def client(client_as, unit):
    return client_as(Role.EDITOR, unit)


def look(client, unit, text: str = LIST, **more):
    return client.post(BRING_IN, {"unit": unit.pk, "text": text, **more})


def outcomes(answer) -> list[str]:
    return [one.outcome.value for one in answer.context_data["checked"]]


def spreadsheet(*rows) -> SimpleUploadedFile:
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    content = io.BytesIO()
    book.save(content)
    return SimpleUploadedFile("ds.xlsx", content.getvalue())


class TestLists:
    def test_a_pasted_list(self):
        first, second = lists.read_text(LIST)

        assert (first.code, first.name, first.email) == ("0912 345 678", "Nguyễn Văn Bình", "binh@example.org")
        assert (second.number, second.code, second.name, second.email) == (2, "CD-01234", "Đặng Thị Ánh", "")

    @pytest.mark.parametrize("mark", [",", ";", "\t"])
    @pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
    def test_columns_and_lines_however_they_are_kept_apart(self, mark, end):
        assert [line.code for line in lists.read_text(LIST.replace("\t", mark).replace("\n", end))] == [
            "0912 345 678",
            "CD-01234",
        ]

    @pytest.mark.parametrize("form", ["NFC", "NFD"])
    def test_heads_say_which_column_is_which_and_others_are_not_read(self, form):
        text = "STT\tHọ và tên\tNgày sinh\tMã đoàn viên\tE-mail\n1\tĐặng Thị Ánh\t01/02/1990\tCD01\ta@b.vn"
        (line,) = lists.read_text(unicodedata.normalize(form, text))

        assert (line.number, line.code, line.name, line.email) == (2, "CD01", "Đặng Thị Ánh", "a@b.vn")
        assert "1990" not in repr(line)

    def test_a_name_in_two_columns_below_a_title(self):
        rows = [
            ["DANH SÁCH ĐOÀN VIÊN"],
            [],
            ["TT", "Họ và tên đệm", "Tên", "SĐT"],
            ["1", "Nguyễn Văn", "Bình", "0912345678"],
        ]
        (line,) = lists.read_rows(rows)

        assert (line.name, line.code) == ("Nguyễn Văn Bình", "0912345678")

    def test_a_quotation_mark_swallows_nothing(self):
        assert len(lists.read_text('CD01\t"Bình\nCD02\tÁnh')) == 2

    @pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
    def test_csv_files(self, encoding):
        (line,) = lists.read_file("ds.csv", "Mã,Họ tên\nCD01,Đặng Thị Ánh".encode(encoding))
        assert line.name == "Đặng Thị Ánh"

    def test_spreadsheets_with_numbers_for_telephones(self):
        content = spreadsheet(["Mã", "Họ tên"], [912345678, "Bình"], [912345679.0, "Ánh"]).read()
        assert [line.code for line in lists.read_file("ds.xlsx", content)] == ["912345678", "912345679"]

    @pytest.mark.parametrize(
        ("name", "content"),
        [
            ("ds.xlsx", b"no archive"),
            ("ds.xls", b"\xd0\xcf\x11\xe0"),
            ("ds.csv", b"\xff\xfa\xfb\xfc"),
            ("ds.csv", b"x" * (lists.LARGEST_FILE + 1)),
            ("ds.csv", b"CD01,A\n" * (lists.MOST_ROWS + 1)),
        ],
    )
    def test_files_that_cannot_be_read_are_refused_in_words(self, client, unit, name, content):
        answer = client.post(BRING_IN, {"unit": unit.pk, "file": SimpleUploadedFile(name, content)})

        assert answer.status_code == 200
        assert answer.context_data["form"].errors["file"] or answer.context_data["form"].errors["text"]

    def test_a_packed_giant_is_refused(self, monkeypatch):
        monkeypatch.setattr(lists, "LARGEST_UNPACKED", 100)
        with pytest.raises(lists.ValidationError):
            lists.read_file("ds.xlsx", spreadsheet(["Mã", "Họ tên"]).read())


class TestBringingIn:
    def test_nothing_is_stored_by_looking(self, client, unit):
        answer = look(client, unit)

        assert outcomes(answer) == ["new", "new"]
        assert not Member.objects.exists()

    def test_confirming_makes_members(self, client, unit):
        answer = look(client, unit, do="1")

        assert answer["Location"] == f"{SLIPS}?unit={unit.pk}"
        binh = Member.objects.get(member_code="0912345678")
        assert (binh.last_name, binh.first_name, binh.email, binh.unit) == (
            "Nguyễn Văn",
            "Bình",
            "binh@example.org",
            unit,
        )
        assert not binh.is_activated
        assert binh.awaits_consent
        assert binh.get_all_permissions() == set()
        assert Member.objects.get(member_code="CD01234").get_full_name() == "Đặng Thị Ánh"

    def test_a_file_fills_the_field_and_is_confirmed_from_there(self, client, unit):
        file = spreadsheet(["Mã", "Họ tên", "Email"], [912345678, "Nguyễn Văn Bình", "binh@example.org"])
        answer = client.post(BRING_IN, {"unit": unit.pk, "file": file})
        text = answer.context_data["form"].initial["text"]

        assert text == "912345678\tNguyễn Văn Bình\tbinh@example.org"
        look(client, unit, text, do="1")
        assert Member.objects.get().member_code == "0912345678"

    def test_every_wrong_line_says_what_is_wrong_and_stays(self, client, unit):
        factories.make_user(email="Co@example.org")
        text = "\n".join(
            [
                "CD01\tNgười Đúng",
                "\tKhông Mã",
                "!!\tMã Sai",
                "CD02\t",
                "CD03\tSai Thư\tkhông phải thư",
                "CD04\tHai Lần",
                "cd-04\tHai Lần",
                "CD05\tTrùng Thư\tco@example.org",
                "Nguyễn Văn A\tCD06",
                "CD07\tMột Thư\tmot@example.org",
                "CD08\tMột Thư\tMOT@example.org",
            ]
        )
        answer = look(client, unit, text)

        assert outcomes(answer) == ["new"] + ["wrong"] * 10
        assert all(one.notes for one in answer.context_data["checked"] if one.is_wrong)
        done = look(client, unit, text, do="1")
        assert [member.member_code for member in Member.objects.filter(unit=unit)] == ["CD01"]
        left = done.context_data["form"].initial["text"].split("\n")
        assert left == [line.rstrip("\t") for line in text.split("\n")[1:]]

    def test_known_codes_are_recognised_and_left_alone(self, client, unit):
        known = factories.make_member(unit, member_code="0912345678", last_name="Trần Văn", first_name="Bình", email="")
        answer = look(client, unit)
        look(client, unit, do="1")

        assert outcomes(answer) == ["known", "new"]
        assert "Trần Văn Bình" in answer.content.decode()
        known.refresh_from_db()
        assert (known.get_full_name(), known.email) == ("Trần Văn Bình", "")
        assert known.check_password(factories.PASSWORD)

    def test_a_member_of_another_own_unit_comes_over(self, client_as, unit):
        other = factories.make_unit(parent=unit)
        member = factories.make_member(other, member_code="0912345678")
        client = client_as(Role.EDITOR, unit)

        assert outcomes(look(client, unit)) == ["moved", "new"]
        look(client, unit, do="1")
        member.refresh_from_db()
        assert member.unit == unit

    def test_a_member_of_a_foreign_unit_does_not(self, client, unit, elsewhere):
        member = factories.make_member(elsewhere, member_code="0912345678", first_name="Bí Mật")
        answer = look(client, unit)
        look(client, unit, do="1")

        assert outcomes(answer) == ["wrong", "new"]
        assert "Bí Mật" not in answer.content.decode()
        member.refresh_from_db()
        assert member.unit == elsewhere

    def test_staff_are_never_touched(self, client, unit):
        editor = factories.make_user(Role.CONTRIBUTOR, member_code="0912345678", unit=unit)
        boss = factories.make_superuser(member_code="CD01234", unit=unit)

        assert outcomes(look(client, unit)) == ["wrong", "wrong"]
        look(client, unit, do="1")
        for user in (editor, boss):
            before = user.password
            user.refresh_from_db()
            assert user.password == before
        assert not Member.objects.filter(unit=unit).exists()

    def test_a_foreign_unit_cannot_be_chosen(self, client, elsewhere):
        answer = look(client, elsewhere, do="1")

        assert answer.context_data["form"].errors["unit"]
        assert not Member.objects.exists()

    def test_the_administrator_brings_in_for_every_unit(self, client_as, elsewhere):
        look(client_as(Role.ADMINISTRATOR), elsewhere, do="1")
        assert Member.objects.filter(unit=elsewhere).count() == 2

    def test_an_editor_without_a_unit_has_none_to_choose(self, client_as, unit):
        assert look(client_as(Role.EDITOR), unit, do="1").context_data["form"].errors["unit"]

    @pytest.mark.parametrize("role", [Role.CONTRIBUTOR, Role.CLERK])
    def test_other_roles_bring_in_nobody(self, client_as, unit, role):
        client = client_as(role, unit)

        for path in ("/admin/members/", BRING_IN, SLIPS):
            assert client.get(path).status_code == 302
        look(client, unit, do="1")
        assert not Member.objects.exists()

    def test_somebody_elses_haste_loses_nothing(self, client, unit, monkeypatch):
        check = importing.check

        def slow(lines, *args):
            checked = check(lines, *args)
            if not User.objects.filter(member_code="0912345678").exists():
                factories.make_member(unit, member_code="0912345678")
            return checked

        monkeypatch.setattr(importing, "check", slow)
        answer = look(client, unit, do="1")

        assert answer.status_code == 200
        assert not Member.objects.filter(member_code="CD01234").exists()
        assert "CD-01234" in answer.context_data["form"].initial["text"]

    def test_five_hundred_cost_few_queries(self, client, unit, django_assert_max_num_queries):
        text = "\n".join(f"CD{number:05d}\tNguyễn Văn {number} An\ta{number}@example.org" for number in range(500))
        look(client, unit, "CD1\tx")  # what is cached for later requests
        with django_assert_max_num_queries(30):
            look(client, unit, text)
        with django_assert_max_num_queries(40):
            look(client, unit, text, do="1")

        assert Member.objects.filter(unit=unit).count() == 500

    def test_the_history_of_the_unit_says_how_many_and_not_who(self, client, unit):
        look(client, unit, do="1")
        entry = ModelLogEntry.objects.get(action="organisations.bring_in_members")

        assert entry.data == {"new": 2, "moved": 0}
        assert entry.object_id == str(unit.pk)

    def test_an_empty_list_is_refused_in_words(self, client, unit):
        assert look(client, unit, "\n\n").context_data["form"].errors["text"]

    def test_outcomes_have_words(self):
        assert set(importing.LABELS) == set(Outcome)


def codes_on(answer) -> list[str]:
    return re.findall(r"<dd>([0-9A-Z]{5}-[0-9A-Z]{5})</dd>", answer.content.decode())


class TestSlips:
    @pytest.fixture
    def waiting(self, client, unit):
        look(client, unit, do="1")
        return list(Member.objects.filter(unit=unit))

    def test_slips_open_accounts(self, client, unit, waiting):
        answer = client.post(SLIPS, {"unit": unit.pk, "whom": "new"})
        codes = codes_on(answer)

        assert len(codes) == 2
        assert "no-store" in answer["Cache-Control"]
        assert {activation.find_member(m.member_code, code) for m in waiting for code in codes} == {
            *User.objects.filter(unit=unit),
            None,
        }

    def test_new_slips_go_to_those_without_one(self, client, unit, waiting):
        first = codes_on(client.post(SLIPS, {"unit": unit.pk, "whom": "new"}))
        again = client.post(SLIPS, {"unit": unit.pk, "whom": "new"})

        assert codes_on(again) == []
        assert ActivationCode.objects.count() == len(first) == 2

    def test_slips_for_all_make_earlier_ones_worthless(self, client, unit, waiting):
        (old, *_rest) = codes_on(client.post(SLIPS, {"unit": unit.pk, "whom": "new"}))
        new = codes_on(client.post(SLIPS, {"unit": unit.pk, "whom": "all"}))

        assert len(new) == 2
        assert all(activation.find_member(member.member_code, old) is None for member in waiting)

    def test_a_slip_out_of_date_is_renewed(self, client, unit, waiting):
        client.post(SLIPS, {"unit": unit.pk, "whom": "new"})
        ActivationCode.objects.update(expires_at="2020-01-01T00:00:00Z")

        assert len(codes_on(client.post(SLIPS, {"unit": unit.pk, "whom": "new"}))) == 2

    def test_who_has_opened_the_account_gets_none_with_the_others(self, client, unit):
        factories.make_member(unit)
        assert codes_on(client.post(SLIPS, {"unit": unit.pk, "whom": "all"})) == []

    def test_one_who_forgot_the_password_gets_one(self, client, unit):
        member = factories.make_member(unit)

        assert len(codes_on(client.post(f"/admin/members/{member.pk}/slip/"))) == 1
        member.refresh_from_db()
        assert member.check_password(factories.PASSWORD)  # until the slip is used
        assert client.get(f"/admin/members/{member.pk}/slip/").status_code == 405

    def test_nobody_prints_for_foreign_units_or_staff(self, client, unit, elsewhere):
        stranger = factories.make_member(elsewhere)
        editor = factories.make_user(Role.CONTRIBUTOR, unit=unit, member_code="0911111111")
        assigned = factories.make_user(None, unit, unit=unit, member_code="0922222222")
        boss = factories.make_superuser(unit=unit, member_code="0933333333")

        for user in (stranger, editor, assigned, boss):
            assert client.post(f"/admin/members/{user.pk}/slip/").status_code == 404
        assert client.post(SLIPS, {"unit": elsewhere.pk, "whom": "all"}).context_data["form"].errors["unit"]
        assert not ActivationCode.objects.exists()

    def test_slips_for_many_cost_few_queries(self, client, unit, django_assert_max_num_queries):
        text = "\n".join(f"CD{number:05d}\tNguyễn Văn {number} An" for number in range(300))
        look(client, unit, text, do="1")
        with django_assert_max_num_queries(30):
            assert len(codes_on(client.post(SLIPS, {"unit": unit.pk, "whom": "new"}))) == 300


class TestLookingAfter:
    def test_the_list_shows_members_of_own_units_only(self, client, unit, elsewhere):
        mine = factories.make_member(unit, first_name="Của Mình")
        factories.make_member(elsewhere, first_name="Của Người")
        factories.make_user(Role.EDITOR, unit=unit, first_name="Cán Bộ")
        page = client.get("/admin/members/").content.decode()

        assert str(mine) in page
        assert "Của Người" not in page
        assert "Cán Bộ" not in page

    def test_it_costs_the_same_for_many(self, client, unit, django_assert_max_num_queries):
        client.get("/admin/members/")
        for _ in range(20):
            factories.make_member(unit)
        with django_assert_max_num_queries(40):
            client.get("/admin/members/")

    @pytest.mark.parametrize(
        "query", ["?opened=true", "?opened=false", "?q=0912", "?ordering=-name", "?is_active=true"]
    )
    def test_filters_open(self, client, unit, query):
        factories.make_member(unit)
        assert client.get(f"/admin/members/{query}").status_code == 200

    def edit(self, client, member, **changes):
        data = {
            "last_name": member.last_name,
            "first_name": member.first_name,
            "member_code": member.member_code,
            "unit": member.unit_id or "",
            "is_active": "on",
        }
        return client.post(f"/admin/members/edit/{member.pk}/", {**data, **changes})

    def test_name_and_code_are_mended(self, client, unit):
        member = factories.make_member(unit)
        self.edit(client, member, first_name="Ánh", member_code="+84 987 654 321")

        member.refresh_from_db()
        assert (member.first_name, member.member_code) == ("Ánh", "0987654321")

    def test_a_code_of_anybody_else_is_refused_in_words(self, client, unit):
        factories.make_superuser(member_code="0987654321")
        member = factories.make_member(unit)
        answer = self.edit(client, member, member_code="0987654321")

        assert answer.status_code == 200
        assert answer.context_data["form"].errors["member_code"]

    def test_a_member_is_not_given_to_a_foreign_unit(self, client, unit, elsewhere):
        member = factories.make_member(unit)

        assert self.edit(client, member, unit=elsewhere.pk).context_data["form"].errors["unit"]

    def test_rights_email_and_password_are_out_of_reach(self, client, unit):
        member = factories.make_member(unit, email="toi@example.org")
        group = factories.Group.objects.get(name=Role.ADMINISTRATOR.value)
        self.edit(
            client,
            member,
            is_superuser="on",
            is_staff="on",
            groups=[group.pk],
            user_permissions=["1"],
            email="ke@example.org",
            password="x",
            password1=factories.PASSWORD * 2,
            password2=factories.PASSWORD * 2,
            username="quan-tri",
            consent_version="",
        )
        before = User.objects.get(pk=member.pk)

        assert (before.is_superuser, before.is_staff, before.groups.count()) == (False, False, 0)
        assert (before.email, before.username, before.password) == (member.email, member.username, member.password)

    def test_foreign_members_and_staff_are_out_of_reach(self, client, unit, elsewhere):
        for user in (
            factories.make_member(elsewhere),
            factories.make_user(Role.CONTRIBUTOR, unit=unit),
            factories.make_user(None, unit, unit=unit),
            factories.make_superuser(unit=unit),
            client.user,
        ):
            assert client.get(f"/admin/members/edit/{user.pk}/").status_code in {302, 404}
            self.edit(client, user, first_name="Bị Đổi")
            user.refresh_from_db()
            assert user.first_name != "Bị Đổi"

    def test_a_closed_member_cannot_log_in(self, client, unit):
        member = factories.make_member(unit)
        self.edit(client, member, is_active="")

        member.refresh_from_db()
        assert not member.is_active
        assert client.post(f"/admin/members/{member.pk}/slip/").status_code == 404
