"""Classes on site: sign-up, tickets, waiting, presence, certificates, figures and forgetting."""

import io
import re
import threading
import unicodedata
from datetime import datetime, timedelta

import icalendar
import pytest
from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.db import connection, connections
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook

from core.schedule import all_jobs
from organisations.naming import offered, unit_called, unit_names
from organisations.roles import Role
from tests import factories
from training.classes import attendance
from training.classes.contacts import normalise
from training.classes.personal_data import forget_old_registrations
from training.classes.selectors import classes_of_year
from training.classes.signing_up import ContactTaken, Person, Refused, give_back, position_of, sign_up
from training.classes.standing import standing_of
from training.classes.words import when_in_words
from training.models import Certificate, ClassPage, Enrolment, Registration

pytestmark = [pytest.mark.django_db(databases=["default", "visits"]), pytest.mark.usefixtures("media_root")]


@pytest.fixture
def unit():
    return factories.make_unit("Công đoàn Dệt may Đông Hải", short_name="Dệt may Đông Hải")


@pytest.fixture
def member(unit):
    return factories.make_user(unit=unit, last_name="Đỗ Thị", first_name="Ẵm", email="am@example.org")


@pytest.fixture
def organiser(client_as, unit):
    """An editor for the unit, in the admin."""
    return client_as(Role.EDITOR, unit)


def at(year: int, month: int, day: int, hour: int = 0, minute: int = 0) -> datetime:
    """A moment by the portal's clock."""
    return datetime(year, month, day, hour, minute, tzinfo=timezone.get_default_timezone())


def client_of(user) -> Client:
    client = Client()
    client.force_login(user)
    return client


def address(page) -> str:
    return reverse("training-class-register", args=[page.pk])


def form(**given) -> dict:
    return {
        "name": "Trần Thị Ngát",
        "unit": "Công đoàn Dệt may Đông Hải",
        "contact": "0912 345 678",
        "consent": "on",
        "website": "",
        **given,
    }


def signed_up(page, client=None, **given) -> Registration:
    """Send the form; gives the registration of the ticket that it leads to."""
    answer = (client or Client()).post(address(page), form(**given))
    assert answer.status_code == 302, answer.content.decode()
    return Registration.objects.get(code=answer["Location"].rstrip("/").rpartition("/")[2].replace("-", ""))


def person(number: int, **given) -> Person:
    return Person(**{"name": f"Người Số {number}", "contact": f"09{number:08d}", **given})


def text(client, url) -> str:
    answer = client.get(url)
    assert answer.status_code == 200, answer.status_code
    return answer.content.decode()


# The page -----------------------------------------------------------------------------------------------------------


def test_the_page_says_when_where_and_how_many_seats_without_any_cookie():
    start = at(2100, 12, 18, 8)
    page = factories.make_class(start=start, end=start + timedelta(hours=3.5), seats=40, hours="1 buổi")
    client = Client()
    answer = client.get(page.url)
    html = answer.content.decode()

    assert "8:00–11:30" in html
    assert "Thứ Bảy, 18/12/2100" in html
    assert "Hội trường tầng 2" in html
    assert "còn 40 trong 40 chỗ" in html
    assert address(page) in html
    assert '"EducationEvent"' in html
    assert not client.cookies
    assert "public" in answer["Cache-Control"]


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"is_cancelled": True, "cancelled_because": "Bão số 9"}, "Lớp này đã bị huỷ."),
        ({"days": -3}, "Lớp này đã kết thúc."),
        ({"sign_up_until": timezone.now() - timedelta(hours=1)}, "Đã hết hạn đăng ký"),
        ({"days": -1 / 24}, "Đã hết hạn đăng ký"),
    ],
)
def test_a_page_where_nobody_can_sign_up_says_why(fields, words):
    page = factories.make_class(**fields)
    html = text(Client(), page.url)

    assert words in html
    assert ("Bão số 9" in html) == bool(fields.get("cancelled_because"))
    assert address(page) not in html
    assert Client().get(address(page))["Location"] == page.url
    assert Client().post(address(page), form())["Location"] == page.url
    assert not Registration.objects.exists()


def test_times_must_be_in_order():
    now = timezone.now()
    with pytest.raises(ValidationError, match="sau giờ bắt đầu"):
        ClassPage(title="Lớp", slug="lop", start=now, end=now).clean()
    page = ClassPage(title="Lớp", slug="lop", start=now, end=now + timedelta(hours=1))
    page.sign_up_until = now + timedelta(hours=2)
    with pytest.raises(ValidationError, match="Hạn đăng ký"):
        page.clean()
    page.sign_up_until = page.end
    page.clean()
    page.slug = "ve"
    with pytest.raises(ValidationError, match="địa chỉ"):
        page.clean()


def test_days_in_words():
    first = at(2026, 12, 12, 8)
    assert when_in_words(first, first + timedelta(hours=3)) == "8:00–11:00, Thứ Bảy, 12/12/2026"
    assert when_in_words(first, first + timedelta(days=1)) == "8:00, 12/12/2026 – 8:00, 13/12/2026"
    assert when_in_words(None, None) == ""


