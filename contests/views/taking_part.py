"""Entering, one question after another, handing in, the result. Plain forms; a script adds the clock and patience."""

from functools import wraps
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from contests import entering, ranking
from contests.certificates import give_certificate, may_have_certificate
from contests.choices import Entrants
from contests.forms import EntryForm
from contests.models import ContestPage, Entry, Round
from contests.models.entries import CODE_LENGTH
from core import typed_codes
from training.members import reader_of
from training.questions import Drawn, answer_in_words, grade, right_answer_in_words
from training.views.classes import not_indexed
from visits.throttling import is_too_often

#: Entries from one address, per process: a whole province behind one mobile network's address, yet no script for ever.
ENTRIES, ENTRIES_SECONDS = 3000, 600
LONGEST_CODE = 60


def open_rounds() -> Any:
    """Rounds of published contests."""
    return Round.objects.filter(page__in=ContestPage.objects.published()).select_related("page", "bank")


@never_cache
@not_indexed
@require_http_methods(["GET", "POST"])
def enter(request: HttpRequest, round_id: int) -> HttpResponse:
    """The rules and the form; sent, the time runs."""
    round_ = get_object_or_404(open_rounds(), pk=round_id)
    if not round_.is_open:
        return redirect(round_.page.url)
    user = reader_of(request)
    own = entering.entry_of(round_, user)
    if own is not None:
        return redirect(own.url)
    for_members = round_.page.entrants == Entrants.MEMBERS and user is None
    form = EntryForm(request.POST or None, round_=round_, user=user)
    status = 200
    if request.method == "POST" and not for_members:
        if is_too_often(request, "contest-entries", most=ENTRIES, seconds=ENTRIES_SECONDS):
            form.add_error(None, _("Too many entries from this connection. Try again in ten minutes."))
            status = 429
        elif form.is_valid():
            try:
                typed = form.cleaned_data
                entry = entering.enter(round_, form.person, guess=typed.get("guess"), code=typed["key"])
            except entering.Refused as reason:
                form.add_error("phone" if "phone" in form.fields else None, str(reason))
            else:
                return redirect(entry.question_url(1))
    context = {
        "round": round_,
        "contest": round_.page,
        "form": form,
        "for_members": for_members,
        "noindex": True,
    }
    return TemplateResponse(request, "contests/enter.html", context, status=status)


def of_entry(view: Any) -> Any:
    """Give a view the entry of the code in its address; whoever tries out codes is slowed down."""

    @wraps(view)
    def answered(request: HttpRequest, code: str, **rest: Any) -> HttpResponse:
        read = typed_codes.read_code(code[:LONGEST_CODE], CODE_LENGTH)
        entries = Entry.objects.select_related("round__page", "certificate")
        entry = entries.filter(code=read).first() if read else None
        if entry is None:
            if is_too_often(request, "contest-codes"):
                return HttpResponse(_("Too many addresses tried. Try again in a minute."), status=429)
            raise Http404
        if entry.is_open and entering.is_over(entry):
            entry = entering.hand_in(entry)
        response: HttpResponse = view(request, entry, **rest)
        response["Cache-Control"] = "no-store, private"
        # The address is the key. With «no-referrer» browsers send a form without its origin, and Django refuses it.
        response["Referrer-Policy"] = "same-origin"
        return response

    return answered


@not_indexed
@require_http_methods(["GET", "POST"])
@of_entry
def question(request: HttpRequest, entry: Entry, number: int) -> HttpResponse:
    """One question; its answer is stored before the next one is shown."""
    if not entry.is_open or entry.cancelled_at is not None:
        return redirect(entry.url)
    total = len(entry.drawn)
    if not 1 <= number <= total:
        raise Http404
    if request.method == "POST":
        if not entering.answer(entry, number, request.POST):
            return redirect(entry.url)
        return redirect(_after(entry, number, request.POST))
    drawn = Drawn.from_json(entry.drawn[number - 1])
    answers = entering.answers_of(entry)
    context = {
        "entry": entry,
        "round": entry.round,
        "contest": entry.round.page,
        "number": number,
        "total": total,
        "name": entering.field_name(number),
        "shown": drawn.shown,
        "given": _as_posted(answers.get(number)),
        "steps": [{"number": one, "done": one in answers} for one in range(1, total + 1)],
        "before": entry.question_url(number - 1) if number > 1 else "",
        "noindex": True,
    }
    return TemplateResponse(request, "contests/question.html", context)


