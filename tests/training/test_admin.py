"""Question banks and questions in the admin: lists, forms, rights, and what cannot be deleted."""

import json
import unicodedata

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from organisations.roles import Role
from tests import factories
from training.models import Attempt, LessonPage, Question, QuestionBank, QuestionOption

pytestmark = [pytest.mark.django_db(databases=["default", "visits"]), pytest.mark.usefixtures("media_root")]

BANKS, QUESTIONS = "wagtailsnippets_training_questionbank", "wagtailsnippets_training_question"
CHOOSER = "wagtailsnippetchoosers_training_questionbank"


def at(name, *args, of=BANKS):
    return reverse(f"{of}:{name}", args=args)


def html(response) -> str:
    assert response.status_code == 200, response.get("Location")
    return response.content.decode()


def messages_of(response) -> str:
    return " ".join(str(message) for message in response.context["messages"])


def queries(client, url) -> int:
    with CaptureQueriesContext(connection) as found:
        assert client.get(url).status_code == 200
    return len(found)


@pytest.fixture
def ours():
    return factories.make_unit("Công đoàn Khu công nghiệp")


@pytest.fixture
def editor(client_as, ours):
    return client_as(Role.EDITOR, ours)


@pytest.fixture
def banks(ours):
    """One of the editor's unit, one of another unit, one of the federation."""
    return {
        "ours": factories.make_bank(factories.question("Câu của ta?", "Đúng", "Sai"), title="Ngân hàng ta", unit=ours),
        "theirs": factories.make_bank(
            factories.question("Câu của người?", "Đúng", "Sai"), title="Ngân hàng người", unit=factories.make_unit()
        ),
        "federation": factories.make_bank(factories.question("Câu chung?", "Đúng", "Sai"), title="Ngân hàng chung"),
    }


def question_form(bank, *options, **fields):
    """What the browser sends; options are (text, right) or (text, right, partner)."""
    rows = [(*option, "")[:3] for option in options]
    data = {
        "bank": bank.pk,
        "kind": "single",
        "is_active": "on",
        "text": "Ai ký thoả ước?",
        "explanation": "",
        "options-TOTAL_FORMS": len(rows),
        "options-INITIAL_FORMS": 0,
        "options-MIN_NUM_FORMS": 0,
        "options-MAX_NUM_FORMS": 1000,
    }
    for place, (text, right, partner) in enumerate(rows):
        data |= {f"options-{place}-text": text, f"options-{place}-partner": partner}
        data |= {f"options-{place}-ORDER": place + 1, f"options-{place}-id": "", f"options-{place}-DELETE": ""}
        if right:
            data[f"options-{place}-is_right"] = "on"
    return {name: value for name, value in (data | fields).items() if value is not None}


def stored_form(question, **fields):
    """The form of a question that is stored, with its answers as they are."""
    options = list(question.options.all())
    data = question_form(question.bank, *[(one.text, one.is_right, one.partner) for one in options])
    data |= {f"options-{place}-id": one.pk for place, one in enumerate(options)}
    data |= {"options-INITIAL_FORMS": len(options), "kind": question.kind, "text": question.text, **fields}
    return {name: value for name, value in data.items() if value is not None}


RIGHT, WRONG = ("Chủ tịch công đoàn", True), ("Trưởng ca", False)

# Lists --------------------------------------------------------------------------------------------------------------


def test_the_list_of_banks_tells_whose_how_many_and_where(admin_client, banks):
    Question.objects.filter(bank=banks["ours"]).update(is_active=False)
    factories.make_lesson(factories.make_course(), bank=banks["federation"], title="Bài có câu hỏi")

    listed = html(admin_client.get(at("list")))

    assert "Liên đoàn" in listed
    assert "Công đoàn Khu công nghiệp" in listed
    assert "«Bài có câu hỏi»" in listed
    only = html(admin_client.get(at("list"), {"unit": banks["ours"].unit_id}))
    assert "Ngân hàng ta" in only
    assert "Ngân hàng chung" not in only