def test_the_list_says_when_and_where_at_a_constant_cost():
    start = at(2100, 12, 12, 8)
    factories.make_class(title="Lớp một", start=start, end=start + timedelta(hours=1))
    factories.make_class(title="Lớp hai", is_cancelled=True)
    html = text(Client(), "/dao-tao/?loai=lop-hoc")
    assert "8:00\u00a012/12/2100 · Hội trường tầng 2" in html
    assert "Đã huỷ · " in html

    few = queries(Client(), "/dao-tao/")
    for number in range(10):
        factories.make_class(title=f"Lớp {number}")
    assert queries(Client(), "/dao-tao/") == few


# Signing up ---------------------------------------------------------------------------------------------------------


def test_somebody_without_an_account_signs_up_and_holds_a_ticket(unit):
    page = factories.make_class(title="Đối thoại", online_url="https://hop.example.org/1")
    client = Client(enforce_csrf_checks=True)
    html = text(client, address(page))
    assert 'href="/bao-ve-du-lieu/"' in html
    token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', html)[1]
    made = signed_up(page, client, csrfmiddlewaretoken=token, contact="+84 912.345.678")

    assert (made.name, made.unit, made.contact) == ("Trần Thị Ngát", unit, "0912345678")
    answer = client.get(made.url)
    ticket = answer.content.decode()
    assert "no-store" in answer["Cache-Control"]
    assert "noindex" in answer["X-Robots-Tag"]
    assert 'content="noindex' in ticket
    assert "Bạn đã có chỗ." in ticket
    assert "Trần Thị Ngát" in ticket
    assert '<svg class="qr"' in ticket
    assert "https://hop.example.org/1" in ticket
    assert "0912345678" not in ticket
    assert "…678" in ticket
    assert "Dành cho ban tổ chức" not in ticket


def test_a_form_without_its_token_is_refused():
    page = factories.make_class()
    assert Client(enforce_csrf_checks=True).post(address(page), form()).status_code == 403


@pytest.mark.parametrize(
    "again",
    [
        {"contact": "0912-345-678"},
        {"contact": "84912345678", "name": "TRAN THI NGAT"},
        {"contact": "(+84) 0912 345 678", "name": unicodedata.normalize("NFD", "Trần  Thị Ngát")},
    ],
)
def test_signing_up_twice_gives_the_same_ticket(unit, again):
    page = factories.make_class(seats=10)
    first = signed_up(page)

    assert signed_up(page, **again) == first
    assert standing_of(page).taken == 1


def test_an_address_is_the_same_in_capitals():
    page = factories.make_class()
    assert signed_up(page, contact="Ngat@Example.ORG") == signed_up(page, contact="ngat@example.org ")


def test_nobody_gets_at_the_ticket_of_somebody_else_by_the_telephone_number():
    page = factories.make_class()
    first = signed_up(page)
    answer = Client().post(address(page), form(name="Kẻ Tò Mò"))

    assert answer.status_code == 200
    assert first.written_code not in answer.content.decode()
    assert "Trần Thị Ngát" not in answer.content.decode()
    assert Registration.objects.count() == 1


def test_a_member_finds_the_form_filled_in_and_the_ticket_on_the_page(member):
    page = factories.make_class(access="members")
    assert "Đăng nhập để đăng ký" in text(Client(), page.url)
    assert "name=&quot;consent" not in text(Client(), address(page))
    assert 'name="consent"' not in text(Client(), address(page))
    Client().post(address(page), form())
    assert not Registration.objects.exists()

    client = client_of(member)
    html = text(client, address(page))
    assert 'value="Đỗ Thị Ẵm"' in html
    assert 'value="am@example.org"' in html
    assert 'value="Công đoàn Dệt may Đông Hải"' in html.partition("<datalist")[0]
    made = signed_up(page, client, name="Đỗ Thị Ẵm", contact="am@example.org")

    assert made.user == member
    assert made.url in text(client, page.url)
    assert client.get(address(page))["Location"] == made.url
    assert signed_up(page, client, contact="0988888888") == made


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"name": ""}, "không để trống"),
        ({"name": "\x00\u200b "}, "không để trống"),
        ({"name": "12345"}, "họ và tên"),
        ({"name": "a" * 10_000}, "120"),
        ({"unit": ""}, "không để trống"),
        ({"unit": "a" * 10_000}, "200"),
        ({"contact": ""}, "không để trống"),
        ({"contact": "9" * 10_000}, "254"),
        ({"contact": "12345"}, "0912 345 678"),
        ({"contact": "a@b"}, "0912 345 678"),
        ({"contact": "0912 345 678 <script>"}, "0912 345 678"),
        ({"consent": ""}, "không để trống"),
        ({"website": "https://spam.example"}, "Xin để trống"),
    ],
)
def test_what_is_missing_or_wrong_is_said_in_words(given, words):
    page = factories.make_class()
    answer = Client().post(address(page), form(**given))

    assert answer.status_code == 200
    assert words in " ".join(re.findall(r'class="field__error"[^>]*>(.*?)</p>', answer.content.decode(), re.DOTALL))
    assert not Registration.objects.exists()


def test_strange_text_is_stored_clean_and_shown_as_text(unit, organiser):
    page = factories.make_class(unit=unit)
    name = unicodedata.normalize("NFD", "Đặng\x00 Thị\u200b <script>alert(1)</script> Ẵm")
    made = signed_up(page, name=name, unit="Tổ\x07 <b>tự</b> quản")

    assert made.name == "Đặng Thị <script>alert(1)</script> Ẵm"
    assert (made.unit, made.unit_name) == (None, "Tổ <b>tự</b> quản")
    for client, url in (
        (Client(), made.url),
        (organiser, reverse("training_classes:list", args=[page.pk])),
        (organiser, reverse("training_classes:paper", args=[page.pk])),
    ):
        html = text(client, url)
        assert "<script>alert" not in html
        assert "&lt;script&gt;alert(1)" in html
        assert "<b>tự</b>" not in html


