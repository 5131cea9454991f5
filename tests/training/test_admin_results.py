"""Results, certificates, question by question, and the dashboard's panel, as editors see them."""

import csv
import io
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook

from organisations.roles import Role
from tests import factories
from training import question_results
from training.certificates.codes import new_code, written
from training.models import Attempt, Certificate, Enrolment, LessonPage, LessonRecord

pytestmark = [pytest.mark.django_db(databases=["default", "visits"]), pytest.mark.usefixtures("media_root")]

PANEL = 'id="training-section"'
RESULTS, CERTIFICATES = "training_results:index", "certificates:index"


def html(response) -> str:
    assert response.status_code == 200, response.get("Location")
    return response.content.decode()


def queries(client, url, data=None) -> int:
    with CaptureQueriesContext(connection) as found:
        assert client.get(url, data or {}).status_code == 200
    return len(found)


@pytest.fixture
def course():
    """Two lessons, the second one with a quiz that counts."""
    made = factories.make_course(title="Thương lượng lương")
    factories.make_lesson(made, title="Đọc")
    factories.make_lesson(made, title="Kiểm tra", bank=factories.make_bank(factories.question("?", "A", "B")))
    return made


def quiz_of(course):
    return LessonPage.objects.child_of(course).order_by("path").last()


def study(course, *, unit=None, name="Bình", percents=(60, 80), finished=True, **fields):
    """A member with attempts, and with a certificate once the course is finished."""
    user = factories.make_user(unit=unit, last_name="Nguyễn Văn", first_name=name)
    fields = {"completed_at": timezone.now() if finished else None, **fields}
    enrolment = Enrolment.objects.create(user=user, course=course, course_title=course.title, unit=unit, **fields)
    LessonRecord.objects.create(
        enrolment=enrolment, lesson=LessonPage.objects.child_of(course).first(), done_at=timezone.now()
    )
    for place, percent in enumerate(percents):
        Attempt.objects.create(
            code=f"{user.pk}-{place}", lesson=quiz_of(course), user=user, percent=percent, submitted_at=timezone.now()
        )
    if finished:
        Certificate.objects.create(
            code=new_code(),
            enrolment=enrolment,
            user=user,
            unit=unit,
            unit_name=str(unit or ""),
            holder=user.get_full_name(),
            title=course.title,
        )
    return enrolment


def lines(response) -> list[list[str]]:
    text = response.content.decode("utf-8-sig")
    return list(csv.reader(io.StringIO(text)))


# Results ------------------------------------------------------------------------------------------------------------


def test_figures_and_a_line_for_each_person(admin_client, course):
    unit = factories.make_unit("Công đoàn Dệt may")
    study(course, unit=unit, name="Ẵm")
    study(course, name="Đức", percents=(50,), finished=False)
    response = admin_client.get(reverse(RESULTS))

    everybody = response.context["everybody"]
    assert (everybody.enrolled, everybody.finished, everybody.certificates, everybody.mean) == (2, 1, 1, 65)
    assert [(one.name, one.enrolled, one.mean) for one in response.context["by_course"]] == [(course.title, 2, 65)]
    assert {one.name: one.mean for one in response.context["by_unit"]}["Công đoàn Dệt may"] == 80
    shown = html(response)
    for words in ("Nguyễn Văn Ẵm", "Công đoàn Dệt may", "1/2", "80%", Certificate.objects.get().written_code):
        assert words in shown


def test_filters_hold_for_the_figures_and_the_list(admin_client, course):
    sector = factories.make_unit("Ngành")
    below = factories.make_unit("Cơ sở", parent=sector)
    study(course, unit=below, name="Ẵm")
    study(course, unit=factories.make_unit(), name="Đức", finished=False)
    other = factories.make_course(title="Khác")
    factories.make_lesson(other)
    study(other, name="Xuân", percents=(), started_at=timezone.now() - timedelta(days=400))

    def people(**chosen):
        response = admin_client.get(reverse("training_results:index_results"), chosen)
        shown = html(response)
        found = {name for name in ("Ẵm", "Đức", "Xuân") if name in shown}
        assert response.context["everybody"].enrolled == len(found)
        return found

    assert people() == {"Ẵm", "Đức", "Xuân"}
    assert people(course=course.pk) == {"Ẵm", "Đức"}
    assert people(unit=sector.pk) == {"Ẵm"}
    assert people(state="learning") == {"Đức"}
    assert people(state="finished") == people(state="certified") == {"Ẵm", "Xuân"}
    assert people(started_at_from="2020-01-01", started_at_to=f"{timezone.localdate() - timedelta(days=9)}") == {"Xuân"}
    Certificate.objects.update(revoked_at=timezone.now())
    assert people(state="certified") == set()


