"""Feeds of one type of item each: videos, explainers, …; a type that has a kind has a feed."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from archives.kinds import kind_models, kind_of
from core.surrogates import type_key
from crossposting.feeds.registry import FeedSource, Subject, register_source
from pages.models import BasePage
from pages.querysets import BasePageQuerySet
from search.questions import Question


class KindFeed(FeedSource):
    """All items of a type."""

    name = "loai"
    legend = _("Kinds of items")
    order = 25
    numbered = False

    def keys(self, key: str) -> tuple[str, ...]:
        """The type's own; nothing for a kind that is none."""
        model = kind_models().get(key)
        return (type_key(model),) if model else ()

    def find(self, key: str, query: Mapping[str, Any]) -> Subject | None:
        """By the slug that stands in the addresses of listings, too."""
        return _kind(key) if key in kind_models() else None

    def subjects(self) -> Iterable[Subject]:
        """Every kind."""
        return [_kind(slug) for slug in kind_models()]

    def pages(self, subject: Subject) -> BasePageQuerySet:
        """The items of the type."""
        model = kind_models()[subject.key]
        return BasePage.objects.listed().filter(content_type=ContentType.objects.get_for_model(model))

    def showing(self, page: Any) -> Iterator[Subject]:
        """An item is of one kind at most."""
        slug = kind_of(page.specific_class) if page.specific_class else ""
        if slug:
            yield _kind(slug)


def _kind(slug: str) -> Subject:
    model: Any = kind_models()[slug]
    title = capfirst(str(model._meta.verbose_name_plural))  # Django's documented model API
    return Subject(key=slug, title=title, url=Question().with_value("kind", slug).url())


def register() -> None:
    """Called when the app is ready."""
    register_source(KindFeed())
