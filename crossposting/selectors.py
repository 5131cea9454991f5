"""Reads that span channels and the tree of pages."""

from collections.abc import Iterable

from crossposting.models import PostTemplate
from pages.models import BasePage


def templates_of(page: BasePage) -> list[PostTemplate]:
    """The templates that a page inherits, the nearest section's first, and in it those for one network."""
    if not page.path:
        return []
    step = page.steplen
    above = [page.path[:length] for length in range(step, len(page.path) + 1, step)]
    found = PostTemplate.objects.filter(section__path__in=above).select_related("section")
    return sorted(found, key=lambda template: (-template.section.depth, template.network == ""))


def pick(templates: Iterable[PostTemplate], network: str) -> PostTemplate | None:
    """The one that holds for a network."""
    return next((template for template in templates if template.network in ("", network)), None)
