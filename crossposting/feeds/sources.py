"""The feeds that need no other app: of the whole portal, of its sections, of its topics."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from django.apps import apps
from django.contrib.contenttypes.models import ContentType
from django.utils.translation import gettext_lazy as _
from wagtail.models import Site

from core.surrogates import LISTING, page_key, section_key, topic_key
from crossposting.feeds.registry import FeedSource, Subject, Text, register_source
from outbox.signal_handlers import address
from pages.models import BasePage
from pages.querysets import BasePageQuerySet
from taxonomy.models import Topic


class PortalFeed(FeedSource):
    """Everything that is published."""

    legend = _("The whole portal")
    order = 0
    numbered = False

    def keys(self, key: str) -> tuple[str, ...]:
        """Every item's change renews it."""
        return (LISTING,)

    def find(self, key: str, query: Mapping[str, Any]) -> Subject | None:
        """There is one."""
        return Subject() if not key else None

    def subjects(self) -> Iterable[Subject]:
        """There is one."""
        return [Subject()]

    def pages(self, subject: Subject) -> BasePageQuerySet:
        """All items."""
        return BasePage.objects.listed()

    def showing(self, page: Any) -> Iterator[Subject]:
        """Each item stands here."""
        yield Subject()


class CornerFeed(FeedSource):
    """Everything of one corner of the portal, whatever its type and section: its pages say that they stand there."""

    legend = _("The whole portal")  # the heading below which it is listed
    numbered = False

    def __init__(self, name: str, title: Text, *, order: int, listing: str, front: type[BasePage]) -> None:
        self.name = name
        self.order = order
        self._title = title
        self._listing = listing
        self._front = front

    def keys(self, key: str) -> tuple[str, ...]:
        """Every item's change renews it."""
        return (LISTING,)

    def find(self, key: str, query: Mapping[str, Any]) -> Subject | None:
        """There is one."""
        return None if key else Subject(title=str(self._title), url=f"/{self.name}/")

    def subjects(self) -> Iterable[Subject]:
        """There is one."""
        yield Subject(title=str(self._title), url=f"/{self.name}/")

    def pages(self, subject: Subject) -> BasePageQuerySet:
        """All that stands there."""
        return BasePage.objects.listed().filter(listing=self._listing)

    def showing(self, page: Any) -> Iterator[Subject]:
        """By what the page says."""
        if page.listing == self._listing:
            yield from self.subjects()

    def of_context(self, context: Mapping[str, Any]) -> Subject | None:
        """The corner's front."""
        return self.find("", {}) if isinstance(context.get("page"), self._front) else None


class SectionFeed(FeedSource):
    """A section with the items that stand in it."""

    name = "chuyen-muc"
    legend = _("Sections")
    order = 30

    def keys(self, key: str) -> tuple[str, ...]:
        """The items below, and the section itself for its name."""
        return section_key(int(key)), page_key(int(key))

    def find(self, key: str, query: Mapping[str, Any]) -> Subject | None:
        """Any reader may see the section."""
        found = next(iter(self._sections().filter(pk=key)), None)
        return _section(found) if found else None

    def _sections(self) -> BasePageQuerySet:
        models = [model for model in apps.get_models() if issubclass(model, BasePage) and model.is_section]
        types = ContentType.objects.get_for_models(*models).values() if models else []
        return BasePage.objects.published().filter(content_type__in=list(types))

    def subjects(self) -> Iterable[Subject]:
        """All sections, in the order of the tree."""
        return [_section(page) for page in self._sections().order_by("path")]

    def pages(self, subject: Subject) -> BasePageQuerySet:
        """The items of the section."""
        return BasePage.objects.listed().filter(section=int(subject.key))

    def showing(self, page: Any) -> Iterator[Subject]:
        """An item stands in one section."""
        if page.section_id and (found := self.find(str(page.section_id), {})):
            yield found

    def of_context(self, context: Mapping[str, Any]) -> Subject | None:
        """A section's own page, and the pages of its items."""
        page = context.get("page")
        return _section(page) if isinstance(page, BasePage) and page.is_section and page.pk else None


def _section(page: BasePage) -> Subject:
    return Subject(
        key=str(page.pk), slug=page.slug, title=page.title, description=page.summary, url=address(page.url_path) or "/"
    )


class TopicFeed(FeedSource):
    """A topic with everything about it, whatever its type."""

    name = "chu-de"
    legend = _("Topics")
    order = 40

    def keys(self, key: str) -> tuple[str, ...]:
        """The pages of the topic, and its name."""
        return (topic_key(int(key)),)

    def find(self, key: str, query: Mapping[str, Any]) -> Subject | None:
        """By its number."""
        topic = Topic.objects.filter(pk=key).first()
        return _topic(topic) if topic else None

    def subjects(self) -> Iterable[Subject]:
        """All topics, by the alphabet."""
        return [_topic(topic) for topic in Topic.objects.all()]

    def pages(self, subject: Subject) -> BasePageQuerySet:
        """The items that name the topic."""
        named = BasePage.topics.through.objects.filter(topic=int(subject.key))
        return BasePage.objects.listed().filter(pk__in=named.values("basepage_id"))

    def showing(self, page: Any) -> Iterator[Subject]:
        """All topics of an item."""
        yield from (_topic(topic) for topic in page.topics.all())

    def of_context(self, context: Mapping[str, Any]) -> Subject | None:
        """A topic's archive."""
        topic = context.get("topic")
        return _topic(topic) if isinstance(topic, Topic) else None


def _topic(topic: Topic) -> Subject:
    return Subject(key=str(topic.pk), slug=topic.slug, title=topic.name, description=topic.description, url=topic.url)


def site_name() -> str:
    """The portal's name, which the site's settings keep in Wagtail's own record of the site."""
    site = Site.objects.filter(is_default_site=True).first()
    return (site.site_name if site else "") or ""


def register() -> None:
    """Called when the app is ready."""
    for source in (PortalFeed(), SectionFeed(), TopicFeed()):
        register_source(source)
