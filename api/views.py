"""The addresses of the API that belong to no endpoint."""

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from wagtail.models import Site

from api.answers import as_json
from api.openapi import VERSION, document
from api.pages import describe_types
from api.parameters import read_query
from api.viewsets import FARTHEST, MOST_ITEMS, router


def root(request: HttpRequest) -> HttpResponse:
    """What there is."""
    read_query(request.GET, [])
    site = Site.objects.filter(is_default_site=True).first()
    endpoints = {
        name: {
            "url": request.build_absolute_uri(reverse(f"api:{name}:listing")),
            "description": str(endpoint.about),
        }
        for name, endpoint in router.endpoints.items()
    }
    return as_json(
        {
            "title": (site.site_name if site else "") or _("Public interface of the portal"),
            "version": VERSION,
            "openapi_url": request.build_absolute_uri(reverse("api-openapi")),
            "limit_max": MOST_ITEMS,
            "offset_max": FARTHEST,
            "endpoints": endpoints,
            "page_types": {label: name for label, _model, name in describe_types()},
        }
    )


def openapi(request: HttpRequest) -> HttpResponse:
    """The OpenAPI document."""
    read_query(request.GET, [])
    return as_json(document(request.build_absolute_uri("/")[:-1]))
