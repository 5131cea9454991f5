"""A page of a listing: items, total, filter groups with counts, links. Fixed number of queries at any size."""

from collections.abc import Callable, Sequence
from datetime import timedelta
from hashlib import blake2b
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.core.cache import cache
from django.db.models import Count, Q, QuerySet
from django.http import Http404
from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from archives.filters import KIND, TOPIC, UNIT, Filters
from archives.kinds import kind_models, kind_of
from archives.surrogates import LISTING
from core.listing import LISTING_RENDITIONS
from core.narrowing import DATE_FROM, DATE_TO, Chip, Group, Option, day_chips, day_start, page_numbers
from organisations.models import Unit
from pagecache.generations import fingerprint
from pages.models import BasePage
from taxonomy.models import Topic

PER_PAGE = 20
FACET_SECONDS = 600


class Listing:
    """The items of a base query that the reader's filters leave, one page of them."""

    def __init__(
        self,
        base: QuerySet,
        filters: Filters,
        *,
        path: str,
        groups: Sequence[str] = (TOPIC, UNIT),
        per_page: int = PER_PAGE,
        of_news: bool = False,
    ) -> None:
        self.base = base
        self.filters = filters
        self.path = path
        self.group_keys = tuple(groups)
        self.per_page = per_page
        self.of_news = of_news  # what its items are called
        if self.filters.number > self.last and self.filters.number > 1:
            raise Http404

    # Items ------------------------------------------------------------------------------------------------------

    def narrowed(self, *, leaving_out: str = "") -> Any:
        """The base with every filter applied, save the group whose counts are being taken."""
        query = self.base
        for group in self.filters.chosen:
            if group != leaving_out:
                query = query.filter(self._condition(group))
        if self.filters.date_from:
            query = query.filter(display_date__gte=day_start(self.filters.date_from))
        if self.filters.date_to:
            query = query.filter(display_date__lt=day_start(self.filters.date_to + timedelta(days=1)))
        return query

    def _condition(self, group: str) -> Q:
        if group == TOPIC:
            topics = BasePage.topics.through.objects.filter(topic__slug__in=self.filters.values(TOPIC))
            return Q(pk__in=topics.values("basepage_id"))
        if group == UNIT:
            return Q(unit__in=self._units)
        models = kind_models()
        types = [models[kind] for kind in self.filters.values(KIND) if kind in models]
        return Q(content_type__in=[ContentType.objects.get_for_model(model) for model in types])

    @cached_property
    def _units(self) -> list[int]:
        """The chosen units and everything below them."""
        paths = Unit.objects.filter(slug__in=self.filters.values(UNIT)).values_list("tree_path", flat=True)
        below = Q(pk__in=[])
        for path in paths:
            below |= Q(tree_path__startswith=path)
        return list(Unit.objects.filter(below).values_list("pk", flat=True))

    @cached_property
    def total(self) -> int:
        """How many items match."""
        return self._cached("total", lambda: self.narrowed().count())

    @cached_property
    def items(self) -> list[BasePage]:
        """This page's items.

        Their ids come first, from an index alone, so that page 5,000 reads twenty rows and not a hundred thousand.
        """
        start = (self.number - 1) * self.per_page
        ids = list(self.narrowed().newest_first().values_list("pk", flat=True)[start : start + self.per_page])
        found = BasePage.objects.with_card_data(LISTING_RENDITIONS).in_bulk(ids)
        return [found[pk] for pk in ids if pk in found]

    def _cached(self, name: str, compute: Callable[[], Any]) -> Any:
        """Counts are kept until anything is published, since at 100,000 items they cost more than the items."""
        shown = blake2b(f"{self.path}{self.filters.query(number=1)}".encode(), digest_size=16).hexdigest()
        key = f"listing:{name}:{shown}:{fingerprint([LISTING])}"  # readers write addresses of any length
        value = cache.get(key)
        if value is None:
            value = compute()
            cache.set(key, value, FACET_SECONDS)
        return value

    # Filters ----------------------------------------------------------------------------------------------------

    @cached_property
    def groups(self) -> list[Group]:
        """The form's fieldsets; one without a choice to make is left out."""
        makers = {TOPIC: self._topic_group, UNIT: self._unit_group, KIND: self._kind_group}
        groups = [self._cached(f"group-{key}", makers[key]) for key in self.group_keys]
        return [group for group in groups if len(group.options) > 1 or any(option.checked for option in group.options)]

    def _group(self, key: str, legend: str, rows: list[tuple[str, str, int]]) -> Group:
        chosen = self.filters.values(key)
        options = [Option(value, label, count, value in chosen) for value, label, count in rows]
        return Group.of(key, legend, options)

    def _topic_group(self) -> Group:
        pages = self.narrowed(leaving_out=TOPIC).order_by().values("pk")
        counted = (
            BasePage.topics.through.objects.filter(basepage__in=pages)
            .values_list("topic__slug", "topic__name")
            .annotate(count=Count("pk"))
        )
        return self._group(TOPIC, _("Topic"), list(counted))

    def _unit_group(self) -> Group:
        counted = (
            self.narrowed(leaving_out=UNIT)
            .filter(unit__isnull=False)
            .order_by()
            .values_list("unit__slug", "unit__short_name", "unit__name")
            .annotate(count=Count("pk"))
        )
        return self._group(UNIT, _("Unit"), [(slug, short or name, count) for slug, short, name, count in counted])

    def _kind_group(self) -> Group:
        counted = self.narrowed(leaving_out=KIND).order_by().values_list("content_type").annotate(count=Count("pk"))
        rows = []
        for content_type, count in counted:
            model = ContentType.objects.get_for_id(content_type).model_class()
            if model and kind_of(model):
                rows.append((kind_of(model), str(model._meta.verbose_name), count))  # documented API
        return self._group(KIND, _("Kind of item"), rows)

    @cached_property
    def chosen(self) -> list[Chip]:
        """What is chosen, each with the address without it."""
        chips = []
        for group in self.filters.chosen:
            labels = self._labels(group)
            chips += [
                Chip(labels.get(value, value), self.path + self.filters.without(group, value).query(number=1))
                for value in self.filters.values(group)
            ]
        return chips + day_chips(self.filters.date_from, self.filters.date_to, self._url_without_day)

    def _url_without_day(self, name: str) -> str:
        return self.path + _without_date(self.filters, name).query(number=1)

    def _labels(self, group: str) -> dict[str, str]:
        values = self.filters.values(group)
        if group == TOPIC:
            return dict(Topic.objects.filter(slug__in=values).values_list("slug", "name"))
        if group == UNIT:
            return {unit.slug: str(unit) for unit in Unit.objects.filter(slug__in=values)}
        return {kind: str(model._meta.verbose_name) for kind, model in kind_models().items()}

    # Links ------------------------------------------------------------------------------------------------------

    @property
    def number(self) -> int:
        """This page's number, from 1."""
        return self.filters.number

    @cached_property
    def last(self) -> int:
        """The last page's number."""
        return max(1, -(-self.total // self.per_page))

    def url(self, number: int) -> str:
        """The address of a page of this listing, with the filters."""
        return self.path + self.filters.query(number=number)

    @property
    def canonical_url(self) -> str:
        """The one address of what this page shows."""
        return self.url(self.number)

    @property
    def clear_url(self) -> str:
        """The listing without filters."""
        return self.path

    @property
    def previous_url(self) -> str:
        """The page before, or ""."""
        return self.url(self.number - 1) if self.number > 1 else ""

    @property
    def next_url(self) -> str:
        """The page after, or ""."""
        return self.url(self.number + 1) if self.number < self.last else ""

    @property
    def first_url(self) -> str:
        """Page 1."""
        return self.url(1)

    @property
    def last_url(self) -> str:
        """The last page."""
        return self.url(self.last)

    @property
    def pages(self) -> list[int | None]:
        """Numbers to print: the first, the last, two on each side of this one; None for a gap."""
        return page_numbers(self.number, self.last)

    @property
    def date_from(self) -> Any:
        """First day of the chosen range."""
        return self.filters.date_from

    @property
    def date_to(self) -> Any:
        """Last day of the chosen range."""
        return self.filters.date_to

    @property
    def errors(self) -> tuple[str, ...]:
        """Sentences about what in the address made no sense."""
        return self.filters.errors


def _without_date(filters: Filters, name: str) -> Filters:
    return Filters(
        chosen=filters.chosen,
        date_from=None if name == DATE_FROM else filters.date_from,
        date_to=None if name == DATE_TO else filters.date_to,
    )
