"""Hooks into Wagtail's file library."""

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from wagtail import hooks

from documents.models import PortalDocument
from documents.serving import serve


@hooks.register("before_serve_document", order=1000)  # after the questions about rights
def serve_in_parts(document: PortalDocument, request: HttpRequest) -> HttpResponseBase | None:
    """Answer instead of Wagtail, which asks all such hooks first."""
    return serve(document, request)
