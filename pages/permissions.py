"""Where a later app narrows who may do what with a page (``organisations`` does, by unit)."""

from typing import Any

from wagtail.models import PagePermissionTester

_tester: list[type[PagePermissionTester]] = [PagePermissionTester]


def use_tester(tester: type[PagePermissionTester]) -> None:
    """Judge every page by this tester from now on; called once, when the app that owns it is ready."""
    _tester[0] = tester


def permission_tester(user: Any, page: Any) -> PagePermissionTester:
    """Say what ``user`` may do with ``page``."""
    return _tester[0](user, page)