def test_the_same_queries_for_three_people_and_for_sixty(admin_client, course):
    def fill(number):
        for place in range(number):
            study(course, unit=factories.make_unit(), name=f"B{place}")

    fill(3)
    admin_client.get(reverse(RESULTS))
    few = [queries(admin_client, reverse(RESULTS), data) for data in ({}, {"export": "csv"}, {"export": "xlsx"})]
    fill(60)
    many = [queries(admin_client, reverse(RESULTS), data) for data in ({}, {"export": "csv"}, {"export": "xlsx"})]

    assert many == few
    assert max(few) < 35


def test_spreadsheets_hold_everybody_and_no_formula(admin_client, course):
    unit = factories.make_unit("+Đơn vị")
    study(course, unit=unit, name="Ẵm")
    user = study(course, name="x").user
    user.last_name, user.first_name = "=HYPERLINK(1)", "@x"
    user.save()
    course.title = "-Khoá"
    course.save()

    rows = lines(admin_client.get(reverse(RESULTS), {"export": "csv"}))
    assert rows[0][:3] == ["Tên", "Đơn vị", "Khoá học"]
    assert {row[0] for row in rows[1:]} == {"Nguyễn Văn Ẵm", "'=HYPERLINK(1) @x"}
    assert {row[2] for row in rows[1:]} == {"'-Khoá"}
    assert "'+Đơn vị" in {row[1] for row in rows[1:]}
    assert rows[1][3:6] == ["1/2", "80", "Kiểm tra: 80%"]

    response = admin_client.get(reverse(RESULTS), {"export": "xlsx"})
    sheet = load_workbook(io.BytesIO(response.content)).active
    cells = [cell for row in sheet.iter_rows(min_row=2) for cell in row]
    assert "f" not in {cell.data_type for cell in cells}
    assert "=HYPERLINK(1) @x" in {cell.value for cell in sheet["A"]}
    assert {cell.value.date() for cell in sheet["G"][1:]} == {timezone.localdate()}
    assert rows[1][6] == timezone.localdate().isoformat()


def test_an_editor_sees_own_people_and_own_courses(client_as, course):
    ours = factories.make_unit("Đơn vị ta")
    own_course = factories.make_course(title="Khoá của ta", unit=ours)
    factories.make_lesson(own_course)
    factories.make_lesson(own_course, bank=factories.make_bank(factories.question("?", "A", "B")))
    study(course, unit=factories.make_unit(parent=ours), name="Ẵm")
    study(own_course, unit=factories.make_unit(), name="Xuân")
    study(course, unit=factories.make_unit("Đơn vị người"), name="Đức")
    study(course, name="Khánh")
    client = client_as(Role.EDITOR, ours)

    listed = html(client.get(reverse(RESULTS)))
    exported = {row[0] for row in lines(client.get(reverse(RESULTS), {"export": "csv"}))[1:]}

    assert exported == {"Nguyễn Văn Ẵm", "Nguyễn Văn Xuân"}
    for name, seen in (("Ẵm", True), ("Xuân", True), ("Đức", False), ("Khánh", False), ("Đơn vị người", False)):
        assert (name in listed) is seen, name
    holders = html(client.get(reverse(CERTIFICATES)))
    assert "Nguyễn Văn Ẵm" in holders
    assert "Nguyễn Văn Đức" not in holders


def test_without_the_right_nobody_sees_names(client_as, course):
    study(course, name="Ẵm")
    for role in (Role.CONTRIBUTOR, Role.CLERK, None):
        client = client_as(role)
        assert client.get(reverse(RESULTS)).status_code == 302
        assert client.get(reverse(RESULTS), {"export": "csv"}).status_code == 302
        assert client.get(reverse("training_results:index_results")).status_code == 302


def test_who_deleted_the_account_and_courses_that_are_gone_stay_in_the_figures(admin_client, course):
    study(course, name="Ẵm").user.delete()
    study(course, name="Đức")
    course.delete()
    response = admin_client.get(reverse(RESULTS))

    assert response.context["everybody"].enrolled == 2
    assert "Thương lượng lương" in html(response)
    assert "Ẵm" not in html(response)
    assert len(lines(admin_client.get(reverse(RESULTS), {"export": "csv"}))) == 3


