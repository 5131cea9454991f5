"""Tells the counter which page is shown."""

from collections.abc import Callable
from typing import Any

from wagtail import hooks

Serve = Callable[[Any, Any, Any, Any], Any]


@hooks.register("on_serve_page", order=10_000)  # innermost: the hooks that ask for log-in or password come before
def note_page(serve: Serve) -> Serve:
    """Remember the number of the page that is served."""

    def inner(page: Any, request: Any, args: Any, kwargs: Any) -> Any:
        request.visited_page_id = page.pk
        return serve(page, request, args, kwargs)

    return inner
