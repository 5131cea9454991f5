"""Surrogate keys: names for what a stored page shows, so that a change can name exactly the pages it makes stale."""

from collections.abc import Callable, Iterable
from typing import Any

HOME = "home"
NAVIGATION = "navigation"
#: Every item that stands in listings, whatever its type.
LISTING = "listing"
#: Everything: each stored page carries it, so that bumping it empties the whole store.
SITE = "site"

SurrogateProvider = Callable[[Any], Iterable[str]]
_providers: list[SurrogateProvider] = []


def page_key(page_id: int) -> str:
    """The page itself, wherever it is shown."""
    return f"page-{page_id}"


def section_key(page_id: int) -> str:
    """What stands directly below the page with this id."""
    return f"section-{page_id}"


def topic_key(topic_id: int) -> str:
    """The pages of a topic."""
    return f"topic-{topic_id}"


def unit_key(unit_id: int) -> str:
    """The pages of a unit, and the unit itself."""
    return f"unit-{unit_id}"


def author_key(person_id: int) -> str:
    """The pages of an author, and the author's own page."""
    return f"author-{person_id}"


def type_key(model: type) -> str:
    """All pages of one type, for instance the newest articles: ``listing-news.articlepage``."""
    return f"listing-{model._meta.label_lower}"  # type: ignore[attr-defined]  # only models come here


def surrogate_provider(provider: SurrogateProvider) -> SurrogateProvider:
    """Register a function that names further keys of a page (decorator). It runs on every save: at most one query."""
    if provider not in _providers:
        _providers.append(provider)
    return provider


def surrogate_keys(page: Any) -> set[str]:
    """Every key under which this page is shown, from all providers."""
    return {key for provider in _providers for key in provider(page)}