def test_questions_are_filtered_and_found_without_diacritics(admin_client, banks):
    factories.make_bank(factories.question("Thoả ước lao động là gì?", ["Văn bản"], kind="short"), title="Khác")
    index = at("list", of=QUESTIONS)

    assert "Thoả ước lao động" in html(admin_client.get(index, {"q": "thoa uoc lao dong"}))
    assert "Câu của ta?" not in html(admin_client.get(index, {"q": "thoa uoc lao dong"}))
    assert "Câu của ta?" not in html(admin_client.get(index, {"kind": "short"}))
    assert "Câu của người?" not in html(admin_client.get(index, {"bank": banks["ours"].pk}))
    assert "Câu của ta?" not in html(admin_client.get(index, {"is_active": "false"}))


@pytest.mark.parametrize("of", [BANKS, QUESTIONS])
def test_a_list_costs_the_same_for_three_and_for_thirty(admin_client, of):
    course = factories.make_course()

    def fill(number):
        for place in range(number):
            bank = factories.make_bank(factories.question(f"Câu {place}", "Đúng", "Sai"), unit=factories.make_unit())
            factories.make_lesson(course, bank=bank)

    fill(3)
    admin_client.get(at("list", of=of))
    few = queries(admin_client, at("list", of=of))
    fill(30)
    assert queries(admin_client, at("list", of=of)) == few
    assert few < 30


def test_every_view_opens(admin_client, banks):
    bank, question = banks["ours"], banks["ours"].questions.get()
    for name in ("edit", "delete", "history", "usage", "paste", "answers"):
        html(admin_client.get(at(name, bank.pk)))
    for name in ("edit", "delete", "history", "usage", "copy"):
        html(admin_client.get(at(name, question.pk, of=QUESTIONS)))
    for of in (BANKS, QUESTIONS):
        html(admin_client.get(at("add", of=of)))


# Rights -------------------------------------------------------------------------------------------------------------


def test_an_editor_sees_and_changes_the_banks_of_own_units_alone(editor, banks):
    listed = html(editor.get(at("list")))
    asked = html(editor.get(at("list", of=QUESTIONS)))

    assert "Ngân hàng ta" in listed
    assert "Câu của ta?" in asked
    for other in ("theirs", "federation"):
        bank, question = banks[other], banks[other].questions.get()
        assert bank.title not in listed
        assert question.text not in asked
        for name in ("edit", "delete", "history", "usage"):
            assert editor.get(at(name, bank.pk)).status_code == 302
            assert editor.get(at(name, question.pk, of=QUESTIONS)).status_code == 302
        assert editor.get(at("copy", question.pk, of=QUESTIONS)).status_code == 302
        for name in ("paste", "answers"):
            assert editor.get(at(name, bank.pk)).status_code == 404
        editor.post(at("delete", bank.pk))
        editor.post(at("delete", question.pk, of=QUESTIONS))
        editor.post(at("edit", bank.pk), {"title": "Đổi", "unit": banks["ours"].unit_id, "note": ""})
    assert QuestionBank.objects.count() == Question.objects.count() == 3
    assert not QuestionBank.objects.filter(title="Đổi").exists()
    html(editor.get(at("edit", banks["ours"].pk)))


def test_units_below_belong_to_it(editor, ours):
    below = factories.make_unit("Cơ sở bên dưới", parent=ours)
    bank = factories.make_bank(title="Ngân hàng cơ sở", unit=below)

    assert bank.title in html(editor.get(at("list")))
    html(editor.get(at("edit", bank.pk)))


def test_many_are_deleted_at_once_only_within_ones_units(editor, banks):
    url = reverse("wagtail_bulk_action", args=["training", "question", "delete"])
    chosen = [bank.questions.get().pk for bank in banks.values()]

    editor.post(f"{url}?{'&'.join(f'id={pk}' for pk in chosen)}")

    assert set(Question.objects.values_list("text", flat=True)) == {"Câu của người?", "Câu chung?"}


def test_who_works_for_a_unit_makes_banks_of_this_unit(editor, ours, banks):
    add = at("add")
    assert editor.get(add).context["form"].initial["unit"] == ours.pk
    for unit in ("", banks["theirs"].unit_id):
        refused = editor.post(add, {"title": "Mới", "unit": unit, "note": ""})
        assert "unit" in refused.context["form"].errors
    editor.post(add, {"title": "Mới", "unit": ours.pk, "note": ""})
    assert QuestionBank.objects.get(title="Mới").unit == ours


