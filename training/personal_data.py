"""What training keeps about a person."""

from typing import Any

from django.utils import timezone

from core.personal_data import register_personal_data
from training.classes.signing_up import give_back
from training.models import Attempt, Certificate, Enrolment, LessonRecord, Registration

COVERS = ("training.Attempt", "training.Certificate", "training.Enrolment", "training.Registration")


def export(user: Any) -> dict[str, Any]:
    """Courses, lessons, attempts, classes, certificates. Of an attempt what was asked and answered, not the key."""
    enrolments = Enrolment.objects.filter(user=user).select_related("unit").prefetch_related("lessons__lesson")
    attempts = Attempt.objects.filter(user=user).select_related("lesson")
    return {
        "courses": [
            {
                "course": one.course_title,
                "unit": one.unit.name if one.unit else "",
                "begun": one.started_at,
                "finished": one.completed_at,
                "lessons": [
                    {
                        "lesson": record.lesson.title,
                        "seconds": record.seconds,
                        "opened": record.opened_at,
                        "done": record.done_at,
                    }
                    for record in one.lessons.all()
                ],
            }
            for one in enrolments
        ],
        "attempts": [_attempt(one) for one in attempts.order_by("started_at")],
        "classes": [
            {
                "class": one.page.title,
                "name": one.name,
                "unit": one.unit_name,
                "contact": one.contact,
                "ticket": one.written_code,
                "signed_up": one.created,
                "given_back": one.cancelled_at,
                "present": one.attended_at,
            }
            for one in Registration.objects.filter(user=user).select_related("page")
        ],
        "certificates": [
            {
                "code": one.written_code,
                "kind": one.get_kind_display(),
                "holder": one.holder,
                "title": one.title,
                "unit": one.unit_name,
                "result": one.result,
                "given": one.issued_on,
                "withdrawn": one.revoked_at,
                "reason": one.revoked_because,
            }
            for one in Certificate.objects.filter(user=user)
        ],
    }


def _attempt(attempt: Attempt) -> dict[str, Any]:
    given = attempt.answers.get("given", [])
    return {
        "lesson": attempt.lesson.title,
        "begun": attempt.started_at,
        "handed_in": attempt.submitted_at,
        "percent": attempt.percent if attempt.submitted_at else None,
        "passed": attempt.passed if attempt.submitted_at else None,
        "questions": [
            {
                "question": drawn.get("text", ""),
                "to_match": drawn.get("lefts", []),
                "options": drawn.get("options", []),
                "answer": given[place] if place < len(given) else None,
            }
            for place, drawn in enumerate(attempt.drawn)
        ],
    }


def erase(user: Any) -> None:
    """Attempts and certificates go. Of courses and classes only stays that somebody of the unit was there."""
    Attempt.objects.filter(user=user).delete()
    Certificate.objects.filter(user=user).delete()
    ahead = Registration.objects.active().filter(user=user, attended_at=None, page__end__gt=timezone.now())
    for registration in ahead:
        give_back(registration, at_any_time=True)  # who waits moves up
    gone = {"name": "", "contact": "", "user": None, "forgotten_at": timezone.now()}
    Registration.objects.filter(user=user).update(**gone)
    Registration.objects.filter(attended_by=user).update(attended_by=None)
    LessonRecord.objects.filter(enrolment__user=user).delete()
    Enrolment.objects.filter(user=user).update(user=None, last_lesson=None)


def register() -> None:
    """Called when the app is ready."""
    register_personal_data("training", export=export, erase=erase, covers=COVERS)
