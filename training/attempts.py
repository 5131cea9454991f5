"""Attempts at a quiz: drawn on the server, timed by the server's clock, graded there, once."""

import random
import secrets
from datetime import timedelta
from typing import Any

from django.db import IntegrityError, transaction
from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext as _

from training import study
from training.models import Attempt, LessonPage, Question
from training.questions.drawing import Drawn, draw_many
from training.questions.grading import grade, read_answer

#: Codes of a visitor's attempts in the browser's session.
SESSION_KEY = "bai_lam"
MOST_REMEMBERED = 30
#: An answer that was under way when the time ran out still counts.
GRACE = timedelta(seconds=15)


class Refused(Exception):  # noqa: N818  # a state, not a mistake
    """No attempt can be begun; the message says why, in the reader's language."""


def open_attempt(lesson: LessonPage, user: Any, session: Any) -> Attempt | None:
    """The attempt that a reader has begun and not handed in."""
    return _mine(lesson, user, session).filter(submitted_at__isnull=True).order_by("-started_at").first()


def past_attempts(lesson: LessonPage, user: Any, session: Any) -> list[Attempt]:
    """What a reader has handed in, newest first."""
    handed_in = _mine(lesson, user, session).filter(submitted_at__isnull=False)
    return list(handed_in.order_by("-submitted_at").defer("drawn", "answers"))


def _mine(lesson: LessonPage, user: Any, session: Any) -> Any:
    attempts = Attempt.objects.filter(lesson=lesson)
    if user.is_authenticated:
        return attempts.filter(user=user)
    return attempts.filter(user=None, code__in=session.get(SESSION_KEY, []))


def attempts_left(lesson: LessonPage, user: Any, session: Any) -> int | None:
    """How many more are allowed; None without a limit."""
    if lesson.attempts_allowed is None:
        return None
    return max(0, lesson.attempts_allowed - _mine(lesson, user, session).filter(submitted_at__isnull=False).count())


def begin(lesson: LessonPage, user: Any, session: Any) -> Attempt:
    """Go on with the attempt that is open, or draw a new one. Raises Refused when none is left, or nothing to ask."""
    present = open_attempt(lesson, user, session)
    if present is not None:
        if not _is_over(present):
            return present
        submit(present, QueryDict(), user)  # begun, and left until the time was over
    if attempts_left(lesson, user, session) == 0:
        raise Refused(_("You have used all attempts that this quiz allows."))
    drawn = draw_questions(lesson)
    if not drawn:
        raise Refused(_("There are no questions in this quiz yet."))
    limit = timedelta(minutes=lesson.minutes_allowed) if lesson.minutes_allowed else None
    now = timezone.now()
    try:
        with transaction.atomic():
            attempt = Attempt.objects.create(
                code=secrets.token_urlsafe(18),
                lesson=lesson,
                user=user if user.is_authenticated else None,
                drawn=[question.to_json() for question in drawn],
                started_at=now,
                due_at=now + limit if limit else None,
            )
    except IntegrityError:  # pressed twice: the other press has begun one
        return Attempt.objects.get(lesson=lesson, user=user, submitted_at__isnull=True)
    if not user.is_authenticated:
        session[SESSION_KEY] = [*session.get(SESSION_KEY, []), attempt.code][-MOST_REMEMBERED:]
    return attempt


def draw_questions(lesson: LessonPage) -> list[Drawn]:
    """Draw the quiz: so many of each bank, at random, each question at most once."""
    chance = random.SystemRandom()
    drawn: list[Drawn] = []
    for part in lesson.quiz_parts.all():
        taken = [question.id for question in drawn]
        questions = Question.objects.filter(bank=part.bank_id, is_active=True).exclude(pk__in=taken)
        pool = [question.asked() for question in questions.prefetch_related("options").order_by("pk")]
        drawn += draw_many(pool, part.count or len(pool), chance)
    return drawn


def may_see(attempt: Attempt, user: Any, session: Any) -> bool:
    """Whether an attempt is this reader's own."""
    if attempt.user_id is not None:
        return bool(user.is_authenticated and user.pk == attempt.user_id)
    return attempt.code in session.get(SESSION_KEY, [])


def questions_in(attempt: Attempt) -> list[Drawn]:
    """What was drawn."""
    return [Drawn.from_json(stored) for stored in attempt.drawn]


def field_name(number: int) -> str:
    """The name under which the form posts the answer to the question with this number, from 1."""
    return f"cau-{number}"


def submit(attempt: Attempt, data: QueryDict, user: Any) -> Attempt:
    """Grade an attempt and close it. Handed in a second time, the first answers stand: nothing changes.

    ``data`` is a posted form, or what a script kept of it while there was no network. What comes after the time is
    over counts for nothing, whatever the reader's clock says.
    """
    with transaction.atomic():
        attempt = Attempt.objects.select_for_update().select_related("lesson").get(pk=attempt.pk)
        if not attempt.is_open:
            return attempt
        drawn = questions_in(attempt)
        attempt.is_late = _is_over(attempt)
        answers = [
            None if attempt.is_late else read_answer(question, data, field_name(number))
            for number, question in enumerate(drawn, start=1)
        ]
        grades = [grade(question, answer) for question, answer in zip(drawn, answers, strict=True)]
        attempt.answers = {"given": answers, "points": [one.points for one in grades]}
        attempt.points = sum(one.points for one in grades)
        attempt.percent = int(100 * attempt.points / len(drawn) + 1e-9) if drawn else 0
        attempt.passed = not attempt.is_late and attempt.percent >= attempt.lesson.pass_mark
        attempt.submitted_at = timezone.now()
        attempt.save()
    if user.is_authenticated and not attempt.is_late and (attempt.passed or not attempt.lesson.is_graded):
        _count_as_done(attempt, user)
    return attempt


def _count_as_done(attempt: Attempt, user: Any) -> None:
    try:
        study.finish_lesson(user, attempt.lesson)
    except study.NotYet:  # done out of order, or taken down meanwhile: the result stays
        return


def _is_over(attempt: Attempt) -> bool:
    return attempt.due_at is not None and timezone.now() > attempt.due_at + GRACE


def may_reveal(attempt: Attempt) -> bool:
    """Whether the right answers may be shown to whoever made the attempt."""
    reveal = attempt.lesson.reveal
    return not attempt.is_open and (reveal == "always" or (reveal == "passed" and attempt.passed))
