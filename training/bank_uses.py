"""Which lessons draw from a question bank, and what keeps a bank or its last question from going."""

from collections.abc import Collection, Iterable

from django.db.models import Count
from django.utils.translation import gettext as _

from training.models import LessonPage, Question, QuestionBank, QuizPart

#: Lessons named in a sentence; the others are counted.
NAMED = 5


def drawn_by(banks: Collection[int]) -> dict[int, list[LessonPage]]:
    """The lessons that draw from each of these banks, published or not, in the order of their titles; two queries.

    A draft counts as well: a bank that somebody has just chosen for the next version of a lesson is in use.
    """
    found: dict[int, dict[int, LessonPage]] = {bank: {} for bank in banks}
    lessons = LessonPage.objects.defer_streamfields()
    for part in QuizPart.objects.filter(bank__in=found).select_related("lesson").only("bank", "lesson__title"):
        found[part.bank_id][part.lesson_id] = part.lesson
    changed = lessons.filter(has_unpublished_changes=True, latest_revision__isnull=False).only("title", "path")
    for lesson, parts in changed.values_list("pk", "latest_revision__content__quiz_parts"):
        for part in parts or []:
            if part.get("bank") in found:
                found[part["bank"]].setdefault(lesson, LessonPage(pk=lesson))
    _name(found.values())
    return {bank: sorted(drawing.values(), key=lambda one: one.title) for bank, drawing in found.items()}


def _name(found: Iterable[dict[int, LessonPage]]) -> None:
    """Give the lessons of drafts their titles; a query only where there are any."""
    nameless = [lesson for drawing in found for lesson in drawing.values() if not lesson.title]
    titles = dict(LessonPage.objects.filter(pk__in=[lesson.pk for lesson in nameless]).values_list("pk", "title"))
    for lesson in nameless:
        lesson.title = titles.get(lesson.pk, "")


def named(lessons: Iterable[LessonPage]) -> str:
    """Lessons in a sentence: «Bài 1», «Bài 2» and 3 more."""
    titles = [f"«{lesson.title}»" for lesson in lessons]
    if len(titles) <= NAMED:
        return ", ".join(titles)
    return _("%(titles)s and %(number)d more") % {
        "titles": ", ".join(titles[:NAMED]),
        "number": len(titles) - NAMED,
    }


def why_bank_stays(banks: Collection[QuestionBank]) -> str:
    """Why these banks cannot be deleted; empty when they can."""
    drawing = drawn_by([bank.pk for bank in banks])
    refusals = [
        _("«%(bank)s» stays: the lessons %(lessons)s draw from it. Choose another bank there first.")
        % {"bank": bank.title, "lessons": named(drawing[bank.pk])}
        for bank in banks
        if drawing[bank.pk]
    ]
    return " ".join(refusals)


def why_question_stays(questions: Collection[Question]) -> str:
    """Why these questions cannot go: a quiz would be left with none. Empty when they can."""
    going: dict[int, int] = {}
    for question in questions:
        if question.is_active:
            going[question.bank_id] = going.get(question.bank_id, 0) + 1
    emptied = _emptied(going)
    drawing = drawn_by(emptied)
    refusals = [
        _("No question would be left in «%(bank)s», from which the lessons %(lessons)s draw. Add others there first.")
        % {"bank": title, "lessons": named(drawing[bank])}
        for bank, title in emptied.items()
        if drawing[bank]
    ]
    return " ".join(refusals)


def _emptied(going: dict[int, int]) -> dict[int, str]:
    """The banks, with their names, that have no more questions in use than are going."""
    if not going:
        return {}
    in_use = Question.objects.filter(bank__in=going, is_active=True).values("bank", "bank__title")
    counted = in_use.annotate(number=Count("pk")).values_list("bank", "bank__title", "number")
    return {bank: title for bank, title, number in counted if number <= going[bank]}
