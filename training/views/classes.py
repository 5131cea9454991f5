"""Signing up for a class, the ticket, and checking in in the room."""

from functools import wraps
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from training.certificates import codes
from training.choices import Access
from training.classes import attendance
from training.classes.calendar_file import calendar_file
from training.classes.forms import ContactForm, SelfForm
from training.classes.signing_up import ContactTaken, Refused, give_back, place_of, position_of, sign_up
from training.classes.standing import standing_of
from training.classes.words import given_name, masked, same_words
from training.members import reader_of
from training.models import ClassPage, Registration
from visits.throttling import is_too_often

LONGEST_CODE = 60
#: Sign-ups from one address: an office signs up a workshop, a script does not fill the hall.
SIGN_UPS, SIGN_UPS_SECONDS = 40, 600
#: Check-ins from one address within a minute: the people of a full hall share the hall's network.
CHECK_INS = 150


def not_indexed(view: Any) -> Any:
    """Keep a page out of search engines, also where it is no HTML."""

    @wraps(view)
    def answered(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        response: HttpResponse = view(request, *args, **kwargs)
        response["X-Robots-Tag"] = "noindex, nofollow"
        return response

    return answered


# Signing up ---------------------------------------------------------------------------------------------------------


@never_cache
@not_indexed
@require_http_methods(["GET", "POST"])
def register(request: HttpRequest, page_id: int) -> HttpResponse:
    """The form of the sign-up; sent, it leads to the ticket."""
    page = get_object_or_404(ClassPage.objects.published(), pk=page_id)
    user = reader_of(request)
    own = place_of(page, user)
    if own is not None:
        return redirect(own.url)
    standing = standing_of(page)
    for_members = page.access == Access.MEMBERS and user is None
    form = SelfForm(request.POST or None, user=user)
    status = 200
    if request.method == "POST" and not for_members:
        if is_too_often(request, "class-sign-ups", most=SIGN_UPS, seconds=SIGN_UPS_SECONDS):
            form.add_error(None, _("Too many sign-ups from this connection. Try again in ten minutes."))
            status = 429
        elif form.is_valid():
            try:
                return redirect(sign_up(page, form.person).url)
            except ContactTaken as reason:
                form.add_error("contact", str(reason))
            except Refused as reason:
                messages.error(request, str(reason))
                return redirect(page.url)
    elif not standing.is_open:
        return redirect(page.url)
    context = {
        "class_page": page,
        "standing": standing,
        "form": form,
        "for_members": for_members,
        "noindex": True,
    }
    return TemplateResponse(request, "training/class_sign_up.html", context, status=status)


# The ticket ---------------------------------------------------------------------------------------------------------


def of_ticket(view: Any) -> Any:
    """Give a view the registration of the code in its address; whoever tries out codes is slowed down."""

    @wraps(view)
    def answered(request: HttpRequest, code: str) -> HttpResponse:
        if is_too_often(request, "ticket-looks"):
            return HttpResponse(_("Too many tickets asked for. Try again in a minute."), status=429)
        read = codes.read_code(code[:LONGEST_CODE])
        tickets = Registration.objects.select_related("page__unit", "certificate")
        response: HttpResponse = view(request, get_object_or_404(tickets, code=read or ""))
        return response

    return answered


@never_cache
@not_indexed
@require_safe
@of_ticket
def ticket(request: HttpRequest, found: Registration) -> HttpResponse:
    """What somebody has signed up for, with the picture that is scanned at the door."""
    if request.path != found.url:
        return redirect(found.url)
    page = found.page
    context = {
        "ticket": found,
        "class_page": page,
        "page_url": page.url if page.visible_now else "",
        "address": request.build_absolute_uri(found.url),
        "position": position_of(found) if found.is_active and found.is_waiting and not found.is_present else 0,
        "contact": masked(found.contact),
        "may_give_back": found.is_active and not found.is_present and not page.has_begun,
        "is_organiser": attendance.may_organise(reader_of(request), page),
        "certificate": _certificate(found),
        "noindex": True,
    }
    return TemplateResponse(request, "training/class_ticket.html", context)


def _certificate(registration: Registration) -> Any:
    given = getattr(registration, "certificate", None)
    return given if given is not None and given.is_valid else None


@never_cache
@not_indexed
@require_POST
@of_ticket
def cancel(request: HttpRequest, found: Registration) -> HttpResponse:
    """Give the place back."""
    try:
        give_back(found)
    except Refused as reason:
        messages.error(request, str(reason))
    return redirect(found.url)


@never_cache
@not_indexed
@require_POST
@of_ticket
def present(request: HttpRequest, found: Registration) -> HttpResponse:
    """An organiser has scanned the ticket at the door."""
    user = reader_of(request)
    if not attendance.may_organise(user, found.page):
        raise Http404
    attendance.mark_present(found.page, [found.pk], by=user, source=attendance.Source.TICKET)
    return redirect(found.url)


@never_cache
@not_indexed
@require_safe
@of_ticket
def calendar(request: HttpRequest, found: Registration) -> HttpResponse:
    """The class for the calendar of a phone."""
    content = calendar_file(found, request.build_absolute_uri(found.url))
    headers = {"Content-Disposition": 'attachment; filename="lop-hoc.ics"'}
    return HttpResponse(content, content_type="text/calendar; charset=utf-8", headers=headers)


# In the room --------------------------------------------------------------------------------------------------------


@never_cache
@not_indexed
@require_http_methods(["GET", "POST"])
def check_in(request: HttpRequest, secret: str) -> HttpResponse:
    """Where the picture on the wall leads: one says who one is, and is marked as present."""
    page = attendance.class_of_secret(secret[:LONGEST_CODE])
    if page is None:
        raise Http404
    user = reader_of(request)
    own = place_of(page, user)
    context: dict[str, Any] = {
        "class_page": page,
        "own": own,
        "is_open": attendance.room_is_open(page),
        "hours": attendance.room_hours(page),
        "noindex": True,
    }
    status = 200
    if request.method == "POST" and context["is_open"]:
        if is_too_often(request, "class-check-ins", most=CHECK_INS):
            context["too_often"], status = True, 429
        else:
            context |= _checked_in(request, page, user, own)
    elif own is not None and own.is_present:
        context["came"] = given_name(own.name)
    elif own is None:
        context["form"] = ContactForm()
    return TemplateResponse(request, "training/class_check_in.html", context, status=status)


def _checked_in(request: HttpRequest, page: ClassPage, user: Any, own: Registration | None) -> dict[str, Any]:
    """What a form sent in the room leads to: somebody is present, or the next form."""
    if own is not None:
        return _came(page, own)
    if "name" in request.POST:
        form = SelfForm(request.POST, user=user)
        if not form.is_valid():
            return {"walk_in": form}
        made = attendance.add_walk_in(page, form.person, by=None, source=attendance.Source.ROOM)
        theirs = made.is_walk_in and same_words(made.name, form.person.name)
        return {"came": given_name(made.name), "ticket_url": made.url if theirs else ""}
    found = ContactForm(request.POST)
    if not found.is_valid():
        return {"form": found}
    contact = found.cleaned_data["contact"]
    registration = attendance.find(page, contact)
    if registration is None:
        return {"walk_in": SelfForm(user=user, initial={"contact": contact}), "is_unknown": True}
    return _came(page, registration)


def _came(page: ClassPage, registration: Registration) -> dict[str, Any]:
    attendance.mark_present(page, [registration.pk], by=None, source=attendance.Source.ROOM)
    return {"came": given_name(registration.name)}