def test_questions_go_into_ones_own_banks(editor, banks):
    add = at("add", of=QUESTIONS)
    refused = editor.post(add, question_form(banks["federation"], RIGHT, WRONG))
    assert "bank" in refused.context["form"].errors

    editor.post(add, question_form(banks["ours"], RIGHT, WRONG))
    made = Question.objects.get(text="Ai ký thoả ước?")
    assert [(one.text, one.is_right) for one in made.options.all()] == [RIGHT, WRONG]


def test_the_chief_editor_looks_after_all_banks(client_as, banks):
    chief = client_as(Role.CHIEF_EDITOR)
    listed = html(chief.get(at("list")))

    assert [bank.title for bank in banks.values() if bank.title not in listed] == []
    html(chief.get(at("edit", banks["federation"].pk)))


def test_contributors_and_members_see_nothing(client_as, ours, banks):
    for role in (Role.CONTRIBUTOR, Role.CLERK, None):
        client = client_as(role, ours)
        for url in (
            at("list"),
            at("list", of=QUESTIONS),
            at("edit", banks["ours"].pk),
            reverse("training_results:index"),
            reverse("certificates:index"),
        ):
            assert client.get(url).status_code == 302
        assert client.get(at("paste", banks["ours"].pk)).status_code in (302, 404)


# Lessons ------------------------------------------------------------------------------------------------------------


def test_lessons_choose_among_own_banks_and_the_federations(editor, banks):
    offered = editor.get(reverse(f"{CHOOSER}:choose")).json()["html"]
    found = html(editor.get(reverse(f"{CHOOSER}:choose_results"), {"q": "ngan hang"}))

    for shown in (offered, found):
        assert "Ngân hàng ta" in shown
        assert "Ngân hàng chung" in shown
        assert "Ngân hàng người" not in shown
    assert editor.get(reverse(f"{CHOOSER}:chosen", args=[banks["federation"].pk])).status_code == 200
    assert editor.get(reverse(f"{CHOOSER}:chosen", args=[banks["theirs"].pk])).status_code == 404
    several = editor.get(reverse(f"{CHOOSER}:chosen_multiple"), {"id": [bank.pk for bank in banks.values()]})
    assert "Ngân hàng người" not in several.content.decode()


def lesson_form(lesson, *bank_pks):
    data = {"title": "Bài", "slug": "", "summary": "", "body-count": 0, "pass_mark": 80, "reveal": "passed"}
    data |= {"unit": lesson.unit_id or "", "is_graded": "on", "comments-TOTAL_FORMS": 0, "comments-INITIAL_FORMS": 0}
    parts = list(lesson.quiz_parts.all())
    data |= {"quiz_parts-TOTAL_FORMS": len(bank_pks), "quiz_parts-INITIAL_FORMS": len(parts)}
    for place, pk in enumerate(bank_pks):
        part = parts[place].pk if place < len(parts) else ""
        data |= {f"quiz_parts-{place}-bank": pk, f"quiz_parts-{place}-count": "", f"quiz_parts-{place}-id": part}
        data |= {f"quiz_parts-{place}-ORDER": place + 1, f"quiz_parts-{place}-DELETE": ""}
    return data


def bank_errors(client, lesson, *bank_pks) -> list:
    """What is said of each bank; nothing once the lesson is saved."""
    response = client.post(reverse("wagtailadmin_pages:edit", args=[lesson.pk]), lesson_form(lesson, *bank_pks))
    if response.status_code == 302:
        return []
    return [error.get("bank", []) for error in response.context["form"].formsets["quiz_parts"].errors]


def test_a_lesson_draws_from_no_bank_of_another_unit(editor, ours, banks):
    course = factories.make_course(unit=ours)
    lesson = factories.make_lesson(course, bank=banks["theirs"])  # as a chief editor has left it

    assert bank_errors(editor, lesson, banks["theirs"].pk, banks["federation"].pk, banks["ours"].pk) == []

    other = factories.make_lesson(course, bank=banks["ours"])
    assert bank_errors(editor, other, banks["ours"].pk, banks["theirs"].pk)[1]


