"""Bringing lists in, and printing slips."""

from typing import Any

from django.contrib.auth.decorators import permission_required
from django.db import IntegrityError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _, ngettext
from django.views.decorators.http import require_http_methods, require_POST
from wagtail.admin import messages
from wagtail.log_actions import log

from accounts import activation
from core.qr import qr_path
from core.text import sort_key
from organisations.members import importing
from organisations.members.forms import ListForm, SlipsForm
from organisations.members.importing import Checked, Outcome
from organisations.members.rights import members_for
from organisations.models import Member, Unit

ADD, CHANGE = "organisations.add_member", "organisations.change_member"


@permission_required(ADD, raise_exception=True)
@require_http_methods(["GET", "POST"])
def bring_in(request: HttpRequest) -> HttpResponse:
    """First what each line would do, then doing it. What is wrong stays in the field, to be mended."""
    unit = request.GET.get("unit", "")
    form = ListForm(request.POST or None, request.FILES or None, user=request.user, initial={"unit": unit})
    checked: list[Checked] = []
    if request.method == "POST" and form.is_valid():
        lines = form.cleaned_data["lines"]
        checked = importing.check(lines, form.cleaned_data["unit"], request.user)
        if "do" in request.POST:
            if _do(request, checked, form.cleaned_data["unit"]) and not any(one.is_wrong for one in checked):
                return redirect(f"{reverse('members:slips')}?unit={form.cleaned_data['unit'].pk}")
            lines = [one.line for one in checked if one.is_wrong] or lines
            checked = importing.check(lines, form.cleaned_data["unit"], request.user)
        # From here on the list lives in the field, whether it came from a file or not.
        text = "\n".join(line.as_text for line in lines)
        form = ListForm(initial={"unit": form.cleaned_data["unit"].pk, "text": text}, user=request.user)
    counts = {outcome.value: sum(one.outcome is outcome for one in checked) for outcome in Outcome}
    useful = counts["new"] + counts["moved"]
    context = {
        "form": form,
        "checked": checked,
        "counts": counts,
        "useful": useful,
        "wrong_first": sorted(checked, key=lambda one: not one.is_wrong),
        **_page(_("Bring in members")),
    }
    return TemplateResponse(request, "organisations/admin/bring_in.html", context)


def _do(request: HttpRequest, checked: list[Checked], unit: Unit) -> bool:
    try:
        counts = importing.bring_in(checked, unit)
    except IntegrityError:
        messages.error(request, _("Somebody else has just brought in one of these codes. Look at the list again."))
        return False
    new, moved = counts[Outcome.NEW], counts[Outcome.MOVED]
    log(unit, "organisations.bring_in_members", user=request.user, data={"new": new, "moved": moved})
    said = [
        ngettext("%(count)d new member.", "%(count)d new members.", new) % {"count": new},
        ngettext("%(count)d came from another unit.", "%(count)d came from other units.", moved) % {"count": moved},
    ]
    messages.success(request, " ".join(said if moved else said[:1]))
    if wrong := counts[Outcome.WRONG]:
        words = ngettext(
            "%(count)d line has not been brought in. Mend it below, then look at the list again.",
            "%(count)d lines have not been brought in. Mend them below, then look at the list again.",
            wrong,
        )
        messages.warning(request, words % {"count": wrong})
    return True


@permission_required(CHANGE, raise_exception=True)
@require_http_methods(["GET", "POST"])
def slips(request: HttpRequest) -> HttpResponse:
    """Draw codes for a unit and show them, this once, on a page to print."""
    form = SlipsForm(request.POST or None, user=request.user, initial={"unit": request.GET.get("unit", "")})
    if request.method == "POST" and form.is_valid():
        unit = form.cleaned_data["unit"]
        members = members_for(request.user).filter(unit=unit, is_active=True).exclude(member_code="").not_activated()
        if form.cleaned_data["whom"] == SlipsForm.NEW:
            members = members.exclude(activation_code__expires_at__gt=timezone.now())
        found = list(members)
        if found:
            return _print(request, unit, found)
        messages.warning(request, _("There is nobody in this unit who needs a slip."))
    context = {"form": form, **_page(_("Print slips"))}
    return TemplateResponse(request, "organisations/admin/slips.html", context)


@require_POST
@permission_required(CHANGE, raise_exception=True)
def renew(request: HttpRequest, pk: int) -> HttpResponse:
    """A slip for one member: lost, out of date, or the password forgotten and no e-mail to send a link to."""
    member = get_object_or_404(members_for(request.user).filter(is_active=True).exclude(member_code=""), pk=pk)
    return _print(request, member.unit, [member])


def _print(request: HttpRequest, unit: Unit | None, members: list[Member]) -> HttpResponse:
    codes = activation.issue_codes(members)
    for_log: Any = unit or members[0]
    log(for_log, "organisations.print_slips", user=request.user, data={"count": len(members)})
    address = request.build_absolute_uri(reverse("account_activate"))
    size, path = qr_path(address)
    members.sort(key=lambda member: (sort_key(member.first_name), sort_key(member.last_name)))
    context = {
        "unit": unit,
        "slips": [{"member": member, "code": codes[member.pk]} for member in members],
        "until": timezone.localdate() + activation.VALID_FOR,
        "address": address.partition("://")[2],
        "qr": {"size": size, "path": path},
    }
    return TemplateResponse(
        request, "organisations/admin/slips_to_print.html", context, headers={"Cache-Control": "no-store, private"}
    )


def _page(title: str) -> dict[str, Any]:
    """Head and trail of a page of the admin."""
    members = {"url": reverse("members:index"), "label": capfirst(str(Member._meta.verbose_name_plural))}
    return {
        "page_title": title,
        "header_icon": "group",
        "breadcrumbs_items": [
            {"url": reverse("wagtailadmin_home"), "label": _("Home")},
            members,
            {"url": "", "label": title},
        ],
    }
