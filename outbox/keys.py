"""The surrogate keys that every page has."""

from collections.abc import Iterator

from core.surrogates import (
    HOME,
    NAVIGATION,
    author_key,
    page_key,
    section_key,
    surrogate_provider,
    topic_key,
    type_key,
    unit_key,
)
from pages.models import BasePage


@surrogate_provider
def keys_of_page(page: BasePage) -> Iterator[str]:
    """Name what shows the page: itself, home, its section, topics, unit, authors, the list of its type, the menu."""
    yield HOME
    yield page_key(page.pk)
    if page.depth and page.depth > 1:
        yield section_key(page.get_parent().pk)
    if page.section_id:
        yield section_key(page.section_id)
    if page.unit_id:
        yield unit_key(page.unit_id)
    if page.main_topic_id:
        yield topic_key(page.main_topic_id)
    yield from (topic_key(topic.pk) for topic in page.topics.all())
    yield from (author_key(author.pk) for author in page.authors.all())
    if page.specific_class:
        yield type_key(page.specific_class)
    if page.show_in_menus:
        yield NAVIGATION