@pytest.mark.parametrize("typed", ["Dệt may Đông Hải", "cong doan det may dong hai", "CÔNG ĐOÀN DỆT MAY ĐÔNG HẢI"])
def test_a_unit_is_known_however_it_is_typed(unit, typed):
    assert unit_called(unicodedata.normalize("NFD", typed), unit_names()) == unit
    assert unit_called("Tổ hợp tác", unit_names()) is None
    assert unit_called("!!!", unit_names()) is None


def test_names_are_offered_without_diacritics_and_by_half_a_word(unit, client):
    factories.make_unit("Công đoàn cơ sở Đóng tàu Sao Biển")
    cache.clear()

    assert offered("det m") == ["Công đoàn Dệt may Đông Hải"]
    assert offered("Đông Hải dệt") == ["Công đoàn Dệt may Đông Hải"]
    assert offered("d") == offered("khong co") == offered("\x00") == []
    answer = client.get("/don-vi/goi-y/", {"q": "dong"})
    assert len(answer.json()["suggestions"]) == 2
    assert "Cookie" not in answer.get("Vary", "")
    assert not answer.cookies


def test_a_form_carries_no_list_of_all_units(unit, client):
    page = factories.make_class()
    with CaptureQueriesContext(connection) as queries:
        shown = text(client, address(page))
    assert not [query for query in queries if 'FROM "organisations_unit"' in query["sql"]]
    assert "<unit-names" in shown
    assert unit.name not in shown


def test_two_units_of_one_name_are_told_apart_and_abolished_ones_are_not_offered(unit):
    parent = factories.make_unit("Ngành Xây dựng")
    twin = factories.make_unit("Công đoàn Dệt may Đông Hải", parent=parent)
    factories.make_unit("Công đoàn cũ", valid_to="2001-01-01")
    names = unit_names()

    assert names["Công đoàn Dệt may Đông Hải – Ngành Xây dựng"] == twin
    assert len(names) == 3


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ("0912 345 678", "0912345678"),
        ("+84912345678", "0912345678"),
        ("0084 912 345 678", "0912345678"),
        ("84.912.345.678", "0912345678"),
        ("０９１２３４５６７８", "0912345678"),
        ("024 3825 1234", "02438251234"),
        ("+33 6 12 34 56 78", "+33612345678"),
        (" Ngat@Example.org ", "ngat@example.org"),
    ],
)
def test_contacts_have_one_form(typed, stored):
    assert normalise(typed) == stored


@pytest.mark.parametrize(
    "typed", ["", "0912", "1" * 30, "abc", "a@", "@b.vn", "٠٩١٢٣٤٥٦٧٨x", "+84", "=1+1", "a@b.vn\nBcc: c@d.vn"]
)
def test_other_contacts_are_refused(typed):
    with pytest.raises(ValidationError):
        normalise(typed)


def test_somebody_who_signs_up_without_end_is_stopped():
    page = factories.make_class()
    client = Client()
    answers = [client.post(address(page), form(name="")).status_code for _ in range(41)]
    assert answers == [200] * 40 + [429]
    assert client.post(address(page), form()).status_code == 429


def test_a_draft_takes_no_sign_up():
    page = factories.make_class(live=False)
    assert Client().get(address(page)).status_code == 404
    assert Client().post(address(page), form()).status_code == 404


# Seats and waiting --------------------------------------------------------------------------------------------------


def test_whoever_comes_when_all_seats_are_taken_waits_and_moves_up():
    page = factories.make_class(seats=2)
    first, _second, third, fourth = (sign_up(page, person(number)) for number in range(1, 5))

    assert [third.is_waiting, fourth.is_waiting] == [True, True]
    assert "người thứ 2 trong danh sách chờ" in text(Client(), fourth.url)
    html = text(Client(), page.url)
    assert "Đã hết chỗ." in html
    assert "Hiện có 2 người đang chờ." in html

    assert Client().post(reverse("training-ticket-cancel", args=[first.written_code]))["Location"] == first.url
    assert "Bạn đã có chỗ." in text(Client(), third.url)
    assert "người thứ 1 trong danh sách chờ" in text(Client(), fourth.url)
    assert "Bạn đã trả lại chỗ này." in text(Client(), first.url)
    assert standing_of(page).taken == 2


def test_giving_back_twice_moves_one_up_and_a_new_sign_up_is_a_new_ticket():
    page = factories.make_class(seats=1)
    first, second, third = (sign_up(page, person(number)) for number in range(1, 4))
    give_back(first)
    give_back(first)

    assert [Registration.objects.get(pk=one.pk).is_waiting for one in (second, third)] == [False, True]
    again = sign_up(page, person(1))
    assert again.pk != first.pk
    assert position_of(again) == 2


def test_who_waits_gives_the_place_back_without_anybody_moving_to_a_seat():
    page = factories.make_class(seats=1)
    _first, second, third = (sign_up(page, person(number)) for number in range(1, 4))
    give_back(second)

    assert Registration.objects.get(pk=third.pk).is_waiting
    assert position_of(third) == 1


