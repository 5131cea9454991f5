"""Bumps once more from the worker, in case the process that made the change died between commit and bump."""

from django.utils.translation import gettext_lazy as _

from core.consequences import Job, consequence
from pagecache.generations import site_generations


def bump_again(job: Job) -> None:
    """Bump the keys of a change; doing it twice only makes a stored page be rendered once more."""
    site_generations().bump(job.payload["keys"])


def register() -> None:
    """Called when the app is ready."""
    consequence("generations", label=_("Renew stored pages"), max_attempts=10)(bump_again)
