"""Finds a page by its whole address.

Wagtail walks down the tree, two statements a level. Here one statement finds the page and one loads it with all that
every page shows.
"""

from typing import Any

from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404
from wagtail.models import Site
from wagtail.url_routing import RouteResult

#: What every page shows; loaded with it.
RELATED = ("cover", "unit", "main_topic", "share_image")


def route(base: type[Any], request: HttpRequest, path: str) -> RouteResult | None:
    """Return the page at an address, or what the nearest index makes of the rest of it; None for nothing."""
    site = Site.find_for_request(request)
    if site is None:
        return None
    components = [component for component in path.split("/") if component]
    root_path = site.root_page.url_path
    address = f"{root_path}{'/'.join(components)}/" if components else root_path
    found = base.objects.filter(url_path=address, live=True).order_by("pk").only("pk", "content_type_id").first()
    try:
        if found is not None:
            return load(found).route(request, [])
        return load(site.root_page).route(request, components)
    except Http404:
        return None


def load(page: Any) -> Any:
    """Load the specific page of a base row."""
    model = page.cached_content_type.model_class()
    return get_object_or_404(model.objects.select_related(*RELATED), pk=page.pk)