def test_once_the_class_has_begun_a_place_is_not_given_back():
    page = factories.make_class(days=-1 / 24)
    made = factories.make_registration(page)
    assert reverse("training-ticket-cancel", args=[made.written_code]) not in text(Client(), made.url)
    with pytest.raises(Refused):
        give_back(made)
    give_back(made, at_any_time=True)
    assert not Registration.objects.get(pk=made.pk).is_active


def test_seats_added_by_an_editor_let_people_move_up(admin_client):
    page = factories.make_class(seats=1)
    waiting = [sign_up(page, person(number)) for number in range(1, 5)][1:]
    page.seats = 3
    page.save_revision().publish()

    assert [Registration.objects.get(pk=one.pk).is_waiting for one in waiting] == [False, False, True]


def test_without_a_number_of_seats_nobody_waits():
    page = factories.make_class()
    assert not any(sign_up(page, person(number)).is_waiting for number in range(1, 60))


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True, databases=["default", "visits"])
def test_seats_are_never_given_twice_however_many_press_at_once():
    page = factories.make_class(seats=5)
    start = threading.Barrier(12)
    errors = []

    def press(number: int) -> None:
        try:
            start.wait()
            sign_up(page, person(number))
            sign_up(page, person(number))
            if number < 2:
                give_back(Registration.objects.get(contact=person(number).contact))
        except Exception as error:  # noqa: BLE001  # told to the test's own thread
            errors.append(error)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=press, args=(number,)) for number in range(12)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert errors == []
    assert Registration.objects.count() == 12
    assert (standing_of(page).taken, standing_of(page).waiting) == (5, 5)


def test_the_database_itself_keeps_one_place_for_one_contact():
    from django.db import IntegrityError, transaction

    page = factories.make_class()
    factories.make_registration(page, contact="0912345678", cancelled_at=timezone.now())
    factories.make_registration(page, contact="0912345678")
    factories.make_registration(page, contact="")
    factories.make_registration(page, contact="")
    with pytest.raises(IntegrityError), transaction.atomic():
        factories.make_registration(page, contact="0912345678")


# The ticket ---------------------------------------------------------------------------------------------------------


def test_codes_are_long_random_and_told_apart_from_anything_else():
    page = factories.make_class()
    codes = {sign_up(page, person(number)).code for number in range(1, 30)}
    assert len(codes) == 29
    assert {len(code) for code in codes} == {16}
    for code in ("0000-0000-0000-0000", "1", "../../", "A" * 5000, "%00", "ве"):
        assert Client().get(f"/dao-tao/ve/{code}/").status_code == 404
    assert Client().get("/dao-tao/ve/").status_code == 404


def test_who_tries_out_codes_is_slowed_down():
    client = Client()
    answers = [client.get(f"/dao-tao/ve/0000-0000-0000-{number:04d}/").status_code for number in range(61)]
    assert answers == [404] * 60 + [429]


def test_a_code_typed_otherwise_leads_to_the_ticket():
    made = factories.make_registration(factories.make_class())
    assert Client().get(f"/dao-tao/ve/{made.code.lower()}/")["Location"] == made.url


def test_only_a_press_gives_back():
    made = factories.make_registration(factories.make_class())
    cancel = reverse("training-ticket-cancel", args=[made.written_code])
    assert Client().get(cancel).status_code == 405
    assert Client(enforce_csrf_checks=True).post(cancel).status_code == 403


def test_the_ticket_of_a_cancelled_class_says_so():
    made = factories.make_registration(factories.make_class(is_cancelled=True, cancelled_because="Mất điện"))
    html = text(Client(), made.url)
    assert "Lớp này đã bị huỷ." in html
    assert "Mất điện" in html
    assert "<svg class=qr" not in html.replace('"', "")


def test_the_ticket_outlives_a_page_that_is_taken_down():
    page = factories.make_class()
    made = factories.make_registration(page)
    ClassPage.objects.filter(pk=page.pk).update(live=False)
    html = text(Client(), made.url)
    assert page.title in html
    assert f'href="{page.url}"' not in html


def test_the_calendar_file_holds_the_class():
    title = "Đối thoại; hỏi, đáp \\ " + "ệ" * 60
    page = factories.make_class(title=title, place="Hội trường, tầng 2", online_url="https://hop.example.org/1")
    made = factories.make_registration(page)
    answer = Client().get(reverse("training-ticket-calendar", args=[made.written_code]))

    assert answer["Content-Type"] == "text/calendar; charset=utf-8"
    assert "noindex" in answer["X-Robots-Tag"]
    assert max(len(line) for line in answer.content.split(b"\r\n")) <= 75
    [event] = icalendar.Calendar.from_ical(answer.content).walk("VEVENT")
    assert str(event["SUMMARY"]) == page.title
    assert str(event["LOCATION"]) == "Hội trường, tầng 2"
    assert event.start == page.start.replace(microsecond=0)
    assert event.end == page.end.replace(microsecond=0)
    assert str(event["STATUS"]) == "CONFIRMED"
    assert made.url in str(event["URL"])
    assert "hop.example.org" in str(event["DESCRIPTION"])


