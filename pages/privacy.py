"""Which parts of the tree are restricted, read once a request.

Every listing leaves restricted pages out and every page asks whether it is restricted; with Wagtail's own queries that
is one statement each. Outside a request nothing is kept: a worker must see a new restriction at once.
"""

from typing import Any

from asgiref.local import Local
from django.core.signals import request_finished, request_started
from django.db.models import Q
from django.db.models.signals import post_delete, post_save
from wagtail.models import PageViewRestriction

_state = Local()


def restricted_paths() -> tuple[str, ...]:
    """Tree paths of the pages that carry a restriction; everything below them is restricted too."""
    paths: tuple[str, ...] | None = getattr(_state, "paths", None)
    if paths is None:
        paths = tuple(PageViewRestriction.objects.order_by("pk").values_list("page__path", flat=True))
        if getattr(_state, "in_request", False):
            _state.paths = paths
    return paths


def not_restricted() -> Q:
    """Condition that leaves out restricted pages and all below them."""
    condition = Q()
    for path in restricted_paths():
        condition &= ~Q(path__startswith=path)
    return condition


def is_restricted(page: Any) -> bool:
    """Whether a page, or one above it, is restricted."""
    return any(page.path.startswith(path) for path in restricted_paths())


def _begin(**kwargs: Any) -> None:
    _state.paths, _state.in_request = None, True


def _end(**kwargs: Any) -> None:
    _state.paths, _state.in_request = None, False


def _forget(**kwargs: Any) -> None:
    _state.paths = None


def connect() -> None:
    """Called when the app is ready."""
    request_started.connect(_begin, dispatch_uid="pages.privacy.begin")
    request_finished.connect(_end, dispatch_uid="pages.privacy.end")
    for signal in (post_save, post_delete):
        signal.connect(_forget, sender=PageViewRestriction, dispatch_uid="pages.privacy.forget")
