"""Checking a certificate: anybody, by the code or the picture that is printed on it."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from training.certificates import codes
from training.certificates.drawing import PdfUnavailable, draw_pdf, pdf_available, render_html
from training.certificates.issuing import diploma_of
from training.models import Certificate
from visits.throttling import is_too_often

LONGEST = 60


@never_cache
@require_safe
def check(request: HttpRequest) -> HttpResponse:
    """A field for the code; with one, on to its certificate."""
    typed = request.GET.get("ma", "")[:LONGEST]
    if typed.strip():
        code = codes.read_code(typed)
        if code:
            return redirect("training-certificate", codes.written(code))
        return _not_known(request, typed)
    return TemplateResponse(request, "training/certificate_check.html", {"noindex": True})


@never_cache
@require_safe
def show(request: HttpRequest, code: str) -> HttpResponse:
    """Whether a certificate is genuine, and for whom and what it was given."""
    read = codes.read_code(code[:LONGEST])
    if read and codes.written(read) != code:
        return redirect("training-certificate", codes.written(read))
    if is_too_often(request):
        return _too_often(request)
    found = Certificate.objects.filter(code=read).first() if read else None
    if found is None:
        return _not_known(request, code)
    context = {"certificate": found, "pdf": pdf_available(), "noindex": True}
    return TemplateResponse(request, "training/certificate_valid.html", context)


@never_cache
@require_safe
def paper(request: HttpRequest, code: str, form: str) -> HttpResponse:
    """The certificate to hang on the wall: as a PDF, or as a page that the browser prints."""
    read = codes.read_code(code[:LONGEST])
    if is_too_often(request):
        return _too_often(request)
    found = Certificate.objects.filter(code=read, revoked_at=None).first() if read else None
    if found is None:
        return _not_known(request, code)
    diploma = diploma_of(found, request)
    if form not in {"in", "pdf"}:
        raise Http404
    if form == "in":
        pdf = reverse("training-certificate-paper", args=[code, "pdf"]) if pdf_available() else ""
        html = render_html(diploma, pdf_address=pdf, home="/")
        return HttpResponse(html, headers={"X-Robots-Tag": "noindex"})
    try:
        content = draw_pdf(diploma)
    except PdfUnavailable:
        return redirect("training-certificate-paper", code, "in")
    name = f"chung-nhan-{found.written_code}.pdf"
    headers = {"Content-Disposition": f'inline; filename="{name}"', "X-Robots-Tag": "noindex"}
    return HttpResponse(content, content_type="application/pdf", headers=headers)


def _not_known(request: HttpRequest, typed: str) -> HttpResponse:
    context = {"typed": typed, "noindex": True}
    return TemplateResponse(request, "training/certificate_unknown.html", context, status=404)


def _too_often(request: HttpRequest) -> HttpResponse:
    return HttpResponse(_("Too many certificates asked for. Try again in a minute."), status=429)
