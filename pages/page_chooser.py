"""Lets the rich text editor choose a page of the portal."""

from typing import Any

from django.http import HttpRequest
from wagtail.admin.views import chooser

# Wagtail's editor script asks for pages of this type whatever the base page model is; with a custom one the dialog
# would answer 404. Without the parameter the dialog offers every page, which is what is meant.
_WAGTAILS_OWN_PAGE = "wagtailcore.page"


def accept_wagtails_own_page(view: type[Any]) -> None:
    """Make a chooser's view read a request for Wagtail's own page type as one for any page."""
    setup = view.setup

    def setup_without_page_type(self: Any, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        if request.GET.get("page_type") == _WAGTAILS_OWN_PAGE:
            parameters = request.GET.copy()
            del parameters["page_type"]
            request.GET = parameters  # type: ignore[assignment]  # Django's own views do the same
        setup(self, request, *args, **kwargs)

    view.setup = setup_without_page_type


def use() -> None:
    """Called once, when Wagtail collects the hooks."""
    for view in (chooser.BrowseView, chooser.SearchView):
        accept_wagtails_own_page(view)