# What stays ---------------------------------------------------------------------------------------------------------


def test_a_bank_that_lessons_draw_from_stays_and_the_lessons_are_named(admin_client, banks):
    factories.make_lesson(factories.make_course(), bank=banks["ours"], title="Bài còn dùng")

    for method in (admin_client.get, admin_client.post):
        response = method(at("delete", banks["ours"].pk), follow=True)
        assert "«Bài còn dùng»" in messages_of(response)
    bulk = reverse("wagtail_bulk_action", args=["training", "questionbank", "delete"])
    admin_client.post(f"{bulk}?id={banks['ours'].pk}&id={banks['theirs'].pk}")
    assert QuestionBank.objects.count() == 3


def test_a_bank_in_the_next_version_of_a_lesson_stays(admin_client, banks):
    lesson = factories.make_lesson(factories.make_course(), title="Bài sắp đổi")
    lesson.quiz_parts.add(LessonPage.quiz_parts.rel.related_model(bank=banks["ours"], count=3))
    lesson.save_revision()
    assert not lesson.__class__.objects.get(pk=lesson.pk).quiz_parts.exists()

    assert "«Bài sắp đổi»" in messages_of(admin_client.get(at("delete", banks["ours"].pk), follow=True))


def test_a_bank_without_lessons_goes_with_its_questions(admin_client, banks):
    assert "1 câu hỏi" in html(admin_client.get(at("delete", banks["ours"].pk)))
    admin_client.post(at("delete", banks["ours"].pk))

    assert not Question.objects.filter(bank=banks["ours"].pk).exists()
    assert QuestionBank.objects.count() == 2


def test_the_last_question_of_a_quiz_stays(admin_client):
    last = factories.question("Câu cuối?", "Đúng", "Sai")
    bank = factories.make_bank(last, title="Ngân hàng bé")
    other = factories.make_bank(title="Ngân hàng khác")
    factories.make_lesson(factories.make_course(), bank=bank, title="Bài kiểm tra")
    edit = at("edit", last.pk, of=QUESTIONS)

    assert "«Bài kiểm tra»" in messages_of(admin_client.get(at("delete", last.pk, of=QUESTIONS), follow=True))
    for change in ({"is_active": None}, {"bank": other.pk}):
        refused = admin_client.post(edit, stored_form(last, **change))
        assert "«Bài kiểm tra»" in str(refused.context["form"].non_field_errors())
    last.refresh_from_db()
    assert (last.is_active, last.bank_id) == (True, bank.pk)

    more = factories.question("Câu nữa?", "Đúng", "Sai")
    more.bank = bank
    more.save()
    assert "«Bài kiểm tra»" in html(admin_client.get(at("delete", last.pk, of=QUESTIONS)))
    admin_client.post(at("delete", last.pk, of=QUESTIONS))
    assert bank.questions.count() == 1


def test_attempts_keep_their_copy(admin_client):
    asked = factories.question("Câu bị xoá?", "Đúng", "Sai")
    bank = factories.make_bank(asked)
    lesson = factories.make_lesson(factories.make_course(), bank=factories.make_bank(factories.question("?", "A", "B")))
    attempt = Attempt.objects.create(code="x", lesson=lesson, drawn=[{"id": asked.pk, "text": asked.text}])

    admin_client.post(at("delete", bank.pk))

    attempt.refresh_from_db()
    assert attempt.drawn[0]["text"] == "Câu bị xoá?"


# The form -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("kind", "options"),
    [
        ("single", [RIGHT, ("Giám đốc", True)]),
        ("single", [("Một", True)]),
        ("multiple", [("Một", False), ("Hai", False)]),
        ("match", [("Một", False), ("Hai", False)]),
        ("order", [("Một", False), ("một", False)]),
        ("short", [("…", False)]),
    ],
)
def test_what_nobody_could_answer_is_refused(admin_client, banks, kind, options):
    response = admin_client.post(at("add", of=QUESTIONS), question_form(banks["ours"], *options, kind=kind))

    assert response.context["form"].non_field_errors()
    assert Question.objects.count() == 3