@pytest.mark.parametrize(
    "data",
    [
        {"course": "x"},
        {"unit": "9" * 40},
        {"state": "\0"},
        {"started_at_from": "mai"},
        {"p": "x"},
        {"ordering": "user__password"},
    ],
)
def test_a_garbled_address_opens(admin_client, course, data):
    study(course)
    html(admin_client.get(reverse(RESULTS), data))


# Certificates -------------------------------------------------------------------------------------------------------


@pytest.fixture
def certificate(course):
    return study(course, unit=factories.make_unit(), name="Ẵm").certificate


def test_a_certificate_is_found_by_name_and_by_its_code_in_any_spelling(admin_client, course, certificate):
    study(course, name="Đức")
    code = written(certificate.code)
    for words in ("nguyen van am", "NGUYỄN VĂN ẴM", code, code.lower().replace("-", " "), certificate.code):
        listed = html(admin_client.get(reverse(CERTIFICATES), {"q": words}))
        assert code in listed, words
        assert "Nguyễn Văn Đức" not in listed
    assert code not in html(admin_client.get(reverse(CERTIFICATES), {"q": written(new_code())}))


def test_the_list_of_certificates_costs_the_same_for_three_and_for_thirty(admin_client, course):
    def fill(number):
        for place in range(number):
            study(course, unit=factories.make_unit(), name=f"B{place}")

    fill(3)
    admin_client.get(reverse(CERTIFICATES))
    few = queries(admin_client, reverse(CERTIFICATES))
    fill(30)
    assert queries(admin_client, reverse(CERTIFICATES)) == few


def act(client, name, certificate, **data):
    return client.post(reverse(f"certificates:{name}", args=[certificate.pk]), data, follow=True)


def test_a_certificate_is_withdrawn_with_a_reason_and_given_back(admin_client, client, certificate):
    details = reverse("certificates:inspect", args=[certificate.pk])
    assert certificate.url in html(admin_client.get(details))

    act(admin_client, "withdraw", certificate, reason="Cấp nhầm người")
    certificate.refresh_from_db()
    assert (certificate.is_valid, certificate.revoked_because) == (False, "Cấp nhầm người")
    assert "Cấp nhầm người" in html(admin_client.get(details))
    assert "Cấp nhầm người" in html(client.get(certificate.url))
    assert certificate.written_code in html(admin_client.get(reverse(CERTIFICATES), {"state": "withdrawn"}))
    assert certificate.written_code not in html(admin_client.get(reverse(CERTIFICATES), {"state": "valid"}))
    first = certificate.revoked_at
    act(admin_client, "withdraw", certificate, reason="Lần nữa")
    certificate.refresh_from_db()
    assert (certificate.revoked_at, certificate.revoked_because) == (first, "Cấp nhầm người")

    act(admin_client, "give_back", certificate)
    certificate.refresh_from_db()
    assert (certificate.is_valid, certificate.revoked_because) == (True, "")
    assert "Cấp nhầm người" in html(admin_client.get(details))  # the log keeps it


@pytest.mark.parametrize("reason", ["", "  ", "\0", "x" * 301, "x" * 1_000_000])
def test_without_a_fit_reason_none_is_withdrawn(admin_client, certificate, reason):
    response = act(admin_client, "withdraw", certificate, reason=reason)

    certificate.refresh_from_db()
    assert certificate.is_valid
    assert list(response.context["messages"])


def test_editors_look_and_the_chief_editor_withdraws(client_as, certificate):
    editor = client_as(Role.EDITOR, certificate.unit)
    other = client_as(Role.EDITOR, factories.make_unit())
    details = reverse("certificates:inspect", args=[certificate.pk])

    assert "certificates/" not in html(editor.get(details)).replace("snippets", "")
    assert reverse("certificates:withdraw", args=[certificate.pk]) not in html(editor.get(details))
    assert other.get(details).status_code == 404
    for client in (editor, other):
        act(client, "withdraw", certificate, reason="Không")
    certificate.refresh_from_db()
    assert certificate.is_valid

    act(client_as(Role.CHIEF_EDITOR), "withdraw", certificate, reason="Có")
    certificate.refresh_from_db()
    assert not certificate.is_valid


def test_an_editor_sees_the_certificates_of_own_classes(client_as):
    ours = factories.make_unit()
    for unit, name in ((ours, "Ẵm"), (factories.make_unit(), "Đức")):
        place = factories.make_registration(factories.make_class(unit=unit), name=f"Nguyễn Văn {name}")
        Certificate.objects.create(code=new_code(), kind="class", registration=place, holder=place.name, title="Lớp")
    listed = html(client_as(Role.EDITOR, ours).get(reverse(CERTIFICATES)))

    assert "Nguyễn Văn Ẵm" in listed
    assert "Nguyễn Văn Đức" not in listed


