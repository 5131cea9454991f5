"""What holds for every page of an account, also allauth's own."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseForbidden
from django.shortcuts import redirect
from django.utils.cache import add_never_cache_headers
from django.utils.translation import gettext as _

#: Below it stands everything about an account.
ACCOUNT = "/tai-khoan/"
#: What a browser fetches besides pages; what programs read is the same for everybody.
FILES = ("/static/", "/media/", "/chia-se/", "/api/v2/")


class MemberAccounts:
    """Pages of accounts are never stored anywhere; a member who has not agreed sees only these.

    Stands inside the one that finds out who is logged in. Asks nobody anything who carries no session.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Ask for the consent first, or answer."""
        if request.path_info.startswith(ACCOUNT):
            response = self.get_response(request)
            add_never_cache_headers(response)
            return response
        if not request.path_info.startswith(FILES) and self._awaits_consent(request):
            return self._ask(request)
        return self.get_response(request)

    @staticmethod
    def _awaits_consent(request: HttpRequest) -> bool:
        if settings.SESSION_COOKIE_NAME not in request.COOKIES:
            return False
        user = request.user
        return user.is_authenticated and user.awaits_consent

    @staticmethod
    def _ask(request: HttpRequest) -> HttpResponse:
        if request.method not in {"GET", "HEAD"}:
            return HttpResponseForbidden(_("Agree to how your data are handled first, or log out."))
        response = redirect("account_consent")
        add_never_cache_headers(response)
        return response
