"""Answers that belong to no app."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils import translation

from portal.environment import BASE_DIR


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """A missing page that helps: menu, sections and the newest items."""
    from pages.models import BasePage  # the address table is read before the apps are

    latest = list(BasePage.objects.listed().newest_first().with_card_data()[:5])
    return TemplateResponse(request, "404.html", {"latest": latest, "noindex": True}, status=404).render()


def server_error(request: HttpRequest) -> HttpResponse:
    """A failure without any help from database or templates, since these may be what failed."""
    page = BASE_DIR / "templates" / "500.html"
    with translation.override(settings.LANGUAGE_CODE):
        body: Any = page.read_text(encoding="utf-8") if page.exists() else "500"
    return HttpResponse(body, status=500)