def test_none_is_added_or_deleted_by_hand(admin_client, certificate):
    base = reverse(CERTIFICATES)
    for path in ("new/", "add/", f"delete/{certificate.pk}/", f"edit/{certificate.pk}/"):
        assert admin_client.post(base + path).status_code in (404, 405)
    assert admin_client.get(reverse("certificates:withdraw", args=[certificate.pk])).status_code == 405
    assert Certificate.objects.count() == 1


# Question by question -----------------------------------------------------------------------------------------------


def hand_in(lesson, *rows, **fields):
    """An attempt; rows are (question, answer, points)."""
    fields = {"submitted_at": timezone.now(), **fields}
    Attempt.objects.create(
        code=new_code(),
        lesson=lesson,
        drawn=[{"id": question.pk} for question, _answer, _points in rows],
        answers={"given": [row[1] for row in rows], "points": [row[2] for row in rows]},
        **fields,
    )


def test_the_question_that_nobody_answers_right_stands_first(admin_client):
    broken, fine, half, unasked = (factories.question(f"Câu {n}?", "A", "B") for n in range(4))
    bank = factories.make_bank(fine, broken, half, unasked)
    lesson = factories.make_lesson(factories.make_course(), bank=bank)
    for _number in range(10):
        hand_in(lesson, (fine, 1, 1), (broken, 2, 0), (half, None, 0.5))
    hand_in(lesson, (fine, None, 0), is_late=True)
    hand_in(lesson, (fine, None, 0), submitted_at=None)
    elsewhere = factories.make_lesson(factories.make_course(), bank=factories.make_bank())
    hand_in(elsewhere, (broken, 1, 1))

    rows, attempts = question_results.answers_to(bank)

    assert attempts == 10
    assert [(row.question, row.asked, row.percent, row.empty, row.verdict) for row in rows] == [
        (broken, 10, 0, 0, "hard"),
        (half, 10, 50, 10, ""),
        (fine, 10, 100, 0, "easy"),
        (unasked, 0, None, 0, ""),
    ]
    shown = html(admin_client.get(reverse("wagtailsnippets_training_questionbank:answers", args=[bank.pk])))
    assert reverse("wagtailsnippets_training_question:edit", args=[broken.pk]) in shown


def test_only_the_last_attempts_are_read(monkeypatch):
    monkeypatch.setattr(question_results, "LAST", 2)
    question = factories.question("?", "A", "B")
    bank = factories.make_bank(question)
    lesson = factories.make_lesson(factories.make_course(), bank=bank)
    for days in range(4):
        hand_in(lesson, (question, 1, int(days < 2)), submitted_at=timezone.now() - timedelta(days=days))

    rows, attempts = question_results.answers_to(bank)
    assert (attempts, rows[0].asked, rows[0].percent) == (2, 2, 100)


# The panel ----------------------------------------------------------------------------------------------------------


def dashboard(client) -> str:
    return html(client.get(reverse("wagtailadmin_home")))


def test_the_panel_counts_this_month_and_names_quizzes_without_questions(admin_client, client_as, course):
    unit = factories.make_unit()
    own = factories.make_course(title="Của ta", unit=unit)
    study(course, name="Ẵm")
    factories.make_lesson(own, title="Bài trống", bank=factories.make_bank())
    factories.make_lesson(own, title="Bài không có gì", body=[])
    factories.make_lesson(
        course, title="Bài xin nhiều", bank=factories.make_bank(factories.question("?", "A", "B")), count=9
    )
    shown = dashboard(admin_client)

    for title in ("Bài trống", "Bài không có gì", "Bài xin nhiều"):
        assert title in shown
    assert PANEL in shown
    editors = dashboard(client_as(Role.EDITOR, unit))
    assert "Bài trống" in editors
    assert "Bài xin nhiều" not in editors
    assert PANEL not in dashboard(client_as(Role.CONTRIBUTOR, unit))


def test_the_panel_is_silent_where_there_is_nothing_and_costs_little(admin_client, course):
    assert PANEL not in dashboard(admin_client)
    study(course)
    before = queries(admin_client, reverse("wagtailadmin_home"))
    for place in range(12):
        study(course, name=f"B{place}", unit=factories.make_unit())
        factories.make_lesson(course, title=f"Trống {place}", bank=factories.make_bank())
    assert queries(admin_client, reverse("wagtailadmin_home")) <= before + 1