def test_who_waits_learns_no_link_to_take_part():
    page = factories.make_class(online_url="https://hop.example.org/1")
    made = factories.make_registration(page, is_waiting=True)
    calendar = Client().get(reverse("training-ticket-calendar", args=[made.written_code])).content.decode()

    ticket = text(Client(), made.url)
    assert "hop.example.org" not in ticket
    assert '<svg class="qr"' not in ticket
    assert "hop.example.org" not in calendar
    assert "TENTATIVE" in calendar


# Presence: organisers -----------------------------------------------------------------------------------------------


def list_of(page) -> str:
    return reverse("training_classes:list", args=[page.pk])


def test_an_organiser_ticks_unticks_and_marks_all(unit, organiser):
    page = factories.make_class(unit=unit)
    people = [factories.make_registration(page) for _ in range(3)]
    waiting = factories.make_registration(page, is_waiting=True)
    given_back = factories.make_registration(page, cancelled_at=timezone.now())

    html = text(organiser, list_of(page))
    assert all(one.name in html for one in (*people, waiting))
    assert given_back.name not in html
    answer = organiser.post(list_of(page), {"co-mat": people[0].pk})
    assert answer["Location"] == f"{list_of(page)}#dang-ky-{people[0].pk}"
    one = Registration.objects.get(pk=people[0].pk)
    assert (one.is_present, one.attended_by, one.source) == (True, organiser.user, "list")

    organiser.post(list_of(page), {"vang": people[0].pk})
    assert not Registration.objects.get(pk=people[0].pk).is_present
    organiser.post(list_of(page), {"tat-ca": "1"})
    assert set(page.registrations.present()) == set(people)
    organiser.post(list_of(page), {"huy": waiting.pk})
    assert not Registration.objects.get(pk=waiting.pk).is_active


def test_an_organiser_writes_down_who_came_without_signing_up(unit, organiser):
    page = factories.make_class(unit=unit, seats=1)
    factories.make_registration(page)
    new = {"them": "1", "name": "Lò Văn Ốc", "unit": unit.name, "contact": ""}
    organiser.post(list_of(page), new)

    made = Registration.objects.get(name="Lò Văn Ốc")
    assert (made.is_walk_in, made.is_present, made.unit) == (True, True, unit)
    assert standing_of(page).taken == 1
    assert "Không đăng ký trước" in text(organiser, list_of(page))
    refused = organiser.post(list_of(page), {**new, "name": ""})
    assert refused.status_code == 200
    assert "không để trống" in refused.content.decode()

    organiser.post(list_of(page), {**new, "contact": page.registrations.first().contact})
    assert Registration.objects.filter(page=page).count() == 2
    assert page.registrations.first().is_present


@pytest.mark.parametrize("sent", [{"co-mat": "x"}, {"co-mat": "9" * 40}, {"vang": "0"}, {"huy": "-1"}])
def test_what_no_button_sends_is_not_found(unit, organiser, sent):
    assert organiser.post(list_of(factories.make_class(unit=unit)), sent).status_code == 404


def test_nobody_is_marked_in_another_class_than_that_of_the_list(unit, organiser):
    other = factories.make_registration(factories.make_class(unit=factories.make_unit()))
    page = factories.make_class(unit=unit)
    assert organiser.post(list_of(page), {"co-mat": other.pk}).status_code == 404
    attendance.mark_present(page, [other.pk], by=None, source="list")
    attendance.mark_absent(page, other.pk)
    assert not Registration.objects.get(pk=other.pk).is_present


def places_of(page) -> list[str]:
    names = [("list", []), ("paper", []), ("room", []), ("export", ["csv"]), ("export", ["xlsx"])]
    return [reverse(f"training_classes:{name}", args=[page.pk, *rest]) for name, rest in names]


def test_an_editor_of_another_unit_sees_nothing_of_a_class(unit, client_as):
    page = factories.make_class(unit=unit, title="Lớp của đơn vị kia")
    made = factories.make_registration(page)
    stranger = client_as(Role.EDITOR, factories.make_unit("Đơn vị khác"))

    for url in places_of(page):
        answer = stranger.get(url)
        assert answer.status_code in {302, 403}, url
        assert made.name not in answer.content.decode(errors="replace")
    stranger.post(list_of(page), {"co-mat": made.pk})
    stranger.post(reverse("training-ticket-present", args=[made.written_code]))
    assert not Registration.objects.get(pk=made.pk).is_present
    assert "Lớp của đơn vị kia" not in text(stranger, reverse("training_classes:index"))
    assert "Dành cho ban tổ chức" not in text(stranger, made.url)
    edit = reverse("wagtailadmin_explore", args=[page.get_parent().pk])
    assert list_of(page) not in text(stranger, edit)


def test_members_and_visitors_see_no_list(member):
    page = factories.make_class()
    for client in (Client(), client_of(member)):
        for url in (*places_of(page), reverse("training_classes:index"), reverse("training_yearly:index")):
            assert client.get(url).status_code == 302, url


def test_the_way_from_a_page_to_its_list(unit, organiser):
    page = factories.make_class(unit=unit)
    assert list_of(page) in text(organiser, reverse("wagtailadmin_pages:edit", args=[page.pk]))
    assert list_of(page) in text(organiser, reverse("wagtailadmin_explore", args=[page.get_parent().pk]))
    assert list_of(page) in text(organiser, reverse("training_classes:index"))
    assert reverse("training_classes:index") in text(organiser, reverse("wagtailadmin_home"))
    course = factories.make_course(unit=unit)
    assert list_of(course) not in text(organiser, reverse("wagtailadmin_pages:edit", args=[course.pk]))


