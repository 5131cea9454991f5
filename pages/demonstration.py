"""Publishing the demonstration's pages as an editor would have done some days ago."""

from collections.abc import Sequence
from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from pages.models import BasePage


@transaction.atomic
def add_published[P: BasePage](parent: BasePage, page: P, *, days_ago: float = 0) -> P:
    """Add a page below ``parent`` as published ``days_ago`` days ago, with the revision an editor will start from."""
    when = timezone.now() - timedelta(days=days_ago)
    page.live = True
    page.first_published_at = page.last_published_at = page.display_date = when
    if page.is_featured:
        page.featured_until = timezone.now() + timedelta(days=30)
    parent.add_child(instance=page)
    page.keep_live_revision()
    return page


def find_pages(slugs: Sequence[str]) -> list[BasePage]:
    """Find pages by slug, in the order given; those not loaded yet are left out."""
    found = {page.slug: page for page in BasePage.objects.filter(slug__in=slugs)}
    return [found[slug] for slug in slugs if slug in found]
