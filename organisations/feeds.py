"""Feeds of units, with everything below them, and of authors."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from django.db.models.signals import post_save
from django.utils.translation import gettext_lazy as _

from core.signals import readers_see_change
from core.surrogates import author_key, surrogate_provider, unit_key
from crossposting.feeds.registry import FeedSource, Subject, register_source
from organisations.models import Person, Unit
from organisations.selectors import successor
from pages.models import BasePage
from pages.querysets import BasePageQuerySet


class UnitFeed(FeedSource):
    """The news of a unit and of every unit below it, as on the unit's own page."""

    name = "don-vi"
    legend = _("Units")
    order = 50

    def keys(self, key: str) -> tuple[str, ...]:
        """A page names its unit and those above, see :func:`keys_of_units_above`."""
        return (unit_key(int(key)),)

    def find(self, key: str, query: Mapping[str, Any]) -> Subject | None:
        """By its number; a unit that has gone into another one leads there."""
        unit = Unit.objects.select_related("merged_into").filter(pk=key).first()
        if unit is None:
            return None
        now = unit if unit.is_current or not unit.merged_into_id else successor(unit)
        return _unit(unit, moved_to=_unit(now) if now != unit else None)

    def subjects(self) -> Iterable[Subject]:
        """The units of today, the federation first."""
        return [_unit(unit) for unit in Unit.objects.current()]

    def pages(self, subject: Subject) -> BasePageQuerySet:
        """The items of the unit and of all below it."""
        path = Unit.objects.filter(pk=subject.key).values_list("tree_path", flat=True).first() or "-"
        return BasePage.objects.listed().filter(unit__in=Unit.objects.within(path))

    def showing(self, page: Any) -> Iterator[Subject]:
        """An item stands in the feed of its unit and of those above."""
        above = [int(pk) for pk in page.unit.tree_path.split("/") if pk] if page.unit else []
        yield from (_unit(unit) for unit in Unit.objects.filter(pk__in=above))

    def of_context(self, context: Mapping[str, Any]) -> Subject | None:
        """A unit's page."""
        unit = context.get("unit")
        return _unit(unit) if isinstance(unit, Unit) and unit.pk else None


def _unit(unit: Unit, moved_to: Subject | None = None) -> Subject:
    return Subject(key=str(unit.pk), slug=unit.slug, title=unit.name, url=unit.url, moved_to=moved_to)


class AuthorFeed(FeedSource):
    """What somebody wrote."""

    name = "tac-gia"
    legend = _("Authors")
    order = 60

    def keys(self, key: str) -> tuple[str, ...]:
        """The author's pages, and the name."""
        return (author_key(int(key)),)

    def find(self, key: str, query: Mapping[str, Any]) -> Subject | None:
        """By their number."""
        person = Person.objects.filter(pk=key).first()
        return _person(person) if person else None

    def subjects(self) -> Iterable[Subject]:
        """Who has written something."""
        written = BasePage.authors.through.objects.values("person_id")
        return [_person(person) for person in Person.objects.filter(pk__in=written)]

    def pages(self, subject: Subject) -> BasePageQuerySet:
        """The items that name the author."""
        named = BasePage.authors.through.objects.filter(person=int(subject.key))
        return BasePage.objects.listed().filter(pk__in=named.values("basepage_id"))

    def showing(self, page: Any) -> Iterator[Subject]:
        """All authors of an item."""
        yield from (_person(person) for person in page.authors.all())

    def of_context(self, context: Mapping[str, Any]) -> Subject | None:
        """An author's archive."""
        person = context.get("person")
        return _person(person) if isinstance(person, Person) else None


def _person(person: Person) -> Subject:
    return Subject(key=str(person.pk), slug=person.slug, title=person.name, description=person.role, url=person.url)


@surrogate_provider
def keys_of_units_above(page: BasePage) -> Iterator[str]:
    """A unit's feed and page show what the units below it write."""
    if page.unit_id:
        path = Unit.objects.filter(pk=page.unit_id).values_list("tree_path", flat=True).first() or ""
        yield from (unit_key(int(pk)) for pk in path.split("/") if pk)


def renew_units_above(sender: type[Unit], instance: Unit, **kwargs: Any) -> None:
    """A unit that was put elsewhere takes its news into the feeds of the units above it."""
    above = {unit_key(int(pk)) for pk in instance.tree_path.split("/") if pk}
    readers_see_change.send(sender=sender, keys=above | {unit_key(instance.pk)})


def register() -> None:
    """Called when the app is ready."""
    register_source(UnitFeed())
    register_source(AuthorFeed())
    post_save.connect(renew_units_above, sender=Unit, dispatch_uid="organisations.renew_units_above")
