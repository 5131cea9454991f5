"""Studying: opening a lesson, being done with it, and what follows when the last one is done."""

from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from training import access
from training.certificates.issuing import issue_for_course
from training.models import Attempt, CoursePage, Enrolment, LessonPage, LessonRecord

#: Of one visit to a lesson, at most so much counts as time of study: a phone left open overnight studies nothing.
MOST_SECONDS = 60 * 60 * 3


class NotYet(Exception):  # noqa: N818  # a state, not a mistake
    """The lesson cannot be done now; the message says why, in the reader's language."""


def enrol(user: Any, course: CoursePage) -> Enrolment:
    """The member's enrolment in a course, begun now if there was none."""
    enrolment, _created = Enrolment.objects.get_or_create(
        user=user, course=course, defaults={"course_title": course.title, "unit_id": user.unit_id}
    )
    return enrolment


def open_lesson(user: Any, lesson: LessonPage) -> None:
    """Remember where a member is, so that every device goes on from there."""
    enrolment = enrol(user, lesson.course)
    if enrolment.last_lesson_id != lesson.pk:
        Enrolment.objects.filter(pk=enrolment.pk).update(last_lesson=lesson)
    LessonRecord.objects.get_or_create(enrolment=enrolment, lesson=lesson)


def finish_lesson(user: Any, lesson: LessonPage, *, seconds: int = 0) -> Enrolment:
    """Count a lesson as done by a member. Raises NotYet where it is locked or its quiz has not been passed.

    Doing it again changes nothing but the time: a phone that heard no answer may send it twice.
    """
    with transaction.atomic():
        enrolment = enrol(user, lesson.course)
        enrolment = Enrolment.objects.select_for_update().get(pk=enrolment.pk)
        way = access.way_of(lesson.course, user)
        step = way.step_of(lesson.pk)
        if step is None:
            raise NotYet(_("This lesson is not published."))
        gate = access.gate_of(way, step, user)
        if gate:
            raise NotYet(f"{gate.message} {gate.link}".strip())
        if step.questions and not _answered(user, lesson):
            raise NotYet(_("Answer the questions of this lesson first."))
        record, _created = LessonRecord.objects.get_or_create(enrolment=enrolment, lesson=lesson)
        spent = F("seconds") + max(0, min(int(seconds), MOST_SECONDS))
        LessonRecord.objects.filter(pk=record.pk).update(seconds=spent)
        if record.done_at is None:
            LessonRecord.objects.filter(pk=record.pk).update(done_at=timezone.now())
        complete_if_done(enrolment, lesson.course, user)
    return enrolment


def _answered(user: Any, lesson: LessonPage) -> bool:
    """Whether the quiz lets the lesson be done: passed where it counts, handed in where it is practice."""
    handed_in = Attempt.objects.filter(user=user, lesson=lesson, submitted_at__isnull=False, is_late=False)
    return handed_in.filter(passed=True).exists() if lesson.is_graded else handed_in.exists()


def complete_if_done(enrolment: Enrolment, course: CoursePage, user: Any) -> None:
    """Finish the course, and give the certificate, once every published lesson is done."""
    if enrolment.completed_at is not None:
        return
    way = access.way_of(course, user)
    if not way.steps or way.done < len(way.steps):
        return
    enrolment.completed_at = timezone.now()
    enrolment.course_title = course.title
    enrolment.save(update_fields=["completed_at", "course_title"])
    if course.has_certificate:
        issue_for_course(enrolment, course, user)