def test_an_organiser_who_scans_a_ticket_marks_it(unit, organiser):
    page = factories.make_class(unit=unit)
    made = factories.make_registration(page)
    button = reverse("training-ticket-present", args=[made.written_code])
    assert button in text(organiser, made.url)
    assert organiser.post(button)["Location"] == made.url

    one = Registration.objects.get(pk=made.pk)
    assert (one.is_present, one.source, one.attended_by) == (True, "ticket", organiser.user)
    assert "Đã ghi có mặt." in text(organiser, made.url)
    assert Client().post(button).status_code == 404


# Presence: in the room ----------------------------------------------------------------------------------------------


def room_of(page) -> str:
    return reverse("training-class-check-in", args=[attendance.room_secret(page)])


@pytest.fixture
def running():
    """A class that began a quarter of an hour ago."""
    return factories.make_class(days=-1 / 96)


def test_a_participant_checks_in_with_the_contact_of_the_sign_up(running):
    made = factories.make_registration(running, "Phạm Thị Ý", contact="0912345678")
    client = Client()
    assert client.get(room_of(running)).status_code == 200
    html = client.post(room_of(running), {"contact": "+84 912 345 678"}).content.decode()

    assert "Ý, bạn đã được ghi có mặt." in html
    assert "Phạm" not in html
    assert made.written_code not in html
    one = Registration.objects.get(pk=made.pk)
    assert (one.is_present, one.source, one.attended_by) == (True, "room", None)


def test_a_member_checks_in_with_one_press(running, member):
    made = factories.make_registration(running, member.get_full_name(), user=member)
    client = client_of(member)
    assert "Đỗ Thị Ẵm" in text(client, room_of(running))
    assert not Registration.objects.get(pk=made.pk).is_present
    client.post(room_of(running))
    assert Registration.objects.get(pk=made.pk).is_present
    assert "đã được ghi có mặt" in text(client, room_of(running))


def test_an_unknown_contact_may_be_written_down(running, unit):
    client = Client()
    html = client.post(room_of(running), {"contact": "0987 654 321"}).content.decode()
    assert "Chưa có ai đăng ký bằng số" in html
    assert 'value="0987654321"' in html
    assert not Registration.objects.exists()

    wrong = client.post(room_of(running), form(contact="0987654321", consent=""))
    assert "không để trống" in wrong.content.decode()
    html = client.post(room_of(running), form(contact="0987654321")).content.decode()
    made = Registration.objects.get()
    assert (made.is_walk_in, made.is_present, made.unit, made.source) == (True, True, unit, "room")
    assert made.url in html

    other = Client().post(room_of(running), form(contact="0987654321", name="Người Khác")).content.decode()
    assert made.written_code not in other
    assert Registration.objects.count() == 1


@pytest.mark.parametrize(("days", "opened"), [(3 / 24, False), (1.9 / 24, True), (-6.9 / 24, True), (-7.1 / 24, False)])
def test_the_room_is_open_from_two_hours_before_until_four_hours_after(days, opened):
    page = factories.make_class(days=days, lasts=3)
    made = factories.make_registration(page)
    html = text(Client(), room_of(page))
    assert ("Điểm danh mở từ" not in html) == opened
    Client().post(room_of(page), {"contact": made.contact})
    assert Registration.objects.get(pk=made.pk).is_present == opened


def test_nobody_checks_in_for_a_cancelled_class(running):
    made = factories.make_registration(running)
    ClassPage.objects.filter(pk=running.pk).update(is_cancelled=True)
    assert "đã bị huỷ" in text(Client(), room_of(running))
    Client().post(room_of(running), {"contact": made.contact})
    assert not Registration.objects.get(pk=made.pk).is_present


def test_a_wrong_code_of_a_room_leads_nowhere(running):
    secret = attendance.room_secret(running)
    other = factories.make_class()
    forged = f"{other.pk}-{secret.partition('-')[2]}"
    for wrong in (secret[:-1], secret.lower(), str(running.pk), f"{running.pk}-", forged, "x", "1" * 300, "ве-х"):
        assert Client().get(reverse("training-class-check-in", args=[wrong])).status_code == 404, wrong


def test_who_tries_out_numbers_in_the_room_is_stopped(running, monkeypatch):
    monkeypatch.setattr("training.views.classes.CHECK_INS", 3)
    made = factories.make_registration(running)
    answers = [Client().post(room_of(running), {"contact": f"091234567{number}"}).status_code for number in range(5)]
    assert answers == [200, 200, 200, 429, 429]
    Client().post(room_of(running), {"contact": made.contact})
    assert not Registration.objects.get(pk=made.pk).is_present


# Tables -------------------------------------------------------------------------------------------------------------


FORMULAS = ["=1+1", "+84", "-2", "@SUM(A1)"]


