"""The ways to narrow results that every portal has; units are named by ``organisations``."""

from collections.abc import Collection

from django.utils.translation import gettext_lazy as _, pgettext_lazy

from pages.models import BasePage
from search.registry import Facet, kinds, register_facet
from taxonomy.models import Topic


def kind_labels(values: Collection[str]) -> dict[str, str]:
    """Words for kinds."""
    return {slug: str(kind.label) for slug, kind in kinds().items() if slug in values}


def section_labels(values: Collection[str]) -> dict[str, str]:
    """Titles of sections."""
    sections = BasePage.objects.live().filter(slug__in=values, depth__gt=2).order_by("-depth")
    return {
        page.slug: page.title
        for page in sections.only("slug", "title", "content_type")
        if getattr(page.cached_content_type.model_class(), "is_section", False)
    }


def topic_labels(values: Collection[str]) -> dict[str, str]:
    """Names of topics."""
    return dict(Topic.objects.filter(slug__in=values).values_list("slug", "name"))


def year_labels(values: Collection[str]) -> dict[str, str]:
    """A year is its own label."""
    return {value: value for value in values}


def register() -> None:
    """Called when the app is ready. The names in addresses are those of the archives."""
    register_facet(Facet(key="kind", param="loai", legend=_("Kind of item"), labels=kind_labels, order=10))
    register_facet(
        Facet(
            key="section",
            param="muc",
            legend=pgettext_lazy("facet of the search", "Section"),
            labels=section_labels,
            order=20,
        )
    )
    register_facet(Facet(key="topic", param="chu-de", legend=_("Topic"), labels=topic_labels, order=30))
    register_facet(Facet(key="year", param="nam", legend=_("Year"), labels=year_labels, order=50))
