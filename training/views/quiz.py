"""Taking a quiz: the rules, the questions, the result. Works as plain forms; a script adds the rest."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from training import access, attempts, members
from training.models import Attempt, LessonPage
from training.questions.drawing import Drawn
from training.questions.grading import answer_in_words, right_answer_in_words
from training.selectors import rules_of


@never_cache
@require_http_methods(["GET", "POST"])
def quiz(request: HttpRequest, lesson_id: int) -> HttpResponse:
    """The rules and what one has done so far; posted: begin, or go on."""
    lesson = get_object_or_404(LessonPage.objects.published(), pk=lesson_id)
    way = access.way_of(lesson.course, request.user)
    step = way.step_of(lesson.pk)
    if step is None or not step.questions:
        raise Http404
    if access.gate_of(way, step, request.user):
        return redirect(lesson.url)  # the lesson says what keeps the reader from it
    if request.method == "POST":
        try:
            attempt = attempts.begin(lesson, request.user, request.session)
        except attempts.Refused as refusal:
            messages.error(request, str(refusal))
            return redirect("training-quiz", lesson.pk)
        return redirect("training-attempt", attempt.code)
    context = {
        "lesson": lesson,
        "step": step,
        "rules": rules_of(lesson, step.questions),
        "breadcrumbs": way_back(lesson),
        "open_attempt": attempts.open_attempt(lesson, request.user, request.session),
        "past_attempts": attempts.past_attempts(lesson, request.user, request.session),
        "left": attempts.attempts_left(lesson, request.user, request.session),
        "noindex": True,
    }
    return TemplateResponse(request, "training/quiz.html", context)


@require_http_methods(["GET", "POST"])
def attempt(request: HttpRequest, code: str) -> HttpResponse:
    """The questions, or the result once they are answered; posted: hand in. Nobody sees an attempt of others."""
    found = Attempt.objects.select_related("lesson").filter(code=code).first()
    if found is None or not attempts.may_see(found, request.user, request.session):
        raise Http404
    if request.method == "POST":
        attempts.submit(found, request.POST, request.user)
        return redirect("training-attempt", code)
    response = _questions(request, found) if found.is_open else _result(request, found)
    response["Cache-Control"] = "no-store, private"
    return response


def _questions(request: HttpRequest, found: Attempt) -> HttpResponse:
    drawn = attempts.questions_in(found)
    context = {
        **_around(found),
        "questions": [_shown(question, number) for number, question in enumerate(drawn, start=1)],
        "seconds_left": found.seconds_left,
        "member_key": members.key_of(request),
    }
    response = TemplateResponse(request, "training/attempt.html", context)
    response["X-Keep-Offline"] = "1"  # only what was drawn is on it: answers stay on the server
    return response


def _shown(question: Drawn, number: int) -> dict[str, Any]:
    return {"number": number, "name": attempts.field_name(number), "shown": question.shown}


def _result(request: HttpRequest, found: Attempt) -> HttpResponse:
    drawn = attempts.questions_in(found)
    given = found.answers.get("given", [])
    points = found.answers.get("points", [])
    reveal = attempts.may_reveal(found)
    answered = [
        {
            "number": number,
            "text": question.text,
            "given": answer_in_words(question, answer),
            "is_right": point >= 1,
            "is_partly": 0 < point < 1,
            "right": right_answer_in_words(question) if reveal else [],
            "explanation": question.explanation if reveal else "",
        }
        for number, (question, answer, point) in enumerate(zip(drawn, given, points, strict=False), start=1)
    ]
    way = access.way_of(found.lesson.course, request.user)
    step = way.step_of(found.lesson_id)
    following = way.steps[step.number] if step and step.number < len(way.steps) else None
    context = {
        **_around(found),
        "answered": answered,
        "shows_each": reveal,
        "following": following,
        "way": way,
        "left": attempts.attempts_left(found.lesson, request.user, request.session),
        "member_key": members.key_of(request),
    }
    return TemplateResponse(request, "training/result.html", context)


def way_back(lesson: LessonPage) -> list[dict[str, str]]:
    """To the lesson alone: the whole trail takes four lines on a phone."""
    return [{"title": lesson.title, "url": lesson.url}]


def _around(found: Attempt) -> dict[str, Any]:
    lesson = found.lesson
    return {
        "attempt": found,
        "lesson": lesson,
        "breadcrumbs": way_back(lesson),
        "quiz_url": reverse("training-quiz", args=[lesson.pk]),
        "noindex": True,
        "title": _("Questions: %(title)s") % {"title": lesson.title},
    }