def test_exports_hold_everybody_and_no_formula(unit, organiser):
    page = factories.make_class(unit=unit, title="Lớp [thử]: 1/2?")
    for formula in FORMULAS:
        factories.make_registration(page, f"{formula} Tên", unit_name=formula)
    factories.make_registration(page, "Nguyễn Thị Én", contact="0912345678", present=True)

    csv = organiser.get(reverse("training_classes:export", args=[page.pk, "csv"]))
    lines = csv.content.decode()
    assert lines.startswith("\ufeffSTT,")
    assert "'=1+1 Tên,'=1+1" in lines
    assert not re.search(r"(^|,)[\"]?[=+@-]", lines, re.MULTILINE)
    assert csv["Content-Disposition"].endswith('.csv"')

    xlsx = organiser.get(reverse("training_classes:export", args=[page.pk, "xlsx"]))
    sheet = load_workbook(io.BytesIO(xlsx.content)).active
    rows = [[cell.value for cell in row] for row in sheet.iter_rows()]
    assert len(rows) == 6
    assert {cell.data_type for row in sheet.iter_rows() for cell in row} <= {"s", "n", "inlineStr"}
    assert ["=1+1 Tên", "=1+1"] in [row[1:3] for row in rows]
    assert "0912345678" in [row[3] for row in rows]
    assert organiser.get(reverse("training_classes:export", args=[page.pk, "exe"])).status_code == 404


def test_the_list_on_paper_and_the_code_on_the_wall(unit, organiser):
    page = factories.make_class(unit=unit)
    made = factories.make_registration(page)
    paper = text(organiser, reverse("training_classes:paper", args=[page.pk]))
    assert made.name in paper
    assert made.contact not in paper
    wall = text(organiser, reverse("training_classes:room", args=[page.pk]))
    assert room_of(page) in wall
    assert '<svg class="qr"' in wall


# Certificates -------------------------------------------------------------------------------------------------------


def test_those_present_get_their_certificate_once_the_class_is_over(unit, organiser):
    page = factories.make_class(
        days=-3, unit=unit, title="Thương lượng", signer="Vũ Thị Mai", signer_role="Trưởng ban", hours="1 buổi"
    )
    came, absent = factories.make_registration(page, unit_name="Tổ 3", present=True), factories.make_registration(page)
    assert "Cấp 1 chứng nhận" in text(organiser, list_of(page))
    organiser.post(list_of(page), {"chung-nhan": "1"})
    organiser.post(list_of(page), {"chung-nhan": "1"})

    given = Certificate.objects.get()
    assert (given.kind, given.registration, given.holder) == ("class", came, came.name)
    assert (given.title, given.unit_name, given.organisation) == ("Thương lượng", "Tổ 3", unit.name)
    assert (given.signer, given.hours) == ("Vũ Thị Mai", "1 buổi")
    assert given.url in text(Client(), came.url)
    assert "1 buổi" in text(Client(), given.url)
    paper = reverse("training-certificate-paper", args=[given.written_code, "in"])
    assert "Thương lượng" in text(Client(), paper)

    attendance.mark_present(page, [absent.pk], by=None, source="list")
    assert Certificate.objects.count() == 2


def test_unticking_withdraws_a_certificate_and_ticking_again_restores_it():
    page = factories.make_class(days=-3)
    made = factories.make_registration(page)
    attendance.mark_present(page, [made.pk], by=None, source="list")
    attendance.mark_absent(page, made.pk)
    assert not Certificate.objects.get().is_valid
    assert Certificate.objects.get().url not in text(Client(), made.url)
    attendance.mark_present(page, [made.pk], by=None, source="list")
    assert Certificate.objects.get().is_valid

    Certificate.objects.update(revoked_at=timezone.now(), revoked_because="Mượn tên")
    attendance.mark_absent(page, made.pk)
    attendance.mark_present(page, [made.pk], by=None, source="list")
    assert not Certificate.objects.get().is_valid


@pytest.mark.parametrize("fields", [{"days": -1 / 24}, {"days": -3, "has_certificate": False}, {"is_cancelled": True}])
def test_no_certificate_before_the_end_or_where_there_is_none(fields):
    page = factories.make_class(**fields)
    made = factories.make_registration(page)
    attendance.mark_present(page, [made.pk], by=None, source="list")
    with pytest.raises(Refused):
        attendance.give_certificates(page)
    assert not Certificate.objects.exists()


def test_a_certificate_outlives_its_class():
    page = factories.make_class(days=-3)
    attendance.mark_present(page, [factories.make_registration(page).pk], by=None, source="list")
    ClassPage.objects.get(pk=page.pk).delete()
    assert not Registration.objects.exists()
    assert Client().get(Certificate.objects.get().url).status_code == 200


# Personal data ------------------------------------------------------------------------------------------------------


def test_a_year_after_the_class_nobody_is_named_any_more(unit, member, organiser):
    old = factories.make_class(days=-366, unit=unit)
    made = factories.make_registration(old, "Bạch Thị Ngà", unit=unit, unit_name=unit.name, user=member, present=True)
    recent = factories.make_registration(factories.make_class(days=-360), "Còn Mới")
    forget_old_registrations()
    forget_old_registrations()

    one = Registration.objects.get(pk=made.pk)
    assert (one.name, one.contact, one.user) == ("", "", None)
    assert (one.unit, one.is_present) == (unit, True)
    assert Registration.objects.get(pk=recent.pk).name == "Còn Mới"
    assert "(đã xoá tên)" in text(organiser, list_of(old))
    assert "(đã xoá tên)" in text(Client(), made.url)
    assert sum(row.people for row in classes_of_year(timezone.localtime(old.start).year)) >= 1
    assert attendance.give_certificates(old) == 0
    assert "classes_forget" in {job.name for job in all_jobs()}


