"""Middleware of the whole site."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.middleware.csp import ContentSecurityPolicyMiddleware
from django.utils.cache import patch_cache_control, patch_vary_headers

ADMIN = "/admin/"


class ContentSecurityPolicy(ContentSecurityPolicyMiddleware):
    """Django's policy, with the looser one that Wagtail's editor needs under /admin/ only."""

    def process_response(self, request: HttpRequest, response: HttpResponse) -> HttpResponse:
        """Add the header that fits the address, and switch off what no page of ours uses."""
        if request.path_info.startswith(ADMIN):
            response.__dict__.setdefault("_csp_config", settings.ADMIN_CSP)  # where Django's middleware looks for it
        response.headers.setdefault("Permissions-Policy", settings.PERMISSIONS_POLICY)
        return super().process_response(request, response)


class StaticFileHeaders:
    """Takes from static files what says nothing there: a first visit fetches a dozen of them.

    Two headers are for documents; the age of a file whose name changes with its content is no news, its ETag stays.
    """

    SAYS_NOTHING = ("Cross-Origin-Opener-Policy", "Referrer-Policy", "Last-Modified")

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Leave every other header as SecurityMiddleware, which is inside of this, has set it."""
        response = self.get_response(request)
        if request.path_info.startswith(settings.STATIC_URL):
            for name in self.SAYS_NOTHING:
                del response[name]
        return response


class CacheHeaders:
    """Says of every page whether it may be kept: a reader's browser asks again each time and mostly hears «304»."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Leave answers alone that have decided for themselves."""
        response = self.get_response(request)
        if request.method in {"GET", "HEAD"} and not response.has_header("Cache-Control"):
            if settings.SESSION_COOKIE_NAME in request.COOKIES or response.cookies:
                patch_cache_control(response, private=True, no_cache=True)
            else:
                patch_cache_control(response, public=True, max_age=0, must_revalidate=True)
            patch_vary_headers(response, ["Cookie"])
        return response
