"""Middleware of the whole site."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.middleware.csp import ContentSecurityPolicyMiddleware


class ContentSecurityPolicy(ContentSecurityPolicyMiddleware):
    """Django's policy, with the looser one that Wagtail's editor needs under /admin/ only."""

    def process_response(self, request: HttpRequest, response: HttpResponse) -> HttpResponse:
        """Add the header that fits the address."""
        if request.path_info.startswith("/admin/"):
            response._csp_config = getattr(response, "_csp_config", settings.ADMIN_CSP)  # noqa: SLF001  # Django's hook
        return super().process_response(request, response)
