"""Being done with lessons, one by one or, after a ride without network, many at once; a member's own courses."""

import json
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, JsonResponse, QueryDict
from django.middleware.csrf import get_token
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control, never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from training import access, attempts, members, selectors, study
from training.models import Attempt, CoursePage, LessonPage

#: Things that one browser may have waiting.
MOST_WAITING = 200


@never_cache
@login_required
@require_POST
def finish(request: HttpRequest, lesson_id: int) -> HttpResponse:
    """The button at the end of a lesson: on to the next one, or to the course when it was the last."""
    lesson = get_object_or_404(LessonPage.objects.published(), pk=lesson_id)
    try:
        enrolment = study.finish_lesson(request.user, lesson, seconds=_seconds(request.POST.get("seconds")))
    except study.NotYet as reason:
        messages.error(request, str(reason))
        return redirect(lesson.url)
    if enrolment.completed_at is not None:
        return redirect(lesson.course.url)
    way = access.way_of(lesson.course, request.user)
    return redirect(way.next.lesson.url if way.next else lesson.course.url)


def _seconds(value: Any) -> int:
    text = str(value or "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 7 else 0


@never_cache
@require_http_methods(["GET", "POST"])
def synchronise(request: HttpRequest) -> HttpResponse:
    """What a browser did without network. GET gives the token to send it with; POST takes it, each thing once.

    Sent: ``{"member": key, "items": [{"id", "kind": "done", "lesson", "seconds"} | {"id", "kind": "answers", "attempt",
    "answers"}]}``. Answered: ``{"member", "results": {id: {"state": "done" | "refused", "message", "url"}}}``. The same
    thing sent again gives the same answer and changes nothing.
    """
    key = members.key_of(request)
    if request.method == "GET":
        return JsonResponse({"member": key, "token": get_token(request), "courses": _progress(request)})
    try:
        sent = json.loads(request.body)
        owner, items = str(sent.get("member", "")), list(sent.get("items", []))[:MOST_WAITING]
    except (ValueError, AttributeError, TypeError):
        return JsonResponse({"error": _("This could not be read.")}, status=400)
    if owner != key:
        return JsonResponse({"member": key, "error": _("Log in as the member who studied.")}, status=409)
    results = {}
    for item in items:
        if isinstance(item, dict) and isinstance(item.get("id"), str):
            results[item["id"][:80]] = _take(request, item)
    return JsonResponse({"member": key, "results": results})


def _take(request: HttpRequest, item: dict[str, Any]) -> dict[str, str]:
    if item.get("kind") == "done":
        return _take_done(request, item)
    if item.get("kind") == "answers":
        return _take_answers(request, item)
    return {"state": "refused", "message": _("This could not be read.")}


def _take_done(request: HttpRequest, item: dict[str, Any]) -> dict[str, str]:
    number = item.get("lesson")
    lesson = LessonPage.objects.published().filter(pk=number).first() if isinstance(number, int) else None
    if lesson is None or not request.user.is_authenticated:
        return {"state": "refused", "message": _("This lesson is not published.")}
    try:
        enrolment = study.finish_lesson(request.user, lesson, seconds=_seconds(item.get("seconds")))
    except study.NotYet as reason:
        return {"state": "refused", "message": str(reason), "url": lesson.url}
    return {"state": "done", "message": "", "url": lesson.course.url if enrolment.completed_at else lesson.url}


def _take_answers(request: HttpRequest, item: dict[str, Any]) -> dict[str, str]:
    code, answers = item.get("attempt"), item.get("answers")
    found = Attempt.objects.filter(code=code).first() if isinstance(code, str) else None
    if found is None or not isinstance(answers, dict) or not attempts.may_see(found, request.user, request.session):
        return {"state": "refused", "message": _("This attempt is not known here.")}
    found = attempts.submit(found, _as_form(answers), request.user)
    url = reverse("training-attempt", args=[found.code])
    if found.is_late:
        return {"state": "refused", "message": _("The time was over before the answers arrived."), "url": url}
    return {"state": "done", "message": "", "url": url}


def _as_form(answers: dict[str, Any]) -> QueryDict:
    """What a script kept of a form, as the form would have posted it."""
    form = QueryDict(mutable=True)
    for name, value in list(answers.items())[:2000]:
        values = value if isinstance(value, list) else [value]
        form.setlist(str(name), [str(one)[:4000] for one in values[:100]])
    return form


def _progress(request: HttpRequest) -> dict[str, Any]:
    """Where the member stands in the course that is asked for (``?khoa=``): ids of the lessons done."""
    number = request.GET.get("khoa", "")
    user = members.reader_of(request)
    course = CoursePage.objects.published().filter(pk=int(number)).first() if number.isdigit() else None
    if course is None or user is None:
        return {}
    way = access.way_of(course, user)
    return {str(course.pk): [step.lesson.pk for step in way.steps if step.is_done]}


@never_cache
@login_required
@require_safe
def my_training(request: HttpRequest) -> HttpResponse:
    """The courses of a member, with certificates."""
    context = {"enrolments": selectors.courses_of(request.user), "noindex": True}
    return TemplateResponse(request, "training/my_training.html", context)


@require_safe
@cache_control(max_age=0, must_revalidate=True)
def browser_worker(request: HttpRequest) -> HttpResponse:
    """The script that keeps lessons in the browser. It stands at this address since it may only look after what is
    below it; the names of the static files it needs change with their content, and with them the script.
    """
    context = {"version": settings.STATIC_URL}
    return TemplateResponse(request, "training/browser-worker.js", context, content_type="text/javascript")


@require_safe
def without_network(request: HttpRequest) -> HttpResponse:
    """What a browser shows without network in place of a lesson that it has not opened before."""
    return TemplateResponse(request, "training/without_network.html", {"noindex": True})