def test_a_question_is_changed_with_its_answers(admin_client, banks):
    question = banks["ours"].questions.get()
    first, second = question.options.all()
    data = stored_form(question, text="Câu đã sửa?", explanation="Điều 5")
    data |= {"options-0-is_right": None, "options-1-is_right": "on", "options-0-ORDER": 2, "options-1-ORDER": 1}

    admin_client.post(at("edit", question.pk, of=QUESTIONS), {k: v for k, v in data.items() if v is not None})

    question = Question.objects.get(pk=question.pk)
    assert (question.text, question.explanation) == ("Câu đã sửa?", "Điều 5")
    assert [(one.pk, one.is_right) for one in question.options.all()] == [(second.pk, True), (first.pk, False)]


def test_answers_that_are_deleted_do_not_count(admin_client, banks):
    data = question_form(banks["ours"], RIGHT, ("Giám đốc", True), WRONG)
    admin_client.post(at("add", of=QUESTIONS), data | {"options-1-DELETE": "on"})

    assert [one.text for one in Question.objects.get(text="Ai ký thoả ước?").options.all()] == [RIGHT[0], WRONG[0]]


def test_a_copy_brings_its_answers_and_leaves_the_original(admin_client, banks):
    question = banks["ours"].questions.get()
    shown = admin_client.get(at("copy", question.pk, of=QUESTIONS))
    forms = shown.context["form"].formsets["options"].forms
    assert [form.instance.text for form in forms] == ["Đúng", "Sai"]

    data = question_form(banks["ours"], ("Đúng", True), ("Sai", False), text="Bản sao?")
    admin_client.post(at("copy", question.pk, of=QUESTIONS), data)

    assert Question.objects.filter(bank=banks["ours"]).count() == 2
    assert QuestionOption.objects.filter(question=question).count() == 2


def test_a_new_question_begins_in_the_bank_one_comes_from(editor, banks):
    add = at("add", of=QUESTIONS)

    assert editor.get(add, {"bank": banks["ours"].pk}).context["form"]["bank"].value() == banks["ours"].pk
    for other in (banks["theirs"].pk, "x", "9" * 40, "²"):
        assert editor.get(add, {"bank": other}).context["form"]["bank"].value() is None


@pytest.mark.parametrize(
    "text", ["Có\0rỗng?", unicodedata.normalize("NFD", "Thoả ước là gì?"), "x" * 1_000_000, "\ud800"]
)
def test_strange_texts_are_cleaned_or_refused(admin_client, banks, text):
    text = text.encode("utf-8", "surrogatepass").decode("utf-8", "replace")
    response = admin_client.post(at("add", of=QUESTIONS), question_form(banks["ours"], RIGHT, WRONG, text=text))

    if len(text) > 2000:
        assert "text" in response.context["form"].errors
    else:
        stored = Question.objects.latest("pk").text
        assert stored == unicodedata.normalize("NFC", text.replace("\0", ""))


def test_a_long_question_fits_as_long_as_it_may_be_pasted(admin_client, banks):
    admin_client.post(at("add", of=QUESTIONS), question_form(banks["ours"], RIGHT, WRONG, text="ă" * 2000))

    assert len(Question.objects.latest("pk").text) == 2000


# Preview ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", ["single", "multiple", "order", "match", "short"])
def test_a_question_is_tried_as_learners_see_it(admin_client, banks, kind):
    options = [("Một", kind in ("single", "multiple"), "1"), ("Hai", False, "2")]
    data = question_form(banks["ours"], *options, kind=kind, explanation="Vì luật nói thế.")
    url = at("preview_on_add", of=QUESTIONS)
    answer = json.loads(admin_client.post(url, data).content)
    assert answer == {"is_valid": True, "is_available": True}

    shown = html(admin_client.get(url, {"mode": ""}))

    assert "Ai ký thoả ước?" in shown
    assert "Vì luật nói thế." in shown
    assert 'class="question"' in shown


def test_a_stored_question_is_previewed_by_its_editors_alone(editor, banks):
    for name, status in (("ours", 200), ("theirs", 302)):
        url = at("preview_on_edit", banks[name].questions.get().pk, of=QUESTIONS)
        assert editor.get(url, {"mode": ""}).status_code == status
