"""A member's data: to take away, and to delete."""

from typing import Any

from allauth.account.decorators import reauthentication_required
from allauth.core import ratelimit
from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts import deletion
from accounts.forms import DeletionForm
from accounts.models import DataRequest
from accounts.records import note
from core.personal_data import export_all, objections


@login_required
@reauthentication_required(allow_get=True)
@require_http_methods(["GET", "POST"])
def download(request: HttpRequest) -> HttpResponse:
    """Everything stored about whoever asks, as one file that people and machines can read. GET leads to the button."""
    if request.method == "GET":
        return redirect("account_own_page")
    if not ratelimit.consume(request, action="export"):
        messages.error(request, _("You have downloaded your data several times just now. Try again in an hour."))
        return redirect("account_own_page")
    now = timezone.localtime()
    data = {"created": now.isoformat(), "portal": request.get_host(), **export_all(request.user)}
    note(DataRequest.Kind.EXPORTED)
    response = JsonResponse(data, json_dumps_params={"ensure_ascii": False, "indent": 2})
    response["Content-Disposition"] = f'attachment; filename="du-lieu-cua-toi-{now:%Y-%m-%d}.json"'
    return response


@login_required
@reauthentication_required
@require_http_methods(["GET", "POST"])
def delete(request: HttpRequest) -> HttpResponse:
    """What goes, what stays, and the box. Carried out a week later."""
    form = DeletionForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            user: Any = request.user  # of whom the door above makes sure
            asked = deletion.ask(user)
        except deletion.Refused as reason:
            messages.error(request, str(reason))
            return redirect("account_delete")
        logout(request)
        day = date_format(timezone.localtime(asked.due_at), "H:i d/m/Y")
        messages.success(
            request,
            _("Your account will be deleted at %(day)s. If you change your mind, log in before then.") % {"day": day},
        )
        return redirect("account_login")
    context = {
        "form": form,
        "objections": objections(request.user),
        "days": deletion.GRACE.days,
        "noindex": True,
    }
    return TemplateResponse(request, "account/delete.html", context)
