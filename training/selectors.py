"""Reads of training: listings, a course, a lesson, a member's own."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from django.db.models import Count, Q
from django.http import HttpRequest
from django.utils.translation import gettext as _, ngettext

from archives.related import surroundings, trail
from archives.sharing import share_links
from pages.models import BasePage
from pages.querysets import BasePageQuerySet
from training import access
from training.choices import Access
from training.classes.selectors import add_class_facts
from training.members import key_of, reader_of

if TYPE_CHECKING:
    from training.models import CoursePage, Enrolment, LessonPage, MaterialPage


def all_training() -> BasePageQuerySet:
    """Every published course, class and material."""
    return BasePage.objects.listed().filter(listing="training")


def add_course_facts(items: Iterable[Any]) -> None:
    """Tell the courses of a listing how many lessons they have and who may study them, the classes when and where they
    are; three queries.
    """
    from training.models import CoursePage, LessonPage  # the models import this module

    items = list(items)
    add_class_facts(items)
    courses = {item.pk: item for item in items if item.specific_class is CoursePage}
    if not courses:
        return
    facts = dict(CoursePage.objects.filter(pk__in=courses).values_list("pk", "access"))
    below = Q()
    for course in courses.values():
        below |= Q(path__startswith=course.path)
    step = BasePage.steplen
    counted: dict[str, int] = {}
    for path in LessonPage.objects.published().filter(below).values_list("path", flat=True):
        counted[path[:-step]] = counted.get(path[:-step], 0) + 1
    for pk, course in courses.items():
        number = counted.get(course.path, 0)
        words = [ngettext("%(number)d lesson", "%(number)d lessons", number) % {"number": number}]
        if facts.get(pk) == Access.MEMBERS:
            words.append(_("for members"))
        course.course_note = " · ".join(words)


def all_prerequisites(courses: Iterable["CoursePage"]) -> set[int]:
    """Ids of the courses and of everything that they wait for in turn; a circle is walked once."""
    from training.models import CoursePage  # as above

    found: set[int] = set()
    waiting = {course.pk for course in courses}
    while waiting:
        found |= waiting
        further = CoursePage.objects.filter(opens__in=waiting).values_list("pk", flat=True)
        waiting = set(further) - found
    return found


def course_context(course: "CoursePage", request: HttpRequest) -> dict[str, Any]:
    """A course with its lessons and how far the reader has come."""
    around = surroundings(course)
    way = access.way_of(course, reader_of(request))
    return {
        "breadcrumbs": around.breadcrumbs,
        "related": around.related,
        "share_links": share_links(course, request),
        "way": way,
        "prerequisites": list(access.prerequisites_of(course)),
        "certificate": _certificate(way.enrolment),
        "study_time": study_time(way.minutes),
        "member_key": key_of(request),
    }


def _certificate(enrolment: "Enrolment | None") -> Any:
    if enrolment is None or enrolment.completed_at is None:
        return None
    from training.models import Certificate  # as above

    return Certificate.objects.filter(enrolment=enrolment, revoked_at=None).first()


def study_time(minutes: int) -> str:
    """Hours and minutes in words."""
    hours, rest = divmod(minutes, 60)
    parts = []
    if hours:
        parts.append(ngettext("%(number)d hour", "%(number)d hours", hours) % {"number": hours})
    if rest or not hours:
        parts.append(ngettext("%(number)d minute", "%(number)d minutes", rest) % {"number": rest})
    return " ".join(parts)


def lesson_context(lesson: "LessonPage", request: HttpRequest) -> dict[str, Any]:
    """A lesson with its course around it, or with what keeps the reader from it."""
    user = reader_of(request)
    course = lesson.course if lesson.depth else None
    is_preview = getattr(request, "is_preview", False)
    way = access.way_of(course, user) if course else None
    step = way.step_of(lesson.pk) if way and lesson.pk else None
    gate = access.gate_of(way, step, user) if way and step and not is_preview else None
    number = step.number if step else 1
    steps = way.steps if way else []
    return {
        "breadcrumbs": trail(lesson) if lesson.depth else [],
        "course": course,
        "way": way,
        "step": step,
        "gate": gate,
        "previous": steps[number - 2] if step and number > 1 else None,
        "following": steps[number] if step and number < len(steps) else None,
        "rules": rules_of(lesson, step.questions if step else 0),
        "member_key": key_of(request),
    }


def rules_of(lesson: "LessonPage", questions: int) -> list[str]:
    """What one should know before beginning a quiz, a sentence each."""
    if not questions:
        return []
    rules = [ngettext("%(number)d question", "%(number)d questions", questions) % {"number": questions}]
    if lesson.is_graded:
        rules.append(_("passed with %(percent)d%% right") % {"percent": lesson.pass_mark})
    if lesson.minutes_allowed:
        minutes = lesson.minutes_allowed
        rules.append(ngettext("%(number)d minute's time", "%(number)d minutes' time", minutes) % {"number": minutes})
    if lesson.attempts_allowed:
        allowed = lesson.attempts_allowed
        rules.append(ngettext("%(number)d attempt", "%(number)d attempts", allowed) % {"number": allowed})
    return rules


def material_context(page: "MaterialPage", request: HttpRequest) -> dict[str, Any]:
    """A material with what stands around it."""
    around = surroundings(page)
    return {
        "breadcrumbs": around.breadcrumbs,
        "related": around.related,
        "share_links": share_links(page, request),
    }


def courses_of(user: Any) -> list["Enrolment"]:
    """A member's courses, those under way first; three queries."""
    from training.models import Enrolment, LessonPage  # as above

    enrolments = Enrolment.objects.filter(user=user).select_related("course", "certificate", "last_lesson")
    done = Count("lessons", filter=Q(lessons__done_at__isnull=False))
    found = list(enrolments.annotate(done=done).order_by("completed_at", "-started_at"))
    paths = [enrolment.course.path for enrolment in found if enrolment.course]
    below = Q(pk__in=[])
    for path in paths:
        below |= Q(path__startswith=path)
    lessons: dict[str, int] = {}
    for path in LessonPage.objects.published().filter(below).values_list("path", flat=True):
        lessons[path[: -BasePage.steplen]] = lessons.get(path[: -BasePage.steplen], 0) + 1
    for enrolment in found:
        total = lessons.get(enrolment.course.path, 0) if enrolment.course else enrolment.done
        enrolment.total = total  # type: ignore[attr-defined]  # for the template
    return sorted(found, key=lambda one: (one.completed_at is not None, -one.started_at.timestamp()))