def _after(entry: Entry, number: int, data: Any) -> str:
    """Where somebody goes on: the question asked for, the next one, or the end."""
    wanted = data.get("den", "")
    if wanted.isascii() and wanted.isdigit() and 1 <= int(wanted[:4]) <= len(entry.drawn):
        return entry.question_url(int(wanted[:4]))
    if number < len(entry.drawn) and wanted != "nop":
        return entry.question_url(number + 1)
    return f"{entry.url}nop/"


def _as_posted(given: Any) -> list[str]:
    """An earlier answer in the form's own values."""
    if given is None:
        return []
    return [str(one) for one in given] if isinstance(given, list | tuple) else [str(given)]


@not_indexed
@require_http_methods(["GET", "POST"])
@of_entry
def hand_in(request: HttpRequest, entry: Entry) -> HttpResponse:
    """What is still without an answer, and the button that ends it."""
    if request.method == "POST" or not entry.is_open:
        if entry.is_open and entry.cancelled_at is None:
            entering.hand_in(entry)
        return redirect(entry.url)
    answers = entering.answers_of(entry)
    missing = [one for one in range(1, len(entry.drawn) + 1) if one not in answers]
    context = {
        "entry": entry,
        "round": entry.round,
        "contest": entry.round.page,
        "missing": [{"number": one, "url": entry.question_url(one)} for one in missing],
        "answered": len(entry.drawn) - len(missing),
        "last_url": entry.question_url(len(entry.drawn)),
        "noindex": True,
    }
    return TemplateResponse(request, "contests/hand_in.html", context)


@not_indexed
@require_safe
@of_entry
def entry_page(request: HttpRequest, entry: Entry) -> HttpResponse:
    """The entry: go on with it, or what came out."""
    if entry.is_open and entry.cancelled_at is None:
        answers = entering.answers_of(entry)
        first = next((one for one in range(1, len(entry.drawn) + 1) if one not in answers), len(entry.drawn))
        return redirect(entry.question_url(first))
    round_, contest = entry.round, entry.round.page
    shows_rank = ranking.is_shown(contest, round_)
    context = {
        "entry": entry,
        "round": round_,
        "contest": contest,
        "page_url": contest.url if contest.visible_now else "",
        "shows_points": contest.shows_points_at_once or round_.is_closed,
        "rank": ranking.rank_of(entry) if shows_rank else None,
        "total": ranking.entrants_of(round_) if shows_rank else None,
        "answered": _judged(entry) if round_.is_closed and entry.drawn else [],
        "may_have_certificate": may_have_certificate(entry),
        "address": request.build_absolute_uri(entry.url),
        "noindex": True,
    }
    return TemplateResponse(request, "contests/entry.html", context)


def _judged(entry: Entry) -> list[dict[str, Any]]:
    """Question by question, with the right answers; only once the round is closed."""
    answers = entering.answers_of(entry)
    rows = []
    for number, drawn in enumerate(entering.questions_in(entry), start=1):
        given = answers.get(number)
        points = grade(drawn, given).points
        rows.append(
            {
                "text": drawn.text,
                "given": answer_in_words(drawn, given),
                "is_right": points >= 1,
                "is_partly": 0 < points < 1,
                "right": right_answer_in_words(drawn),
                "explanation": drawn.explanation,
            }
        )
    return rows


@not_indexed
@require_POST
@of_entry
def certificate(request: HttpRequest, entry: Entry) -> HttpResponse:
    """Give the certificate that somebody asks for; asked again, it is the same one."""
    if not may_have_certificate(entry):
        messages.error(request, _("There is no certificate for this entry."))
        return redirect(entry.url)
    return redirect(give_certificate(entry).url)
