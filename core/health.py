"""Named checks of whether the portal is in working order; ``/readyz`` and the dashboard ask them all."""

import logging
from collections.abc import Callable
from dataclasses import dataclass

from django.utils.translation import gettext as _

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class CheckResult:
    """The outcome of one check. ``detail`` is public: words for people, no paths and no addresses."""

    ok: bool
    detail: str


HealthCheck = Callable[[], CheckResult]
_checks: dict[str, HealthCheck] = {}


def health_check(name: str) -> Callable[[HealthCheck], HealthCheck]:
    """Register a check under the name that ``/readyz`` shows (decorator). It must answer within milliseconds."""

    def register(check: HealthCheck) -> HealthCheck:
        _checks[name] = check
        return check

    return register


def forget_check(name: str) -> None:
    """Take a check out of the registry; tests register checks of their own."""
    _checks.pop(name, None)


def run_checks() -> dict[str, CheckResult]:
    """Run every check; one that raises has failed, and never hides the others."""
    results = {}
    for name, check in _checks.items():
        try:
            results[name] = check()
        except Exception as error:
            logger.exception("The health check %s failed.", name)
            results[name] = CheckResult(
                False, _("The check itself failed: %(error)s.") % {"error": type(error).__name__}
            )
    return results