def test_no_public_page_names_anybody(organiser, unit):
    page = factories.make_class(title="Đối thoại ở xưởng", online_url="https://hop.example.org/1", unit=unit)
    made = factories.make_registration(page, "Quàng Thị Kín", contact="0977777777", present=True)
    public = [page.url, "/dao-tao/", address(page), "/nguon-tin/dao-tao.rss", "/tim-kiem/?q=Quàng+Thị+Kín"]
    for url in public:
        html = Client().get(url).content.decode()
        assert "Quàng" not in html.replace("Quàng+Thị+Kín", "").replace("Quàng Thị Kín", "", html.count("q=")) or (
            url.startswith("/tim-kiem")
        )
        assert "0977777777" not in html
        assert made.written_code not in html
        assert "hop.example.org" not in html


def test_an_account_that_is_deleted_leaves_the_figures(unit, member):
    page = factories.make_class(days=-3, unit=unit)
    made = factories.make_registration(page, user=member, unit=unit, present=True)
    member.delete()
    assert Registration.objects.get(pk=made.pk).user is None


# The figures of a year ----------------------------------------------------------------------------------------------


def test_the_figures_of_a_year_by_unit(unit, member):
    other = factories.make_unit("Công đoàn Cảng")
    start = at(2024, 1, 1, 0, 30)
    times = {"start": start, "end": start + timedelta(hours=1)}
    held = factories.make_class(unit=unit, **times)
    for _ in range(2):
        factories.make_registration(held, unit=unit, present=True)
    factories.make_registration(held, unit=other, present=True)
    factories.make_registration(held, unit=other)
    factories.make_registration(held, unit=other, present=True, cancelled_at=timezone.now())
    factories.make_class(unit=unit, is_cancelled=True, **times)
    factories.make_class(unit=unit, live=False, **times)
    last = start - timedelta(hours=1)  # of the year before, by an hour
    factories.make_class(unit=unit, start=last, end=last + timedelta(minutes=10))
    Enrolment.objects.create(user=member, course_title="Khoá", unit=unit, completed_at=start)
    Enrolment.objects.create(user=factories.make_user(), course_title="Khoá", unit=unit)

    def figures(scope=None):
        rows = classes_of_year(2024, scope)
        return {row.name: (row.classes, row.present, row.people, row.finished) for row in rows}

    assert figures() == {unit.name: (1, 3, 2, 1), other.name: (0, 0, 1, 0)}
    assert figures(frozenset({other.pk})) == {other.name: (0, 0, 1, 0)}
    assert figures(frozenset()) == {}


def test_what_belongs_to_no_unit_is_counted_for_who_sees_all():
    start = at(2024, 6, 1, 8)
    page = factories.make_class(start=start, end=start + timedelta(hours=1))
    factories.make_registration(page, present=True)
    [row] = [row for row in classes_of_year(2024) if row.unit is None]
    assert (row.name, row.classes, row.present) == ("Không thuộc đơn vị nào", 1, 1)
    assert [row for row in classes_of_year(2024, frozenset()) if row.unit is None] == []


def test_the_report_keeps_to_the_units_of_its_reader(unit, organiser, admin_client, client_as):
    factories.make_unit("Đơn vị của người khác")
    report = reverse("training_yearly:index")
    html = text(organiser, report)
    assert unit.name in html
    assert "Đơn vị của người khác" not in html
    assert "Đơn vị của người khác" in text(admin_client, report)
    csv = organiser.get(report, {"tai": "csv"}).content.decode()
    assert "Đơn vị của người khác" not in csv
    sheet = load_workbook(io.BytesIO(organiser.get(report, {"tai": "xlsx", "nam": "2024"}).content)).active
    assert (sheet.title, sheet.max_row) == ("2024", 2)
    for year in ("0", "9999", "x", "٢٠٢٤", "-1", "2" * 99):
        assert organiser.get(report, {"nam": year}).status_code == 200
    assert client_as(Role.CLERK).get(report).status_code in {302, 403}


# Lists of three and of thirty ---------------------------------------------------------------------------------------


def queries(client, url) -> int:
    client.get(url)
    with CaptureQueriesContext(connection) as captured:
        assert client.get(url).status_code == 200
    return len(captured)


def test_lists_of_three_and_of_thirty_people_cost_the_same(unit, organiser, admin_client):
    page = factories.make_class(days=-3, unit=unit, seats=50)

    def cost() -> list[int]:
        report, index = reverse("training_yearly:index"), reverse("training_classes:index")
        lists = [list_of(page), *places_of(page), report, index]
        return [queries(Client(), page.url), *(queries(organiser, url) for url in lists)]

    def add(number: int) -> None:
        for _ in range(number):
            own = factories.make_unit()
            factories.make_registration(page, unit=own, unit_name=own.name, present=True)
        attendance.give_certificates(page)

    add(3)
    few = cost()
    add(27)
    assert cost() == few
    assert few[0] <= 18
    assert max(few) <= 30


def test_contact_taken_is_a_refusal():
    page = factories.make_class()
    sign_up(page, person(1))
    with pytest.raises(ContactTaken):
        sign_up(page, person(1, name="Ai Khác"))
    assert issubclass(ContactTaken, Refused)
